/** 我的承诺、审核: written with hints, kept on a bad line, reported once, many decided at once. */
const config = require("../config");
const { Bureau } = require("./support/bureau");
const { open, until } = require("./support/pages");
const { phone } = require("./support/phone");

let bureau;
let hand;
let screen;

beforeEach(async () => {
  bureau = await new Bureau().open();
  config.baseUrl = bureau.url;
  hand = phone();
  screen = null;
});

afterEach(async () => {
  if (screen) screen.close();
  await bureau.close();
});

const show = (name, query) => { screen = open(name, query); return screen; };
const sent = (method, path) => bureau.seen.filter((one) => one.method === method && one.path === path);

describe("我的承诺", () => {
  test("one's own stand there with their states, and a new one begins in a picked campaign", async () => {
    await show("own-pledges").sees("窗口材料一次告知");
    await screen.pick(".begin", 0);
    await until(() => hand.opened[0], "the form");
    expect(hand.opened).toEqual(["/pages/write-pledge?code=draft1"]);
    expect(sent("POST", "/me/pledges")[0].headers["idempotency-key"]).toMatch(/^[0-9a-f]{32}$/);
  });

  test("progress pressed again after a lost line is one entry", async () => {
    await show("own-pledge", { code: "public1" }).sees("报告进展");
    await screen.write(".report-words", "印好六类");
    await screen.write(".percent", "50");
    bureau.fault = "cut";
    await screen.tap(".report");
    await screen.sees("网络连接不上");
    await screen.tap(".report");
    await screen.sees("已记下");
    const keys = sent("POST", "/me/pledges/public1/progress").map((one) => one.headers["idempotency-key"]);
    expect(keys.length).toBe(2);
    expect(new Set(keys).size).toBe(1);
    expect(bureau.deeds).toEqual([{ version: expect.any(Number), kind: "progress", words: "印好六类", percent: 50, files: [] }]);
  });
});

describe("佐证", () => {
  test("pictures go first, and the report names them", async () => {
    hand.pictures = ["清单.jpg"];
    await show("own-pledge", { code: "public1" }).tap(".pictures");
    await screen.sees("已附：细则.pdf");
    await screen.write(".report-words", "清单已上墙");
    await screen.tap(".report");
    await screen.sees("已记下");
    expect(sent("POST", "/files").length).toBe(1);
    expect(bureau.deeds[0].files).toEqual(["file-code-of-the-rules"]);
  });

  test("a picture that cannot be taken says why, and what was written stays", async () => {
    hand.pictures = ["坏.jpg"];
    await show("own-pledge", { code: "public1" }).write(".report-words", "清单已上墙");
    bureau.fault = [422, { code: "picture_unreadable", message: "照片“坏.jpg”打不开，请换一张。" }];
    await screen.tap(".pictures");
    await screen.sees("打不开，请换一张");
    expect(screen.instance.data.words).toBe("清单已上墙");
  });
});

describe("写承诺", () => {
  test("what is typed is kept after a pause, and hints come back", async () => {
    await show("write-pledge", { code: "draft1" }).write(".content", "提高服务意识");
    await screen.sees("太笼统");
    const [saved] = sent("PUT", "/me/pledges/draft1");
    expect(saved.body).toMatchObject({ content: "提高服务意识", version: expect.any(Number) });
    expect(hand.storage.has("pledge:draft1")).toBe(false);
  });

  test("without a network it stays on the phone and is there when the page opens again", async () => {
    await show("write-pledge", { code: "draft1" }).sees("明确内容");
    bureau.fault = "cut";
    await screen.write(".measures", "印清单");
    await screen.sees("写的内容已保存在本机，不会丢失。");
    screen.close();
    await show("write-pledge", { code: "draft1" }).sees("已恢复上次没有存上的内容");
    expect(screen.instance.data.words.measures).toBe("印清单");
  });

  test("another phone's words are not overwritten", async () => {
    await show("write-pledge", { code: "draft1" }).sees("明确内容");
    bureau.fault = [409, { code: "lost_race", message: "刚才有人先一步办理了，您的操作没有生效。请刷新后再看。" }];
    await screen.write(".content", "窗口材料一次告知");
    await screen.sees("刚才有人先一步办理了");
    expect(hand.storage.has("pledge:draft1")).toBe(true);
  });

  test("it is handed in with the version that was saved last", async () => {
    await show("write-pledge", { code: "draft1" }).sees("明确内容");
    await screen.tap(".submit");
    await screen.sees("已提交审核");
    const [handed] = sent("POST", "/me/pledges/draft1/submission");
    expect(handed.body.version).toBe(require("./support/answers.json").signedIn["PUT /me/pledges/draft1"][1].line.version);
  });
});

