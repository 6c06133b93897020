"""JS-SDK ticket and its signature (wechat-platform.md §15)."""

import hashlib

from emulator.accounts import SERVICE
from emulator.api.desk import OK, Answer, Ask, get
from emulator.errors import Refusal
from emulator.seeds import OPENID

LIFE = 7200
TYPES = ("jsapi", "wx_card")


def signature(ticket: str, noncestr: str, timestamp: str, url: str) -> str:
    """sha1 over lower-case names and raw values; the url without its fragment."""
    text = f"jsapi_ticket={ticket}&noncestr={noncestr}&timestamp={timestamp}&url={url.split('#')[0]}"
    return hashlib.sha1(text.encode()).hexdigest()


@get("/cgi-bin/ticket/getticket", "获取 jsapi_ticket", kinds=(SERVICE,))
def ticket(ask: Ask) -> Answer:
    if ask.query.get("type", "jsapi") not in TYPES:
        raise Refusal(40097)
    console = ask.world.consoles.of(ask.account.appid)
    text, ends = console.jsapi
    if ends <= ask.now:
        text, ends = ask.world.seeds.running("jsapi", 86, OPENID), ask.now + LIFE
        console.jsapi = (text, ends)
    return OK | {"ticket": text, "expires_in": int(ends - ask.now)}
