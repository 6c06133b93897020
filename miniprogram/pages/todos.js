/** 待办：what I and the units I answer for still owe, the oldest first. */
const api = require("../services/api");
const fonts = require("../services/fonts");
const reports = require("../services/reports");

Page({
  data: { fontSize: fonts.size(), loading: true, trouble: "", todos: [] },

  onShow() {
    return this.load();
  },

  async load() {
    this.setData({ trouble: "" });
    try {
      const told = await api.todos();
      this.setData({ loading: false, todos: told.todos.map(reports.line) });
    } catch (error) {
      this.setData({ loading: false, trouble: error.message });
    }
  },
});
