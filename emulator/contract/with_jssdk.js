// wechat-jssdk against the emulator: ticket, page signature, web authorisation, mini-program session.
'use strict';

const os = require('os');
const path = require('path');
const { Wechat } = require('wechat-jssdk');

const given = JSON.parse(process.env.CONTRACT);
const wechat = new Wechat({
  appId: given.service.appid,
  appSecret: given.service.secret,
  wechatToken: given.service.token,
  wechatRedirectUrl: 'http://127.0.0.1/back',
  ticketUrl: `${given.base}/cgi-bin/ticket/getticket`,
  accessTokenUrl: `${given.base}/cgi-bin/token`,
  oAuthUrl: `${given.base}/connect/oauth2/authorize`,
  apiUrl: given.base,
  miniProgram: { appId: given.mini.appid, appSecret: given.mini.secret, GET_SESSION_KEY_URL: `${given.base}/sns/jscode2session` },
  storeOptions: { fileStorePath: path.join(os.tmpdir(), `wechat-jssdk-${process.pid}.json`) },
});

async function run() {
  const url = 'http://127.0.0.1/p/7Kq2?from=scan';
  const signed = await wechat.jssdk.getSignature(url);
  const session = await wechat.miniProgram.getSession(given.codes.jssdk);
  const visitor = await wechat.oauth.getUserBaseInfo(given.oauth.jssdk);
  return { url, noncestr: signed.nonceStr, timestamp: signed.timestamp, signature: signed.signature, login: session.openid, oauth: visitor.openid };
}

run().then((found) => {
  process.stdout.write(JSON.stringify(found));
  process.exit(0);
}, (error) => {
  console.error(error);
  process.exit(1);
});
