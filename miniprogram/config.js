/** 设置：the only file a bureau edits. The address is the bureau's own site, the same one printed in its QR codes. */
module.exports = {
  // 服务器网址（不带末尾斜杠）。正式使用必须是 https，并在公众平台“服务器域名”里登记。
  baseUrl: "http://127.0.0.1:8000",
  // 换过域名时，旧牌子上的网址写在这里，例如 ["https://old.example.gov.cn"]；这些牌子仍可扫。
  formerUrls: [],
};
