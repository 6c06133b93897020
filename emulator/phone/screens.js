// The screens of one phone: list of chats, chat, service notices, mini-program, profile.

import { doing, el, get, post, toast } from "./api.js";
import { bubble } from "./bubbles.js";
import { consent, pickTemplates, pictureSheet, placeSheet, scanner, voiceSheet } from "./sheets.js";

const enc = encodeURIComponent;

export class Phone {
  constructor(person, world, look) {
    Object.assign(this, { person, world, look, screen: "home", opened: null, after: 0 });
    this.service = world.accounts.find((one) => one.kind === "service");
    this.mini = world.accounts.find((one) => one.kind === "mini");
    this.node = el("section", { class: "phone", "data-person": person.key, "aria-label": `${person.name}的手机` });
    this.show("chat");
  }

  path(rest = "") { return `/people/${this.person.key}${rest}`; }

  get tools() {
    return { person: this.person, look: this.look, media: (id) => `/_emulator/media/${enc(id)}`,
      open: (url) => `/_emulator/open?person=${this.person.key}&url=${enc(url)}`,
      choose: (message, choice) => doing(() => post(this.path("/menu-answer"), { message: message.id, choice, account: message.appid, wait: false })),
      mini: (page) => this.openMini(page) };
  }

  async show(screen) {
    this.screen = screen;
    this.after = 0;
    await doing(async () => {
      await this[`draw_${screen}`]();
      await this.refresh();
    });
  }

  head(title, ...right) {
    const back = this.screen === "home" ? null : el("button", { class: "back", "aria-label": "返回", onclick: () => this.show("home") }, "‹");
    return el("header", { class: "bar" }, back, el("h2", {}, title), el("span", { class: "right" }, ...right));
  }

  // A list that stays at its end, also when a picture comes in late.
  messages(label) {
    const list = el("ol", { class: "messages", "aria-live": "polite", "aria-label": label, tabindex: "0" });
    list.addEventListener("load", () => { list.scrollTop = list.scrollHeight; }, true);
    return list;
  }

  async draw_home() {
    const row = (name, words, screen, tone) => el("button", { class: "row chatrow", onclick: () => this.show(screen) },
      el("span", { class: `face ${tone}`, "aria-hidden": "true" }, name.slice(0, 1)), el("span", {}, el("strong", {}, name), el("small", {}, words)));
    const rows = [row(this.service.name, "服务号", "chat", "green"), row("服务通知", "订阅消息和通知", "notice", "orange")];
    if (this.mini) rows.push(row(this.mini.name, "小程序", "mini", "blue"), row(`${this.mini.name}客服`, "小程序客服会话", "kf", "blue"));
    this.node.replaceChildren(this.head("微信", el("button", { class: "text", onclick: () => this.scan() }, "扫一扫")), el("div", { class: "screen rows" }, ...rows));
  }

  async draw_chat() { await this.drawTalk("service", this.service.name); }

  async draw_kf() {
    await this.drawTalk("mini", `${this.mini.name}客服`);
    await post(this.path("/enter"), { wait: false });
  }

  async drawTalk(account, title) {
    this.talk = account;
    this.list = this.messages("消息");
    this.foot = el("div", { class: "foot" });
    const profile = account === "service" ? el("button", { class: "text", onclick: () => this.show("profile") }, "资料") : null;
    this.node.replaceChildren(this.head(title, el("button", { class: "text", onclick: () => this.scan() }, "扫一扫"), profile), this.list, this.foot);
    this.menuKey = null;
  }

  // Composer or menu bar, drawn again only when what it depends on changed.
  drawFoot(state) {
    const subscribed = this.talk === "mini" || state.accounts[this.service.appid].subscribed;
    const menu = this.talk === "service" ? state.menu?.button : null;
    const key = JSON.stringify([subscribed, menu, this.typing]);
    if (key === this.menuKey) return;
    this.menuKey = key;
    if (!subscribed) this.foot.replaceChildren(el("button", { class: "go follow", onclick: () => this.act("/follow") }, "关注公众号"));
    else if (menu && !this.typing) this.foot.replaceChildren(this.menuBar(menu));
    else this.foot.replaceChildren(this.composer(menu));
  }

