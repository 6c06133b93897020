// The developer's panel: exchanges decoded step by step, API calls, faults, settings and clock.

import { ask, clockText, doing, el, get, post, toast } from "./api.js";

const OUTCOMES = { answered: "已回复", silent: "无需回复", garbage: "异常数据", unanswered: "未应答", no_callback: "未设推送地址", pending: "等待中",
  timeout: "超时", refused: "连不上", dropped: "已丢弃" };
const GOOD = new Set(["answered", "silent"]);

export class Panel {
  constructor(world, focusPhone) {
    Object.assign(this, { world, focusPhone, tab: "exchange", detail: 0 });
    this.node = document.getElementById("panel");
    this.pane = document.getElementById("pane");
    this.tabs = [...this.node.querySelectorAll("[role=tab]")];
    this.tabs.forEach((one, at) => {
      one.addEventListener("click", () => this.open(one.id.slice(4)));
      one.addEventListener("keydown", (event) => this.move(event, at));
    });
    document.getElementById("panel-close").addEventListener("click", () => this.node.classList.remove("shown"));
  }

  move(event, at) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) this.tabs[(at + step + this.tabs.length) % this.tabs.length].focus();
  }

  open(tab, detail = 0) {
    Object.assign(this, { tab, detail });
    this.node.classList.add("shown");
    this.tabs.forEach((one) => one.setAttribute("aria-selected", String(one.id === `tab-${tab}`)));
    return doing(() => this.draw());
  }

  draw() { return this[this.detail ? "drawExchange" : `draw_${this.tab}`](); }

  // Lists follow what happens; forms stay as they are while somebody types.
  refresh() { return ["exchange", "calls"].includes(this.tab) && !this.detail ? this.draw() : null; }

  async draw_exchange() {
    const { pushes } = await get("/record/pushes?limit=60");
    const rows = pushes.map((one) => el("button", { class: "row", onclick: () => this.open("exchange", one.id) },
      el("span", { class: GOOD.has(one.outcome) ? "ok" : "bad" }, OUTCOMES[one.outcome] || one.outcome), ` ${one.kind} `,
      el("small", {}, `${one.person} · ${one.ms} 毫秒 · 推 ${one.deliveries} 次 · ${clockText(one.at)}`)));
    this.pane.replaceChildren(el("div", { class: "rows" }, ...(rows.length ? rows : [el("p", { class: "hint" }, "还没有推送。发一条消息试试。")])));
  }

  async drawExchange() {
    const push = await get(`/record/pushes/${this.detail}`);
    const attempts = push.steps.map((one, at) => el("details", { open: at === 0 },
      el("summary", {}, `第 ${at + 1} 次：${OUTCOMES[one.outcome] || one.outcome}，${one.ms} 毫秒${one.why ? `（${one.why}）` : ""}`),
      el("div", { class: "meter", role: "img", "aria-label": `用时 ${one.ms} 毫秒，上限 5000 毫秒` }, el("i", { style: `--share:${Math.min(100, one.ms / 50)}%` })),
      el("ol", { class: "steps" }, ...one.steps.map((step) => el("li", {}, el("strong", {}, step.title),
        step.good === true ? el("span", { class: "ok" }, " 一致") : step.good === false ? el("span", { class: "bad" }, " 不对") : null, el("pre", {}, step.text))))));
    this.pane.replaceChildren(el("button", { class: "text", onclick: () => this.open("exchange") }, "‹ 全部"),
      el("h3", {}, `${push.kind} · ${OUTCOMES[push.outcome] || push.outcome}`), el("p", { class: "hint" }, `消息号 ${push.key}`), ...attempts);
  }

  async draw_calls() {
    const { calls } = await get("/record/calls?limit=60");
    const rows = calls.map((one) => el("details", { class: "call" }, el("summary", {}, el("span", { class: one.errcode ? "bad" : "ok" }, String(one.errcode)), ` ${one.path}`,
      el("small", {}, `${one.ms} 毫秒${one.fault ? ` · 故障 ${one.fault}` : ""}`)), el("pre", {}, `${one.method} ${one.path}?${one.query}\n${one.body}`), el("pre", {}, one.answer)));
    const docs = el("a", { href: "/_emulator/docs", target: "_blank" }, "接口目录");
    const sign = el("a", { href: "/_emulator/jssdk", target: "_blank" }, "JS 签名校验");
    this.pane.replaceChildren(el("p", {}, docs, " · ", sign), el("div", {}, ...(rows.length ? rows : [el("p", { class: "hint" }, "产品还没有调用接口。")])));
  }

  field(id, words, node) {
    node.id = id;
    return el("div", { class: "field" }, el("label", { for: id }, words), node);
  }

  async draw_faults() {
    const { faults, kinds } = await get("/faults");
    const groups = Object.entries({ push: "推送", api: "接口" }).map(([where, label]) => el("optgroup", { label },
      ...Object.entries(kinds[where]).map(([kind, words]) => el("option", { value: `${where}/${kind}` }, `${label}：${words}`))));
    const kind = el("select", {}, ...groups);
    const inputs = { path: el("input", { placeholder: "空为全部；接口填路径，推送填类型" }), rate: el("input", { type: "number", value: "1", min: "0", max: "1", step: "0.05" }),
      times: el("input", { type: "number", value: "0", min: "0" }), errcode: el("input", { type: "number", value: "-1" }), seconds: el("input", { type: "number", value: "0", step: "0.5" }), copies: el("input", { type: "number", value: "2", min: "1", max: "9" }) };
    const add = () => doing(async () => {
      const [where, name] = kind.value.split("/");
      const numbers = Object.fromEntries(["rate", "times", "errcode", "seconds", "copies"].map((one) => [one, Number(inputs[one].value)]));
      await post("/faults", { where, kind: name, path: inputs.path.value.trim(), ...numbers });
      await this.draw();
    });
    const rows = faults.map((one) => el("li", {}, `${kinds[one.where][one.kind]}${one.path ? `（${one.path}）` : ""}，已触发 ${one.hits} 次 `,
      el("button", { class: "text", onclick: () => doing(async () => { await ask("DELETE", `/faults/${one.id}`); await this.draw(); }) }, "撤掉")));
    this.pane.replaceChildren(el("h3", {}, "生效的故障"), el("ul", { class: "plainlist" }, ...(rows.length ? rows : [el("li", { class: "hint" }, "没有，一切正常。")])),
      el("h3", {}, "加一个故障"), this.field("f-kind", "种类", kind), this.field("f-path", "范围", inputs.path), this.field("f-rate", "比例（0 到 1）", inputs.rate),
      this.field("f-times", "次数（0 为不限）", inputs.times), this.field("f-code", "错误码", inputs.errcode), this.field("f-seconds", "秒数", inputs.seconds), this.field("f-copies", "份数（同时推送）", inputs.copies),
      el("button", { class: "go", onclick: add }, "加上"), ...await this.quota());
  }

  // 额度将用尽: one path's use of today, set by hand.
  async quota() {
    const { platform } = await get("/paths");
    const path = el("select", {}, ...platform.filter((one) => one.daily).map((one) => el("option", { value: `${one.kinds[0]} ${one.path} ${one.daily}` }, `${one.title}（${one.daily} 次/天）`)));
    const left = el("input", { type: "number", value: "1", min: "0" });
    const set = () => doing(async () => {
      const [account, name, daily] = path.value.split(" ");
      await post("/quota", { account, path: name, used: Math.max(0, Number(daily) - Number(left.value)) });
      toast("今日额度已改");
    });
    return [el("h3", {}, "额度将用尽"), this.field("q-path", "接口", path), this.field("q-left", "今天还剩（次）", left), el("button", { class: "go", onclick: set }, "改成这样")];
  }

  async draw_settings() {
    const world = await get("/");
    const jump = (words, body) => el("button", { onclick: () => doing(async () => { await post("/clock", body); await this.draw(); }) }, words);
    const accounts = world.accounts.map((one) => this.account(one));
    const limit = el("input", { type: "number", value: String(world.tuning.answer_limit), step: "0.5", min: "0.5" });
    const save = () => doing(async () => { await ask("PATCH", "/settings", { answer_limit: Number(limit.value) }); toast("已保存"); });
    const reset = () => doing(async () => { await post("/reset"); location.reload(); });
    this.pane.replaceChildren(el("h3", {}, "时间"), el("p", {}, clockText(world.now), world.speed === 1 ? "" : `（${world.speed} 倍）`),
      el("div", { class: "grid" }, jump("快进 1 小时", { advance: 3600 }), jump("快进 1 天", { advance: 86400 }), jump("60 倍速", { speed: 60 }), jump("正常速度", { speed: 1 })),
      el("h3", {}, "推送"), this.field("s-limit", "应答期限（秒）", limit), el("button", { onclick: save }, "保存"), ...accounts,
      el("h3", {}, "状态"), el("button", { class: "warn", onclick: reset }, "全部复位"));
  }

  account(one) {
    const mode = el("select", {}, ...[["safe", "安全模式"], ["compatible", "兼容模式"], ["plain", "明文模式"]].map(([value, words]) => el("option", { value, selected: value === one.mode }, words)));
    const callback = el("input", { value: one.callback, placeholder: "http://127.0.0.1:8000/wechat" });
    const save = () => doing(async () => { await ask("PATCH", `/accounts/${one.appid}`, { mode: mode.value, callback: callback.value.trim() }); toast("已保存"); });
    const verify = () => doing(async () => { await save(); const done = await post(`/accounts/${one.appid}/verify`); toast(done.verified ? "验证通过" : `验证没有通过：${done.why}`); });
    const facts = [["appid", one.appid], ["secret", one.secret], ["token", one.token], ["AESKey", one.encoding_aes_key], ["原始号", one.original_id]];
    return el("details", { open: one.kind === "service" }, el("summary", {}, one.name), el("dl", { class: "facts" }, ...facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
      this.field(`m-${one.appid}`, "加解密方式", mode), this.field(`c-${one.appid}`, "推送地址", callback),
      el("div", { class: "grid" }, el("button", { onclick: save }, "保存"), el("button", { onclick: verify }, "验证地址")));
  }
}
