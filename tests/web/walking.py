"""Walking through the console of the demo bureau as each role, by its own links: what `make shots` pictures and axe looks at."""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

import app
from domain.actor import Role
from domain.ports import House
from gateways import clock
from models import people
from operations.bureau import found
from operations.schema import migrate
from services import desk_sessions
from tests.conftest import settings_for

_NO_PAGES = ("/static/", "/files/", "/qr/", "/api/")
_LINK = re.compile(r'href="(/[^"#]*)"')
_MOST_OF_A_RULE = 3
"""Addresses of one route that are tried until one opens."""
MEMBER = "吴秋分"
PUBLIC = ("/", "/windows", "/windows?said=xyz", "/p/", "/board", "/progress", "/nothing/here", "/console/sign-in")


class StillWechat:
    """Stands for WeChat's servers: always the same code to scan."""

    def post(self, _path: str, _body: Mapping[str, Any]) -> dict[str, str]:
        return {"url": "http://weixin.qq.com/q/02abcdefghijkl10000M07w"}


@dataclass(frozen=True)
class Stop:
    """One page: `name` is its route's, `path` an address that opened."""

    name: str
    path: str


@contextmanager
def demo_bureau(folder: Path) -> Iterator[tuple[House, Flask]]:
    """The demo bureau with generous limits, and its application."""
    generous = {"pages_per_minute": 10_000, "ratings_per_hour": 10_000}
    house = app.build(settings_for(f"sqlite:///{folder}/walk.db", browser=generous, demo=True))
    house = replace(house, wechat=StillWechat())
    migrate(house)
    found(house, clock.now())
    yield house, app.create_flask(house)
    house.database.close()  # type: ignore[attr-defined]


def sign_all_in(house: House) -> dict[str, str]:
    """Role → token of somebody who holds it."""
    with house.database.transaction() as db:
        holders = {role: person_id for person_id, _, role in desk_sessions.examples(db)}
        holders[Role.MEMBER] = people.people_named(db, MEMBER)[0].id
        return {role.value: desk_sessions.open_for(db, person_id, house.now()) for role, person_id in holders.items()}


def both(flask: Flask) -> tuple[Flask, Flask]:
    """The public application and the console beside it."""
    return flask, flask.extensions["web_console"].flask


def walk(flask: Flask, token: str = "", start: tuple[str, ...] = ("/console/",)) -> list[Stop]:
    """Every route that links lead to from the start, once, the first of its addresses that opens as a page."""
    client, routes = flask.test_client(), [one.url_map.bind("localhost") for one in both(flask)]
    if token:
        client.set_cookie("liangnuo_desk", token)
    stops: dict[str, Stop] = {}
    tried: dict[str, int] = {}
    seen, todo = set(start), deque(start)
    while todo:
        path = todo.popleft()
        name = route_of(routes, path)
        if name in stops or tried.get(name, 0) >= _MOST_OF_A_RULE:
            continue
        tried[name] = tried.get(name, 0) + 1
        answer = client.get(path)
        if answer.mimetype != "text/html" or answer.status_code >= 500:
            continue
        if answer.status_code == 200 or path in start:
            stops[name] = Stop(name, path)
        onward = [unescape(link) for link in _LINK.findall(answer.get_data(as_text=True))]
        fresh = [link for link in onward if link not in seen and not link.startswith(_NO_PAGES) and (not token or link.startswith("/console"))]
        seen.update(fresh)
        todo.extend(fresh)
    return list(stops.values())


def route_of(routes: list[MapAdapter], path: str) -> str:
    """The route's name; a page with a question in its address counts as another page once."""
    asked = "-asked" if urlsplit(path).query else ""
    for adapter in routes:
        with suppress(HTTPException):
            return str(adapter.match(urlsplit(path).path)[0]).removeprefix("web_").replace(".", "-") + asked
    return "nothing"


def unseen(flask: Flask, stops: list[Stop]) -> list[str]:
    """GET routes of the console that no link of the demo leads to: nobody has looked at their pages."""
    names = {stop.name.removesuffix("-asked") for stop in stops}
    pages = [rule for rule in both(flask)[1].url_map.iter_rules() if rule.endpoint.startswith("web_console") and "POST" not in (rule.methods or ())]
    return sorted({rule.endpoint.removeprefix("web_").replace(".", "-") for rule in pages} - names)
