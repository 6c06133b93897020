"""The emulator is never the bottleneck: API calls and signed pushes a second, and the memory of 100,000 messages.

    python bench/emulator.py [--calls 4000] [--pushes 3000] [--messages 100000]

Starts the emulator and, for the pushes, a bot that says “success”, each a process of its own on a loopback port; bounded by counts and by time.
"""

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).resolve().parent.parent
CALLS_MUST, PUSHES_MUST, MEMORY_MUST = 1_000, 500, 300
CONNECTIONS = 32
LONGEST = 120.0  # seconds any one measurement may take
BOT = """
import asyncio, sys
from aiohttp import web
async def hear(request):
    await request.read()
    return web.Response(text="success")
app = web.Application()
app.router.add_post("/wechat", hear)
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=lambda *_: None, access_log=None)
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def memory_mb(pid: int) -> float:
    """Resident memory of a process (Linux)."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


async def answering(session: aiohttp.ClientSession, url: str) -> None:
    for _ in range(200):
        try:
            async with session.get(url + "/_emulator/clock"):
                return
        except aiohttp.ClientError:
            await asyncio.sleep(0.05)
    raise SystemExit("the emulator did not start")


async def spread(count: int, one: Callable[[int], Awaitable[None]]) -> float:
    """Do `count` of them over CONNECTIONS at once; a second's worth."""
    numbers = iter(range(count))

    async def worker() -> None:
        for number in numbers:
            await one(number)

    start = time.perf_counter()
    await asyncio.wait_for(asyncio.gather(*(worker() for _ in range(CONNECTIONS))), LONGEST)
    return count / (time.perf_counter() - start)


class Rig:
    """The emulator under measurement, through its two APIs."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url = session, url

    async def control(self, method: str, path: str, **body: Any) -> Any:
        limit = aiohttp.ClientTimeout(total=LONGEST)
        async with self.session.request(method, f"{self.url}/_emulator{path}", json=body or None, timeout=limit) as answer:
            return await answer.json()

    async def token(self) -> str:
        account = (await self.control("GET", "/accounts"))["accounts"][0]
        body = {"grant_type": "client_credential", "appid": account["appid"], "secret": account["secret"]}
        async with self.session.post(self.url + "/cgi-bin/stable_token", json=body) as answer:
            return str(json.loads(await answer.text())["access_token"])

    async def calls(self, count: int) -> float:
        """Template messages to 500 followers, each answered and shown on a phone."""
        token = await self.token()
        people = (await self.control("POST", "/people", count=500, subscribed=True))["people"]
        appid, service = (await self.control("GET", "/accounts"))["accounts"][0]["appid"], "/cgi-bin/message/template/send"
        template = (await self.control("GET", "/templates"))["templates"][1]
        await self.control("PATCH", "/accounts/service", callback="")
        data = {"thing1": {"value": "上报季度小结"}, "time2": {"value": "2026年11月22日 15:01"}, "thing3": {"value": "请按时"}}
        bodies = [json.dumps({"touser": one["accounts"][appid]["openid"], "template_id": template["id"], "data": data}).encode() for one in people]

        async def one(number: int) -> None:
            async with self.session.post(f"{self.url}{service}?access_token={token}", data=bodies[number % len(bodies)]) as answer:
                assert json.loads(await answer.read())["errcode"] == 0

        return await spread(count, one)

    async def pushes(self, count: int) -> float:
        done = await self.control("POST", "/crowd", contents=["评价 3号窗口 满意"], count=count)
        assert done["outcomes"] == {"silent": count}, done
        return float(count / done["seconds"])


async def measured(rig: Rig, pid: int, args: argparse.Namespace, callback: str) -> dict[str, float]:
    before = memory_mb(pid)
    calls = await rig.calls(args.calls)
    await rig.control("POST", "/reset")
    await rig.control("PATCH", "/accounts/service", callback=callback)
    pushes = await rig.pushes(args.pushes)
    left = args.messages - args.pushes
    while left > 0:
        await rig.pushes(min(left, 20_000))
        left -= 20_000
    counts = (await rig.control("GET", "/record/counts"))["counts"]
    assert counts["push.silent"] == counts["inbox.chat.person.text"] == max(args.messages, args.pushes)
    return {"calls": calls, "pushes": pushes, "memory": memory_mb(pid), "before": before}


async def main(args: argparse.Namespace) -> int:
    port, bot_port = free_port(), free_port()
    callback = f"http://127.0.0.1:{bot_port}/wechat"
    emulator = subprocess.Popen([sys.executable, "-m", "emulator", "--port", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL)
    bot = subprocess.Popen([sys.executable, "-c", BOT, str(bot_port)])
    try:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS)) as session:
            rig = Rig(session, f"http://127.0.0.1:{port}")
            await answering(session, rig.url)
            found = await measured(rig, emulator.pid, args, callback)
    finally:
        emulator.terminate()
        bot.terminate()
        emulator.wait(10)
        bot.wait(10)
    return report(found, args.messages)


def report(found: dict[str, float], messages: int) -> int:
    rows = [
        ("API calls a second", found["calls"], CALLS_MUST, found["calls"] / CALLS_MUST),
        ("signed and sealed pushes a second", found["pushes"], PUSHES_MUST, found["pushes"] / PUSHES_MUST),
        (f"MB resident after {messages:,} messages", found["memory"], MEMORY_MUST, MEMORY_MUST / found["memory"]),
    ]
    for name, value, must, ratio in rows:
        print(f"{name:<42}{value:>10,.0f}   asked {must:>6,}   ratio {ratio:5.2f}   {'good' if ratio >= 1 else 'SHORT'}")
    print(f"(at start {found['before']:.0f} MB)")
    return 0 if all(row[3] >= 1 for row in rows) else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=4_000)
    parser.add_argument("--pushes", type=int, default=3_000)
    parser.add_argument("--messages", type=int, default=100_000)
    sys.exit(asyncio.run(main(parser.parse_args())))
