/* 分享卡片：inside WeChat the page says which words and picture its card has; anywhere else nothing is loaded. */
(function () {
  "use strict";
  var own = document.currentScript;
  if (!/MicroMessenger/i.test(navigator.userAgent) || !window.fetch) return;

  function said(name) {
    var found = document.querySelector('meta[property="og:' + name + '"]');
    return found ? found.content : "";
  }

  function dress(wx) {
    var card = { title: said("title"), desc: said("description"), link: said("url"), imgUrl: said("image") };
    wx.updateAppMessageShareData(card);
    wx.updateTimelineShareData({ title: card.title, link: card.link, imgUrl: card.imgUrl });
  }

  function begin(wx) {
    fetch("/share/config?url=" + encodeURIComponent(location.href.split("#")[0]))
      .then(function (answer) {
        return answer.ok ? answer.json() : Promise.reject(answer.status);
      })
      .then(function (config) {
        wx.ready(function () {
          dress(wx);
        });
        wx.config(config);
      })
      .catch(function () {
        // WeChat then makes the card by itself: the page's title and first picture.
      });
  }

  var sdk = document.createElement("script");
  window.module = {}; // WeChat's file hands itself over in this way
  sdk.src = own.dataset.sdk;
  sdk.onload = function () {
    begin(window.module.exports || window.jWeixin);
  };
  document.head.appendChild(sdk);
})();
