/**
 * A bureau's server for the tests: real HTTP, few rules, answers shaped by answers.json (which the Python tests hold against
 * the server's own description). `seen` lists every request; `fault` harms the next answer.
 */
const http = require("http");
const answers = require("./answers.json");

const NOT_SIGNED_IN = { code: "not_signed_in", message: "登录已失效，请重新登录后再试，已填写的内容不会丢失。" };

/** A form with a file is no JSON. */
function isJson(ask, text) {
  return Boolean(text) && !String(ask.headers["content-type"]).startsWith("multipart/");
}

class Bureau {
  constructor() {
    this.seen = [];
    this.tokens = new Set();
    this.codes = new Set();
    this.answered = new Map(); // Idempotency-Key → answer
    this.deeds = []; // what was really done
    this.bound = false; // whether the phone is a member's
    this.fault = null; // "cut": act, then cut the line; [status, body]: answer this instead
    this.faults = {}; // path → the answer it always gets
    this.server = http.createServer((ask, reply) => this.receive(ask, reply));
  }

  async open() {
    await new Promise((ready) => this.server.listen(0, "127.0.0.1", ready));
    this.url = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  close() {
    return new Promise((done) => this.server.close(done));
  }

  receive(ask, reply) {
    const pieces = [];
    ask.on("data", (piece) => pieces.push(piece));
    ask.on("end", () => {
      const text = Buffer.concat(pieces).toString();
      const one = { method: ask.method, path: ask.url.replace("/api/v1", ""), body: isJson(ask, text) ? JSON.parse(text) : null, headers: ask.headers };
      this.seen.push(one);
      this.reply(one, reply);
    });
  }

  reply(one, reply) {
    const fault = this.fault;
    this.fault = null;
    const [status, body] = Array.isArray(fault) ? fault : this.answer(one);
    if (fault === "cut") return reply.destroy();
    reply.writeHead(status, { "Content-Type": "application/json" });
    return reply.end(body === null ? "" : JSON.stringify(body));
  }

  answer(one) {
    const [path] = one.path.split("?");
    if (path === "/sessions") return this.logIn(one.body.code);
    const open = answers.open[`${one.method} ${one.path}`];
    if (open) return open;
    if (path.startsWith("/posts/")) return answers.foreign;
    if (!this.tokens.has((one.headers.authorization || "").replace("Bearer ", ""))) return [401, NOT_SIGNED_IN];
    return this.signedIn(one, path);
  }

  logIn(code) {
    if (this.codes.has(code)) return answers.codeUsed;
    this.codes.add(code);
    const token = `token-for-${code}`;
    this.tokens.add(token);
    return [201, Object.assign({}, answers.session, { token })];
  }

  signedIn(one, path) {
    if (this.faults[path]) return this.faults[path];
    const key = one.headers["idempotency-key"];
    if (key && this.answered.has(key)) return this.answered.get(key);
    if (path === "/sessions/current" || (one.method === "DELETE" && ["/me/binding", "/me/data"].includes(path))) this.tokens.clear();
    if (one.method === "POST" && path === "/me/binding") this.bound = true;
    if (one.method === "DELETE" && ["/me/binding", "/me/data"].includes(path)) this.bound = false;
    if (path === "/me" && !this.bound) return answers.notBound;
    if (path === "/objections") this.deeds.push(one.body);
    const told = answers.signedIn[`${one.method} ${path}${one.body && one.body.level ? ` ${one.body.level}` : ""}`];
    if (!told) return answers.unknown;
    if (key) {
      this.deeds.push(one.body);
      this.answered.set(key, told);
    }
    return told;
  }
}

module.exports = { Bureau };
