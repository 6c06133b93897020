/**
 * 一次提交：each deed of a person carries one Idempotency-Key, so that pressing 提交 again after a lost connection
 * never rates twice. The key stays while it is unknown whether the server acted, and while the words stay the same.
 */
const RETRY_MS = 3600 * 1000; // later, the same words are a new deed; the server still counts one rating a day

function newKey() {
  const part = () => Math.floor((1 + Math.random()) * 0x100000000).toString(16).slice(1);
  return part() + part() + part() + part();
}

function keyFor(slot, words) {
  const kept = wx.getStorageSync(slot);
  if (kept && kept.words === words && Date.now() - kept.at < RETRY_MS) return kept.key;
  const fresh = { words, key: newKey(), at: Date.now() };
  wx.setStorageSync(slot, fresh);
  return fresh.key;
}

/** Whether, after this error, the server may have acted all the same. */
function isUncertain(error) {
  return error.kind !== "refused" || error.status >= 500 || error.code === "still_working";
}

/** Do `act(key)`; `name` tells deeds of one phone apart. */
async function once(name, body, act) {
  const slot = `deed:${name}`;
  const key = keyFor(slot, JSON.stringify(body));
  try {
    const answer = await act(key);
    wx.removeStorageSync(slot);
    return answer;
  } catch (error) {
    if (!isUncertain(error)) wx.removeStorageSync(slot);
    throw error;
  }
}

module.exports = { once, isUncertain };
