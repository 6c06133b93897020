/** 页面: rendered from their own WXML, tapped and written into, against a real server. */
const config = require("../config");
const { Bureau } = require("./support/bureau");
const { open } = require("./support/pages");
const { phone } = require("./support/phone");

const CODE = "7kq2m9x3abcde";
const SCENE = { scene: "p%3A7kq2m9x3abcde" };

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
const reopen = (name, query) => { screen.close(); return show(name, query); };

describe("首页", () => {
  test("a scanned plate of ours opens its post", async () => {
    hand.scanned = { scanType: "QR_CODE", result: `${bureau.url}/p/${CODE}` };
    await show("index").tap(".scan");
    expect(hand.opened).toEqual([`/pages/post?code=${CODE}`]);
  });

  test("a foreign code is refused with a warning and opens nothing", async () => {
    hand.scanned = { scanType: "QR_CODE", result: `https://evil.example.com/p/${CODE}` };
    await show("index").tap(".scan");
    await screen.sees("不是本单位的评价码。请不要付款");
    expect(hand.opened).toEqual([]);
  });
});

describe("选窗口", () => {
  test("a plate that cannot be scanned is no hindrance: the window is picked from the list", async () => {
    await show("index").pick(".pick", 1);
    expect(hand.opened).toEqual(["/pages/post?window_id=9"]);
  });

  test("a picked window is rated by its own number", async () => {
    await show("post", { window_id: "3" }).tap(".level", "非常满意");
    await screen.tap(".send");
    await screen.sees("评价已登记");
    expect(bureau.deeds[0]).toEqual({ window_id: 3, level: 5, tags: [], text: "", privacy: "anonymous" });
  });

  test("a window that is gone is said to be gone", async () => {
    await show("post", { window_id: "77" }).sees("没有找到这个窗口，请返回重新选择。");
  });
});

describe("岗位页", () => {
  test("a scan shows who is here, what was promised and figures with their N", async () => {
    await show("post", SCENE).sees("3号窗口（不动产登记窗口）");
    for (const words of ["样例甲（中共党员）", "工号0207", "党员先锋岗", "存量房转移登记：3个工作日", "转移登记当天受理当天录入", "128条评价，满意率96.1%", "截至2026年11月21日"]) {
      expect(screen.text).toContain(words);
    }
  });

  test("a plain link opens the same post", async () => {
    await show("post", { q: encodeURIComponent(`${bureau.url}/p/${CODE}`) }).sees("3号窗口");
  });

  test("few ratings show no rate", async () => {
    await show("post", { code: "newwindow2222" }).sees("已公布的评价不足5条，暂不公布满意率");
    expect(screen.text).not.toContain("%");
  });

  test("a foreign code is refused before anything is asked of a server", async () => {
    await show("post", { q: encodeURIComponent(`https://evil.example.com/p/${CODE}`) }).sees("请不要付款");
    expect(bureau.seen).toEqual([]);
  });

  test("a revoked plate says so, in the server's words, and offers no form", async () => {
    await show("post", { code: "revokedplate2" }).sees("这块牌子已停用");
    expect(screen.all(".level")).toEqual([]);
    expect(screen.all(".retry")).toEqual([]);
  });

  test("without a network the page says so and opens at the next try", async () => {
    bureau.fault = "cut";
    await show("post", SCENE).sees("网络连接不上");
    await screen.tap(".retry");
    await screen.sees("3号窗口");
  });
});

