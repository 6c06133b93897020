// Sheets over the phone: scanner, consent popup, place, confirmations. Native dialogs, so Esc and focus work by themselves.

import { doing, el, get, toast } from "./api.js";

// Show a dialog; resolves with the value given to `close`, or null.
export function sheet(title, fill) {
  return new Promise((resolve) => {
    const dialog = el("dialog", { class: "sheet", "aria-label": title });
    const close = (value = null) => {
      dialog.close();
      dialog.remove();
      resolve(value);
    };
    dialog.addEventListener("cancel", () => close());
    dialog.addEventListener("click", (event) => event.target === dialog && close());
    const top = el("header", {}, el("h2", {}, title), el("button", { class: "close", "aria-label": "关闭", onclick: () => close() }, "×"));
    dialog.append(top, ...fill(close));
    document.body.append(dialog);
    dialog.showModal();
  });
}

const asDataUrl = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result);
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});

// 扫一扫: a code shown on some screen just now, a registered plate, a picture, or the text of a code.
export async function scanner() {
  const { plates, shown } = await get("/plates");
  return sheet("扫一扫", (close) => {
    const fresh = Object.keys(shown).map((name) => el("button", { class: "row", onclick: () => close({ text: shown[name] }) }, name));
    const list = Object.keys(plates).map((name) => el("button", { class: "row", onclick: () => close({ plate: name }) }, name,
      el("small", {}, plates[name])));
    const file = el("input", { type: "file", accept: "image/*", id: "scan-file", onchange: async () => {
      if (file.files[0]) close({ picture: await asDataUrl(file.files[0]) });
    } });
    const text = el("input", { id: "scan-text", placeholder: "或输入码里的内容", autocomplete: "off" });
    const form = el("form", { method: "dialog", onsubmit: (event) => {
      event.preventDefault();
      if (text.value.trim()) close({ text: text.value.trim() });
    } }, el("label", { for: "scan-text" }, "码里的内容"), text, el("button", { class: "go" }, "扫"));
    const none = el("p", { class: "hint" }, "还没有登记的牌。产品可用 POST /_emulator/plates 登记，也可以选一张图片。");
    return [el("label", { class: "file" }, "对准一张图片（选择文件）", file), form, el("div", { class: "rows" }, ...fresh, ...(list.length ? list : [none]))];
  });
}

// 订阅弹窗: a choice per template, 拒绝 / 允许, and “总是保持以上选择”.
export function consent(name, templates) {
  return sheet(`${name} 申请发送以下消息`, (close) => {
    const boxes = templates.map((one) => el("input", { type: "checkbox", id: `t-${one.id}`, checked: true, value: one.id }));
    const rows = templates.map((one, at) => el("label", { class: "tick", for: `t-${one.id}` }, boxes[at], one.title,
      el("small", {}, one.type === 3 ? "长期" : "一次")));
    const always = el("input", { type: "checkbox", id: "always" });
    const answer = (yes) => {
      const given = {};
      for (const box of boxes) {
        const accepted = yes && box.checked;
        given[box.value] = always.checked ? (accepted ? "always" : "always_reject") : accepted ? "accept" : "reject";
      }
      close(given);
    };
    return [...rows, el("label", { class: "tick keep", for: "always" }, always, "总是保持以上选择，不再询问"),
      el("div", { class: "pair" }, el("button", { onclick: () => answer(false) }, "拒绝"), el("button", { class: "go", onclick: () => answer(true) }, "允许"))];
  });
}

// Which templates the popup is to ask for.
export function pickTemplates(templates, title = "向哪些模板申请订阅？") {
  return sheet(title, (close) => {
    const boxes = templates.map((one) => el("input", { type: "checkbox", id: `p-${one.id}`, value: one.id }));
    const rows = templates.map((one, at) => el("label", { class: "tick", for: `p-${one.id}` }, boxes[at], one.title, el("small", {}, one.type === 3 ? "长期" : "一次")));
    const done = () => {
      const picked = templates.filter((one, at) => boxes[at].checked);
      if (picked.length) close(picked);
      else toast("请先选模板");
    };
    return [...rows, el("button", { class: "go", onclick: done }, "弹出订阅窗")];
  });
}

export function pictureSheet() {
  return sheet("发图片", (close) => {
    const file = el("input", { type: "file", accept: "image/*", onchange: async () => {
      if (file.files[0]) close({ data: await asDataUrl(file.files[0]) });
    } });
    return [el("label", { class: "file" }, "选择一张图片", file), el("button", { class: "go", onclick: () => close({}) }, "发一张示例图")];
  });
}

export function placeSheet() {
  return sheet("发送位置", (close) => {
    const label = el("input", { id: "place-label", value: "示范县政务服务中心" });
    const lat = el("input", { id: "place-lat", value: "35.1061", inputmode: "decimal" });
    const lng = el("input", { id: "place-lng", value: "117.6708", inputmode: "decimal" });
    const send = () => doing(async () => close({ label: label.value, latitude: Number(lat.value) || 0, longitude: Number(lng.value) || 0 }));
    return [el("label", { for: "place-label" }, "地点"), label, el("label", { for: "place-lat" }, "纬度"), lat,
      el("label", { for: "place-lng" }, "经度"), lng, el("button", { class: "go", onclick: send }, "发送")];
  });
}

export function voiceSheet() {
  return sheet("发语音", (close) => {
    const words = el("input", { id: "voice-words", placeholder: "语音里说的话（作为识别结果，可不填）" });
    return [el("label", { for: "voice-words" }, "识别结果"), words, el("button", { class: "go", onclick: () => close({ recognition: words.value }) }, "发送")];
  });
}
