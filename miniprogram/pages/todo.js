/** 办理：what is asked, hand it in from the phone, get the numbered receipt, take it back, ask for more time (A3, A4). */
const api = require("../services/api");
const consents = require("../services/consents");
const fonts = require("../services/fonts");
const reports = require("../services/reports");

const MOST_FILES = 9;
const slot = (id) => `report:${id}`;

Page({
  data: {
    fontSize: fonts.size(), id: "", loading: true, trouble: "", todo: null, levels: reports.LEVELS, most: MOST_FILES,
    words: "", files: [], meeting: reports.MEETING, until: "", why: "", extending: false, busy: false, notice: "", told: "",
  },

  onLoad(query) {
    const kept = wx.getStorageSync(slot(query.id)) || {};
    this.setData({ id: query.id, words: kept.words || "", meeting: Object.assign({}, reports.MEETING, kept.meeting) });
    return this.load();
  },

  async load() {
    this.setData({ trouble: "" });
    try {
      this.setData({ loading: false, todo: reports.todo(await api.todo(this.data.id)) });
    } catch (error) {
      this.setData({ loading: false, trouble: error.message });
    }
  },

  /** What was written stays on the phone until it is handed in. */
  write(event) {
    this.setData({ words: event.detail.value });
    this.keep();
  },

  writeMeeting(event) {
    this.setData({ [`meeting.${event.currentTarget.dataset.name}`]: event.detail.value });
    this.keep();
  },

  pickLevel(event) {
    this.setData({ "meeting.level": reports.LEVELS[event.detail.value] });
    this.keep();
  },

  keep() {
    wx.setStorageSync(slot(this.data.id), { words: this.data.words, meeting: this.data.meeting });
  },

  choose() {
    wx.chooseMessageFile({ count: MOST_FILES - this.data.files.length, type: "all", success: ({ tempFiles }) => this.upload(tempFiles) });
  },

  async upload(chosen) {
    this.setData({ busy: true, notice: "" });
    try {
      for (const file of chosen) {
        const kept = await api.upload(file.path);
        this.setData({ files: this.data.files.concat({ code: kept.code, name: file.name }) });
      }
      this.setData({ busy: false });
    } catch (error) {
      this.setData({ busy: false, notice: error.message });
    }
  },

  drop(event) {
    this.setData({ files: this.data.files.filter((file) => file.code !== event.currentTarget.dataset.code) });
  },

  send() {
    return this.handIn({ words: this.data.words, files: this.data.files.map((file) => file.code) });
  },

  sendMeeting() {
    return this.handIn({ words: "", files: this.data.files.map((file) => file.code), meeting: this.data.meeting });
  },

  handIn(body) {
    consents.ask();
    return this.act(async () => {
      const receipt = await reports.handIn(this.data.id, body);
      wx.removeStorageSync(slot(this.data.id));
      this.setData({ words: "", files: [], meeting: reports.MEETING });
      return receipt.message;
    });
  },

  takeBack() {
    return this.act(async () => {
      await api.takeBack(this.data.id);
      return "已撤回，可以重新报送。";
    });
  },

  beginExtension() {
    this.setData({ extending: true });
  },

  pickDay(event) {
    this.setData({ until: event.detail.value });
  },

  writeWhy(event) {
    this.setData({ why: event.detail.value });
  },

  extend() {
    return this.act(async () => {
      const asked = await reports.extend(this.data.id, { until: this.data.until, why: this.data.why });
      this.setData({ extending: false, until: "", why: "" });
      return asked.message;
    });
  },

  /** Do it, say what came of it, and show the todo anew. */
  async act(deed) {
    if (this.data.busy) return;
    this.setData({ busy: true, notice: "", told: "" });
    try {
      const told = await deed();
      await this.load();
      this.setData({ busy: false, told });
    } catch (error) {
      this.setData({ busy: false, notice: error.message });
    }
  },
});
