/** 首页：scan to rate (or pick the window), one's own ratings, the pledges on show, and where a complaint stands. */
const api = require("../services/api");
const codes = require("../services/codes");
const fonts = require("../services/fonts");
const showing = require("../services/showing");

Page({
  data: { fontSize: fonts.size(), warning: "", windows: [] },

  /** The list of windows is a convenience: without a network the other ways stay. */
  async onLoad() {
    const told = await api.windows().catch(() => ({ windows: [] }));
    this.setData({ windows: showing.windows(told) });
  },

  scan() {
    this.setData({ warning: "" });
    wx.scanCode({ scanType: ["qrCode", "wxCode"], success: (scan) => this.scanned(scan) });
  },

  pick(event) {
    const window = this.data.windows[event.detail.value];
    wx.navigateTo({ url: `/pages/post?window_id=${window.id}` });
  },

  /** Our own sign opens its post, an invitation opens the binding, anything else is refused. */
  scanned(scan) {
    const invitation = codes.fromInvitation({ q: encodeURIComponent(scan.result || "") });
    if (invitation) wx.navigateTo({ url: `/pages/me?invitation=${invitation}` });
    else this.open(codes.fromScan(scan));
  },

  open(code) {
    if (code) wx.navigateTo({ url: `/pages/post?code=${code}` });
    else this.setData({ warning: codes.FOREIGN });
  },
});
