"""订阅通知 of the service account (bizsend) and subscribe messages of the mini-program (wechat-platform.md §10, §11)."""

from emulator.accounts import MINI, SERVICE
from emulator.api import values
from emulator.api.desk import OK, SIMPLIFIED, UNCONFIRMED, Answer, Ask, get, post
from emulator.api.template import find_template, jump, put_card
from emulator.errors import Refusal
from emulator.inbox import CHAT, NOTICE
from emulator.ledgers.quota import Limit
from emulator.people import Person
from emulator.templates import LIBRARY, MOST_PRIVATE, Template, content_of

STATES = ("developer", "trial", "formal")
CATEGORY = {"id": 616, "name": "住建"}


def _page_exists(ask: Ask) -> None:
    page = ask.body.get("page") or ""
    if not isinstance(page, str):
        raise Refusal(47001)
    path = page.split("?")[0].lstrip("/")
    if path and ask.account.pages and path not in ask.account.pages:
        raise Refusal(41030)


def _spend(ask: Ask, person: Person, template: Template) -> None:
    """Values first, then the consent: a refused value costs the receiver's consent nothing."""
    values.check(ask.account, template.keys, ask.mapping("data", 47001))
    ask.world.subscriptions.spend(ask.account.appid, person.ties[ask.account.appid].openid, template.id)


@post("/cgi-bin/message/subscribe/bizsend", "发送订阅通知", kinds=(SERVICE,), limit=Limit(daily=1_000_000))
def bizsend(ask: Ask) -> Answer:
    """Reaches non-followers too, into 服务通知; no msgid, the result is an event."""
    person, template = ask.person(), find_template(ask)
    leads = jump(ask)
    _spend(ask, person, template)
    tie = person.ties[ask.account.appid]
    put_card(ask, person, template, ask.body["data"], CHAT if tie.subscribed else NOTICE, leads)
    ask.world.start(_receipt(ask, person, template.id))
    return OK


async def _receipt(ask: Ask, person: Person, template_id: str) -> None:
    await ask.world.clock.until(ask.now + ask.world.tuning.receipt_delay)
    rows = [{"TemplateId": template_id, "MsgID": str(ask.world.seeds.number("subscribe")), "ErrorCode": "0", "ErrorStatus": "success"}]
    fields = {
        "ToUserName": ask.account.original_id,
        "FromUserName": person.ties[ask.account.appid].openid,
        "CreateTime": int(ask.now),
        "MsgType": "event",
        "Event": "subscribe_msg_sent_event",
        "SubscribeMsgSentEvent": {"List": rows},
    }
    await ask.pusher.send(ask.account, person, fields)


@post(
    "/cgi-bin/message/subscribe/send",
    "发送小程序订阅消息",
    kinds=(MINI,),
    limit=Limit(daily=10_000_000),
    status=UNCONFIRMED,
    note="返回 msgid 未确认",
)
def send(ask: Ask) -> Answer:
    person, template = ask.person(), find_template(ask)
    if ask.body.get("miniprogram_state", "formal") not in STATES:
        raise Refusal(40097)
    _page_exists(ask)
    _spend(ask, person, template)
    page = str(ask.body.get("page") or "")
    put_card(ask, person, template, ask.body["data"], NOTICE, {"appid": ask.account.appid, "pagepath": page})
    return OK | {"msgid": ask.world.seeds.number("subscribe")}


@get("/wxaapi/newtmpl/getcategory", "获取类目", status=SIMPLIFIED, note="只有一个类目")
def category(_ask: Ask) -> Answer:
    return OK | {"data": [CATEGORY]}


@get("/wxaapi/newtmpl/getpubtemplatetitles", "模板库标题", status=SIMPLIFIED, note="模板库只有几个示例")
def titles(_ask: Ask) -> Answer:
    rows = [{"tid": tid, "title": title, "type": kind, "categoryId": str(CATEGORY["id"])} for tid, title, kind, _ in LIBRARY]
    return OK | {"count": len(rows), "data": rows}


@get("/wxaapi/newtmpl/getpubtemplatekeywords", "模板库关键词", status=SIMPLIFIED, note="模板库只有几个示例")
def keywords(ask: Ask) -> Answer:
    entry = next((row for row in LIBRARY if str(row[0]) == ask.query.get("tid")), None)
    if entry is None:
        raise Refusal(200014)
    rows = [{"kid": number, "name": label, "example": "", "rule": key.rstrip("0123456789")} for number, (key, label) in enumerate(entry[3], 1)]
    return OK | {"count": len(rows), "data": rows}


@post("/wxaapi/newtmpl/addtemplate", "选用订阅模板", status=SIMPLIFIED, note="从示例模板库选用")
def add(ask: Ask) -> Answer:
    console = ask.world.consoles.of(ask.account.appid)
    entry = next((row for row in LIBRARY if str(row[0]) == str(ask.body.get("tid"))), None)
    kids = ask.body.get("kidList")
    if entry is None:
        raise Refusal(200014)
    if not isinstance(kids, list) or not 2 <= len(kids) <= 5 or not all(isinstance(kid, int) and 1 <= kid <= len(entry[3]) for kid in kids):
        raise Refusal(200020)
    if len(str(ask.body.get("sceneDesc", ""))) > 15:
        raise Refusal(200021)
    if len(console.templates) >= MOST_PRIVATE:
        raise Refusal(200012)
    keys = tuple(entry[3][kid - 1] for kid in kids)
    template = Template(ask.world.seeds.running("template", 43), entry[1], content_of(keys), entry[2], entry[0])
    console.templates[template.id] = template
    return OK | {"priTmplId": template.id}


@get("/wxaapi/newtmpl/gettemplate", "已选用订阅模板")
def private(ask: Ask) -> Answer:
    mine = ask.world.consoles.of(ask.account.appid).templates.values()
    return OK | {"data": [{"priTmplId": t.id, "title": t.title, "content": t.content, "example": "", "type": t.type} for t in mine]}


@post("/wxaapi/newtmpl/deltemplate", "删除订阅模板", status=UNCONFIRMED, note="删除不存在的模板时的错误码未确认")
def remove(ask: Ask) -> Answer:
    if ask.world.consoles.of(ask.account.appid).templates.pop(str(ask.body.get("priTmplId", "")), None) is None:
        raise Refusal(200014)
    return OK
