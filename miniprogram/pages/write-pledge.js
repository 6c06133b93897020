/**
 * 写承诺：the four clears with hints while one writes. What is typed is kept on the phone at once and on the server after a
 * short pause, so that a lost connection or a closed page loses nothing; two phones never overwrite each other.
 * 变更承诺 (`change=1`): the published text written anew with a reason; it stays on the phone until it is handed in.
 */
const api = require("../services/api");
const consents = require("../services/consents");
const deeds = require("../services/deeds");
const fonts = require("../services/fonts");
const pledging = require("../services/pledging");

const PAUSE_MS = 1200;
const RESTORED = "已恢复上次没有存上的内容，请核对。";
const KEPT = "写的内容已保存在本机，不会丢失。";

const SUBMITTED = "已提交审核，结果会通知您。";
const PROPOSED = "变更已提交审核，通过前公示的内容照旧。";

Page({
  data: {
    fontSize: fonts.size(), loading: true, trouble: "", words: pledging.none(), form: null, hints: [], opinion: "",
    saved: "", notice: "", busy: false, done: "", changing: false, why: "",
  },

  onLoad(query) {
    this.code = query.code;
    this.slot = `${query.change === "1" ? "change" : "pledge"}:${query.code}`;
    this.setData({ changing: query.change === "1" });
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
      const kept = wx.getStorageSync(this.slot);
      const { words, why, opinion, hints } = this.data.changing ? pledging.changing(record, kept) : pledging.writing(record, kept);
      this.setData({ loading: false, words, why, opinion, hints, notice: kept ? RESTORED : "" });
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
    this.setData({ words, form: pledging.form(this.offer, words), saved: "" });
    this.keep();
  },

  writeWhy(event) {
    this.setData({ why: event.detail.value });
    this.keep();
  },

  /** On the phone at once; a draft goes to the server after a pause, a change only when it is handed in. */
  keep() {
    const { words, why, changing } = this.data;
    wx.setStorageSync(this.slot, changing ? { words, why } : words);
    clearTimeout(this.timer);
    this.timer = changing ? null : setTimeout(() => this.save(), PAUSE_MS);
  },

  /** Whether the server has it now. */
  async save() {
    clearTimeout(this.timer);
    this.timer = null;
    const words = this.data.words;
    try {
      const record = await api.savePledge(this.code, Object.assign({ version: this.version }, this.whole, words));
      this.version = record.line.version;
      if (this.data.words === words) wx.removeStorageSync(this.slot);
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
    try {
      this.setData({ done: await (this.data.changing ? this.propose() : this.handIn()) });
    } catch (error) {
      this.setData({ notice: error.message });
    }
    this.setData({ busy: false });
  },

  /** What to say; "" when the last words are not on the server. */
  async handIn() {
    if (!(await this.save())) return "";
    await api.submitPledge(this.code, { version: this.version });
    return SUBMITTED;
  },

  async propose() {
    await api.amend(this.code, Object.assign({ version: this.version, why: this.data.why }, this.data.words));
    wx.removeStorageSync(this.slot);
    return PROPOSED;
  },
});
