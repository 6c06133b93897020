/** 认码：which signs lead to a post, and which are refused. */
const config = require("../config");
const codes = require("../services/codes");

const CODE = "7kq2m9x3abcde";

beforeEach(() => {
  config.baseUrl = "https://zj.example.gov.cn";
  config.formerUrls = ["https://old.example.gov.cn"];
});

test.each([
  ["a scene", { scene: "p%3A7kq2m9x3abcde" }],
  ["a scene WeChat has decoded", { scene: "p:7kq2m9x3abcde" }],
  ["a plain link", { q: "https%3A%2F%2Fzj.example.gov.cn%2Fp%2F7kq2m9x3abcde", scancode_time: "1790000000" }],
  ["a plain link of a former address", { q: encodeURIComponent(`https://old.example.gov.cn/p/${CODE}`) }],
  ["a link in capitals", { q: encodeURIComponent(`HTTPS://ZJ.EXAMPLE.GOV.CN/p/${CODE.toUpperCase()}?from=poster`) }],
  ["a code", { code: CODE }],
])("%s opens the post", (_, query) => {
  expect(codes.fromQuery(query)).toBe(CODE);
});

test.each([
  ["nothing", {}],
  ["a scene of another kind", { scene: "u%3A7kq2m9x3abcde" }],
  ["a scene that cannot be decoded", { scene: "p:%E0%A4%A" }],
  ["a foreign link", { q: encodeURIComponent(`https://evil.example.com/p/${CODE}`) }],
  ["our host as a user name", { q: encodeURIComponent(`https://zj.example.gov.cn@evil.example.com/p/${CODE}`) }],
  ["our host before a backslash", { q: encodeURIComponent(`https://zj.example.gov.cn\\.evil.example.com/p/${CODE}`) }],
  ["our host without https", { q: encodeURIComponent(`http://zj.example.gov.cn/p/${CODE}`) }],
  ["a link encoded twice", { q: encodeURIComponent(encodeURIComponent(`https://zj.example.gov.cn/p/${CODE}`)) }],
  ["a code with foreign signs", { code: "../ratings" }],
])("%s is refused", (_, query) => {
  expect(codes.fromQuery(query)).toBeNull();
});

test.each([
  ["our mini-program code", { scanType: "WX_CODE", path: "pages/post?scene=p%3A7kq2m9x3abcde", result: "" }, CODE],
  ["our printed link", { scanType: "QR_CODE", result: `https://zj.example.gov.cn/p/${CODE}` }, CODE],
  ["a payment code", { scanType: "QR_CODE", result: "wxp://f2f0abcdef" }, null],
  ["a bare text that looks like a code", { scanType: "QR_CODE", result: CODE }, null],
])("scanning %s", (_, scan, code) => {
  expect(codes.fromScan(scan)).toBe(code);
});
