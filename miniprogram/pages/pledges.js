/** 承诺公示：the pledges on show, narrowed by branch, window, theme and state, found by words or pinyin; more come as the reader goes on. */
const config = require("../config");
const api = require("../services/api");
const fonts = require("../services/fonts");
const showing = require("../services/showing");

const AT_ONCE = 20;

Page({
  data: { fontSize: fonts.size(), loading: true, trouble: "", pledges: [], next: "", said: "", filters: [], total: 0, over: [] },

  onLoad(query) {
    this.wish = { window_id: query.window_id };
    this.asked = 0;
    return this.again();
  },

  onShareAppMessage() {
    return { title: "承诺公示：承诺了什么，做到了没有", path: "/pages/pledges", imageUrl: `${config.baseUrl}/share/board.png` };
  },

  onReachBottom() {
    return this.data.next && !this.data.loading ? this.more() : undefined;
  },

  write(event) {
    this.setData({ said: event.detail.value });
  },

  search() {
    this.wish.said = this.data.said.trim() || undefined;
    return this.again();
  },

  pick(event) {
    const filter = this.data.filters[event.currentTarget.dataset.at];
    this.wish[filter.name] = filter.options[event.detail.value].key || undefined;
    return this.again();
  },

  /** From the first page on, with the counts beside the filters. */
  again() {
    this.asked += 1;
    this.setData({ pledges: [], next: "" });
    return Promise.all([this.more(), this.choices(this.asked)]);
  },

  async choices(asked) {
    try {
      const told = await api.pledgeChoices(Object.assign({}, this.wish));
      if (asked === this.asked) this.setData({ filters: showing.filters(told, this.wish), total: told.n, over: told.over });
    } catch (error) {
      this.setData({ filters: [] }); // the list itself says what is wrong
    }
  },

  async more() {
    const asked = this.asked;
    this.setData({ loading: true, trouble: "" });
    try {
      const got = await api.pledges(Object.assign({}, this.wish, { after: this.data.next, limit: AT_ONCE }));
      if (asked !== this.asked) return; // another wish came meanwhile
      const { pledges, next } = showing.pledges(got);
      this.setData({ loading: false, pledges: this.data.pledges.concat(pledges), next });
    } catch (error) {
      if (asked === this.asked) this.setData({ loading: false, trouble: error.message });
    }
  },
});
