/** 我的承诺：one's own and one's unit's pledges with their states, and where a new one begins. */
const api = require("../services/api");
const deeds = require("../services/deeds");
const fonts = require("../services/fonts");
const pledging = require("../services/pledging");

Page({
  data: { fontSize: fonts.size(), loading: true, trouble: "", notice: "", pledges: [], next: 0, campaigns: [] },

  onShow() {
    return this.load();
  },

  async load() {
    this.setData({ loading: true, trouble: "", notice: "" });
    try {
      const [got, form] = await Promise.all([api.ownPledges({}), api.pledgeForm({})]);
      this.setData(Object.assign({ loading: false, campaigns: form.campaigns }, pledging.list(got)));
    } catch (error) {
      this.setData({ loading: false, trouble: error.message });
    }
  },

  async more() {
    const got = pledging.list(await api.ownPledges({ after: this.data.next }));
    this.setData({ pledges: this.data.pledges.concat(got.pledges), next: got.next });
  },

  /** A new draft in the campaign that was picked; pressed twice on a bad line it is one draft. */
  async begin(event) {
    const campaign = this.data.campaigns[event.detail.value].key;
    this.setData({ notice: "" });
    try {
      const drafted = await deeds.once(`draft:${campaign}`, { campaign }, (key) => api.draftPledge({ campaign }, key));
      wx.navigateTo({ url: `/pages/write-pledge?code=${drafted.line.code}` });
    } catch (error) {
      this.setData({ notice: error.message });
    }
  },
});