  menuBar(menu) {
    const keys = el("button", { class: "swap", "aria-label": "切换到键盘", onclick: () => this.swap(true) }, "键盘");
    const tops = menu.map((top) => {
      if (!top.sub_button?.length) return el("button", { onclick: () => this.tap(top) }, top.name);
      const inner = top.sub_button.map((one) => el("button", { onclick: () => this.tap(one) }, one.name));
      return el("details", { name: `menu-${this.person.key}` }, el("summary", {}, `≡${top.name}`), el("div", { class: "submenu" }, ...inner));
    });
    return el("div", { class: "menubar" }, keys, ...tops);
  }

  composer(menu) {
    const input = el("input", { "aria-label": "输入消息", autocomplete: "off", enterkeyhint: "send" });
    const send = async (event) => {
      event.preventDefault();
      const content = input.value;
      if (!content) return;
      input.value = "";
      await this.act("/text", { content });
    };
    const swap = menu ? el("button", { type: "button", class: "swap", "aria-label": "切换到菜单", onclick: () => this.swap(false) }, "菜单") : null;
    const more = el("details", { class: "more" }, el("summary", { "aria-label": "更多" }, "＋"), el("div", { class: "extras" },
      el("button", { type: "button", onclick: async () => { const wish = await pictureSheet(); if (wish) this.act("/say/image", wish); } }, "图片"),
      el("button", { type: "button", onclick: async () => { const wish = await voiceSheet(); if (wish) this.act("/say/voice", wish); } }, "语音"),
      el("button", { type: "button", onclick: async () => { const wish = await placeSheet(); if (wish) this.act("/say/location", wish); } }, "位置")));
    return el("form", { class: "composer", onsubmit: send }, swap, input, more, el("button", { class: "go" }, "发送"));
  }

  swap(typing) {
    this.typing = typing;
    doing(() => this.refresh());
  }

  act(path, body = {}) { return doing(() => post(this.path(path), { account: this.talk, wait: false, ...body })); }

  async tap(button) {
    let text;
    if (button.type?.startsWith("scancode")) {
      const wish = await scanner();
      if (!wish) return;
      text = wish.text || (wish.plate ? this.world.plates[wish.plate] : "");
    }
    const done = await doing(() => post(this.path("/tap"), { key: button.key, name: button.name, text }));
    if (done?.opens && done.appid) this.openMini(done.opens);
    else if (done?.opens) window.open(this.tools.open(done.opens), "_blank", "noopener");
  }

  async scan() {
    const wish = await doing(scanner);
    if (!wish) return;
    const found = await doing(() => post(this.path("/scan"), wish));
    if (!found) return;
    if (found.leads === "account") this.show("chat");
    else if (found.leads === "miniprogram") this.openMini(`${found.about.page}?${found.about.query}`);
    else if (found.leads === "web") {
      toast(`打开网页 ${found.text}`);
      window.open(this.tools.open(found.text), "_blank", "noopener");
    } else toast(found.about?.notice || `扫到的内容：${found.text}`);
  }

  openMini(page) {
    this.opened = page;
    this.show("mini");
  }

