/**
 * A walk through everything the client asks for, against the server at argv[2] with the plate code argv[3]: run by the
 * Python tests with the real service. Prints what the client made of each answer, as one JSON object.
 */
const config = require("../../config");
const { phone } = require("./phone");

async function walk(url, code) {
  config.baseUrl = url;
  phone();
  const api = require("../../services/api");
  const codes = require("../../services/codes");
  const deeds = require("../../services/deeds");
  const showing = require("../../services/showing");

  const scanned = codes.fromScan({ scanType: "QR_CODE", result: `${url}/p/${code}` });
  const post = showing.post(await api.post(scanned));
  const options = showing.options(await api.options());
  const windows = showing.windows(await api.windows());
  const pledges = showing.pledges(await api.pledges({ limit: 20, after: "" }));

  const bad = options.levels.find((one) => one.chinese === "不满意");
  const body = { code: scanned, level: bad.level, tags: bad.tags.slice(0, 1), text: "等了两个小时", privacy: options.privacies[0].value };
  const answers = [await api.rate(body, "walk-key-0001"), await api.rate(body, "walk-key-0001")];
  const rated = showing.result(answers[0]);
  const progress = showing.progress(await api.progress(rated.number));
  const listed = showing.ratings(await api.ratings());
  const changed = await api.change(answers[0].id, Object.assign({}, listed[0].draft, { level: 4, tags: [] }));
  const refused = await deeds.once("wrong", {}, (key) => api.rate({ code: scanned, level: 9 }, key)).catch((error) => error);
  await api.logOut();
  return {
    post, windows, pledges, rated, progress, listed, changed,
    same: JSON.stringify(answers[0]) === JSON.stringify(answers[1]),
    refused: { message: refused.message, status: refused.status },
  };
}

walk(process.argv[2], process.argv[3]).then((told) => console.log(JSON.stringify(told)));
