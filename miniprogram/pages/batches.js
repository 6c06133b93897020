/**
 * 单位承诺汇总：the secretary ticks what the units handed in and sends it to the committee, or gives one back with a reason;
 * the committee approves or returns what is ticked of a batch.
 */
const api = require("../services/api");
const deeds = require("../services/deeds");
const fonts = require("../services/fonts");
const pledging = require("../services/pledging");

const NONE_CHOSEN = "请先选中要汇总的承诺。";
const NONE_TICKED = "请先选中要审定的承诺。";
const NO_WHY = "请写明退回的原因。";
const FORBIDDEN = 403;

/** Who only decides compiles nothing, and sees no heap to compile from. */
const nothing = (error) => {
  if (error.status !== FORBIDDEN) throw error;
  return { groups: [] };
};

Page({
  data: { fontSize: fonts.size(), loading: true, trouble: "", groups: [], batches: [], returning: "", why: "", busy: false, notice: "" },

  onShow() {
    return this.load();
  },

  async load() {
    this.setData({ trouble: "" });
    try {
      const [open, sent] = await Promise.all([api.openBatches().catch(nothing), api.batches()]);
      this.setData({ loading: false, groups: pledging.groups(open), batches: pledging.batches(sent), returning: "", why: "" });
    } catch (error) {
      this.setData({ loading: false, trouble: error.message });
    }
  },

  tick(event) {
    const { code } = event.currentTarget.dataset;
    const turn = (row) => (row.code === code && !row.decided ? Object.assign({}, row, { on: !row.on }) : row);
    const turned = (all) => all.map((one) => Object.assign({}, one, { rows: one.rows.map(turn) }));
    this.setData({ groups: turned(this.data.groups), batches: turned(this.data.batches), notice: "" });
  },

  /** 汇总：pressed again after a lost line it is one batch. */
  send(event) {
    const group = this.data.groups.find((one) => one.key === event.currentTarget.dataset.key);
    const chosen = group.rows.filter((row) => row.on).map((row) => row.code);
    if (!chosen.length) return this.setData({ notice: NONE_CHOSEN });
    const body = { campaign: group.campaign, branch_id: group.branchId, chosen };
    return this.act(() => deeds.once(`compile:${group.key}`, body, (key) => api.compile(body, key)));
  },

  approve(event) {
    return this.decide(event.currentTarget.dataset.code, "approve");
  },

  sendBack(event) {
    return this.data.why.trim() ? this.decide(event.currentTarget.dataset.code, "return") : this.setData({ notice: NO_WHY });
  },

  decide(code, verdict) {
    const batch = this.data.batches.find((one) => one.code === code);
    const only = batch.rows.filter((row) => row.on).map((row) => row.code);
    if (!only.length) return this.setData({ notice: NONE_TICKED });
    const body = { version: batch.version, verdict, why: this.data.why, only };
    return this.act(async () => {
      const left = (await api.decideBatch(code, body)).waiting;
      return { message: left ? `已审定，还有${left}条未定。` : "整批审定完毕，已告知支部。" };
    });
  },

  ask(event) {
    this.setData({ returning: event.currentTarget.dataset.code, why: "", notice: "" });
  },

  write(event) {
    this.setData({ why: event.detail.value });
  },

  giveBack() {
    const { returning, why } = this.data;
    if (!why.trim()) return this.setData({ notice: NO_WHY });
    const row = this.data.groups.flatMap((one) => one.rows).find((one) => one.code === returning);
    return this.act(() => api.giveBack(row.code, { version: row.version, why }));
  },

  async act(deed) {
    if (this.data.busy) return;
    this.setData({ busy: true, notice: "" });
    try {
      const { message } = await deed();
      await this.load();
      this.setData({ busy: false, notice: message });
    } catch (error) {
      this.setData({ busy: false, notice: error.message });
    }
  },
});
