/** 待办：what I and the units I answer for still owe, the oldest first, one line a task; a tap opens its units. */
const api = require("../services/api");
const consents = require("../services/consents");
const fonts = require("../services/fonts");
const reports = require("../services/reports");

Page({
  data: { fontSize: fonts.size(), loading: true, trouble: "", groups: [], opened: "", left: "" },

  onShow() {
    return this.load();
  },

  async load() {
    this.setData({ trouble: "" });
    try {
      const told = await api.todos();
      this.setData({ loading: false, groups: reports.lines(told.todos) });
      this.setData({ left: await consents.learn() });
    } catch (error) {
      this.setData({ loading: false, trouble: error.message });
    }
  },

  /** Open a task's units, or close them. */
  unfold({ currentTarget }) {
    const { id } = currentTarget.dataset;
    this.setData({ opened: this.data.opened === id ? "" : id });
  },

  /** One more reminder allowed, by the person's own tap. */
  async allow() {
    const left = await consents.ask();
    if (left) this.setData({ left });
  },
});
