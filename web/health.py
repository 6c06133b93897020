"""/healthz, /readyz: for the machine that watches the machine; a person reads the same words."""

from flask import Blueprint, Response

from domain.permissions import Can
from web import here
from web.deeds import needs
from web.errors import answers

pages = Blueprint("web_health", __name__)

_PLAIN = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}


@pages.get("/healthz")
@needs(Can.BE_ANYONE)
def alive() -> Response:
    """This process answers."""
    return Response("正常\n", 200, _PLAIN)


@pages.get("/readyz")
@needs(Can.BE_ANYONE)
def ready() -> Response:
    """Database and store answer; otherwise 503 and which of them does not."""
    house = here.house()
    parts = {"数据库": house.database.ready, "缓存": house.store.ready}
    silent = [name for name, check in parts.items() if not answers(check)]
    if silent:
        return Response(f"未就绪：{'、'.join(silent)}没有应答。请运行 python manage.py doctor 查看原因。\n", 503, _PLAIN)
    return Response("就绪：数据库、缓存都有应答。\n", 200, _PLAIN)
