// Puts people, phones and panel together, and keeps them fresh.

import { doing, el, get } from "./api.js";
import { Panel } from "./panel.js";
import { Phone } from "./screens.js";

const phonesPlace = document.getElementById("phones");
const peoplePlace = document.getElementById("people");
let world;
let panel;
let phones = [];
const room = matchMedia("(min-width: 1181px)");

const key = () => new URLSearchParams(location.hash.slice(1)).get("p")?.split(",") || [];

// Show these people's phones side by side; a second one only where there is room.
function show(keys) {
  const wanted = keys.slice(0, room.matches ? 2 : 1);
  phones = wanted.map((one) => phones.find((phone) => phone.person.key === one)
    || new Phone(world.people.find((person) => person.key === one), world, (push) => panel.open("exchange", push)));
  phonesPlace.replaceChildren(...phones.map((phone) => phone.node));
  history.replaceState(null, "", `#p=${wanted.join(",")}`);
  drawPeople();
}

function drawPeople() {
  const shown = phones.map((phone) => phone.person.key);
  const service = world.accounts.find((one) => one.kind === "service");
  peoplePlace.replaceChildren(...world.people.slice(0, 40).map((person) => {
    const followed = person.accounts[service.appid].subscribed;
    const beside = el("button", { class: "beside", "aria-label": `并排打开${person.name}`, title: "并排打开", onclick: () => show([shown[0], person.key]) }, "并排");
    return el("li", {}, el("button", { class: "person", "aria-pressed": String(shown.includes(person.key)), onclick: () => show([person.key, ...shown.slice(1).filter((one) => one !== person.key)]) },
      el("span", { class: "face", "aria-hidden": "true" }, person.name.slice(-1)), el("span", {}, person.name, el("small", {}, followed ? "已关注" : "未关注"))), beside);
  }));
}

async function refresh() {
  world.people = (await get("/people")).people;
  drawPeopleKeepingFocus();
  await Promise.all([...phones.map((phone) => phone.refresh()), panel.refresh()]);
}

function drawPeopleKeepingFocus() {
  const at = [...peoplePlace.querySelectorAll("button")].indexOf(document.activeElement);
  drawPeople();
  if (at >= 0) peoplePlace.querySelectorAll("button")[at]?.focus();
}

// One refresh at a time; what changes meanwhile is fetched right after.
function follow() {
  let busy = false;
  let again = false;
  const source = new EventSource("/_emulator/changes");
  const freshen = async () => {
    again = true;
    if (busy) return;
    busy = true;
    while (again) {
      again = false;
      await doing(refresh);
    }
    busy = false;
  };
  source.onmessage = freshen;
  source.onopen = freshen; // also what happened before, or while the connection was lost
}

document.addEventListener("keydown", (event) => {
  const number = event.altKey && /^[1-9]$/.test(event.key) ? Number(event.key) : 0;
  if (number && world.people[number - 1]) {
    event.preventDefault();
    show([world.people[number - 1].key, ...phones.slice(1).map((phone) => phone.person.key)]);
    phones[0].node.querySelector("input, button")?.focus();
  }
  if (event.key === "Escape") document.getElementById("panel").classList.remove("shown");
});

await doing(async () => {
  world = await get("/");
  panel = new Panel(world);
  const asked = key().filter((one) => world.people.some((person) => person.key === one));
  show(asked.length ? asked : [world.people[0].key, world.people[1].key]);
  phonesPlace.after(el("button", { class: "devbutton", onclick: () => panel.open(panel.tab) }, "开发者"));
  await panel.draw();
  follow();
});
