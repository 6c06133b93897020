"""The checker page for wx.config signatures (JS 接口签名校验, wechat-platform.md §15)."""

import hmac
from collections.abc import Awaitable, Callable, Mapping
from html import escape
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from emulator.accounts import Account
from emulator.api.jssdk import signature
from emulator.pages.frame import framed
from emulator.world import World

FIELDS = (("noncestr", "随机串 nonceStr"), ("timestamp", "时间戳 timestamp"), ("url", "页面地址（含查询串）"), ("signature", "签名 signature"))


def verdict(world: World, account: Account, given: Mapping[str, str]) -> dict[str, Any]:
    """Whether wx.config would accept; `errMsg` in the client's words."""
    ticket, ends = world.consoles.of(account.appid).jsapi
    url = given.get("url", "")
    right = signature(ticket, given.get("noncestr", ""), given.get("timestamp", ""), url)
    host = urlsplit(url).hostname or ""
    if account.js_domains and host not in account.js_domains:
        return {"ok": False, "errMsg": "config:invalid url domain", "why": f"{host} 不在 JS 接口安全域名里"}
    if not ticket or ends <= world.now:
        return {"ok": False, "errMsg": "config:fail, invalid signature", "why": "还没有取过 jsapi_ticket，或已过期"}
    good = hmac.compare_digest(right.encode(), given.get("signature", "").encode())
    return {
        "ok": good,
        "errMsg": "config:ok" if good else "config:fail, invalid signature",
        "expected": right,
        "why": "" if good else "请核对：ticket 是否最新、url 是否去掉 # 之后的部分、参数名是否小写",
    }


def page(world: World) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def show(request: web.Request) -> web.StreamResponse:
        account = world.accounts.need("service")
        inputs = "".join(
            f'<label for={name}>{label}</label><input id={name} name={name} value="{escape(request.query.get(name, ""))}">' for name, label in FIELDS
        )
        result = ""
        if request.query.get("signature"):
            found = verdict(world, account, request.query)
            lines = [found["errMsg"], found["why"], f"应为 {found['expected']}" if found.get("expected") else ""]
            result = "<div class=card role=status>" + "".join(f"<p>{escape(line)}</p>" for line in lines if line) + "</div>"
        return framed("JS 接口签名校验", f"<form class=card>{inputs}<p><button>校验</button></p></form>{result}")

    return show