  async draw_mini() {
    const page = this.opened || "首页";
    const query = page.includes("?") ? [...new URLSearchParams(page.split("?")[1])] : [];
    const facts = query.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)));
    this.result = el("output", { class: "result" });
    const code = (path, words) => doing(async () => { this.result.textContent = `${words} ${(await post(this.path(path))).code}`; });
    const link = query.find(([name]) => name === "q");
    this.node.replaceChildren(this.head(this.mini.name), el("div", { class: "screen pad" }, el("p", {}, `打开页面：${page.split("?")[0]}`), el("dl", { class: "facts" }, ...facts),
      link && el("a", { class: "go", href: this.tools.open(decodeURIComponent(link[1])), target: "_blank", rel: "noopener" }, "在浏览器里打开同一页"),
      el("div", { class: "grid" }, el("button", { onclick: () => code("/login", "登录凭证") }, "登录（取 code）"),
        el("button", { onclick: () => code("/phone-code", "手机号凭证") }, "手机号（取 code）"),
        el("button", { onclick: () => this.ask("mini") }, "订阅消息"), el("button", { onclick: () => this.show("kf") }, "联系客服")), this.result));
  }

  // The consent popup; with “总是保持” already chosen no popup is shown.
  async ask(account) {
    const owner = account === "mini" ? this.mini : this.service;
    const state = await get(this.path(`?account=${account}`));
    const picked = await pickTemplates(state.templates);
    if (!picked) return;
    const settled = new Set(state.subscriptions.filter((one) => one.always).map((one) => one.template_id));
    const answer = picked.every((one) => settled.has(one.id)) ? "accept" : await consent(owner.name, picked);
    if (!answer) return;
    const done = await doing(() => post(this.path("/subscribe"), { template_ids: picked.map((one) => one.id), answer, account, scene: account === "mini" ? 0 : 1 }));
    const words = { accept: "已允许", reject: "已拒绝", filter: "已过滤" };
    if (done) toast(done.errMsg || Object.values(done.results).map((one) => words[one] || one).join("、"));
  }

  async draw_notice() {
    this.list = this.messages("服务通知");
    this.node.replaceChildren(this.head("服务通知"), this.list);
  }

  async draw_profile() {
    const state = await get(this.path("?account=service"));
    const tie = state.accounts[this.service.appid];
    const act = (path, body) => async () => { await this.act(path, body); setTimeout(() => this.show("profile"), 150); };
    const windows = state.windows.map((one) => `${{ message: "来消息", click: "点菜单", subscribe: "关注", scan: "扫码" }[one.trigger]}：还可发 ${one.left} 条，剩 ${one.seconds} 秒`);
    const titles = Object.fromEntries(state.templates.map((one) => [one.id, one.title]));
    const consents = state.subscriptions.map((one) => el("li", {}, `${titles[one.template_id] || one.template_id}：${one.refused ? "已拒绝" : one.long_term ? "长期" : `剩 ${one.left} 次`} `,
      !one.refused && el("button", { class: "text", onclick: act("/subscription-change", { template_id: one.template_id }) }, "改为拒绝")));
    this.talk = "service";
    this.node.replaceChildren(this.head("资料"), el("div", { class: "screen pad" }, el("dl", { class: "facts" },
      ...[["openid", tie.openid], ["unionid", state.unionid || "无"], ["手机号", state.phone], ["状态", tie.subscribed ? "已关注" : "未关注"]]
        .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
      el("h3", {}, "客服消息窗口"), el("ul", {}, ...(windows.length ? windows : ["没有打开的窗口"]).map((one) => el("li", {}, one))),
      el("h3", {}, "订阅"), el("ul", {}, ...(consents.length ? consents : [el("li", {}, "没有订阅")])),
      el("div", { class: "grid" }, el("button", { onclick: () => this.ask("service") }, "订阅通知"), el("button", { onclick: act("/place") }, "上报位置"),
        tie.subscribed ? el("button", { class: "warn", onclick: act("/unfollow") }, "不再关注") : el("button", { class: "go", onclick: act("/follow") }, "关注"))));
  }

  async refresh() {
    const box = { chat: "chat", kf: "chat", notice: "notice" }[this.screen];
    if (!box) return;
    const account = this.screen === "notice" ? "" : `&account=${this.talk}`;
    const [fresh, state] = await Promise.all([get(this.path(`/inbox?box=${box}${account}&after=${this.after}&last=200`)),
      this.screen === "notice" ? null : get(this.path(`?account=${this.talk}`))]);
    const news = fresh.messages.filter((one) => one.id > this.after);
    if (news.length) {
      this.after = news.at(-1).id;
      this.list.append(...news.map((one) => bubble(one, this.tools)));
      this.list.scrollTop = this.list.scrollHeight;
    }
    if (state) this.drawFoot(state);
  }
}
