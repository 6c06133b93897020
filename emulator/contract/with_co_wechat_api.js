// co-wechat-api against the emulator: only its base addresses are set.
'use strict';

const WechatAPI = require('co-wechat-api');

const given = JSON.parse(process.env.CONTRACT);

function client(account) {
  const api = new WechatAPI(account.appid, account.secret);
  Object.assign(api, { prefix: `${given.base}/cgi-bin/`, snsPrefix: `${given.base}/sns/`, mpPrefix: `${given.base}/cgi-bin/`, wxaPrefix: `${given.base}/wxa/` });
  return api;
}

async function refused(work) {
  try {
    await work();
    return 0;
  } catch (error) {
    return error.code;
  }
}

async function run() {
  const api = client(given.service);
  const mini = client(given.mini);
  const code = await api.createTmpQRCode(1234, 1800);
  return {
    token: (await api.getAccessToken()).accessToken.length,
    ip: (await api.getIp()).ip_list,
    menu: (await api.createMenu({ button: [{ type: 'click', name: '我的', key: 'ME' }] })).errcode,
    menu_get: (await api.getMenu()).menu.button[0].key,
    qrcode: code.expire_seconds,
    shown: api.showQRCodeURL(code.ticket).startsWith(given.base),
    user: (await api.getUser(given.openid)).openid,
    batch: (await api.batchGetUsers([given.openid])).user_info_list[0].subscribe,
    followers: (await api.getFollowers()).total,
    text: (await api.sendText(given.openid, '您好')).errcode,
    template: (await api.sendTemplate(given.openid, given.template, '', '', given.data)).errcode,
    closed: await refused(() => api.sendText(given.other, '您好')),
    ticket: (await api.getTicket()).ticket.length,
    image: (await mini.getWXACodeUnlimit('a=1', 'pages/index')).length > 500,
    login: (await mini.code2Session(given.codes.co)).openid,
  };
}

run().then((found) => process.stdout.write(JSON.stringify(found)), (error) => {
  console.error(error);
  process.exit(1);
});
