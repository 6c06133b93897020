"""Template messages and their administration (模板消息, wechat-platform.md §9)."""

from typing import Any

from emulator.accounts import SERVICE
from emulator.api import values
from emulator.api.desk import OK, SIMPLIFIED, Answer, Ask, get, post
from emulator.errors import Refusal
from emulator.inbox import CHAT
from emulator.ledgers.quota import Limit
from emulator.people import Person
from emulator.templates import LIBRARY, MOST_PRIVATE, Template, content_of, render

ONLY_SERVICE = (SERVICE,)


def find_template(ask: Ask) -> Template:
    template = ask.world.consoles.of(ask.account.appid).templates.get(str(ask.body.get("template_id", "")))
    if template is None:
        raise Refusal(40037)
    return template


def jump(ask: Ask) -> dict[str, Any]:
    """Where a tap on the card leads; the mini-program wins over a web address. Raises 40165-like 85005 for a foreign one."""
    mini = ask.body.get("miniprogram")
    if isinstance(mini, dict) and mini.get("appid"):
        other = ask.world.accounts.find(str(mini["appid"]))
        if other is None or other.is_service:
            raise Refusal(85005)
        return {"appid": mini["appid"], "pagepath": mini.get("pagepath") or mini.get("path") or ""}
    url = ask.body.get("url") or ask.body.get("page") or ""
    if not isinstance(url, str):
        raise Refusal(47001)
    return {"url": url} if url else {}


def put_card(ask: Ask, person: Person, template: Template, data: dict[str, Any], box: str, leads: dict[str, Any]) -> None:
    body = {"template_id": template.id, "title": template.title, "lines": render(template, data), "data": data} | leads
    ask.world.inboxes.put(person.key, at=ask.now, appid=ask.account.appid, box=box, sender="server", kind="template", body=body)


@post("/cgi-bin/message/template/send", "发送模板消息", kinds=ONLY_SERVICE, limit=Limit(daily=100_000), note="client_msg_id 去重不限时，时限未确认")
def send(ask: Ask) -> Answer:
    person, template = ask.person(), find_template(ask)
    data = ask.mapping("data", 47001)
    tie = person.ties[ask.account.appid]
    if tie.openid in ask.account.blacklist:
        raise Refusal(43019)
    if not tie.subscribed:
        raise Refusal(43004)
    values.check(ask.account, template.keys, data)
    leads = jump(ask)
    msgid = ask.world.seeds.number("template")
    console = ask.world.consoles.of(ask.account.appid)
    once = str(ask.body.get("client_msg_id") or "")
    if once and once in console.sent_ids:
        return OK | {"msgid": msgid}  # taken, not shown twice (its window is unconfirmed)
    console.sent_ids.update({once} if once else ())
    put_card(ask, person, template, data, CHAT, leads)
    ask.world.start(_receipt(ask, person, msgid))
    return OK | {"msgid": msgid}


async def _receipt(ask: Ask, person: Person, msgid: int) -> None:
    """TEMPLATESENDJOBFINISH with the same MsgID (capital D)."""
    await ask.world.clock.until(ask.now + ask.world.tuning.receipt_delay)
    tie = person.ties[ask.account.appid]
    status = "success" if tie.subscribed else "failed:user block"
    fields = {
        "ToUserName": ask.account.original_id,
        "FromUserName": tie.openid,
        "CreateTime": int(ask.now),
        "MsgType": "event",
        "Event": "TEMPLATESENDJOBFINISH",
        "MsgID": msgid,
        "Status": status,
    }
    await ask.pusher.send(ask.account, person, fields)


@post("/cgi-bin/template/api_add_template", "选用模板", kinds=ONLY_SERVICE, status=SIMPLIFIED, note="模板库只有几个示例")
def add(ask: Ask) -> Answer:
    console = ask.world.consoles.of(ask.account.appid)
    short = ask.text("template_id_short", 40037)
    entry = next((row for row in LIBRARY if str(row[0]) == short.removeprefix("OPENTM").lstrip("0")), None)
    if entry is None:
        raise Refusal(40037)
    if len(console.templates) >= MOST_PRIVATE:
        raise Refusal(45026)
    template = Template(ask.world.seeds.running("template", 43), entry[1], content_of(entry[3]), entry[2], entry[0])
    console.templates[template.id] = template
    return OK | {"template_id": template.id}


@get("/cgi-bin/template/get_all_private_template", "已选用模板列表", kinds=ONLY_SERVICE)
def private(ask: Ask) -> Answer:
    mine = ask.world.consoles.of(ask.account.appid).templates.values()
    trade = {"primary_industry": "政府与公共事业", "deputy_industry": "公共事业", "example": ""}
    rows = [{"template_id": t.id, "title": t.title, "content": t.content} | trade for t in mine]
    return {"template_list": rows}


@post("/cgi-bin/template/del_private_template", "删除模板", kinds=ONLY_SERVICE)
def remove(ask: Ask) -> Answer:
    template = find_template(ask)
    del ask.world.consoles.of(ask.account.appid).templates[template.id]
    return OK


@get("/cgi-bin/template/get_industry", "获取所属行业", kinds=ONLY_SERVICE, status=SIMPLIFIED, note="固定内容")
def industry(_ask: Ask) -> Answer:
    return {
        "primary_industry": {"first_class": "政府与公共事业", "second_class": "公共事业"},
        "secondary_industry": {"first_class": "政府与公共事业", "second_class": "政府"},
    }
