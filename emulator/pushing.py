"""Push sender (消息推送): signs, encrypts, waits five seconds, repeats with the same MsgId (wechat-platform.md §2, §3)."""

import asyncio
from typing import Any

import aiohttp
from yarl import URL

from emulator.accounts import Account
from emulator.clock import stopwatch
from emulator.faults import Fault
from emulator.inbox import CHAT, UNAVAILABLE
from emulator.people import Person
from emulator.record import Attempt, Push, Wire
from emulator.wire import crypto, envelope, replies
from emulator.world import World

ANSWER_CAP = 1 << 20
# Events whose silence a person never notices.
UNHEARD = {
    "unsubscribe",
    "view",
    "view_miniprogram",
    "location",
    "templatesendjobfinish",
    "wxa_media_check",
    "scancode_push",
    "location_select",
    "pic_sysphoto",
    "pic_photo_or_album",
    "pic_weixin",
    "subscribe_msg_popup_event",
    "subscribe_msg_change_event",
    "subscribe_msg_sent_event",
    "user_authorization_revoke",
    "user_authorization_cancellation",
    "user_info_modified",
}
# Of these a reply is not shown either.
REPORTS = UNHEARD - {"location", "scancode_push", "location_select", "pic_sysphoto", "pic_photo_or_album", "pic_weixin"}
SETTLED = ("answered", "silent", "garbage")
CONTENT_TYPES = {"xml": "text/xml", "json": "application/json"}


