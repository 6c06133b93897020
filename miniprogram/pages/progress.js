/** 查进度：where the rectification or the objection behind a number stands; whoever holds the number may ask. */
const api = require("../services/api");
const fonts = require("../services/fonts");
const showing = require("../services/showing");

const OBJECTION = /^(异|yi)/i;
const ASK_NUMBER = "请先填写编号，例如 A0231。";
const JUDGED = { satisfied: "已记下：满意。谢谢您。", dissatisfied: "已记下：不满意。" };

Page({
  data: { fontSize: fonts.size(), number: "", busy: false, notice: "", progress: null, words: "" },

  onLoad(query) {
    if (!query.number) return undefined;
    this.setData({ number: query.number });
    return this.ask();
  },

  write(event) {
    this.setData({ number: event.detail.value });
  },

  async ask() {
    const number = this.data.number.trim();
    if (!number) return this.setData({ notice: ASK_NUMBER, progress: null });
    this.setData({ busy: true, notice: "", progress: null });
    try {
      this.setData({ busy: false, progress: await this.found(number) });
    } catch (error) {
      this.setData({ busy: false, notice: error.message });
    }
    return undefined;
  },

  explain(event) {
    this.setData({ words: event.detail.value });
  },

  /** 满意、不满意: only the rater's own phone is heard; anybody else reads why not. */
  async judge(event) {
    if (this.data.busy) return;
    const { verdict } = event.currentTarget.dataset;
    this.setData({ busy: true, notice: "" });
    try {
      const told = showing.progress(await api.judge(this.data.progress.number, { verdict, text: this.data.words.trim() }));
      this.setData({ busy: false, notice: JUDGED[verdict], progress: Object.assign(told, { asks: false }) });
    } catch (error) {
      this.setData({ busy: false, notice: error.message });
    }
  },

  /** An objection's number says so itself: 异0012, YI12. */
  async found(number) {
    if (OBJECTION.test(number)) return showing.objection(await api.objection(number));
    return showing.progress(await api.progress(number));
  },
});
