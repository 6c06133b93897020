/** 审核承诺：what waits for a secretary or the committee; many are ticked and decided at once, each bound to the text that was read. */
const api = require("../services/api");
const consents = require("../services/consents");
const fonts = require("../services/fonts");
const pledging = require("../services/pledging");

const NONE_CHOSEN = "请先点选承诺，再点下面的按钮。";

Page({
  data: { fontSize: fonts.size(), loading: true, trouble: "", reviews: [], chosen: 0, why: "", busy: false, notice: "" },

  onShow() {
    return this.load();
  },

  async load() {
    this.setData({ trouble: "" });
    try {
      this.setData({ loading: false, chosen: 0, reviews: pledging.reviews(await api.reviews()) });
    } catch (error) {
      this.setData({ loading: false, trouble: error.message });
    }
  },

  tick(event) {
    const key = event.currentTarget.dataset.key;
    this.mark((one) => (one.key === key ? !one.on : one.on));
  },

  tickAll() {
    const all = this.data.chosen < this.data.reviews.length;
    this.mark(() => all);
  },

  mark(on) {
    const reviews = this.data.reviews.map((one) => Object.assign({}, one, { on: on(one) }));
    this.setData({ reviews, chosen: reviews.filter((one) => one.on).length, notice: "" });
  },

  write(event) {
    this.setData({ why: event.detail.value });
  },

  approve() {
    return this.decide("approve");
  },

  sendBack() {
    return this.decide("return");
  },

  async decide(verdict) {
    const chosen = this.data.reviews.filter((one) => one.on).map((one) => ({ code: one.code, version: one.version, turn: one.turn }));
    if (!chosen.length) return this.setData({ notice: NONE_CHOSEN });
    if (this.data.busy) return undefined;
    consents.ask();
    this.setData({ busy: true, notice: "" });
    try {
      const told = await api.decide({ chosen, verdict, why: this.data.why });
      const failed = told.outcomes.filter((one) => !one.done).map((one) => one.message);
      await this.load();
      const notice = `已办${told.done}条。${failed.filter((one, at) => failed.indexOf(one) === at).join("")}`;
      return this.setData({ busy: false, notice, why: failed.length ? this.data.why : "" });
    } catch (error) {
      return this.setData({ busy: false, notice: error.message });
    }
  },
});
