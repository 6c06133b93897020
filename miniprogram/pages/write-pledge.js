/**
 * 写承诺：the four clears with hints while one writes. What is typed is kept on the phone at once and on the server after a
 * short pause, so that a lost connection or a closed page loses nothing; two phones never overwrite each other.
 */
const api = require("../services/api");
const consents = require("../services/consents");
const deeds = require("../services/deeds");
const fonts = require("../services/fonts");
const pledging = require("../services/pledging");

const PAUSE_MS = 1200;
const RESTORED = "已恢复上次没有存上的内容，请核对。";
const KEPT = "写的内容已保存在本机，不会丢失。";

const slot = (code) => `pledge:${code}`;

Page({
  data: {
    fontSize: fonts.size(), loading: true, trouble: "", words: pledging.none(), form: null, hints: [], opinion: "",
    saved: "", notice: "", busy: false, done: "",
  },

  onLoad(query) {
    this.code = query.code;
    return this.load();
  },

  onUnload() {
    return this.timer ? this.save() : undefined;
  },

  async load() {
    this.setData({ loading: true, trouble: "" });
    try {
      const record = await api.ownPledge(this.code);
      this.offer = await api.pledgeForm({ campaign: record.campaign });
      this.version = record.line.version;
      this.whole = { kind: record.kind, meeting: record.meeting };
      const kept = wx.getStorageSync(slot(this.code));
      const words = kept || pledging.words(record.wording);
      this.setData({ loading: false, words, opinion: record.line.opinion, hints: pledging.hints(record.hints), notice: kept ? RESTORED : "" });
      this.setData({ form: pledging.form(this.offer, words) });
    } catch (error) {
      this.setData({ loading: false, trouble: error.message });
    }
  },

  write(event) {
    this.change({ [event.currentTarget.dataset.name]: event.detail.value });
  },

  pickDay(event) {
    this.change({ deadline: event.detail.value });
  },

  pickTheme(event) {
    const theme = event.currentTarget.dataset.value;
    this.change({ theme: theme === this.data.words.theme ? "" : theme });
  },

  toggleAddressee(event) {
    const one = event.currentTarget.dataset.value;
    const all = this.data.words.addressees;
    this.change({ addressees: all.indexOf(one) >= 0 ? all.filter((other) => other !== one) : all.concat(one) });
  },

  change(part) {
    const words = Object.assign({}, this.data.words, part);
    wx.setStorageSync(slot(this.code), words);
    this.setData({ words, form: pledging.form(this.offer, words), saved: "" });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE_MS);
  },

  /** Whether the server has it now. */
  async save() {
    clearTimeout(this.timer);
    this.timer = null;
    const words = this.data.words;
    try {
      const record = await api.savePledge(this.code, Object.assign({ version: this.version }, this.whole, words));
      this.version = record.line.version;
      if (this.data.words === words) wx.removeStorageSync(slot(this.code));
      this.setData({ hints: pledging.hints(record.hints), saved: "草稿已保存。", notice: "" });
      return true;
    } catch (error) {
      this.setData({ notice: error.message + (deeds.isUncertain(error) ? KEPT : "") });
      return false;
    }
  },

  async submit() {
    if (this.data.busy) return;
    consents.ask();
    this.setData({ busy: true });
    const kept = await this.save();
    try {
      if (kept) {
        await api.submitPledge(this.code, { version: this.version });
        this.setData({ done: "已提交审核，结果会通知您。" });
      }
    } catch (error) {
      this.setData({ notice: error.message });
    }
    this.setData({ busy: false });
  },
});
