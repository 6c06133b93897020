/** 呈现：the server's answers as the sentences and short lines that stand on the screen. Pure: no wx, no clock. */

/** “2026-11-24” → “2026年11月24日”; "" when there is none. */
function day(iso) {
  if (!iso) return "";
  const [year, month, date] = iso.split("-").map(Number);
  return `${year}年${month}月${date}日`;
}

/** One decimal at most, never rounded up to 100% or down to 0%. */
function percent(rate) {
  if (rate === 0 || rate === 1) return `${rate * 100}%`;
  const shown = Math.min(99.9, Math.max(0.1, Math.round(rate * 1000) / 10));
  return `${shown}%`;
}

function spoken(number, name) {
  return number ? `${number}号窗口（${name}）` : name;
}

/** 公开数字: N beside the rate, no rate under the minimum group, what came from where said aloud (F31). */
function figures(told) {
  if (told.positive_rate === null) return [`已公布的评价不足${told.minimum}条，暂不公布满意率。`];
  const lines = [`${told.n}条评价，满意率${percent(told.positive_rate)}（非常满意、满意、基本满意共${told.positive}条）。`];
  if (told.from_browsers) lines.push(`其中网页评价${told.from_browsers}条。`);
  if (told.set_apart) lines.push(`另有${told.set_apart}条为本单位人员等评价，不计入。`);
  lines.push(`截至${day(told.up_to)}。`);
  return lines;
}

function pledge(told) {
  const lines = [`承诺内容：${told.content}`, `措施：${told.measures}`, `标准：${told.standard}`];
  if (told.deadline) lines.push(`时限：${day(told.deadline)}`);
  if (told.published_on) lines.push(`${day(told.published_on)}公示`);
  return { code: told.code, author: told.author, state: told.state, slogan: told.slogan, content: told.content, deadline: day(told.deadline), lines };
}

function post(told) {
  const badges = [told.is_pioneer && "党员先锋岗", told.is_model && "党员示范窗口"].filter(Boolean);
  const where = [told.post, told.place, told.hours && `办公时间：${told.hours}`, told.phone && `电话：${told.phone}`].filter(Boolean);
  const holders = told.holders.map((one) => (one.is_member ? `${one.shown}（中共党员）` : one.shown));
  const services = told.services.map((one) => ({ name: one.name, limit: one.promised_limit, standard: one.standard }));
  return {
    window: spoken(told.number, told.window),
    where,
    badges,
    holders: holders.length ? holders : ["暂未登记在岗人员"],
    services,
    pledges: told.pledges.map(pledge),
    figures: figures(told.figures),
  };
}

function windows(told) {
  return told.windows.map((one) => ({ id: one.id, name: spoken(one.number, one.name), place: one.place }));
}

/** A window picked from the list, in the form of a post: nobody's name, no promise, just the place to rate; null when gone. */
function windowOnly(told, id) {
  const found = windows(told).find((one) => one.id === id);
  if (!found) return null;
  return { window: found.name, where: [found.place].filter(Boolean), badges: [], holders: [], services: [], pledges: [], figures: [] };
}

/** What the form offers. */
function options(told) {
  const privacies = told.privacy.map((one) => ({ value: one.privacy, chinese: one.chinese, sentence: one.sentence }));
  const levels = told.levels.map((one) => ({ level: one.level, chinese: one.chinese, tags: one.tags }));
  return { levels, privacies, longest: told.longest_text };
}

/** After a rating: what the server says happens next, and the number to ask by. */
function result(told) {
  return { message: told.message, number: told.number, due: day(told.due) };
}

function progress(told) {
  const end = told.answer ? [`整改答复：${told.answer}`] : [`期限：${day(told.due)}`, told.due_words];
  return { number: told.number, state: told.chinese, lines: [`${day(told.opened_on)}开始整改`, ...end], asks: Boolean(told.answer) };
}

const PRIVACY = { anonymous: "匿名", confidential: "保密", public: "公开" };

/** One's own ratings; `draft` is what the form starts from when one is changed. */
function ratings(told) {
  return told.ratings.map((one) => ({
    id: one.id,
    window: one.window,
    chinese: one.chinese,
    day: day(one.day),
    privacy: PRIVACY[one.privacy],
    reasons: one.tags.join("、"),
    text: one.text,
    number: one.progress ? one.progress.number : "",
    progress: one.progress ? `编号${one.progress.number}：${one.progress.chinese}，期限${day(one.progress.due)}` : "",
    term: one.changeable ? `${day(one.changeable_until)}前可以修改。` : "修改期限已过。",
    mayChange: one.changeable,
    draft: { level: one.level, tags: one.tags, text: one.text, privacy: one.privacy },
  }));
}

