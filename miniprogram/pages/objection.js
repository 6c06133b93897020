/** 提出异议：words, who may know, a number. What was written stays on the phone until the server has taken it. */
const api = require("../services/api");
const deeds = require("../services/deeds");
const drafts = require("../services/drafts");
const fonts = require("../services/fonts");
const showing = require("../services/showing");

const EMPTY = "请写明哪里没有做到，或者哪里不实。";
const KEPT = "您填写的内容已保存在本机，不会丢失。";

Page({
  data: { fontSize: fonts.size(), trouble: "", notice: "", busy: false, privacies: [], longest: 500, text: "", privacy: "anonymous", taken: null },

  onLoad(query) {
    this.code = query.code || "";
    this.slot = `objection:${this.code}`;
    const kept = drafts.read(this.slot);
    if (kept) this.setData({ text: kept.text, privacy: kept.privacy, notice: "已为您恢复上次没有提交的内容。" });
    return this.open();
  },

  async open() {
    this.setData({ trouble: "" });
    try {
      const told = await api.objectionOptions();
      this.privacies = told.privacy;
      this.setData({ longest: told.longest_text, privacies: showing.privacies(told.privacy, this.data.privacy) });
    } catch (error) {
      this.setData({ trouble: error.message });
    }
  },

  write(event) {
    this.keep({ text: event.detail.value });
  },

  choose(event) {
    const privacy = event.currentTarget.dataset.value;
    this.setData({ privacies: showing.privacies(this.privacies, privacy) });
    this.keep({ privacy });
  },

  keep(change) {
    this.setData(change);
    drafts.keep(this.slot, { text: this.data.text, privacy: this.data.privacy });
  },

  async send() {
    if (this.data.busy) return;
    const text = this.data.text.trim();
    if (!text) {
      this.setData({ notice: EMPTY });
      return;
    }
    this.setData({ busy: true, notice: "" });
    try {
      const taken = showing.taken(await api.object({ pledge: this.code, text, privacy: this.data.privacy }));
      drafts.drop(this.slot);
      this.setData({ busy: false, taken });
    } catch (error) {
      this.setData({ busy: false, notice: deeds.isUncertain(error) ? `${error.message}${KEPT}` : error.message });
    }
  },
});
