/** 草稿：what a person has ticked and written, kept on the phone until it is sent. `name` is the plate's code. */
const EMPTY = { level: 0, tags: [], text: "", privacy: "anonymous" }; // the most private level is the default (F28)

const slot = (name) => `draft:${name}`;

function empty() {
  return Object.assign({}, EMPTY, { tags: [] });
}

/** The kept draft, or null. */
function read(name) {
  const kept = wx.getStorageSync(slot(name));
  return kept ? Object.assign(empty(), kept) : null;
}

function keep(name, draft) {
  wx.setStorageSync(slot(name), draft);
}

function drop(name) {
  wx.removeStorageSync(slot(name));
}

module.exports = { empty, read, keep, drop };
