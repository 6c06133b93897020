/** 一条承诺：the four clears, how far it has come, its versions, what was objected and answered; and the way to object. */
const config = require("../config");
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
  /** The card has the same picture as the page's on the web. */
  onShareAppMessage() {
    const pledge = this.data.pledge;
    const imageUrl = `${config.baseUrl}/share/${pledge ? `pledges/${this.code}` : "board"}.png`;
    return { title: pledge ? pledge.slogan || pledge.content : "承诺公示", path: `/pages/pledge?code=${this.code}`, imageUrl };
  },
});
