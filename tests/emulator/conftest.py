"""A real emulator and a real bot on loopback ports, one pair a session; every test starts with the state reset."""

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
import requests
from aiohttp import web

from emulator.server import build
from emulator.settings import Options
from emulator.world import World
from tests.emulator.small_bot import Bot

SEED = "tests"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Served:
    """An aiohttp application in a thread of its own."""

    def __init__(self, make: Callable[[str], web.Application]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._app = make(self.url)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=0.1)
        self._loop.run_until_complete(self._begin())
        self._loop.run_forever()

    async def _begin(self) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self._ready.set()

    async def _end(self) -> None:
        await self._runner.cleanup()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def stop(self) -> None:
        self.do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)


class WeChat:
    """The emulator as a test sees it: control API, platform API, and the bot it pushes to."""

    def __init__(self, url: str, bot: Bot) -> None:
        self.url, self.bot = url, bot
        self.http = requests.Session()
        self._tokens: dict[str, str] = {}

    def begin(self) -> None:
        self.control("POST", "/reset", seed=SEED)
        self._tokens.clear()
        self.service, self.mini = self.control("GET", "/accounts")["accounts"]
        self.control("PATCH", "/settings", answer_limit=3.0, repeat_after=0.02, receipt_delay=0.0, media_check_delay=0.0)
        for account, path in ((self.service, "/wechat"), (self.mini, "/mini")):
            self.control("PATCH", f"/accounts/{account['kind']}", callback=self.bot.url + path)
        self.bot.begin({"/wechat": self.service, "/mini": self.mini})

    def control(self, method: str, path: str, /, expect: int = 200, **body: Any) -> Any:
        answer = self.http.request(method, f"{self.url}/_emulator{path}", json=body or None, timeout=20)
        assert answer.status_code == expect, answer.text
        return answer.json()

    def act(self, person: str, deed: str, /, **body: Any) -> Any:
        return self.control("POST", f"/people/{person}/{deed}", **body)

    def token(self, kind: str = "service") -> str:
        if kind not in self._tokens:
            account = getattr(self, kind)
            body = {"grant_type": "client_credential", "appid": account["appid"], "secret": account["secret"]}
            self._tokens[kind] = self.http.post(self.url + "/cgi-bin/stable_token", json=body, timeout=5).json()["access_token"]
        return self._tokens[kind]

    def ask(self, path: str, body: Any = None, kind: str = "service", **query: Any) -> Any:
        """POST with a body, GET without; the answer's JSON."""
        params = {"access_token": self.token(kind)} | query
        answer = self.http.request("GET" if body is None else "POST", self.url + path, json=body, params=params, timeout=10)
        assert answer.status_code == 200
        return answer.json()

    def plain(self, path: str, **query: Any) -> Any:
        return self.http.get(self.url + path, params=query, timeout=10).json()

    def openid(self, person: str, kind: str = "service") -> str:
        return str(self.control("GET", f"/people/{person}")["accounts"][getattr(self, kind)["appid"]]["openid"])

    def inbox(self, person: str, query: str = "") -> Any:
        return self.control("GET", f"/people/{person}/inbox?{query}")["messages"]

    def templates(self, kind: str = "service") -> dict[str, str]:
        return {one["title"]: one["id"] for one in self.control("GET", f"/templates?account={kind}")["templates"]}

    def counts(self) -> Any:
        return self.control("GET", "/record/counts")["counts"]

    def rest(self) -> None:
        assert self.control("POST", "/rest", seconds=10)["at_rest"]

    def fault(self, where: str, kind: str, **more: Any) -> Any:
        return self.control("POST", "/faults", where=where, kind=kind, **more)

    def advance(self, seconds: float) -> None:
        self.control("POST", "/clock", advance=seconds)
        self._tokens.clear()


@pytest.fixture(scope="session")
def _running() -> Iterator[WeChat]:
    bot = Bot()
    bot_place = Served(lambda url: bot.application(url))
    place = Served(lambda url: build(World(Options(seed=SEED, base_url=url))))
    yield WeChat(place.url, bot)
    place.stop()
    bot_place.stop()


@pytest.fixture
def wechat(_running: WeChat) -> WeChat:
    _running.begin()
    return _running
