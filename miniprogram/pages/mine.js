/** 我的评价：one's own ratings of late, their progress, and the way to change one within its term. */
const api = require("../services/api");
const fonts = require("../services/fonts");
const showing = require("../services/showing");

Page({
  data: {
    fontSize: fonts.size(), loading: true, trouble: "", ratings: [], options: null, left: false,
    editing: "", draft: null, busy: false, notice: "", told: "",
  },

  onShow() {
    return this.load();
  },

  async load() {
    this.setData({ trouble: "", left: false });
    try {
      const [ratings, options] = await Promise.all([api.ratings(), api.options()]);
      this.setData({ loading: false, ratings: showing.ratings(ratings), options: showing.options(options) });
    } catch (error) {
      this.setData({ loading: false, trouble: error.message });
    }
  },

  begin(event) {
    const rating = this.data.ratings.find((one) => one.id === event.currentTarget.dataset.id);
    this.setData({ editing: rating.id, draft: rating.draft, notice: "", told: "" });
  },

  cancel() {
    this.setData({ editing: "", notice: "" });
  },

  async send(event) {
    const id = this.data.editing;
    const body = event.detail;
    this.setData({ busy: true, notice: "" });
    try {
      const rated = await api.change(id, body); // the same words twice leave the same rating: no key is needed
      this.setData({ busy: false, editing: "", told: rated.message });
      await this.load();
    } catch (error) {
      this.setData({ busy: false, notice: error.message });
    }
  },

  /** 退出：for a phone that others use too. */
  async leave() {
    await api.logOut();
    wx.clearStorageSync();
    this.setData({ ratings: [], editing: "", told: "", left: true });
  },
});
