// One message as the phone shows it: bubble, card, menu message or grey line.

import { el, shortTime } from "./api.js";

const LIMIT_MS = 5000;
const NAMES = { image: "图片", voice: "语音", video: "视频", shortvideo: "小视频", music: "音乐", location: "位置", link: "链接" };

// Only http(s) links of a text become links; everything else stays text.
function linked(text, open) {
  const parts = [];
  const pattern = /<a\s[^>]*href=["']([^"']+)["'][^>]*>([^<]*)<\/a>|(https?:\/\/[^\s<>"'，。；、）]+)/g;
  let from = 0;
  for (const found of text.matchAll(pattern)) {
    parts.push(text.slice(from, found.index));
    const url = found[1] || found[3];
    parts.push(/^https?:\/\//.test(url) ? el("a", { href: open(url), target: "_blank", rel: "noopener" }, found[2] || url) : found[2] || url);
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}

function inner(message, act) {
  const body = message.body;
  switch (message.kind) {
    case "text":
      return [el("p", { class: "words" }, ...linked(body.Content ?? body.content ?? "", act.open))];
    case "voice":
      return [el("p", { class: "voice" }, "语音 3″"), body.Recognition && el("p", { class: "said" }, body.Recognition)];
    case "image":
      return [el("img", { alt: "图片", width: 132, height: 132, src: body.PicUrl || act.media(body.Image?.MediaId || body.media_id || "x") })];
    case "location":
      return [el("p", { class: "words" }, body.Label || "位置"), el("p", { class: "said" }, `${body.Location_X}, ${body.Location_Y}`)];
    case "news":
      return (body.Articles || body.articles || []).map((one) => article(one, act));
    case "msgmenu":
      return [el("p", { class: "words" }, body.head_content || ""), ...body.list.map((item) => choice(message, item, act)),
        el("p", { class: "said" }, body.tail_content || "")];
    case "link":
    case "miniprogrampage":
      return [el("p", { class: "words" }, body.Title || body.title || ""), el("p", { class: "said" }, body.Description || body.description || body.pagepath || "")];
    default:
      return [el("p", { class: "words" }, `［${NAMES[message.kind] || message.kind}］`)];
  }
}

const choice = (message, item, act) => el("button", { class: "choice", onclick: () => act.choose(message, String(item.id)) }, item.content);

function article(one, act) {
  const url = one.Url || one.url || "";
  const words = [el("strong", {}, one.Title || one.title || ""), el("span", {}, one.Description || one.description || "")];
  return url ? el("a", { class: "article", href: act.open(url), target: "_blank", rel: "noopener" }, ...words) : el("div", { class: "article" }, ...words);
}

function card(message, act) {
  const { title, lines, url, appid, pagepath } = message.body;
  const rows = lines.map((line) => el("div", {}, el("dt", {}, line.label), el("dd", {}, line.value)));
  let foot = null;
  if (appid) foot = el("button", { class: "more", onclick: () => act.mini(pagepath) }, "进入小程序查看");
  else if (url) foot = el("a", { class: "more", href: act.open(url), target: "_blank", rel: "noopener" }, "详情");
  return el("article", { class: "card" }, el("h3", {}, title), el("dl", {}, ...rows), foot);
}

function speed(message) {
  if (!message.push || message.sender === "system") return null;
  const share = Math.min(100, (message.ms / LIMIT_MS) * 100);
  const words = message.ms < 1000 ? `${Math.ceil(message.ms)} 毫秒` : `${(message.ms / 1000).toFixed(2)} 秒`;
  return el("span", { class: share > 60 ? "speed slow" : "speed", title: `应答用时，上限 5 秒` }, words, el("i", { style: `--share:${share}%` }));
}

export function bubble(message, act) {
  const about = message.push ? el("button", { class: "look", onclick: () => act.look(message.push), "aria-label": "看收发过程" }, "过程") : null;
  if (message.sender === "system") return el("li", { class: "grey" }, el("p", {}, message.body.Content), about);
  if (message.kind === "template") return el("li", { class: "wide" }, el("time", {}, shortTime(message.at)), card(message, act));
  const mine = message.sender === "person";
  const face = el("span", { class: "face", "aria-hidden": "true" }, mine ? act.person.name.slice(-1) : "服");
  const box = el("div", { class: `bubble kind-${message.kind}` }, ...inner(message, act));
  const foot = mine ? null : el("footer", {}, speed(message), about);
  return el("li", { class: mine ? "mine" : "theirs" }, face, el("div", { class: "stack" }, box, foot));
}
