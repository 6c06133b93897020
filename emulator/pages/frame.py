"""The frame all made pages share; every text is escaped before it gets here."""

from html import escape

from aiohttp import web

VIEWPORT = '<meta name="viewport" content="width=device-width,initial-scale=1">'
STYLE = '<link rel="stylesheet" href="/_emulator/phone/pages.css">'


def framed(title: str, body: str, status: int = 200) -> web.Response:
    head = f'<!doctype html><html lang="zh-CN"><meta charset="utf-8">{VIEWPORT}<title>{escape(title)}</title>{STYLE}'
    text = f"{head}<main><h1>{escape(title)}</h1>{body}</main></html>"
    return web.Response(text=text, status=status, content_type="text/html", headers={"Cache-Control": "no-store"})
