/* 大厅大屏：turns the slides, fetches the page anew now and then, and goes on showing what it has when the server is away. */
(function () {
  "use strict";
  var SECONDS = Number(document.body.dataset.seconds) || 12;
  var FRESH = 60 * 1000; // an unchanged page costs the server one small statement and no bytes
  var at = 0;

  function slides() {
    return document.querySelectorAll(".slide");
  }

  function show() {
    slides().forEach(function (one, n) {
      one.classList.toggle("slide_on", n === at);
    });
    document.querySelectorAll(".dot").forEach(function (one, n) {
      one.classList.toggle("dot_on", n === at);
    });
  }

  function turn() {
    at = (at + 1) % slides().length;
    show();
  }

  function tick() {
    var now = new Date(Date.now() + 8 * 3600 * 1000); // the bureau's hour, whatever zone the screen's machine is set to
    var two = function (n) { return String(n).padStart(2, "0"); };
    document.getElementById("clock").textContent = two(now.getUTCHours()) + ":" + two(now.getUTCMinutes());
  }

  function put(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html");
    var stage = fresh.getElementById("stage");
    if (!stage) throw new Error("not the screen");
    document.getElementById("stage").replaceWith(document.adoptNode(stage));
    document.getElementById("today").textContent = fresh.getElementById("today").textContent;
    at = Math.min(at, slides().length - 1);
    show();
  }

  function refresh() {
    fetch("/screen", { cache: "no-cache" })
      .then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.text();
      })
      .then(put)
      .then(function () { document.getElementById("lost").hidden = true; })
      .catch(function () { document.getElementById("lost").hidden = false; });
  }

  document.body.classList.add("turning");
  show();
  tick();
  setInterval(turn, SECONDS * 1000);
  setInterval(refresh, FRESH);
  setInterval(tick, 5000);
})();
