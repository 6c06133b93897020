/** 承诺公示：the pledges on show, the same words as on the printed board; more come as the reader goes on. */
const api = require("../services/api");
const fonts = require("../services/fonts");
const showing = require("../services/showing");

const AT_ONCE = 20;

Page({
  data: { fontSize: fonts.size(), loading: true, trouble: "", pledges: [], next: "" },

  onLoad(query) {
    this.windowId = query.window_id;
    return this.more();
  },

  onReachBottom() {
    return this.data.next && !this.data.loading ? this.more() : undefined;
  },

  async more() {
    this.setData({ loading: true, trouble: "" });
    try {
      const got = await api.pledges({ window_id: this.windowId, after: this.data.next, limit: AT_ONCE });
      const { pledges, next } = showing.pledges(got);
      this.setData({ loading: false, pledges: this.data.pledges.concat(pledges), next });
    } catch (error) {
      this.setData({ loading: false, trouble: error.message });
    }
  },
});
