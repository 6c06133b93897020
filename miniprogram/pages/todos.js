/** 待办：what I and the units I answer for still owe, the oldest first. */
const api = require("../services/api");
const consents = require("../services/consents");
const fonts = require("../services/fonts");
const reports = require("../services/reports");

Page({
  data: { fontSize: fonts.size(), loading: true, trouble: "", todos: [], left: "" },

  onShow() {
    return this.load();
  },

  async load() {
    this.setData({ trouble: "" });
    try {
      const told = await api.todos();
      this.setData({ loading: false, todos: told.todos.map(reports.line) });
      this.setData({ left: await consents.learn() });
    } catch (error) {
      this.setData({ loading: false, trouble: error.message });
    }
  },

  /** One more reminder allowed, by the person's own tap. */
  async allow() {
    const left = await consents.ask();
    if (left) this.setData({ left });
  },
});
