/** 登录：wx.login's code becomes a token, kept on the phone. Silent: no phone number, no profile, nothing to fill in. */
const calls = require("./calls");
const wire = require("./wire");

const TOKEN = "token";
const NO_LOGIN = "微信登录没有成功，请稍后再试一次。";

let running = null;

function loginCode() {
  return new Promise((resolve, reject) => {
    wx.login({ success: (answer) => resolve(answer.code), fail: () => reject(wire.failure("unreachable", NO_LOGIN)) });
  });
}

async function logIn() {
  const [method, path] = calls.logIn;
  const code = await loginCode();
  const { token } = wire.read(await wire.exchange(method, wire.address(path, {}, {}), { code }, {}));
  wx.setStorageSync(TOKEN, token);
  return token;
}

/** The token, logging in when there is none; calls made at the same time share one log-in (a code works once). */
function token() {
  const kept = wx.getStorageSync(TOKEN);
  if (kept) return Promise.resolve(kept);
  if (!running) {
    running = logIn();
    const done = () => { running = null; };
    running.then(done, done);
  }
  return running;
}

/** Drop `stale`, unless another call has already replaced it. */
function forget(stale) {
  if (wx.getStorageSync(TOKEN) === stale) wx.removeStorageSync(TOKEN);
}

/** The token, no longer kept here; "" when there was none. */
function takeAway() {
  const kept = wx.getStorageSync(TOKEN);
  wx.removeStorageSync(TOKEN);
  return kept;
}

module.exports = { token, forget, takeAway };
