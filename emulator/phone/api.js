// The control API as this page uses it, and small makers of elements.

const BASE = "/_emulator";

export class Refused extends Error {}

export async function ask(method, path, body) {
  let answer;
  try {
    answer = await fetch(BASE + path, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Refused("模拟器没有应答，请确认它还在运行");
  }
  const data = await answer.json();
  if (!answer.ok) throw new Refused(data.error || "没有成功，请重试");
  return data;
}

export const get = (path) => ask("GET", path);
export const post = (path, body = {}) => ask("POST", path, body);

// el("button", {class: "go", onclick: f}, "文字", other)
export function el(name, about = {}, ...inside) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(about)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...inside.filter((one) => one !== null && one !== undefined && one !== false));
  return node;
}

export function toast(words) {
  const place = document.getElementById("toast");
  place.textContent = words;
  place.classList.add("shown");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => place.classList.remove("shown"), 3200);
}

// Run an act; a refusal becomes a toast, never silence.
export async function doing(act) {
  try {
    return await act();
  } catch (error) {
    toast(error instanceof Refused ? error.message : "没有成功，请刷新页面重试");
    if (!(error instanceof Refused)) console.error(error);
    return null;
  }
}

export const clockText = (seconds) => new Date(seconds * 1000).toLocaleString("zh-CN", { timeZone: "Asia/Shanghai", hour12: false });
export const shortTime = (seconds) => clockText(seconds).split(" ")[1].slice(0, 5);
