"""URL links and schemes that open the mini-program from outside (wechat-platform.md §16)."""

from typing import Any

from emulator.accounts import MINI
from emulator.api.desk import OK, Answer, Ask, post
from emulator.consoles import Opening
from emulator.errors import Refusal
from emulator.ledgers.quota import Limit

LONGEST_DAYS = 30
DAY = 86400
MADE_A_DAY = Limit(daily=500_000)  # both kinds together
TOGETHER = "/wxa/generate_urllink+scheme"


def _ends(ask: Ask, body: dict[str, Any]) -> float:
    """When it stops working. Raises 85401 for a wrong or longer time."""
    kind = body.get("expire_type", 0)
    if kind == 1:
        days = body.get("expire_interval")
        if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= LONGEST_DAYS:
            raise Refusal(85401)
        return ask.now + days * DAY
    moment = body.get("expire_time", int(ask.now) + LONGEST_DAYS * DAY)
    if kind != 0 or isinstance(moment, bool) or not isinstance(moment, int) or not ask.now < moment <= ask.now + LONGEST_DAYS * DAY + 60:
        raise Refusal(85401)
    return float(moment)


def _opening(ask: Ask, target: dict[str, Any], ends: float) -> Opening:
    path, query = target.get("path") or "", target.get("query") or ""
    if not isinstance(path, str) or not isinstance(query, str) or len(query) > 1024:
        raise Refusal(40097)
    page = path.lstrip("/")
    if page and ask.account.pages and page not in ask.account.pages:
        raise Refusal(40165)
    ask.world.quotas.count(ask.account, TOGETHER, MADE_A_DAY, ask.world.clock.day(), ask.now)
    return Opening(ask.account.appid, page, query, ends)


@post("/wxa/generate_urllink", "生成 URL Link", kinds=(MINI,))
def link(ask: Ask) -> Answer:
    opening = _opening(ask, ask.body, _ends(ask, ask.body))
    text = "https://wxaurl.cn/" + ask.world.seeds.running("urllink", 11)
    ask.world.consoles.openings[text] = opening
    return OK | {"url_link": text}


@post("/wxa/generatescheme", "生成 URL Scheme", kinds=(MINI,))
def scheme(ask: Ask) -> Answer:
    target = ask.body.get("jump_wxa") or {}
    if not isinstance(target, dict):
        raise Refusal(47001)
    opening = _opening(ask, target, _ends(ask, ask.body))
    text = "weixin://dl/business/?t=" + ask.world.seeds.running("scheme", 11)
    ask.world.consoles.openings[text] = opening
    return OK | {"openlink": text}
