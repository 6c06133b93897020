/** 我的承诺的呈现: own pledges, the form and reviews as short lines on the screen. Pure: no wx, no clock. */
const showing = require("./showing");

const CLEARS = [
  { name: "content", label: "明确内容", ask: "做哪件事" },
  { name: "measures", label: "明确措施", ask: "怎么做" },
  { name: "standard", label: "明确标准", ask: "做到什么程度算兑现" },
];
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

/** One pledge, whole, as its own people read it. */
function record(told) {
  const may = (verb) => told.verbs.some((one) => one.verb === verb);
  const state = told.line.state;
  return {
    code: told.line.code, version: told.line.version, state: told.line.state_words, opinion: told.line.opinion, percent: told.line.percent,
    lines: lines(told.wording), hints: state === "draft" || state === "returned" ? hints(told.hints) : [],
    mayWrite: told.is_own && (state === "draft" || state === "returned"), maySubmit: may("submit"), mayWithdraw: may("withdraw"), mayReport: may("fulfil"),
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

module.exports = { none, words, list, form, hints, record, reviews };