class Pusher:
    """One HTTP client for all pushes; at most `tuning.connections` under way."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._session: aiohttp.ClientSession | None = None
        self._places = asyncio.Semaphore(world.tuning.connections)

    async def open(self) -> None:
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, force_close=False), auto_decompress=False)

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    def resize(self) -> None:
        """Take a changed number of connections."""
        self._places = asyncio.Semaphore(max(1, self._world.tuning.connections))

    async def verify(self, account: Account) -> dict[str, Any]:
        """服务器配置验证: GET with echostr, to be echoed byte for byte (wechat-platform.md §1)."""
        assert self._session is not None
        stamp, nonce, echo = str(int(self._world.now)), self._world.seeds.nonce(), self._world.seeds.nonce()
        query = {"signature": crypto.signature(account.token, stamp, nonce), "timestamp": stamp, "nonce": nonce, "echostr": echo}
        try:
            limit = aiohttp.ClientTimeout(total=self._world.tuning.answer_limit)
            async with self._session.get(URL(account.callback).update_query(query), timeout=limit, allow_redirects=False) as response:
                body = await response.content.read(ANSWER_CAP)
        except (aiohttp.ClientError, OSError, ValueError, TimeoutError) as error:
            return {"verified": False, "why": f"请求失败：{type(error).__name__}"}
        good = response.status == 200 and body == echo.encode()
        return {"verified": good, "why": "" if good else f"HTTP {response.status}，返回内容与 echostr 不一致"}

    async def send(self, account: Account, person: Person, fields: envelope.Fields) -> Push:
        """Deliver one message until it is answered or given up; returns its whole story."""
        kind = str(fields.get("Event") or fields["MsgType"])
        push = self._world.record.new_push(
            at=self._world.now,
            appid=account.appid,
            person=person.key,
            openid=str(fields["FromUserName"]),
            kind=kind,
            key=str(fields.get("MsgId") or f"{fields['FromUserName']}+{fields['CreateTime']}"),
            clear=(envelope.as_xml if account.data_format == "xml" else envelope.as_json)(fields),
        )
        watch = stopwatch()
        if not account.callback:
            self._world.record.settled(push, "no_callback", 0.0)
            self._unavailable(push, account, person, kind)
            return push
        fault = self._world.faults.pick("push", kind, account.appid)
        if fault and fault.kind == "disorder":
            await asyncio.sleep(self._world.seeds.dice.random() * fault.seconds)
        async with self._places:
            outcome, reply = await self._all_deliveries(push, account, fields, fault)
        self._world.record.settled(push, outcome, watch())
        self._show(push, account, person, kind, reply)
        return push

    async def _all_deliveries(self, push: Push, account: Account, fields: envelope.Fields, fault: Fault | None) -> tuple[str, replies.Reply]:
        if fault and fault.kind == "duplicate":
            copies = [self._deliveries(push, account, fields, None, number) for number in range(max(1, fault.copies))]
            return (await asyncio.gather(*copies))[0]
        return await self._deliveries(push, account, fields, fault, 0)

    async def _deliveries(self, push: Push, account: Account, fields: envelope.Fields, fault: Fault | None, copy: int) -> tuple[str, replies.Reply]:
        tuning = self._world.tuning
        wire: Wire | None = None
        for number in range(tuning.deliveries):
            watch = stopwatch()
            if wire is None or not tuning.repeat_reuses_query:
                wire = self._sealed(push, account, fields, fault)
            attempt = Attempt(self._world.now, wire=Wire(wire.url, wire.sent), fault=fault.kind if fault else "duplicate" if copy else "")
            reply = await self._attempt(attempt, account, push, fault if number == 0 else None)
            self._world.record.attempted(push, attempt)
            self._world.stir()
            if attempt.outcome in SETTLED:
                return attempt.outcome, reply
            if number + 1 < tuning.deliveries:
                await asyncio.sleep(max(0.0, tuning.repeat_after - watch() / 1000))
        return "unanswered", replies.Reply()

    def _sealed(self, push: Push, account: Account, fields: envelope.Fields, fault: Fault | None) -> Wire:
        """URL and body, with the harm a fault asks for."""
        harm = fault.kind if fault else ""
        world = self._world
        stamp = str(int(world.now + (fault.seconds if fault and harm == "clock_skew" else 0)))
        nonce = world.seeds.nonce()
        token = account.token + ("x" if harm == "bad_signature" else "")
        url = (
            f"{account.callback}{'&' if '?' in account.callback else '?'}signature={crypto.signature(token, stamp, nonce)}"
            f"&timestamp={stamp}&nonce={nonce}&openid={push.openid}"
        )
        body = push.clear
        if account.mode != "plain" and harm != "clear":
            key = world.seeds.aes_key("wrong") if harm == "wrong_key" else account.encoding_aes_key
            appid = "wx0000000000000000" if harm == "wrong_appid" else account.appid
            encrypted = crypto.encrypt(key, appid, push.clear, world.seeds.sixteen())
            body = envelope.wrapped(account.mode, account.data_format, fields, push.clear, encrypted)
            url += f"&encrypt_type=aes&msg_signature={crypto.signature(token, stamp, nonce, encrypted)}"
        return Wire(url, body[: len(body) // 2] if harm == "mangled" else body)

    async def _attempt(self, attempt: Attempt, account: Account, push: Push, fault: Fault | None) -> replies.Reply:
        assert self._session is not None
        assert attempt.wire is not None
        watch = stopwatch()
        headers = {"Content-Type": CONTENT_TYPES[account.data_format], "User-Agent": "Mozilla/4.0", "Accept": "*/*"}
        limit = aiohttp.ClientTimeout(total=self._world.tuning.answer_limit)
        try:
            async with self._session.post(
                URL(attempt.wire.url, encoded=True), data=attempt.wire.sent.encode(), headers=headers, timeout=limit, allow_redirects=False
            ) as response:
                attempt.status = response.status
                attempt.wire.answer = await response.content.read(ANSWER_CAP)
            attempt.ms = watch()
            return self._understood(attempt, account, push, fault)
        except TimeoutError:
            attempt.outcome, attempt.why = "timeout", f"{self._world.tuning.answer_limit:g} 秒内没有应答"
        except (aiohttp.ClientError, OSError, ValueError) as error:
            attempt.outcome, attempt.why = "refused", f"连接失败：{type(error).__name__}"
        attempt.ms = watch()
        return replies.Reply()

    def _understood(self, attempt: Attempt, account: Account, push: Push, fault: Fault | None) -> replies.Reply:
        assert attempt.wire is not None
        if fault and fault.kind == "drop":
            attempt.outcome, attempt.why = "dropped", "故障注入：应答丢失"
            return replies.Reply()
        if attempt.status != 200:
            attempt.outcome, attempt.why = f"http_{attempt.status}", f"HTTP {attempt.status}"
            return replies.Reply()
        keys = [key for key in (account.encoding_aes_key, account.previous_aes_key) if key]
        try:
            reply = replies.read(
                attempt.wire.answer,
                mode=account.mode,
                token=account.token,
                keys=keys,
                appid=account.appid,
                to=push.openid,
                sender=account.original_id,
                json_too=account.data_format == "json",
            )
        except replies.Garbage as error:
            attempt.outcome, attempt.why = "garbage", str(error)
            return replies.Reply()
        attempt.outcome = "answered" if reply.kind else "silent"
        return reply

    def _show(self, push: Push, account: Account, person: Person, kind: str, reply: replies.Reply) -> None:
        if push.outcome in ("unanswered", "garbage"):
            self._unavailable(push, account, person, kind)
        elif push.outcome == "answered" and account.is_service and kind.lower() not in REPORTS:
            self._put(push, account, person, "account", reply.kind, shown_body(reply))
        self._world.stir()

    def _unavailable(self, push: Push, account: Account, person: Person, kind: str) -> None:
        if kind.lower() not in UNHEARD:
            self._put(push, account, person, "system", "text", {"Content": UNAVAILABLE[account.kind]})

    def _put(self, push: Push, account: Account, person: Person, sender: str, kind: str, body: dict[str, Any]) -> None:
        message = self._world.inboxes.put(
            person.key, at=self._world.now, appid=account.appid, box=CHAT, sender=sender, kind=kind, body=body, ms=push.ms, push=push.id
        )
        push.shown = message.id


def shown_body(reply: replies.Reply) -> dict[str, Any]:
    """Only what a person sees; one article of a news reply (wechat-platform.md §3)."""
    hidden = ("ToUserName", "FromUserName", "CreateTime", "MsgType")
    body = {name: value for name, value in reply.body.items() if name not in hidden}
    items = body.get("Articles", {}).get("item") if isinstance(body.get("Articles"), dict) else None
    if items is not None:
        body["Articles"] = items[:1] if isinstance(items, list) else [items]
    return body
