"""The API's front: token, quota, body, handler, record; every answer is HTTP 200 with text/plain JSON (wechat-platform.md §6)."""

import asyncio
import inspect
import json
import logging
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from emulator import api, harm
from emulator.accounts import Account, Refused
from emulator.api.desk import CALLS, Answer, Ask, Binary, Call
from emulator.clock import stopwatch
from emulator.errors import Refusal
from emulator.faults import Fault
from emulator.pushing import Pusher
from emulator.world import World

LOG = logging.getLogger("emulator")
BIGGEST_BODY = 12 << 20
NOBODY = Account("", "", "", "", "", "", "")
api.load()


def sealed(answer: Mapping[str, Any]) -> bytes:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


class Platform:
    """Answers every path of the platform for one world."""

    def __init__(self, world: World, pusher: Pusher) -> None:
        self._world, self._pusher = world, pusher

    async def handle(self, request: web.Request) -> web.StreamResponse:
        watch = stopwatch()
        raw, too_big = await _read(request)
        if self._world.tuning.call_latency:
            await asyncio.sleep(self._world.tuning.call_latency)
        fault = self._world.faults.pick("api", request.path, request.query.get("appid", ""))
        code, account, answer = await self._decide(request, raw, too_big, fault)
        data = answer.data if isinstance(answer, Binary) else sealed(answer)
        self._world.record.called(
            at=self._world.now,
            appid=account.appid,
            method=request.method,
            path=request.path,
            query=request.query_string,
            body=raw[:20_000],
            errcode=code,
            answer=data[:4000],
            ms=watch(),
            fault=fault.kind if fault else "",
        )
        self._world.stir()
        if fault:
            return await harm.answered(request, fault, data)
        return _response(answer, data)

    async def _decide(self, request: web.Request, raw: bytes, too_big: bool, fault: Fault | None) -> tuple[int, Account, Answer]:
        """errcode, whose call it was, and the answer."""
        account = self._asked_for(request.query, raw)
        if fault and fault.kind in harm.UNHEARD:
            return 0, account, Binary(b"", "text/plain")
        try:
            if fault and fault.kind == "errcode":
                raise Refusal(fault.errcode)
            if too_big:
                raise Refusal(45001)
            call = CALLS.get(request.path)
            if call is None:
                raise Refusal(40066)
            if call.needs_token:
                account = self._world.tokens.owner(request.query.get("access_token", ""), self._world.now)
            return 0, account, await self._serve(request, call, account, raw)
        except Refusal as refusal:
            return refusal.code, account, {"errcode": refusal.code, "errmsg": f"{refusal.words} rid: {self._world.seeds.rid()}"}
        except (UnicodeError, Refused):
            return 40033, account, {"errcode": 40033, "errmsg": f"invalid charset rid: {self._world.seeds.rid()}"}
        except Exception:
            LOG.exception("a bug of the emulator at %s", request.path)
            self._world.record.counts["bugs"] += 1
            return -1, account, {"errcode": -1, "errmsg": f"system error rid: {self._world.seeds.rid()}"}

    async def _serve(self, request: web.Request, call: Call, account: Account, raw: bytes) -> Answer:
        if request.method not in call.methods:
            raise Refusal(43002 if call.methods == ("POST",) else 43001)
        if account is not NOBODY:
            self._admit(call, account)
        wanted = call.needs_body or (request.method == "POST" and raw[:1] == b"{")
        body = parsed(raw) if wanted else {}
        ask = Ask(self._world, self._pusher, account, request.query, body, raw, request.headers.get("Content-Type", ""), request.remote or "")
        answer = call.handler(ask)
        return await answer if inspect.isawaitable(answer) else answer

    def _admit(self, call: Call, account: Account) -> None:
        """The account may use this path, and today still."""
        if call.path in account.banned:
            raise Refusal(48004)
        if call.path in account.ungranted or (call.needs_token and account.kind not in call.kinds):
            raise Refusal(48001)
        self._world.quotas.count(account, call.path, call.limit, self._world.clock.day(), self._world.now)

    def _asked_for(self, query: Mapping[str, str], raw: bytes) -> Account:
        """Whose call a token-free request is: the appid in the query or body, when it is one of ours."""
        appid = query.get("appid", "")
        if not appid and b'"appid"' in raw[:1000]:
            try:
                appid = str(parsed(raw).get("appid", ""))
            except Refusal:
                return NOBODY
        account = self._world.accounts.find(appid)
        return account if account and account.appid == appid else NOBODY


def parsed(raw: bytes) -> dict[str, Any]:
    """The JSON object of a body. Raises 44002 (empty) or 47001 (malformed)."""
    if not raw.strip():
        raise Refusal(44002)
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Refusal(47001) from error
    if not isinstance(body, dict):
        raise Refusal(47001)
    return body


async def _read(request: web.Request) -> tuple[bytes, bool]:
    try:
        return await request.read(), False
    except web.HTTPRequestEntityTooLarge:
        return b"", True


def _response(answer: Answer, data: bytes) -> web.Response:
    if not isinstance(answer, Binary):
        return web.Response(body=data, content_type="text/plain", charset="utf-8")
    headers = {"Content-Disposition": f'attachment; filename="{answer.filename}"'} if answer.filename else {}
    return web.Response(body=data, status=answer.status, headers=headers | {"Content-Type": answer.content_type})
