/** 重点工程：milestones planned and reached, what is late and why. */
const api = require("../services/api");
const fonts = require("../services/fonts");
const showing = require("../services/showing");

Page({
  data: { fontSize: fonts.size(), loading: true, trouble: "", works: [] },

  onLoad() {
    return this.open();
  },

  async open() {
    this.setData({ loading: true, trouble: "" });
    try {
      this.setData({ loading: false, works: showing.works(await api.works()) });
    } catch (error) {
      this.setData({ loading: false, trouble: error.message });
    }
  },
});
