/** 我：who I am here and how the public sees me; bind by code or number; unbind, delete. */
const api = require("../services/api");
const codes = require("../services/codes");
const fonts = require("../services/fonts");
const showing = require("../services/showing");

const NOT_BOUND = "not_bound";
const ASK_CODE = "请填写支部书记给您的邀请码。";
const ASK_NAME = "请先填写花名册上的姓名，再授权手机号。";
const NO_NUMBER = "没有取得手机号，可改用邀请码绑定。";

Page({
  data: { fontSize: fonts.size(), loading: true, trouble: "", me: null, code: "", name: "", busy: false, notice: "", told: "", asking: "" },

  /** A scanned invitation brings its code along. */
  onLoad(query) {
    this.setData({ code: codes.fromInvitation(query) || "" });
  },

  onShow() {
    return this.load();
  },

  async load() {
    this.setData({ trouble: "" });
    try {
      this.setData({ loading: false, me: showing.me(await api.me()) });
    } catch (error) {
      this.setData({ loading: false, me: null, trouble: error.code === NOT_BOUND ? "" : error.message });
    }
  },

  writeCode(event) {
    this.setData({ code: event.detail.value });
  },

  writeName(event) {
    this.setData({ name: event.detail.value });
  },

  bindByCode() {
    const code = this.data.code.trim();
    if (!code) return this.setData({ notice: ASK_CODE });
    return this.act(() => api.bind({ code }));
  },

  /** The button of WeChat hands over a code, never a number; the server asks WeChat for it. */
  bindByPhone(event) {
    const name = this.data.name.trim();
    if (!name) return this.setData({ notice: ASK_NAME });
    if (!event.detail.code) return this.setData({ notice: NO_NUMBER });
    return this.act(() => api.bindByPhone({ phone_code: event.detail.code, name }));
  },

  choose(event) {
    return this.act(() => api.showName({ form: event.currentTarget.dataset.form }));
  },

  /** 亮身份：a consent of its own, given and taken back here. */
  membership() {
    return this.act(() => api.showMembership({ shown: !this.data.me.showsMembership }));
  },

  ask(event) {
    this.setData({ asking: event.currentTarget.dataset.deed, notice: "", told: "" });
  },

  keep() {
    this.setData({ asking: "" });
  },

  /** 解绑 or 删除: the session ends with it, so the phone forgets its token. */
  async leave() {
    const deed = this.data.asking === "delete" ? api.deleteMe : api.unbind;
    await this.act(async () => {
      await deed();
      wx.clearStorageSync();
      return { message: "已办理，登录已失效。" };
    });
    this.setData({ asking: "" });
  },

  async act(deed) {
    if (this.data.busy) return;
    this.setData({ busy: true, notice: "", told: "" });
    try {
      const { message } = await deed();
      this.setData({ busy: false, told: message, code: "", name: "" });
      await this.load();
    } catch (error) {
      this.setData({ busy: false, notice: error.message });
    }
  },
});
