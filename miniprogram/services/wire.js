/** 收发：one HTTP exchange by wx.request, and what an answer means. Failures speak Chinese and say what to do next. */
const config = require("../config");

const PREFIX = "/api/v1";
const PATIENCE_MS = 10000;
const UNREACHABLE = "网络连接不上，请检查网络后再试一次。";
const UNREADABLE = "系统暂时没有正常应答，请过一会儿再试。";

/** An error a page may show as it is: kind is “unreachable” (nothing certain is known) or “refused” (the server said no). */
function failure(kind, message, more) {
  return Object.assign(new Error(message), { kind }, more);
}

/** “/posts/{code}” + {code: "a/b"} + {limit: 20} → full address; empty query values are left out. */
function address(path, params, query) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name]));
  const pairs = Object.keys(query)
    .filter((name) => query[name] !== undefined && query[name] !== "")
    .map((name) => `${name}=${encodeURIComponent(query[name])}`);
  return config.baseUrl + PREFIX + filled + (pairs.length ? `?${pairs.join("&")}` : "");
}

/** One exchange. Rejects as “unreachable” when no answer came: the server may or may not have acted. */
function exchange(method, url, data, header) {
  return new Promise((resolve, reject) => {
    const fail = () => reject(failure("unreachable", UNREACHABLE));
    wx.request({ method, url, data, header, timeout: PATIENCE_MS, success: resolve, fail });
  });
}

/** One file. wx.uploadFile hands the answer over as text. */
function upload(url, filePath, header) {
  return new Promise((resolve, reject) => {
    const fail = () => reject(failure("unreachable", UNREACHABLE));
    const success = ({ statusCode, data }) => resolve({ statusCode, data: parsed(data) });
    wx.uploadFile({ url, filePath, name: "file", header, timeout: PATIENCE_MS * 6, success, fail });
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    return null;
  }
}

/** The body of a good answer; throws “refused” with the server's own sentence otherwise. */
function read({ statusCode, data }) {
  if (statusCode >= 200 && statusCode < 300) return data;
  const told = data && typeof data.message === "string" && data.message ? data : { message: UNREADABLE, code: "" };
  throw failure("refused", told.message, { status: statusCode, code: told.code, fields: told.fields || {} });
}

module.exports = { address, exchange, upload, read, failure };