describe("评价", () => {
  test("two taps rate, in the most private way, and the privacy is said before sending", async () => {
    await show("post", SCENE).tap(".level", "非常满意");
    expect(screen.all(".send-bar")[0].dom.textContent).toBe("匿名：不记录您是谁，谁也查不到。提交评价：非常满意");
    await screen.tap(".send");
    await screen.sees("评价“非常满意”已收到");
    expect(bureau.deeds).toEqual([{ code: CODE, level: 5, tags: [], text: "", privacy: "anonymous" }]);
  });

  test("nothing can be sent before a level is chosen", async () => {
    await show("post", SCENE).sees("请点选您的满意程度");
    expect(screen.all(".send")).toEqual([]);
  });

  test("a bad rating is answered with its number, the date and the way to its progress", async () => {
    await show("post", SCENE).tap(".level", "不满意");
    await screen.tap(".tag", "等候太久");
    await screen.tap(".privacy", "保密");
    await screen.write(".words", "等了两个小时");
    await screen.tap(".send");
    await screen.sees("编号：A0231");
    expect(screen.text).toContain("2026年11月27日");
    expect(bureau.deeds[0]).toEqual({ code: CODE, level: 2, tags: ["等候太久"], text: "等了两个小时", privacy: "confidential" });
  });

  test("another level offers its own tags and forgets those of the last", async () => {
    await show("post", SCENE).tap(".level", "不满意");
    await screen.tap(".tag", "等候太久");
    await screen.tap(".level", "基本满意");
    expect(screen.all(".tag").map((one) => one.dom.textContent)).toEqual(["速度一般", "态度一般"]);
  });

  test("what is chosen is marked by a sign, not by colour alone", async () => {
    await show("post", SCENE).tap(".level", "基本满意");
    expect(screen.all(".level").map((one) => one.dom.textContent.includes("✓"))).toEqual([false, false, true, false, false]);
  });

  test("a lost connection keeps every word, also when the mini-program is closed and opened again", async () => {
    await show("post", SCENE).tap(".level", "不满意");
    await screen.tap(".tag", "态度冷淡");
    await screen.write(".words", "问了三次没人答");
    bureau.fault = "cut";
    await screen.tap(".send");
    await screen.sees("您填写的内容已保存在本机，不会丢失。");
    await reopen("post", SCENE).sees("已为您恢复上次没有提交的内容。");
    await screen.tap(".send");
    await screen.sees("编号：A0231");
    expect(bureau.deeds).toEqual([{ code: CODE, level: 2, tags: ["态度冷淡"], text: "问了三次没人答", privacy: "anonymous" }]);
  });

  test("a sent rating leaves no draft behind", async () => {
    await show("post", SCENE).tap(".level", "非常满意");
    await screen.tap(".send");
    await screen.sees("评价已登记");
    expect([...hand.storage.keys()]).toEqual(["token"]);
  });

  test("a refusal is shown as the server words it and the form stays as it was", async () => {
    await show("post", SCENE).tap(".level", "不满意");
    await screen.write(".words", "我是110101");
    bureau.signedIn = () => [422, { code: "note_has_id_number", message: "说明里像是有身份证号。为保护您的隐私，请删去后再提交。" }];
    await screen.tap(".send");
    await screen.sees("请删去后再提交。");
    expect(screen.all(".level").map((one) => one.dom.textContent.includes("✓"))).toEqual([false, false, false, true, false]);
  });

  test("an impatient second tap sends nothing more", async () => {
    await show("post", SCENE).tap(".level", "非常满意");
    await Promise.all([screen.tap(".send"), screen.tap(".send")]);
    await screen.sees("评价已登记");
    expect(bureau.seen.filter((one) => one.path === "/ratings")).toHaveLength(1);
  });
});

describe("我的评价", () => {
  test("each rating is listed with its progress and whether it may still be changed", async () => {
    await show("mine").sees("编号A0231：整改中，期限2026年11月27日");
    expect(screen.text).toContain("2026年11月29日前可以修改。");
    expect(screen.text).toContain("修改期限已过。");
    expect(screen.all(".change")).toHaveLength(1);
  });

  test("a rating is changed from what it was", async () => {
    await show("mine").tap(".change");
    await screen.sees("改为：不满意");
    await screen.tap(".level", "基本满意");
    await screen.tap(".cancel");
    await screen.tap(".change");
    await screen.sees("改为：不满意");
    await screen.tap(".level", "满意");
    await screen.tap(".send");
    await screen.sees("评价“满意”已更新。");
    const change = bureau.seen.find((one) => one.method === "PUT");
    expect(change.body).toEqual({ level: 4, tags: [], text: "等了两个小时", privacy: "anonymous" });
  });

  test("leaving ends the session and clears the phone", async () => {
    hand.storage.set("draft:x", "{}");
    await show("mine").tap(".leave");
    await screen.sees("已退出，本机的登录信息和草稿已清除。");
    expect([...hand.storage.keys()]).toEqual([]);
    expect(bureau.tokens.size).toBe(0);
  });

  test("without a network the list says so and comes at the next try", async () => {
    bureau.fault = "cut";
    await show("mine").sees("网络连接不上");
    await screen.tap(".retry");
    await screen.sees("编号A0231");
  });
});

