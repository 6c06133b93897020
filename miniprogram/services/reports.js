/** 待办与报送：what is owed, as it stands on the screen; files go to the server first, then along with the words. */
const api = require("./api");
const { once } = require("./deeds");
const showing = require("./showing");

const LEVELS = ["党支部党员大会", "支部委员会", "党小组会", "科室（单位）会议", "局机关动员大会"];
const MEETING = { level: LEVELS[0], held_at: "", place: "", organiser: "", attendees: "", minutes: "" };

function line(told) {
  const left = told.lateness ? `，${told.lateness}` : "";
  return {
    id: told.id,
    campaign: told.campaign,
    task: told.task,
    who: told.who,
    state: `${told.state_words}${left}`,
    due: `${told.firm ? "截止" : "最迟"}${showing.day(told.due_on)}`,
    overdue: told.overdue || told.late,
  };
}

/** One line a task, each at the place of its oldest; what asks one alone stands by itself. */
function lines(told) {
  const groups = [];
  told.map(line).forEach((one) => {
    const key = `${one.campaign}|${one.task}`;
    const group = groups.find((other) => other.id === key);
    if (group) group.members.push(one); else groups.push({ id: key, members: [one] });
  });
  return groups.map((group) => Object.assign(group, group.members[0], { id: group.id, several: group.members.length > 1, words: counted(group.members) }));
}

function counted(members) {
  const late = members.filter((one) => one.overdue).length;
  return `${members.length}个单位 · 最早的${members[0].due}${late ? ` · 逾期${late}个` : ""}`;
}

function version(told) {
  const ends = { "": "等待审核", accepted: "审核通过", returned: `退回：${told.why}` };
  return {
    title: `第${told.no}次 ${told.receipt}${told.late ? "（逾期报送）" : ""}`,
    end: ends[told.decision],
    words: told.meeting ? `${told.meeting.level}，${told.meeting.held_at}，${told.meeting.place}\n${told.meeting.minutes}` : told.words,
    files: told.files.map((file) => file.name).join("、"),
  };
}

function todo({ todo: told, versions, may }) {
  const asked = [`要交：${told.deliverable || "文件没有写明，可用文字说明办理情况"}`, told.due_words];
  return Object.assign(line(told), {
    asked: told.why ? asked.concat(`退回原因：${told.why}`) : asked,
    wantsMeeting: told.wants_meeting,
    mayHandIn: may.indexOf("hand_in") >= 0,
    mayTakeBack: may.indexOf("take_back") >= 0,
    mayExtend: may.indexOf("extend") >= 0,
    versions: versions.map(version).reverse(),
  });
}

/** Hand in once, however often 报送 is pressed; the answer is the receipt. */
function handIn(id, body) {
  return once(`hand-in:${id}`, body, (key) => api.handIn(id, body, key));
}

function extend(id, body) {
  return once(`extend:${id}`, body, (key) => api.askExtension(id, body, key));
}

module.exports = { LEVELS, MEETING, line, lines, todo, handIn, extend };
