"""Customer-service messages and “正在输入” (客服消息, wechat-platform.md §13)."""

from typing import Any

from emulator.accounts import MINI
from emulator.api.desk import OK, Answer, Ask, post
from emulator.errors import Refusal
from emulator.inbox import CHAT
from emulator.ledgers.quota import Limit

# msgtype → fields its object must have
FORMS: dict[str, tuple[str, ...]] = {
    "text": ("content",),
    "image": ("media_id",),
    "voice": ("media_id",),
    "video": ("media_id",),
    "music": ("musicurl",),
    "news": ("articles",),
    "mpnews": ("media_id",),
    "mpnewsarticle": ("article_id",),
    "msgmenu": ("list",),
    "wxcard": ("card_id",),
    "miniprogrampage": ("title", "pagepath"),
    "link": ("title", "url"),
}
MINI_FORMS = ("text", "image", "link", "miniprogrampage")
TEXT_BYTES = 2048


def _body(ask: Ask, kind: str) -> dict[str, Any]:
    """The message's own object, with what its type needs."""
    allowed = MINI_FORMS if ask.account.kind == MINI else tuple(FORMS)
    if kind not in allowed:
        raise Refusal(40008)
    body = ask.mapping(kind, 47001)
    for name in FORMS[kind]:
        if not body.get(name):
            raise Refusal(40007 if name == "media_id" else 44002 if name == "content" else 47001)
    return body


def _check(kind: str, body: dict[str, Any]) -> None:
    if kind == "text" and not isinstance(body["content"], str):
        raise Refusal(47001)
    if kind == "text" and len(body["content"].encode()) > TEXT_BYTES:
        raise Refusal(45002)
    if kind == "news" and (not isinstance(body["articles"], list) or len(body["articles"]) != 1):
        raise Refusal(45008 if isinstance(body["articles"], list) else 47001)
    if kind == "msgmenu":
        items = body["list"]
        if not isinstance(items, list) or not all(isinstance(item, dict) and "id" in item and "content" in item for item in items):
            raise Refusal(47001)


@post("/cgi-bin/message/custom/send", "发送客服消息", limit=Limit(daily=500_000))
def send(ask: Ask) -> Answer:
    person = ask.person()
    kind = ask.text("msgtype", 40008)
    body = _body(ask, kind)
    _check(kind, body)
    tie = person.ties[ask.account.appid]
    if tie.openid in ask.account.blacklist:
        raise Refusal(43019)
    if ask.account.is_service and not tie.subscribed:
        raise Refusal(45015)
    ask.world.windows.spend(ask.account.appid, tie.openid, ask.now)
    ask.world.inboxes.put(person.key, at=ask.now, appid=ask.account.appid, box=CHAT, sender="server", kind=kind, body=body)
    return OK


@post("/cgi-bin/message/custom/typing", "客服输入状态")
def typing(ask: Ask) -> Answer:
    ask.person()
    if ask.body.get("command") not in ("Typing", "CancelTyping"):
        raise Refusal(40035)
    return OK