describe("查进度和承诺公示", () => {
  test("a number given by the result page is asked for at once", async () => {
    await show("progress", { number: "A0231" }).sees("A0231：整改中");
    expect(screen.text).toContain("11月23日起5个工作日");
  });

  test("the rater says whether the answer satisfies, and what is still missing", async () => {
    await show("progress", { number: "A0232" }).sees("整改答复：已增开一个窗口");
    await screen.write(".words", "还是排队");
    await screen.tap(".dissatisfied");
    await screen.sees("已记下：不满意。");
    expect(screen.text).toContain("A0232：二次督办");
    expect(screen.all(".dissatisfied")).toEqual([]);
    expect(bureau.seen.at(-1).body).toEqual({ verdict: "dissatisfied", text: "还是排队" });
  });

  test("a number can be typed; an unknown one is answered in words", async () => {
    await show("progress").write(".number", " A9999 ");
    await screen.tap(".ask");
    await screen.sees("没有查到编号“A9999”");
  });

  test("no number is asked for politely and nothing is sent", async () => {
    await show("progress").tap(".ask");
    await screen.sees("请先填写编号，例如 A0231。");
    expect(bureau.seen).toEqual([]);
  });

  test("an objection's number is asked for in the same place", async () => {
    await show("progress", { number: "异0012" }).sees("异0012：已答复");
    expect(screen.text).toContain("已补印清单");
  });

  test("pledges come page by page, with all four clears", async () => {
    await show("pledges").sees("时限：2026年12月31日");
    await screen.tap(".more");
    await screen.sees("资料齐全的当场办结");
    expect(screen.all(".pledge")).toHaveLength(2);
    expect(screen.all(".more")).toEqual([]);
  });
});

describe("我和绑定", () => {
  const bind = async (code = "K7Q2-M9XA") => {
    await show("me").sees("绑定党员身份");
    await screen.write(".code", code);
    await screen.tap(".bind");
  };

  test("the secretary's code binds, and the page shows me", async () => {
    await bind();
    await screen.sees("绑定成功，样例甲同志。");
    await screen.sees("窗口党支部，行政审批科");
    expect(screen.text).toContain("职务：窗口党支部 党支部书记（至2026年12月31日）");
    expect(screen.text).toContain("✓ 只公开姓氏");
  });

  test("an empty code is asked for and nothing is sent", async () => {
    await bind("  ");
    await screen.sees("请填写支部书记给您的邀请码。");
    expect(bureau.seen.filter((one) => one.method === "POST" && one.path === "/me/binding")).toEqual([]);
  });

  test("a wrong code is answered in the server's words and what was written stays", async () => {
    await show("me").sees("绑定党员身份");
    await screen.write(".code", "WRONG234");
    bureau.fault = [404, { code: "invitation_refused", message: "邀请码无效：可能已用过、已过期或输入有误。" }];
    await screen.tap(".bind");
    await screen.sees("邀请码无效");
    expect(screen.instance.data.code).toBe("WRONG234");
  });

  test("the phone's button hands over a code, never a number", async () => {
    await show("me").sees("绑定党员身份");
    await screen.write(".name", "样例甲");
    await screen.give(".phone", "getphonenumber", undefined);
    await screen.sees("没有取得手机号");
    await screen.instance.bindByPhone({ detail: { code: "phone-code" } });
    await screen.sees("已提交核对");
    expect(bureau.seen.find((one) => one.path === "/me/binding/phone").body).toEqual({ phone_code: "phone-code", name: "样例甲" });
  });

  test("the name in public is chosen by one tap", async () => {
    await bind();
    await screen.sees("公开页面怎样显示我");
    await screen.tap(".form", "公开姓名");
    await screen.sees("公开页面显示您为：样例甲");
    expect(bureau.seen.find((one) => one.method === "PUT").body).toEqual({ form: "full" });
  });

  test("the Party mark is off until its own consent is given", async () => {
    await bind();
    await screen.sees("窗口页面不显示“共产党员”");
    await screen.tap(".membership");
    await screen.sees("已记下您的同意");
    expect(bureau.seen.find((one) => one.method === "PUT").body).toEqual({ shown: true });
  });

  test("unbinding says what follows, asks once more and leaves nothing on the phone", async () => {
    await bind();
    await screen.sees("公开页面怎样显示我");
    await screen.tap(".unbind");
    await screen.sees("手机号30天后删除");
    await screen.tap(".keep");
    await screen.tap(".delete");
    await screen.sees("立即删除微信地址");
    await screen.tap(".leave");
    await screen.sees("绑定党员身份");
    expect(bureau.seen.filter((one) => one.method === "DELETE").map((one) => one.path)).toEqual(["/me/data"]);
  });

  test("a scanned invitation brings its code; one of another host does not", async () => {
    hand.scanned = { scanType: "QR_CODE", result: `${bureau.url}/i/K7Q2M9XA` };
    await show("index").tap(".scan");
    expect(hand.opened).toEqual(["/pages/me?invitation=K7Q2M9XA"]);
    await reopen("me", { invitation: "K7Q2M9XA" }).sees("绑定党员身份");
    expect(screen.instance.data.code).toBe("K7Q2M9XA");
    await reopen("me", { q: encodeURIComponent("https://evil.example.com/i/K7Q2M9XA") }).sees("绑定党员身份");
    expect(screen.instance.data.code).toBe("");
  });
});

