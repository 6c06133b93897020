"""The frame all made pages share; every text is escaped before it gets here."""

from html import escape

from aiohttp import web

STYLE = """
:root{color-scheme:light}*{box-sizing:border-box}body{margin:0 auto;max-width:1100px;padding:24px 16px;font:16px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;
color:#191919;background:#f7f7f7}h1{font-size:1.4rem;margin:.2em 0}h2{font-size:1.1rem;margin-top:2em}table{border-collapse:collapse;width:100%;background:#fff}
td,th{padding:6px 10px;border-bottom:1px solid #eee;text-align:left;vertical-align:top}code{font-size:.88em;word-break:break-all}.wide{overflow-x:auto}
.faithful{color:#067a3f}.simplified{color:#8a5a00}.unconfirmed{color:#a61b1b}a,button{color:#0b6b3a}button,.button{display:inline-block;min-height:44px;padding:8px 20px;border:0;
border-radius:8px;background:#07803f;color:#fff;font:inherit;text-decoration:none;margin:4px 8px 4px 0;cursor:pointer}.plain{background:#e5e5e5;color:#191919}
label{display:block;margin:10px 0 2px}input,select{width:100%;min-height:44px;padding:8px;font:inherit;border:1px solid #bbb;border-radius:6px}
:focus-visible{outline:3px solid #0b6bcb;outline-offset:2px}.card{background:#fff;border-radius:12px;padding:20px;margin:16px 0;max-width:560px}
"""


def framed(title: str, body: str, status: int = 200) -> web.Response:
    head = f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)}</title>'
    text = f"{head}<style>{STYLE}</style><main><h1>{escape(title)}</h1>{body}</main></html>"
    return web.Response(text=text, status=status, content_type="text/html", headers={"Cache-Control": "no-store"})
