/** 待办与办理: what is owed, handed in from the phone with a receipt, taken back, put off with a reason. */
const config = require("../config");
const answers = require("./support/answers.json");
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

test("the oldest stands first, with what is late said aloud", async () => {
  await show("todos").sees("制定实施细则并报送");
  expect(screen.text).toContain("窗口党支部 · 截止2026年11月24日");
  expect(screen.text).toContain("已退回，逾期2天");
});

test("what several units owe alike is one line that opens", async () => {
  await show("todos").sees("制定实施细则并报送");
  const one = answers.signedIn["GET /me/todos"][1].todos[0];
  await screen.instance.load();
  const due = { lateness: "还有5天", overdue: false, state_words: "未报" };
  const more = [{ id: "8", who: "机关党支部" }, { id: "9", who: "工会", task: "召开会议" }].map((other) => Object.assign({}, one, due, other));
  bureau.fault = [200, { todos: [one, ...more] }];
  await screen.instance.load();
  await screen.sees("2个单位 · 最早的截止2026年11月24日 · 逾期1个，点击展开");
  expect(screen.text).not.toContain("机关党支部");
  expect(screen.text).toContain("工会 · 截止");
  await screen.tap(".todo-group");
  await screen.sees("机关党支部");
});

test("one says what is asked, why by then, and why it came back", async () => {
  await show("todo", { id: "7" }).sees("要交：实施细则");
  expect(screen.text).toContain("文件写明“11月24日前”");
  expect(screen.text).toContain("退回原因：缺时间表");
  expect(screen.text).toContain("第1次 收字2026-0001");
});

test("words go in once and bring the receipt, however often the line breaks", async () => {
  await show("todo", { id: "7" }).write(".said", "第二稿，补上时间表");
  bureau.fault = "cut";
  await screen.tap(".send");
  await screen.sees("网络连接不上");
  await screen.tap(".send");
  await screen.sees("回执编号收字2026-0009");
  expect(bureau.deeds).toEqual([{ words: "第二稿，补上时间表", files: [] }]);
});

test("what was written stays on the phone until it is handed in", async () => {
  await show("todo", { id: "7" }).write(".said", "写到一半");
  screen.close();
  await show("todo", { id: "7" }).sees("要交");
  expect(screen.instance.data.words).toBe("写到一半");
});

test("a file is sent first and goes along by its code", async () => {
  hand.chosen = [{ path: "wxfile://细则.pdf", name: "细则.pdf" }];
  await show("todo", { id: "7" }).tap(".choose");
  await screen.sees("细则.pdf");
  await screen.tap(".send");
  await screen.sees("回执编号");
  expect(bureau.deeds[0]).toEqual({ words: "", files: ["file-code-of-the-rules"] });
});

test("a refusal is shown in the server's words and loses nothing", async () => {
  await show("todo", { id: "7" }).write(".said", "第二稿");
  bureau.fault = [409, { code: "already_handed_in", message: "这项任务已经报送，编号收字2026-0008，正在等待审核。" }];
  await screen.tap(".send");
  await screen.sees("编号收字2026-0008");
  expect(screen.instance.data.words).toBe("第二稿");
});

test("more time is asked for with a day and a reason", async () => {
  await show("todo", { id: "7" }).tap(".begin-extension");
  await screen.pick(".until", "2026-11-30");
  await screen.write(".why", "等县里批复");
  await screen.tap(".extend");
  await screen.sees("已申请延期到11月30日");
  expect(bureau.deeds[0]).toEqual({ until: "2026-11-30", why: "等县里批复" });
});
