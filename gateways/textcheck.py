"""文字安全检查: WeChat's msgSecCheck for a user of the mini-program, our own word list for everybody else (F30, wechat-platform.md §16)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from domain.unsafe_words import flagged
from gateways.wechat import WechatError

_SCENE_COMMENT, _VERSION = 2, 2
_NOT_SEEN_LATELY = 61010
_LONGEST = 2500


class Calls(Protocol):
    """The part of an account that is needed."""

    @property
    def account(self) -> Any: ...
    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Found:
    """`certain` True: fit to be shown; False: for a person to judge; None: no answer, ask again."""

    certain: bool | None
    words: str


def check(mini: Calls, open_sealed: Callable[[bytes], str], text: str, openid_sealed: bytes | None) -> Found:
    """Our own list first: it costs nothing. WeChat's `risky` goes to a person too: party terms often hit its label 20001."""
    kinds = flagged(text)
    if kinds:
        return Found(False, f"自有词表：{'、'.join(kinds)}")
    if openid_sealed is None or not mini.account.appid:
        return Found(True, "自有词表未发现问题")
    return _ask_wechat(mini, open_sealed(openid_sealed), text[:_LONGEST])


def _ask_wechat(mini: Calls, openid: str, text: str) -> Found:
    try:
        answer = mini.post("/wxa/msg_sec_check", {"version": _VERSION, "scene": _SCENE_COMMENT, "openid": openid, "content": text})
    except WechatError as error:
        if error.code == _NOT_SEEN_LATELY:
            return Found(False, "微信查不到此人近两小时的访问，转人工")
        return Found(None, f"微信没有给出结论（{error.code}）")
    result = answer.get("result")
    suggest = result.get("suggest") if isinstance(result, dict) else None
    if suggest == "pass":
        return Found(True, "微信检查通过")
    if suggest in ("review", "risky"):
        return Found(False, f"微信建议人工复核（{suggest} {result.get('label', '')}）" if isinstance(result, dict) else "")
    return Found(None, "微信的结论读不懂")
