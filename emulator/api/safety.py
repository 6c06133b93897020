"""Content safety: text at once, media by a later event (msg_sec_check v2, media_check_async, wechat-platform.md §16)."""

from typing import Any

from emulator.accounts import MINI
from emulator.api.desk import OK, SIMPLIFIED, Answer, Ask, post
from emulator.errors import Refusal
from emulator.ledgers.quota import Limit
from emulator.people import Person

SEEN_WITHIN = 7200
LONGEST = 2500
NORMAL = 100
REVIEW_LABELS = (20001,)  # political wording goes to a human, the rest is risky
SUGGESTIONS = ("pass", "review", "risky")


def _visitor(ask: Ask) -> Person:
    """The writer, who must have used the mini-program in the last two hours. Raises 40003, 61010, 40129."""
    person = ask.person(ask.body.get("openid"))
    if ask.body.get("scene") not in (1, 2, 3, 4):
        raise Refusal(40129)
    if ask.now - person.ties[ask.account.appid].last_seen > SEEN_WITHIN:
        raise Refusal(61010)
    return person


def _verdict(ask: Ask, text: str) -> dict[str, Any]:
    """By the word list, or as the settings say."""
    label = next((label for word, label in ask.world.consoles.sensitive.items() if word in text), NORMAL)
    suggest = "pass" if label == NORMAL else "review" if label in REVIEW_LABELS else "risky"
    forced = ask.world.tuning.safety_suggest
    if forced in SUGGESTIONS:
        suggest, label = forced, NORMAL if forced == "pass" else max(label, 20001)
    return {"suggest": suggest, "label": label}


@post(
    "/wxa/msg_sec_check",
    "文本内容安全识别",
    kinds=(MINI,),
    limit=Limit(daily=2_000_000, burst=4000, burst_code=45009),
    status=SIMPLIFIED,
    note="按词表判定，词表和结论可设",
)
def text(ask: Ask) -> Answer:
    content = ask.body.get("content")
    if not isinstance(content, str) or not content:
        raise Refusal(44002)
    if len(content) > LONGEST:
        raise Refusal(45002)
    if ask.body.get("version") != 2:
        if any(word in content for word in ask.world.consoles.sensitive):
            raise Refusal(87014)
        return OK
    _visitor(ask)
    whole = "\n".join([content, *(str(ask.body.get(name, "")) for name in ("title", "nickname", "signature"))])
    verdict = _verdict(ask, whole)
    detail = {"strategy": "content_model", "errcode": 0, "prob": 90} | verdict
    return OK | {"trace_id": ask.world.seeds.rid(), "result": verdict, "detail": [detail]}


@post(
    "/wxa/media_check_async",
    "音视频内容安全识别",
    kinds=(MINI,),
    limit=Limit(daily=200_000, burst=2000, burst_code=45009),
    status=SIMPLIFIED,
    note="按地址里的词判定，不下载媒体",
)
def media(ask: Ask) -> Answer:
    url = ask.text("media_url", 40035)
    if ask.body.get("media_type") not in (1, 2) or ask.body.get("version") != 2 or not url.startswith(("http://", "https://")):
        raise Refusal(40097)
    person, trace = _visitor(ask), ask.world.seeds.rid()
    ask.world.start(_result(ask, person, trace, url))
    return OK | {"trace_id": trace}


async def _result(ask: Ask, person: Person, trace: str, url: str) -> None:
    """wxa_media_check; its label is a string here, as seen on the wire."""
    await ask.world.clock.until(ask.now + ask.world.tuning.media_check_delay)
    verdict = _verdict(ask, url)
    verdict["label"] = str(verdict["label"])
    fields = {
        "ToUserName": ask.account.original_id,
        "FromUserName": person.ties[ask.account.appid].openid,
        "CreateTime": int(ask.now),
        "MsgType": "event",
        "Event": "wxa_media_check",
        "appid": ask.account.appid,
        "trace_id": trace,
        "version": 2,
        "detail": [{"strategy": "content_model", "errcode": 0, "prob": 90} | verdict],
        "errcode": 0,
        "errmsg": "ok",
        "result": verdict,
    }
    await ask.pusher.send(ask.account, person, fields)
