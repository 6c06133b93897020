/** A phone for the tests: of wx, what the client uses: storage, log-in, scanning, and requests over real HTTP. */
const http = require("http");

const METHODS = ["OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "CONNECT"]; // wx.request knows no PATCH

function request({ method = "GET", url, data, header, timeout, success, fail }) {
  if (METHODS.indexOf(method) < 0) return fail({ errMsg: "request:fail invalid method" });
  const headers = Object.assign({ "content-type": "application/json", connection: "close" }, header);
  const sent = http.request(url, { method, headers, timeout }, (answer) => {
    const pieces = [];
    answer.on("data", (piece) => pieces.push(piece));
    answer.on("end", () => success({ statusCode: answer.statusCode, data: parsed(Buffer.concat(pieces).toString()) }));
  });
  sent.on("timeout", () => sent.destroy(new Error("timeout")));
  sent.on("error", () => fail({ errMsg: "request:fail" }));
  sent.end(data === undefined ? undefined : JSON.stringify(data));
  return undefined;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    return text;
  }
}

/** wx.uploadFile: the file goes out as a form, the answer comes back as text. */
function uploadFile({ url, filePath, name, header, success, fail }) {
  const mark = "phone-form-boundary";
  const head = `--${mark}\r\nContent-Disposition: form-data; name="${name}"; filename="${encodeURIComponent(filePath)}"\r\n\r\n`;
  const headers = Object.assign({ "content-type": `multipart/form-data; boundary=${mark}`, connection: "close" }, header);
  const sent = http.request(url, { method: "POST", headers }, (answer) => {
    const pieces = [];
    answer.on("data", (piece) => pieces.push(piece));
    answer.on("end", () => success({ statusCode: answer.statusCode, data: Buffer.concat(pieces).toString() }));
  });
  sent.on("error", () => fail({ errMsg: "uploadFile:fail" }));
  sent.end(`${head}%PDF-1.7\r\n--${mark}--\r\n`);
}

/** A fresh phone; its `wx` is put in the place of the real one. */
function phone() {
  const storage = new Map();
  const self = { storage, opened: [], scanned: null, chosen: [], pictures: [], loginCodes: 0, fontSize: 17, asked: [], consent: "accept" };
  global.wx = Object.assign(global.wx || {}, {
    getStorageSync: (name) => (storage.has(name) ? JSON.parse(storage.get(name)) : ""),
    setStorageSync: (name, value) => { storage.set(name, JSON.stringify(value)); },
    removeStorageSync: (name) => { storage.delete(name); },
    clearStorageSync: () => storage.clear(),
    login: ({ success }) => { self.loginCodes += 1; success({ code: `code-${self.loginCodes}` }); },
    chooseMedia: ({ success }) => success({ tempFiles: self.pictures.map((tempFilePath) => ({ tempFilePath })) }),
    scanCode: ({ success }) => success(self.scanned),
    chooseMessageFile: ({ success }) => success({ tempFiles: self.chosen }),
    uploadFile,
    requestSubscribeMessage: ({ tmplIds, success, fail }) => {
      self.asked.push(tmplIds);
      if (!self.consent) return fail({ errCode: 20004 });
      return success(Object.assign({ errMsg: "requestSubscribeMessage:ok" }, ...tmplIds.map((id) => ({ [id]: self.consent }))));
    },
    navigateTo: ({ url }) => { self.opened.push(url); },
    getAppBaseInfo: () => ({ fontSizeSetting: self.fontSize }),
    request,
  });
  return self;
}

module.exports = { phone };
