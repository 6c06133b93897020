// node-easywechat against the emulator: its base address is set; with a port it is a bot in safe mode.
'use strict';

const http = require('http');
const { OfficialAccount, MiniApp, ServerRequest } = require('node-easywechat');

const given = JSON.parse(process.env.CONTRACT);
const options = (account) => ({ app_id: account.appid, secret: account.secret, token: account.token, aes_key: account.encoding_aes_key,
  http: { baseURL: `${given.base}/` } });

// Its token fetch has a base address of its own, which an application may replace.
function application(Kind, account) {
  const app = new Kind(options(account));
  app.setHttpClient(app.createHttpClient ? app.createHttpClient() : app.getHttpClient());
  return app;
}

async function calls() {
  const app = application(OfficialAccount, given.service);
  const mini = application(MiniApp, given.mini);
  const client = app.getClient();
  const answer = async (response) => (await response).toObject();
  return {
    token: (await app.getAccessToken().getToken()).length,
    ip: (await answer(client.get('/cgi-bin/getcallbackip'))).ip_list,
    menu: (await answer(client.postJson('/cgi-bin/menu/create', { button: [{ type: 'click', name: '我的', key: 'ME' }] }))).errcode,
    menu_get: (await answer(client.get('/cgi-bin/menu/get'))).menu.button[0].key,
    user: (await answer(client.get('/cgi-bin/user/info', { params: { openid: given.openid } }))).openid,
    template: (await answer(client.postJson('/cgi-bin/message/template/send', { touser: given.openid, template_id: given.template, data: given.data }))).errcode,
    text: (await answer(client.postJson('/cgi-bin/message/custom/send', { touser: given.openid, msgtype: 'text', text: { content: '您好' } }))).errcode,
    ticket: (await app.getTicket().getTicket()).length,
    login: (await mini.getUtils().codeToSession(given.codes.easy)).openid,
    oauth: app.getOAuth().redirect('http://127.0.0.1/back').includes('connect/oauth2/authorize'),
  };
}

function serve(port) {
  const app = application(OfficialAccount, given.service);
  http.createServer(async (incoming, outgoing) => {
    try {
      app.setRequest(await ServerRequest.createFromIncomingMessage(incoming));
      const server = app.getServer();
      server.handlers = [];
      server.addMessageListener('text', (message) => `easywechat 收到 ${message.Content}`);
      const response = await server.serve();
      outgoing.statusCode = response.getStatusCode();
      outgoing.end(response.getBody());
    } catch (error) {
      console.error(error);
      outgoing.statusCode = 500;
      outgoing.end();
    }
  }).listen(port, '127.0.0.1');
}

if (process.argv[2]) serve(Number(process.argv[2]));
else calls().then((found) => process.stdout.write(JSON.stringify(found)), (error) => {
  console.error(error);
  process.exit(1);
});