describe("审核承诺", () => {
  test("all are ticked and decided in one request, and what was not done says why", async () => {
    await show("reviews").tap(".all");
    await screen.tap(".approve", "通过选中的2条");
    await screen.sees("已办1条。您看过之后，这条承诺的内容又有变动");
    const [decided] = sent("POST", "/reviews/decisions");
    expect(decided.body.verdict).toBe("approve");
    expect(decided.body.chosen.map((one) => one.code).sort()).toEqual(["draft1", "other1"]);
    expect(decided.body.chosen.every((one) => one.version > 0 && one.turn === "review")).toBe(true);
  });

  test("nothing is sent before something is chosen", async () => {
    await show("reviews").tap(".back");
    await screen.sees("请先点选承诺");
    expect(sent("POST", "/reviews/decisions")).toEqual([]);
  });
});

describe("变更承诺", () => {
  test("the published text is written anew with a reason and stays on the phone until it is handed in", async () => {
    await show("write-pledge", { code: "public1", change: "1" }).sees("为什么变更");
    await screen.write(".standard", "因漏告知再跑的每季为零");
    await screen.write(".why", "系统升级");
    expect(JSON.parse(hand.storage.get("change:public1"))).toMatchObject({ why: "系统升级", words: { standard: "因漏告知再跑的每季为零" } });
    await screen.tap(".submit", "提交变更");
    await screen.sees("通过前公示的内容照旧");
    const [proposed] = sent("POST", "/me/pledges/public1/amendment");
    expect(proposed.body).toMatchObject({ why: "系统升级", standard: "因漏告知再跑的每季为零", content: "窗口材料一次告知", version: expect.any(Number) });
    expect(sent("PUT", "/me/pledges/public1")).toEqual([]);
    expect(hand.storage.has("change:public1")).toBe(false);
  });

  test("a refusal keeps what was written, and it is there when the page opens again", async () => {
    await show("write-pledge", { code: "public1", change: "1" }).sees("为什么变更");
    await screen.write(".content", "窗口材料当场告知");
    bureau.fault = [422, { code: "why_missing", message: "请写明变更的原因。" }];
    await screen.tap(".submit");
    await screen.sees("请写明变更的原因");
    screen.close();
    await show("write-pledge", { code: "public1", change: "1" }).sees("已恢复上次没有存上的内容");
    expect(screen.instance.data.words.content).toBe("窗口材料当场告知");
  });

  test("a change that waits is shown before and after, and is taken back", async () => {
    await show("own-pledge", { code: "changed1" }).sees("完成时限：2026年12月31日 → 2027年1月31日");
    expect(screen.all(".change")).toHaveLength(0);
    await screen.tap(".withdraw-change");
    await screen.sees("变更已撤回，公示的内容照旧");
    expect(sent("DELETE", "/me/pledges/changed1/amendment")).toHaveLength(1);
    expect(screen.all(".change")).toHaveLength(1);
  });
});

describe("单位承诺汇总", () => {
  test("what is ticked becomes one batch, pressed twice on a bad line as well", async () => {
    await show("batches").sees("窗口党支部：带头承诺树标杆、服务发展当先锋，2条待汇总");
    await screen.tap(".row-of", "✓ 信息科");
    bureau.fault = "cut";
    await screen.tap(".send");
    await screen.sees("网络连接不上");
    await screen.tap(".send");
    await screen.sees("已汇总，报局党委审定");
    const made = sent("POST", "/batches");
    expect(made.map((one) => one.body)).toEqual(Array(2).fill({ campaign: "pledge_pioneer_2010", branch_id: 3, chosen: ["unit1"] }));
    expect(new Set(made.map((one) => one.headers["idempotency-key"])).size).toBe(1);
    await screen.sees("文号：局党〔2026〕8号");
  });

  test("one is given back with a reason, and with none chosen nothing is sent", async () => {
    await show("batches").sees("行政审批科");
    await screen.tap(".ask");
    await screen.tap(".back");
    await screen.sees("请写明退回的原因");
    await screen.write(".why", "写清办几件");
    await screen.tap(".back");
    await screen.sees("已退回，原因已告知起草人");
    expect(sent("POST", "/batches/open/unit1/return")[0].body).toEqual({ version: 2, why: "写清办几件" });
    for (const unit of ["行政审批科", "信息科"]) await screen.tap(".row-of", `✓ ${unit}`);
    await screen.tap(".send");
    await screen.sees("请先选中要汇总的承诺");
    expect(sent("POST", "/batches")).toEqual([]);
  });

  test("the committee decides what is ticked, with a reason where it is given back", async () => {
    await show("batches").sees("机关党支部 2条，请审定");
    await screen.tap(".return-batch");
    await screen.sees("请写明退回的原因");
    await screen.tap(".decide-row", "城建科");
    await screen.tap(".approve");
    await screen.sees("整批审定完毕，已告知支部");
    expect(sent("POST", "/batches/batch3/decision").map((one) => one.body)).toEqual([{ version: 2, verdict: "approve", why: "", only: ["unit7"] }]);
  });

  test("who only decides has nothing to compile, and is not told of a fault", async () => {
    bureau.faults = { "/batches/open": [403, { code: "not_allowed", message: "您目前的身份不能办理这件事。" }] };
    await show("batches").sees("机关党支部 2条，请审定");
    expect(screen.text).not.toContain("不能办理");
  });
});
