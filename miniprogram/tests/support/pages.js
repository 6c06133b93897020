/** Real pages on the phone: WXML by WeChat's own compiler where it runs, tapped and written into as a person would. */
const fs = require("fs");
const path = require("path");

const ROOT = path.resolve(__dirname, "../..");

// The compiler is a program for these machines; elsewhere the simulator's own one, in JavaScript, takes its place.
const OFFICIAL = process.platform !== "linux" || process.arch === "x64";
const loaded = new Map();

/** A page is a component at the top: Page's options in the form of Component's. */
function Page({ data, ...methods }) {
  global.Component({ data, methods });
}

/** Each file registers itself once, when it is first required, so what is loaded is kept; pages share the one form. */
function loadOnce(file, tag, usingComponents) {
  const simulate = require("miniprogram-simulate"); // after `wx` is in place
  if (!loaded.has(file)) {
    const options = { rootPath: ROOT, compiler: OFFICIAL ? "official" : "simulate", usingComponents };
    loaded.set(file, simulate.load(path.join(ROOT, file), tag, options));
  }
  return loaded.get(file);
}

function render(name) {
  global.Page = Page;
  const form = loadOnce("components/rating-form", "rating-form", {});
  return require("miniprogram-simulate").render(loadOnce(`pages/${name}`, "main", { "rating-form": form }));
}

/** Wait until `found()` gives something true, and give it. */
async function until(found, what) {
  const end = Date.now() + 3000;
  for (;;) {
    const got = found();
    if (got) return got;
    if (Date.now() > end) throw new Error(`never came: ${what}`);
    await new Promise((go) => setTimeout(go, 5));
  }
}

class Opened {
  constructor(name, query) {
    this.page = render(name);
    this.page.attach(document.body);
    const instance = this.page.instance;
    if (instance.onLoad) instance.onLoad(query);
    if (instance.onShow) instance.onShow();
    this.instance = instance;
  }

  /** All that can be read on the screen. */
  get text() {
    return this.page.dom.textContent;
  }

  sees(words) {
    return until(() => this.text.includes(words), `“${words}” in “${this.text}”`);
  }

  /** Tap what carries this class and (if given) begins with these words; forms are looked into too. */
  async tap(selector, words = "") {
    const fits = (one) => one.dom.textContent.startsWith(words);
    const found = await until(() => this.all(selector).find(fits), `${selector} ${words}`);
    found.dispatchEvent("tap");
    await new Promise((go) => setTimeout(go, 0));
  }

  write(selector, value) {
    return this.give(selector, "input", value);
  }

  pick(selector, value) {
    return this.give(selector, "change", value);
  }

  async give(selector, event, value) {
    const found = await until(() => this.all(selector)[0], selector);
    found.dispatchEvent(event, { detail: { value } });
    await new Promise((go) => setTimeout(go, 0));
  }

  all(selector) {
    const forms = this.page.querySelectorAll(".rating-form");
    return [this.page, ...forms].flatMap((one) => one.querySelectorAll(selector));
  }

  close() {
    this.page.detach();
  }
}

function open(name, query = {}) {
  return new Opened(name, query);
}

function styleSheet() {
  return fs.readFileSync(path.join(ROOT, "app.wxss"), "utf8");
}

module.exports = { ROOT, open, until, styleSheet };
