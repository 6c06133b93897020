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
  pledgeForm: ["GET", "/me/pledge-form", true],
  ownPledges: ["GET", "/me/pledges", true],
  draftPledge: ["POST", "/me/pledges", true],
  ownPledge: ["GET", "/me/pledges/{code}", true],
  savePledge: ["PUT", "/me/pledges/{code}", true],
  submitPledge: ["POST", "/me/pledges/{code}/submission", true],
  withdrawPledge: ["DELETE", "/me/pledges/{code}/submission", true],
  reportProgress: ["POST", "/me/pledges/{code}/progress", true],
  reviews: ["GET", "/reviews", true],
  decide: ["POST", "/reviews/decisions", true],
  me: ["GET", "/me", true],
  bind: ["POST", "/me/binding", true],
  bindByPhone: ["POST", "/me/binding/phone", true],
  showName: ["PUT", "/me/public-name", true],
  unbind: ["DELETE", "/me/binding", true],
  deleteMe: ["DELETE", "/me/data", true],
  todos: ["GET", "/me/todos", true],
  todo: ["GET", "/me/todos/{id}", true],
  handIn: ["POST", "/me/todos/{id}/submissions", true],
  takeBack: ["DELETE", "/me/todos/{id}/submissions", true],
  askExtension: ["POST", "/me/todos/{id}/extensions", true],
  upload: ["POST", "/files", true],
};
