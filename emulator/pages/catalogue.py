"""The documentation page: every path of the platform with its status, and the control API."""

from html import escape

from aiohttp import web

from emulator.api.desk import CALLS, Call
from emulator.control.desk import ROWS
from emulator.pages.frame import framed

STATUS = {"faithful": "一致", "simplified": "简化", "unconfirmed": "未确认"}
KINDS = {"service": "服务号", "mini": "小程序"}
# Paths that are pages, not calls.
PAGES = (("/connect/oauth2/authorize", "网页授权", "faithful", "snsapi_base 静默跳转；snsapi_userinfo 显示授权页"),)


def _limits(call: Call) -> str:
    daily = f"{call.limit.daily:,} 次/天" if call.limit.daily else ""
    burst = f"{call.limit.burst:,} 次/{call.limit.seconds} 秒" if call.limit.burst else ""
    return "，".join(one for one in (daily, burst) if one) or "—"


def _row(methods: str, path: str, title: str, kinds: str, limits: str, status: str, note: str) -> str:
    return (
        f"<tr><td><code>{methods} {escape(path)}</code></td><td>{escape(title)}</td><td>{kinds}</td><td>{limits}</td>"
        f"<td class={status}>{STATUS[status]}</td><td>{escape(note)}</td></tr>"
    )


async def page(_request: web.Request) -> web.StreamResponse:
    rows = [
        _row(" ".join(call.methods), call.path, call.title, "、".join(KINDS[kind] for kind in call.kinds), _limits(call), call.status, call.note)
        for call in sorted(CALLS.values(), key=lambda one: one.path)
    ]
    rows += [_row("GET", path, title, "服务号", "—", status, note) for path, title, status, note in PAGES]
    control = [f"<tr><td><code>{row.method} {escape(row.path)}</code></td><td>{escape(row.title)}</td></tr>" for row in ROWS]
    body = (
        "<p>“一致”：按官方文档和 SDK 源码实现；“简化”：只做了必要的部分；“未确认”：没有可靠出处，真实平台可能不同。没有与真实服务器比对过。"
        '<a href="/">回到手机</a></p><h2>平台接口</h2><div class=wide><table><tr><th>接口<th>名称<th>账号<th>额度<th>状态<th>说明</tr>'
        f"{''.join(rows)}</table></div><h2>控制接口</h2><div class=wide><table>{''.join(control)}</table></div>"
    )
    return framed("模拟器接口目录", body)
