/** 岗位页：where a printed code leads: who is here, what was promised, and a rating in two taps (F18, F22, F28). */
const api = require("../services/api");
const codes = require("../services/codes");
const deeds = require("../services/deeds");
const drafts = require("../services/drafts");
const fonts = require("../services/fonts");
const showing = require("../services/showing");

const RESTORED = "已为您恢复上次没有提交的内容。";
const GONE = "没有找到这个窗口，请返回重新选择。";
const KEPT = "您填写的内容已保存在本机，不会丢失。";

/** What is rated: the plate's code, or the window picked from the list; in the words of the server's form. */
function placeOf(query) {
  if (/^[1-9]\d{0,8}$/.test(query.window_id || "")) return { window_id: Number(query.window_id) };
  const code = codes.fromQuery(query);
  return code ? { code } : null;
}

async function told(place) {
  if (place.code) return showing.post(await api.post(place.code));
  return showing.windowOnly(await api.windows(), place.window_id);
}

Page({
  data: {
    fontSize: fonts.size(), loading: true, trouble: "", mayRetry: false, post: null, options: null,
    draft: drafts.empty(), restored: "", busy: false, notice: "", result: null,
  },

  onLoad(query) {
    this.place = placeOf(query);
    if (!this.place) return this.setData({ loading: false, trouble: codes.FOREIGN });
    this.name = this.place.code || `window-${this.place.window_id}`;
    const kept = drafts.read(this.name);
    if (kept) this.setData({ draft: kept, restored: RESTORED });
    return this.load();
  },

  async load() {
    this.setData({ loading: true, trouble: "" });
    try {
      const [post, options] = await Promise.all([told(this.place), api.options()]);
      this.setData({ loading: false, post, options: showing.options(options), trouble: post ? "" : GONE });
    } catch (error) {
      this.setData({ loading: false, trouble: error.message, mayRetry: deeds.isUncertain(error) });
    }
  },

  edit(event) {
    drafts.keep(this.name, event.detail);
  },

  async send(event) {
    const body = Object.assign({}, this.place, event.detail);
    this.setData({ busy: true, notice: "" });
    try {
      const rated = await deeds.once(`rate:${this.name}`, body, (key) => api.rate(body, key));
      drafts.drop(this.name);
      this.setData({ busy: false, result: showing.result(rated), restored: "" });
    } catch (error) {
      this.setData({ busy: false, notice: error.message + (deeds.isUncertain(error) ? KEPT : "") });
    }
  },
});
