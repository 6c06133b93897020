/**
 * 接口清单：every call the client makes, as [method, path under /api/v1, whether it needs a log-in].
 *
 * Kept free of wx so that a test can hold it against the server's OpenAPI page. wx.request knows no PATCH
 * (OPTIONS GET HEAD POST PUT DELETE TRACE CONNECT), so a rating is changed by PUT.
 */
module.exports = {
  logIn: ["POST", "/sessions", false],
  logOut: ["DELETE", "/sessions/current", true],
  post: ["GET", "/posts/{code}", false],
  windows: ["GET", "/windows", false],
  options: ["GET", "/rating-options", false],
  rate: ["POST", "/ratings", true],
  ratings: ["GET", "/ratings", true],
  change: ["PUT", "/ratings/{id}", true],
  progress: ["GET", "/progress/{number}", false],
  pledges: ["GET", "/pledges", false],
};
