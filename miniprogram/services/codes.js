/** 认码：what a scanned sign, a mini-program code's scene or a plain link says. A foreign code is refused, never followed. */
const config = require("../config");

const FOREIGN = "这个二维码不是本单位的评价码。请不要付款或填写个人信息，并向窗口工作人员核实。";
const CODE = /^[0-9a-z]{4,30}$/;
const LINK = /^(https?:\/\/[^/?#\\@]+)\/p\/([^/?#]+)/i;

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    return "";
  }
}

function tidy(text) {
  const code = text.trim().toLowerCase();
  return CODE.test(code) ? code : null;
}

/** “https://host/p/CODE” of our own host → the code, else null. */
function fromLink(link) {
  const found = LINK.exec(link.trim());
  if (!found) return null;
  const ours = [config.baseUrl].concat(config.formerUrls).map((url) => url.toLowerCase());
  return ours.indexOf(found[1].toLowerCase()) >= 0 ? tidy(found[2]) : null;
}

/** scene “p:CODE”, as printed in a mini-program code. */
function fromScene(scene) {
  const said = decoded(scene);
  return said.indexOf("p:") === 0 ? tidy(said.slice(2)) : null;
}

/** What a page was opened with: `scene`, `q` (both encoded once by WeChat) or `code`. */
function fromQuery(query) {
  if (query.scene) return fromScene(query.scene);
  if (query.q) return fromLink(decoded(query.q));
  return tidy(query.code || "");
}

const INVITATION = /^(https?:\/\/[^/?#\\@]+)\/i\/([0-9a-z-]{4,20})\/?$/i;

/** The secretary's invitation: a link of ours, or a code brought along; else null. */
function fromInvitation(query) {
  const link = INVITATION.exec(decoded(query.q || ""));
  if (link) return link[1].toLowerCase() === config.baseUrl.toLowerCase() ? link[2].toUpperCase() : null;
  return /^[0-9a-z-]{4,20}$/i.test(query.invitation || "") ? query.invitation.toUpperCase() : null;
}

/** What wx.scanCode answers: our own mini-program code gives a path, everything else a text. */
function fromScan(scan) {
  const scene = /[?&]scene=([^&]+)/.exec(scan.path || "");
  return scene ? fromScene(scene[1]) : fromLink(scan.result || "");
}

module.exports = { FOREIGN, fromQuery, fromScan, fromInvitation };
