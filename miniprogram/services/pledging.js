/** 我的承诺的呈现: own pledges, the form and reviews as short lines on the screen. Pure: no wx, no clock. */
const showing = require("./showing");

const CLEARS = [
  { name: "content", label: "明确内容", ask: "做哪件事" },
  { name: "measures", label: "明确措施", ask: "怎么做" },
  { name: "standard", label: "明确标准", ask: "做到什么程度算兑现" },
];
const CHANGING = ["submitted", "returned"];
const TEXTS = ["content", "measures", "standard", "theme", "slogan", "dimension"];

function none() {
  return { content: "", measures: "", standard: "", deadline: null, theme: "", slogan: "", dimension: "", addressees: [] };
}

/** The words of a wording as the server takes them back. */
function words(told) {
  const kept = none();
  TEXTS.forEach((name) => { kept[name] = told[name]; });
  return Object.assign(kept, { deadline: told.deadline, addressees: told.addressees });
}

function lines(told) {
  const found = [`内容：${told.content || "还没有写"}`, `措施：${told.measures || "还没有写"}`, `标准：${told.standard || "还没有写"}`];
  found.push(`时限：${showing.day(told.deadline) || "还没有写"}`);
  if (told.slogan) found.push(`口号：${told.slogan}`);
  if (told.theme) found.push(`主题：${told.theme}`);
  if (told.addressees.length) found.push(`向谁承诺：${told.addressees.join("、")}`);
  return found;
}

function line(told) {
  return {
    code: told.code, content: told.content || "（还没有写内容）", state: told.state_words, unit: told.unit,
    note: told.state === "returned" ? `退回原因：${told.opinion}` : "", deadline: showing.day(told.deadline),
  };
}

function list(told) {
  return { pledges: told.pledges.map(line), next: told.next || 0 };
}

/** The form beside the draft: what can be chosen, with what is chosen marked. */
function form(told, draft) {
  const marked = (all, has) => all.map((one) => ({ value: one, on: has(one) }));
  return {
    title: told.title, sample: lines(told.sample).slice(0, 3), clears: CLEARS.map((one) => Object.assign({}, one, { sample: told.sample[one.name] })),
    themes: marked(told.themes, (one) => one === draft.theme), addressees: marked(told.addressees, (one) => draft.addressees.indexOf(one) >= 0),
  };
}

function hints(told) {
  return told.map((one) => ({ text: `${one.label}：${one.text}`, example: one.example, needed: one.needed }));
}

/** 变更：how it stands, why, and each field before and after. */
function change(told) {
  const rows = [`变更原因：${told.why}`].concat(told.changes.map((one) => `${one.label}：${one.before} → ${one.after}`));
  return { state: told.state_words, lines: told.opinion ? rows.concat(`审核意见：${told.opinion}`) : rows };
}

/** One pledge, whole, as its own people read it. */
function record(told) {
  const may = (verb) => told.verbs.some((one) => one.verb === verb);
  const state = told.line.state;
  return {
    code: told.line.code, version: told.line.version, state: told.line.state_words, opinion: told.line.opinion, percent: told.line.percent,
    lines: lines(told.wording), hints: state === "draft" || state === "returned" ? hints(told.hints) : [],
    mayWrite: told.is_own && (state === "draft" || state === "returned"), maySubmit: may("submit"), mayWithdraw: may("withdraw"), mayReport: may("fulfil"),
    change: told.change ? change(told.change) : null,
    mayChange: told.is_own && state === "published" && !(told.change && told.change.state === "submitted"),
    mayWithdrawChange: told.is_own && Boolean(told.change) && CHANGING.indexOf(told.change.state) >= 0,
    versions: told.versions.map((one) => `第${one.no}版，${showing.day(one.published_on)}公示${one.why ? `，变更原因：${one.why}` : ""}`),
    entries: told.entries.map((one) => `${showing.day(one.day)} ${one.kind_words}${one.kind === "progress" ? ` ${one.percent}%` : ""}：${one.words}`),
    story: told.story.map((one) => `${one.what}　${one.who}${one.seat ? `（${one.seat}）` : ""}${one.why ? `：${one.why}` : ""}`),
  };
}

/** What waits for a reviewer; `key` tells two turns of one pledge apart. */
function reviews(told) {
  return told.reviews.map((one) => ({
    key: `${one.turn}:${one.code}`, code: one.code, version: one.version, turn: one.turn, turnWords: one.turn_words, author: one.author, on: false,
    lines: one.changes.length ? one.changes.map((change) => `${change.label}：${change.before} → ${change.after}`) : lines(one.wording),
    why: one.why ? `变更原因：${one.why}` : "", hints: hints(one.hints),
  }));
}

/** What the page of a draft begins with; `kept` is what stayed on the phone. */
function writing(record, kept) {
  return { words: kept || words(record.wording), why: "", opinion: record.line.opinion, hints: hints(record.hints) };
}

/** What the page of a change begins with: an earlier one that came back, or the published text. */
function changing(record, kept) {
  const last = record.change && record.change.state !== "published" ? record.change : null;
  const text = words(last ? last.wording : record.wording);
  return { words: kept ? kept.words : text, why: kept ? kept.why : last ? last.why : "", opinion: last ? last.opinion : "", hints: [] };
}

/** What one branch can compile in one campaign; everything is ticked at first. */
function groups(told) {
  return told.groups.map((one) => ({
    key: `${one.campaign}:${one.branch_id}`, campaign: one.campaign, branchId: one.branch_id, title: `${one.branch}：${one.campaign_title}`, n: one.pledges.length,
    rows: one.pledges.map((row) => ({
      code: row.code, version: row.version, unit: row.unit, on: true, lines: lines(row.wording).concat(`${row.meeting}讨论通过`),
    })),
  }));
}

const DECIDED = { approve: "已通过", return: "已退回" };

/** Batches that were sent: one line each, and row by row what the committee still has to decide. */
function batches(told) {
  return told.batches.map((one) => ({
    code: one.code, version: one.version, title: `${one.branch} ${one.rows.length}条`, state: one.state_words, mayDecide: one.may_decide,
    rows: one.may_decide ? one.rows.map((row) => ({
      code: row.code, unit: row.unit, decided: DECIDED[row.decision] || "", on: !row.decision, lines: lines(row.wording).concat(`${row.meeting}讨论通过`),
    })) : [],
    note: [one.number ? `文号：${one.number}` : "", one.opinion ? `审定意见：${one.opinion}` : ""].filter(Boolean).join("，"),
  }));
}

module.exports = { none, words, list, form, hints, record, reviews, writing, changing, groups, batches };
