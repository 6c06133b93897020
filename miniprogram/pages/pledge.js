/** 一条承诺：the four clears, how far it has come, its versions, what was objected and answered; and the way to object. */
const api = require("../services/api");
const fonts = require("../services/fonts");
const showing = require("../services/showing");

Page({
  data: { fontSize: fonts.size(), loading: true, trouble: "", pledge: null },

  onLoad(query) {
    this.code = query.code || "";
    return this.open();
  },

  async open() {
    this.setData({ loading: true, trouble: "" });
    try {
      this.setData({ loading: false, pledge: showing.wholePledge(await api.pledge(this.code)) });
    } catch (error) {
      this.setData({ loading: false, trouble: error.message });
    }
  },

  /** 分享: the card opens at the same pledge for anybody. */
  onShareAppMessage() {
    const pledge = this.data.pledge;
    return { title: pledge ? pledge.slogan || pledge.content : "承诺公示", path: `/pages/pledge?code=${this.code}` };
  },
});