describe("承诺和异议", () => {
  test("the filters show how many each leads to, and narrow the list", async () => {
    await show("pledges").sees("全部进展");
    expect(screen.text).toContain("承诺公示到2026年3月1日为止，现在不再公开");
    expect(screen.instance.onShareAppMessage()).toMatchObject({ path: "/pages/pledges", imageUrl: `${bureau.url}/share/board.png` });
    await screen.pick(".filter", 2);
    await screen.sees("已兑现（1）");
    await screen.sees("资料齐全的当场办结");
    expect(screen.all(".pledge")).toHaveLength(1);
  });

  test("pinyin is searched for, and finding nothing is said", async () => {
    await show("pledges").write(".said", " ycgz ");
    await screen.tap(".search");
    await screen.sees("没有符合条件的承诺。");
  });

  test("a pledge shows its versions, its work and what was answered", async () => {
    await show("pledge", { code: "a1b2c3d4e5f6" }).sees("第2版，2026年3月1日公示（现行）。变更原因：提速");
    for (const words of ["诺0001", "向谁承诺：服务对象", "三天两天办结", "文明路改造", "异0001，2026年3月5日答复", "已补印清单"]) {
      expect(screen.text).toContain(words);
    }
    expect(screen.instance.onShareAppMessage()).toEqual({ title: "让您少跑一趟", path: "/pages/pledge?code=a1b2c3d4e5f6", imageUrl: `${bureau.url}/share/pledges/a1b2c3d4e5f6.png` });
  });

  test("a pledge that is gone says so", async () => {
    await show("pledge", { code: "nothing" }).sees("没有找到这条承诺");
  });

  test("an objection is sent in the most private way unless another is chosen", async () => {
    await show("objection", { code: "a1b2c3d4e5f6" }).sees("✓ 匿名不记录您是谁");
    await screen.write(".words", "跑了两趟");
    await screen.tap(".send");
    await screen.sees("编号：异0012");
    expect(bureau.deeds).toEqual([{ pledge: "a1b2c3d4e5f6", text: "跑了两趟", privacy: "anonymous" }]);
    expect([...hand.storage.keys()]).toEqual(["token"]);
  });

  test("a lost connection keeps the words and the level", async () => {
    await show("objection", { code: "a1b2c3d4e5f6" }).tap(".privacy", "保密");
    await screen.write(".words", "跑了两趟");
    bureau.fault = "cut";
    await screen.tap(".send");
    await screen.sees("已保存在本机");
    await reopen("objection", { code: "a1b2c3d4e5f6" }).sees("已为您恢复上次没有提交的内容。");
    await screen.tap(".send");
    await screen.sees("编号：异0012");
    expect(bureau.deeds.pop()).toEqual({ pledge: "a1b2c3d4e5f6", text: "跑了两趟", privacy: "confidential" });
  });

  test("without words nothing is sent", async () => {
    await show("objection", { code: "a1b2c3d4e5f6" }).tap(".send");
    await screen.sees("请写明哪里没有做到");
    expect(bureau.deeds).toEqual([]);
  });

  test("works show planned, moved and reached dates with the reason", async () => {
    await show("works").sees("竣工：推迟14天");
    for (const words of ["计划2026年12月20日；调整到2027年1月3日", "比计划晚14天。管线迁改", "进场：按期完成"]) expect(screen.text).toContain(words);
  });
});
