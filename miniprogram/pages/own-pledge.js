/** 一条承诺：its words, versions, progress and story; withdraw it, change what is public, report how far it is. */
const api = require("../services/api");
const deeds = require("../services/deeds");
const fonts = require("../services/fonts");
const pledging = require("../services/pledging");

const KINDS = [{ value: "progress", words: "进展" }, { value: "fulfil", words: "已经兑现" }, { value: "excuse", words: "客观原因做不到" }];

function kinds(chosen) {
  return KINDS.map((one) => Object.assign({}, one, { on: one.value === chosen }));
}

Page({
  data: {
    fontSize: fonts.size(), loading: true, trouble: "", record: null, kind: "progress", kinds: kinds("progress"),
    words: "", percent: "", files: [], busy: false, notice: "",
  },

  onLoad(query) {
    this.code = query.code;
  },

  onShow() {
    return this.load();
  },

  async load() {
    this.setData({ trouble: "" });
    try {
      this.show(await api.ownPledge(this.code));
    } catch (error) {
      this.setData({ loading: false, trouble: error.message });
    }
  },

  show(told) {
    const record = pledging.record(told);
    this.setData({ loading: false, record, percent: this.data.percent || String(record.percent) });
  },

  pickKind(event) {
    const kind = event.currentTarget.dataset.value;
    this.setData({ kind, kinds: kinds(kind) });
  },

  write(event) {
    this.setData({ [event.currentTarget.dataset.name]: event.detail.value });
  },

  /** 佐证：pictures are sent at once; the server takes out where and by what camera they were made. */
  addPictures() {
    wx.chooseMedia({ count: 9 - this.data.files.length, mediaType: ["image"], success: (chosen) => this.send(chosen.tempFiles) });
  },

  async send(pictures) {
    this.setData({ busy: true, notice: "" });
    try {
      for (const one of pictures) {
        const { code, name } = await api.upload(one.tempFilePath);
        this.setData({ files: this.data.files.concat({ code, name }) });
      }
      this.setData({ busy: false });
    } catch (error) {
      this.setData({ busy: false, notice: error.message });
    }
  },

  /** 报告：pressed again after a lost line it is one entry. */
  report() {
    const { kind, words, percent, files, record } = this.data;
    const body = { version: record.version, kind, words, percent: kind === "progress" ? Number(percent) || 0 : 0, files: files.map((one) => one.code) };
    return this.act(() => deeds.once(`report:${this.code}`, body, (key) => api.reportProgress(this.code, body, key)), "已记下。");
  },

  submit() {
    return this.act(() => api.submitPledge(this.code, { version: this.data.record.version }), "已提交审核。");
  },

  withdraw() {
    return this.act(() => api.withdrawPledge(this.code), "已撤回，可以继续修改。");
  },

  withdrawChange() {
    return this.act(() => api.withdrawAmendment(this.code), "变更已撤回，公示的内容照旧。");
  },

  async act(deed, done) {
    if (this.data.busy) return;
    this.setData({ busy: true, notice: "" });
    try {
      this.show(await deed());
      this.setData({ busy: false, notice: done, words: "", files: [] });
    } catch (error) {
      this.setData({ busy: false, notice: error.message });
    }
  },
});
