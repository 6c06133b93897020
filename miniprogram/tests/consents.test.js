/** 订阅提醒: asked inside the tap that makes sense, told to the server, and never in the way of the deed. */
const config = require("../config");
const { Bureau } = require("./support/bureau");
const { open } = require("./support/pages");
const { phone } = require("./support/phone");

let bureau;
let hand;
let screen;

beforeEach(async () => {
  bureau = await new Bureau().open();
  config.baseUrl = bureau.url;
  hand = phone();
});

afterEach(async () => {
  if (screen) screen.close();
  await bureau.close();
});

const show = (name, query) => { screen = open(name, query); return screen; };
const reported = () => bureau.seen.filter((one) => one.method === "POST" && one.path === "/message-consents").map((one) => one.body.answers);

test("a person sees how many reminders are left, and allows one more by a tap", async () => {
  await show("todos").sees("还可收到1次提醒");
  expect(hand.asked).toEqual([]);
  await screen.tap(".allow");
  await screen.sees("还可收到2次提醒");
  expect(reported()).toEqual([{ "template-of-deadlines": "accept" }]);
});

test("handing in asks in the same tap", async () => {
  await show("todos").sees("还可收到1次提醒");
  screen.close();
  await show("todo", { id: "7" }).write(".said", "第二稿");
  await screen.tap(".send");
  await screen.sees("回执编号收字2026-0009");
  expect(hand.asked).toEqual([["template-of-deadlines"]]);
});

test("who says no, or has switched reminders off, hands in all the same", async () => {
  await show("todos").sees("还可收到1次提醒");
  screen.close();
  hand.consent = null;
  await show("todo", { id: "7" }).write(".said", "第二稿");
  await screen.tap(".send");
  await screen.sees("回执编号收字2026-0009");
  expect(reported()).toEqual([]);
});

test("nobody is asked before it is known what for", async () => {
  await show("todo", { id: "7" }).write(".said", "第二稿");
  await screen.tap(".send");
  await screen.sees("回执编号收字2026-0009");
  expect(hand.asked).toEqual([]);
});