const FILTERS = [
  ["state", "states", "全部进展"],
  ["branch_id", "branches", "全部党支部"],
  ["window_id", "windows", "全部窗口"],
  ["theme", "themes", "全部主题"],
];

/** The filters with their counts; `wish` is what was chosen, name → key. */
function filters(told, wish) {
  return FILTERS.map(([name, list, all]) => {
    const options = [{ key: "", words: all }].concat(told[list].map((one) => ({ key: one.key, words: `${one.words}（${one.n}）` })));
    const chosen = options.find((one) => one.key === String(wish[name] || "")) || options[0];
    return { name, options, label: chosen.words };
  });
}

/** A version: when, why, and each changed field as pieces that are the same, gone or new. */
function version(told, at) {
  const why = told.why ? `。变更原因：${told.why}` : "";
  return { title: `第${told.no}版，${day(told.published_on)}公示${at ? "" : "（现行）"}${why}`, changes: told.changes };
}

function wholePledge(told) {
  const whole = pledge(told);
  const more = [told.addressees.length && `向谁承诺：${told.addressees.join("、")}`, told.theme && `主题：${told.theme}`, told.branch && `党支部：${told.branch}`];
  return Object.assign(whole, {
    number: told.number,
    lines: whole.lines.concat(more.filter(Boolean)),
    outcome: told.outcome,
    works: told.works.map((one) => one.name),
    answered: told.objections.map((one) => ({ number: one.number, text: one.text, answer: one.answer, when: `${one.number}，${day(one.answered_on)}答复` })),
    versions: told.versions.map(version),
  });
}

/** The privacy levels of an objection, with the chosen one marked. */
function privacies(told, chosen) {
  return told.map((one) => ({ value: one.privacy, chinese: one.chinese, sentence: one.sentence, on: one.privacy === chosen }));
}

/** After an objection: its number and what happens next. */
function taken(told) {
  return { number: told.number, message: told.message, reckoned: told.due_words };
}

function objection(told) {
  const end = told.answered_on ? `${day(told.answered_on)}答复` : `期限：${day(told.due)}`;
  return { number: told.number, state: told.chinese, lines: [`${day(told.opened_on)}收到`, end, told.answer || told.due_words] };
}

function work(told) {
  const dates = (one) => [`计划${day(one.planned)}`, one.expected && !one.actual && `调整到${day(one.expected)}`, one.actual && `实际${day(one.actual)}`];
  return {
    code: told.code,
    name: told.name,
    section: [told.section, told.branch].filter(Boolean).join("，"),
    percent: told.percent,
    progress: `${told.percent}%，${told.chinese}`,
    behind: told.behind ? `比计划晚${told.behind}天。${told.delay_words}` : "",
    steps: told.milestones.map((one) => ({ name: one.name, words: one.words, dates: dates(one).filter(Boolean).join("；"), note: one.note })),
  };
}

function works(told) {
  return told.works.map(work);
}

function pledges(told) {
  return { pledges: told.pledges.map(pledge), next: told.next || "" };
}

const ACCOUNTS = { service: "服务号", mini: "小程序" };

/** 我: short lines about me, and the forms of my name in public. */
function me(told) {
  const seats = told.seats.map((one) => `${one.body} ${one.title}${one.to_day ? `（至${day(one.to_day)}）` : ""}`);
  const lines = [
    [told.branch, told.section].filter(Boolean).join("，"),
    told.category,
    seats.length ? `职务：${seats.join("、")}` : "",
    told.phone ? `手机号：${told.phone}` : "",
    `已绑定：${told.accounts.map((one) => ACCOUNTS[one]).join("、")}`,
  ].filter(Boolean);
  const forms = told.name_forms.map((one) => ({ form: one.form, chinese: one.chinese, shownAs: one.shown_as, chosen: one.chosen }));
  return { name: told.name, lines, forms, showsMembership: told.shows_membership };
}

module.exports = { day, me, filters, wholePledge, privacies, taken, objection, works, post, windows, windowOnly, options, result, progress, ratings, pledges };
