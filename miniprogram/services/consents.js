/**
 * 订阅提醒：asked at a natural tap (handing in, submitting, reviewing), never by itself (F40, F42).
 *
 * WeChat opens its question only inside the tap, so which templates to ask for is learnt when a page opens and kept. What was
 * answered is told to the server, which counts; a deed never waits for the question and never fails with it.
 */
const api = require("./api");

const SLOT = "consents";

/** Learn what to ask for; the words about what is left, or none when it cannot be known now. */
async function learn() {
  try {
    const told = await api.consents();
    wx.setStorageSync(SLOT, told.for_good ? [] : told.templates);
    return told.sentence;
  } catch (error) {
    return "";
  }
}

/** Ask, inside a tap; the words about what is left afterwards, or none. */
function ask() {
  const templates = wx.getStorageSync(SLOT) || [];
  if (!templates.length || !wx.requestSubscribeMessage) return Promise.resolve("");
  return new Promise((resolve) => {
    wx.requestSubscribeMessage({ tmplIds: templates, success: (told) => resolve(report(told)), fail: () => resolve("") });
  });
}

async function report(told) {
  const answers = Object.assign({}, told);
  delete answers.errMsg;
  try {
    return (await api.reportConsents({ answers })).sentence;
  } catch (error) {
    return ""; // WeChat tells the server itself as well
  }
}

module.exports = { ask, learn };
