/** 适老化 (S12): what can be tapped is large enough, letters follow WeChat, colours can be told apart, nothing private is asked. */
const fs = require("fs");
const path = require("path");
const { ROOT, styleSheet } = require("./support/pages");
const { phone } = require("./support/phone");

const LEAST = 44;
const DECIDING = 60;

/** class → min-height in px, from the style sheet's own rules. */
function heights() {
  const found = {};
  for (const [, selectors, rules] of styleSheet().matchAll(/([^{}]+)\{([^}]*)\}/g)) {
    const height = /min-height:\s*(\d+)px/.exec(rules);
    if (height) selectors.split(",").forEach((one) => { found[one.trim().slice(1)] = Number(height[1]); });
  }
  return found;
}

function files(ending) {
  return ["pages", "components"].flatMap((folder) => fs.readdirSync(path.join(ROOT, folder)).filter((name) => name.endsWith(ending)).map((name) => `${folder}/${name}`));
}

const read = (file) => fs.readFileSync(path.join(ROOT, file), "utf8");

/** Relative luminance contrast (WCAG). */
function contrast(one, other) {
  const light = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
  const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

test.each(files(".wxml"))("everything that can be tapped in %s is at least 44 px high", (file) => {
  const known = heights();
  const tags = read(file).match(/<(?:[^">]|"[^"]*")*>/g).filter((tag) => /\bbindtap=|^<navigator|^<input|^<textarea|^<picker|^<button/.test(tag));
  const height = (tag) => Math.max(...(/class="([^"]*)"/.exec(tag) || ["", ""])[1].split(" ").map((name) => known[name] || 0));
  expect(tags.filter((tag) => height(tag) < LEAST)).toEqual([]);
});

test.each(["level", "main-button", "privacy"])("%s, which decides, is at least 60 px high", (name) => {
  expect(heights()[name]).toBeGreaterThanOrEqual(DECIDING);
});

test.each([
  ["text on a card", "#1a1a1a", "#ffffff"],
  ["quiet text on the ground", "#595959", "#f5f5f5"],
  ["white on the accent", "#ffffff", "#c8102e"],
  ["stars on a chosen level", "#a50d26", "#fdf1f2"],
  ["a badge on a card", "#c8102e", "#ffffff"],
])("%s has a contrast of at least 4.5", (_, ink, paper) => {
  expect(contrast(ink, paper)).toBeGreaterThanOrEqual(4.5);
});

test.each([
  ["as set in WeChat", 23.8, 23.8],
  ["not smaller than can be read", 12, 16],
  ["not larger than fits", 60, 30],
  ["the usual size where WeChat does not tell", undefined, 17],
])("letters are %s", (_, told, shown) => {
  phone().fontSize = told;
  expect(require("../services/fonts").size()).toBe(shown);
});

test.each(files(".wxml").filter((file) => file.startsWith("pages/")))("%s hands the letter size to the page first of all", (file) => {
  expect(read(file)).toMatch(/^<page-meta root-font-size="\{\{fontSize\}\}px" \/>/);
});

test("letter sizes are in rem, so that all of them follow", () => {
  expect(styleSheet().match(/font-size:[^;]*/g).filter((one) => !one.endsWith("rem"))).toEqual([]);
});

test("every page in app.json has its script, its markup and a Chinese title", () => {
  for (const page of JSON.parse(read("app.json")).pages) {
    [".js", ".wxml"].forEach((ending) => expect(fs.existsSync(path.join(ROOT, page + ending))).toBe(true));
    expect(JSON.parse(read(`${page}.json`)).navigationBarTitleText).toMatch(/[\u4e00-\u9fff]/);
  }
});

test("neither place nor profile is asked for, a phone number only where a member binds", () => {
  const all = [...files(".wxml"), ...files(".js")];
  expect(all.map(read).join("\n")).not.toMatch(/getLocation|chooseLocation|getUserProfile|chooseAvatar|getUserInfo/);
  expect(all.filter((file) => /getPhoneNumber/.test(read(file)))).toEqual(["pages/me.wxml"]);
});
