/** 接口: one log-in, one repeat, one key for one deed, and a Chinese sentence for every failure; over real HTTP. */
const config = require("../config");
const { Bureau } = require("./support/bureau");
const { phone } = require("./support/phone");

const RATING = { code: "7kq2m9x3abcde", level: 5, tags: [], text: "", privacy: "anonymous" };

let bureau;
let hand;
let api;
let deeds;

beforeEach(async () => {
  bureau = await new Bureau().open();
  config.baseUrl = bureau.url;
  hand = phone();
  api = require("../services/api");
  deeds = require("../services/deeds");
});

afterEach(() => bureau.close());

const rate = (body = RATING) => deeds.once("rate", body, (key) => api.rate(body, key));
const paths = () => bureau.seen.map((one) => `${one.method} ${one.path}`);
const keys = () => bureau.seen.filter((one) => one.method === "POST" && one.path === "/ratings").map((one) => one.headers["idempotency-key"]);

test("a post is read without logging in", async () => {
  await api.post("7kq2m9x3abcde");
  expect(paths()).toEqual(["GET /posts/7kq2m9x3abcde"]);
  expect(hand.loginCodes).toBe(0);
});

test("the first rating logs in silently and keeps the token", async () => {
  await rate();
  expect(paths()).toEqual(["POST /sessions", "POST /ratings"]);
  expect(hand.storage.get("token")).toContain("token-for-code-1");
});

test("two calls at once share one log-in, for a code works only once", async () => {
  await Promise.all([api.ratings(), api.ratings()]);
  expect(hand.loginCodes).toBe(1);
});

test("an ended session logs in once more and repeats with the same key", async () => {
  await api.ratings();
  bureau.tokens.clear();
  const rated = await rate();
  expect(rated.chinese).toBe("非常满意");
  expect(paths().slice(-3)).toEqual(["POST /ratings", "POST /sessions", "POST /ratings"]);
  expect(new Set(keys()).size).toBe(1);
});

test("a second 401 is told to the person, not repeated without end", async () => {
  bureau.signedIn = () => [401, { code: "not_signed_in", message: "登录已失效，请重新登录后再试，已填写的内容不会丢失。" }];
  await expect(api.ratings()).rejects.toThrow("登录已失效");
  expect(paths().filter((one) => one === "GET /ratings")).toHaveLength(2);
});

test("a person who presses again after a lost answer has rated once", async () => {
  await api.ratings();
  bureau.fault = "cut";
  await expect(rate()).rejects.toMatchObject({ kind: "unreachable", message: "网络连接不上，请检查网络后再试一次。" });
  const rated = await rate();
  expect(rated.message).toContain("已收到");
  expect(keys()[0]).toBe(keys()[1]);
  expect(bureau.deeds).toHaveLength(1);
});

test("other words after a lost answer are another deed with another key", async () => {
  await api.ratings();
  bureau.fault = "cut";
  await expect(rate()).rejects.toMatchObject({ kind: "unreachable" });
  await rate(Object.assign({}, RATING, { level: 2 }));
  expect(keys()[0]).not.toBe(keys()[1]);
});

test("the same words in a later visit are a new deed with a new key", async () => {
  await rate();
  await rate();
  expect(keys()[0]).not.toBe(keys()[1]);
  expect(bureau.deeds).toHaveLength(2);
});

test("a key is of the form the server asks for", async () => {
  await rate();
  expect(keys()[0]).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
});

test.each([
  ["a busy server", [503, { code: "busy", message: "系统正忙，请一分钟后再试一次。" }], true],
  ["a rating still being worked on", [409, { code: "still_working", message: "上一次提交还在处理，请稍等几秒。" }], true],
  ["a proxy's own page", [502, "<html>Bad Gateway</html>"], true],
  ["a refusal", [422, { code: "note_has_id_number", message: "说明里像是有身份证号。" }], false],
])("after %s the same key is kept only while the outcome is open", async (_, fault, kept) => {
  await api.ratings();
  bureau.fault = fault;
  await expect(rate()).rejects.toBeTruthy();
  await rate();
  expect(keys()[0] === keys()[1]).toBe(kept);
});

test("a refusal is told in the server's own sentence with its code", async () => {
  await expect(api.post("revokedplate2")).rejects.toMatchObject({ kind: "refused", status: 410, code: "plate_revoked", message: "这块牌子已停用，请扫描窗口现用的二维码。" });
});

test("a page of a proxy is never shown; the person reads Chinese", async () => {
  bureau.fault = [502, "<html>Bad Gateway</html>"];
  await expect(api.options()).rejects.toThrow("系统暂时没有正常应答，请过一会儿再试。");
});

test("without WeChat's log-in the person is told so, and the next try logs in afresh", async () => {
  const login = wx.login;
  wx.login = ({ fail }) => fail({ errMsg: "login:fail" });
  await expect(api.ratings()).rejects.toThrow("微信登录没有成功");
  wx.login = login;
  await expect(api.ratings()).resolves.toHaveProperty("ratings");
});

test("logging out ends the token on both sides, also when the server is away", async () => {
  await api.ratings();
  await api.logOut();
  expect(bureau.tokens.size).toBe(0);
  hand.storage.set("token", '"left"');
  bureau.fault = "cut";
  await api.logOut();
  expect(hand.storage.has("token")).toBe(false);
});
