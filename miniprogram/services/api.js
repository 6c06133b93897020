/** 接口：every request of the client goes through here. A 401 logs in once and repeats once, with the same Idempotency-Key. */
const calls = require("./calls");
const session = require("./session");
const wire = require("./wire");

async function signed(ask) {
  const token = await session.token();
  const answer = await ask({ Authorization: `Bearer ${token}` });
  if (answer.statusCode !== 401) return answer;
  session.forget(token);
  return ask({ Authorization: `Bearer ${await session.token()}` });
}

async function call(name, { params = {}, query = {}, body, key } = {}) {
  const [method, path, needsLogIn] = calls[name];
  const url = wire.address(path, params, query);
  const own = key ? { "Idempotency-Key": key } : {};
  const ask = (more) => wire.exchange(method, url, body, Object.assign({}, own, more));
  return wire.read(needsLogIn ? await signed(ask) : await ask({}));
}

module.exports = {
  post: (code) => call("post", { params: { code } }),
  windows: () => call("windows"),
  options: () => call("options"),
  rate: (body, key) => call("rate", { body, key }),
  ratings: () => call("ratings"),
  change: (id, body) => call("change", { params: { id }, body }),
  progress: (number) => call("progress", { params: { number } }),
  judge: (number, body) => call("judge", { params: { number }, body }), // a second verdict is refused: no key is needed
  pledges: (query) => call("pledges", { query }),
  me: () => call("me"),
  bind: (body) => call("bind", { body }),
  bindByPhone: (body) => call("bindByPhone", { body }),
  showName: (body) => call("showName", { body }),
  showMembership: (body) => call("showMembership", { body }),
  unbind: () => call("unbind"),
  deleteMe: () => call("deleteMe"),

  pledgeForm: (query) => call("pledgeForm", { query }),
  ownPledges: (query) => call("ownPledges", { query }),
  draftPledge: (body, key) => call("draftPledge", { body, key }),
  ownPledge: (code) => call("ownPledge", { params: { code } }),
  savePledge: (code, body) => call("savePledge", { params: { code }, body }),
  submitPledge: (code, body) => call("submitPledge", { params: { code }, body }),
  withdrawPledge: (code) => call("withdrawPledge", { params: { code } }),
  reportProgress: (code, body, key) => call("reportProgress", { params: { code }, body, key }),
  amend: (code, body) => call("amend", { params: { code }, body }), // one change at a time: a second is refused
  withdrawAmendment: (code) => call("withdrawAmendment", { params: { code } }),
  openBatches: () => call("openBatches"),
  batches: () => call("batches"),
  compile: (body, key) => call("compile", { body, key }),
  decideBatch: (code, body) => call("decideBatch", { params: { code }, body }), // what is decided is not decided twice
  giveBack: (code, body) => call("giveBack", { params: { code }, body }),
  reviews: () => call("reviews"),
  decide: (body) => call("decide", { body }),
  todos: () => call("todos"),
  todo: (id) => call("todo", { params: { id } }),
  handIn: (id, body, key) => call("handIn", { params: { id }, body, key }),
  takeBack: (id) => call("takeBack", { params: { id } }),
  askExtension: (id, body, key) => call("askExtension", { params: { id }, body, key }),
  consents: () => call("consents"),
  reportConsents: (body) => call("reportConsents", { body }),

  /** 附件：one file of the phone; the answer's code names it when it is handed in. */
  async upload(filePath) {
    const url = wire.address(calls.upload[1], {}, {});
    return wire.read(await signed((header) => wire.upload(url, filePath, header)));
  },
  pledgeChoices: (query) => call("pledgeChoices", { query }),
  pledge: (code) => call("pledge", { params: { code } }),
  objectionOptions: () => call("objectionOptions"),
  object: (body) => call("object", { body }), // the same words twice on a day are one objection: no key is needed
  objection: (number) => call("objection", { params: { number } }),
  works: () => call("works"),

  /** 退出：the phone forgets the token first; when the server cannot be reached, the token ends there by itself in days. */
  async logOut() {
    const token = session.takeAway();
    const [method, path] = calls.logOut;
    if (token) await wire.exchange(method, wire.address(path, {}, {}), undefined, { Authorization: `Bearer ${token}` }).catch(() => null);
  },
};
