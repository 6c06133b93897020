"""The desk of the control API: one row per path, JSON in, JSON out, refusals as 400 with a Chinese sentence."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from emulator.accounts import Account, Refused
from emulator.acts.speaking import Stage
from emulator.pushing import Pusher
from emulator.world import World

LOG = logging.getLogger("emulator")


@dataclass(slots=True)
class Wish:
    """One control request; `at` holds the path's names."""

    world: World
    pusher: Pusher
    at: Mapping[str, str]
    query: Mapping[str, str]
    body: dict[str, Any]

    def stage(self) -> Stage:
        """The person in the path facing the account asked for (service unless named)."""
        account = self.account()
        return Stage(self.world, self.pusher, self.world.people.need(self.at["person"]), account)

    def account(self) -> Account:
        return self.world.accounts.need(str(self.body.get("account") or self.query.get("account") or self.at.get("account") or "service"))

    def number(self, name: str, default: int = 0) -> int:
        text = str(self.query.get(name, default))
        if not text.lstrip("-").isdigit():
            raise Refused(f"参数“{name}”应为整数")
        return int(text)

    def text(self, name: str) -> str:
        value = self.body.get(name, "")
        if not isinstance(value, str):
            raise Refused(f"“{name}”应为文字")
        return value


Handler = Callable[[Wish], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Row:
    method: str
    path: str
    title: str
    handler: Handler


ROWS: list[Row] = []


def control(method: str, path: str, title: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        ROWS.append(Row(method, f"/_emulator{path}", title, handler))
        return handler

    return register


def answer(data: Any, status: int = 200) -> web.Response:
    body = json.dumps(data, ensure_ascii=False).encode(errors="replace")
    return web.Response(body=body, status=status, content_type="application/json")


def as_route(row: Row, world: World, pusher: Pusher) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def route(request: web.Request) -> web.StreamResponse:
        try:
            raw = await request.read()
            body = json.loads(raw) if raw.strip() else {}
            if not isinstance(body, dict):
                raise Refused("请求体应为 JSON 对象")
            return answer(await row.handler(Wish(world, pusher, request.match_info, request.query, body)))
        except (ValueError, RecursionError) as error:
            return answer({"error": str(error) if isinstance(error, Refused) else "请求内容不对"}, 400)
        except (KeyError, TypeError, AttributeError):
            LOG.info("bad control request at %s", row.path, exc_info=True)
            return answer({"error": "请求缺少内容或类型不对"}, 400)

    return route
