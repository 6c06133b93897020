"""Webhook: one account's callback: check, decrypt, read, hand to the desk, answer (wechat-platform.md §1–§3).

It stands beside Flask, not in it: the callback needs none of it and is the hottest path of the house (performance.md, rows W
and L). Two faces on one core: `respond` for an event loop that has read the body, and WSGI for any other server.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import structlog

from bot import texts
from bot.accounts import Account
from bot.desk import Desk, Posted, Replayed
from bot.envelope import BadEnvelope, Cipher, signature_of, signed
from bot.reading import Message, Unreadable, fields_of, message_of
from bot.replies import enveloped, render
from domain.errors import Refusal
from domain.ports import House
from services.inbox import Answered
from services.waiting import done_together

log = structlog.get_logger()
LARGEST = 64 * 1024
FRESH = 600
"""Seconds a query may differ from our clock; the signature itself never ages (T02)."""
_WAITED = 3600
"""Seconds a message's own time may differ: a pair of timestamp and nonce can be shifted, the sealed time cannot."""
PATIENCE = 3.5
"""Seconds a message may wait for its turn at the database: WeChat hangs up after five."""

Answering = tuple[int, str, bytes]
"""Status, content type, body."""

_MOST_FIELDS = 20
_PLAIN = "text/plain; charset=utf-8"


class _Refused(Exception):
    """Answered by a status and a sentence, for whoever is not WeChat."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(status)
        self.status, self.words = status, words

    @property
    def answering(self) -> Answering:
        return self.status, _PLAIN, self.words.encode()


@dataclass(frozen=True, slots=True)
class _Opened:
    """A message out of its envelope, and what is needed to send the answer back in the same kind of envelope."""

    posted: Posted
    cipher: Cipher | None
    as_json: bool


class Webhook:
    """The callback of one account."""

    def __init__(self, house: House, account: Account, counted: Callable[[int], None] = lambda _status: None) -> None:
        """`counted` is told the status of every answer: the meters belong to another door."""
        self._house, self._account, self._counted = house, account, counted
        self._answer_all = Desk(house, account.kind).answer_all

    async def respond(self, method: str, query_string: str, body: bytes) -> Answering:
        """For an event loop: the loop reads envelopes while the writer's thread commits."""
        try:
            opened = self._received(method, query_string, body)
            answering = self._seal(self._heard(opened, await self._later(opened.posted)), opened) if isinstance(opened, _Opened) else opened
        except _Refused as refused:
            answering = refused.answering
        self._counted(answering[0])
        return answering

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """WSGI."""
        try:
            status, kind, body = self._in_thread(environ)
        except _Refused as refused:
            status, kind, body = refused.answering
        self._counted(status)
        start_response(f"{status} {HTTPStatus(status).phrase}", [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    def _in_thread(self, environ: dict[str, Any]) -> Answering:
        opened = self._received(environ["REQUEST_METHOD"], environ.get("QUERY_STRING", ""), _body(environ))
        if not isinstance(opened, _Opened):
            return opened
        try:
            answer = self._house.database.together(self._answer_all, opened.posted, PATIENCE)
        except Exception as error:
            answer = error
        return self._seal(self._heard(opened, answer), opened)

    async def _later(self, posted: Posted) -> Any:
        """The desk's answer, or the exception in its place; never waits beyond WeChat's patience."""
        try:
            return await done_together(self._house.database, self._answer_all, posted, PATIENCE)
        except Exception as error:
            return error

    def _received(self, method: str, query_string: str, body: bytes) -> Answering | _Opened:
        """A message to be answered, or the answer to a verification. Raises `_Refused`."""
        if not self._account.token:
            raise _Refused(404, texts.NOT_SET_UP)
        query = _query_of(query_string)
        if method == "GET":
            return self._verify(query)
        if method != "POST":
            raise _Refused(405, texts.WRONG_METHOD)
        if len(body) > LARGEST:
            raise _Refused(413, texts.TOO_LARGE)
        sealed = query.get("encrypt_type") == "aes"
        self._check_query(query, sealed=sealed)
        message, cipher, as_json = self._open(query, body, sealed=sealed)
        if abs(self._house.now().timestamp() - message.created) > _WAITED:
            raise _Refused(403, texts.NOT_SIGNED)
        pseudonyms = self._house.pseudonyms
        query_mark = None if sealed else _mark(int(query["timestamp"]), pseudonyms.message("query|" + query["signature"]))
        return _Opened(Posted(message, _mark(message.age, pseudonyms.message(message.identity)), query_mark), cipher, as_json)

    def _verify(self, query: Mapping[str, str]) -> Answering:
        """URL verification: the echo, byte for byte; never as HTML."""
        if not signed(query.get("signature", ""), self._account.token, query.get("timestamp", ""), query.get("nonce", "")) or "echostr" not in query:
            raise _Refused(403, texts.NOT_SIGNED)
        return 200, _PLAIN, query["echostr"].encode()

    def _check_query(self, query: Mapping[str, str], *, sealed: bool) -> None:
        """Fresh, and signed by the token; the body's own signature is checked before it is opened."""
        stamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        fresh = len(stamp) == 10 and stamp.isascii() and stamp.isdigit() and abs(self._house.now().timestamp() - int(stamp)) <= FRESH
        if not fresh or not (sealed or signed(query.get("signature", ""), self._account.token, stamp, nonce)):
            raise _Refused(403, texts.NOT_SIGNED)
        if not sealed and self._account.mode == "safe":
            raise _Refused(403, texts.MUST_BE_SEALED)

    def _open(self, query: Mapping[str, str], body: bytes, *, sealed: bool) -> tuple[Message, Cipher | None, bool]:
        try:
            fields, as_json = fields_of(body)
            if not sealed:
                return message_of(fields), None, as_json
            plain, cipher = self._decrypt(query, fields)
            return message_of(fields_of(plain)[0]), cipher, as_json
        except BadEnvelope:
            raise _Refused(403, texts.NOT_SIGNED) from None
        except Unreadable:
            raise _Refused(400, texts.UNREADABLE) from None

    def _decrypt(self, query: Mapping[str, str], fields: Mapping[str, Any]) -> tuple[bytes, Cipher]:
        encrypted = fields.get("Encrypt")
        if not isinstance(encrypted, str) or not signed(
            query.get("msg_signature", ""), self._account.token, query["timestamp"], query.get("nonce", ""), encrypted
        ):
            raise BadEnvelope()
        for cipher in self._account.ciphers:
            try:
                return cipher.decrypt(encrypted), cipher
            except BadEnvelope:
                continue
        raise BadEnvelope()

    def _heard(self, opened: _Opened, answer: Any) -> Answered:
        """What the desk said. A person is answered whatever happened: here, at the outermost edge of the door."""
        if isinstance(answer, Answered):
            return answer
        if isinstance(answer, Replayed):
            raise _Refused(403, texts.NOT_SIGNED)
        message = opened.posted.message
        if isinstance(answer, Refusal):
            words = answer.text
        else:
            log.error("message failed", kind=message.kind, message_event=message.event, exc_info=answer)
            words = texts.SORRY
        spoken = "T" + words if message.kind != "event" and self._account.kind == "service" else ""
        return Answered(self._house.now(), spoken)

    def _seal(self, answered: Answered, opened: _Opened) -> Answering:
        """The answer in the envelope of the question, alike to the byte whenever it is made."""
        message, mark, cipher = opened.posted.message, opened.posted.mark, opened.cipher
        at = int(answered.at.timestamp())
        body = render(answered.answer, message.sender, message.to, at)
        if not body:
            return 200, "text/plain", b"success"
        if cipher is None:
            return 200, "text/xml; charset=utf-8", body
        nonce = str(int.from_bytes(mark[-4:], "big"))
        encrypted = cipher.encrypt(body, mark)
        signature = signature_of(self._account.token, str(at), nonce, encrypted)
        sealed = enveloped(encrypted, signature, at, nonce, as_json=opened.as_json)
        return 200, "application/json" if opened.as_json else "text/xml; charset=utf-8", sealed


def _query_of(words: str) -> dict[str, str]:
    """WeChat's own queries hold nothing to be unescaped, and are cut in a fifth of the time. Raises `_Refused` for too many fields."""
    if words.count("&") >= _MOST_FIELDS:
        raise _Refused(403, texts.NOT_SIGNED)
    if "%" in words or "+" in words:
        return dict(parse_qsl(words, keep_blank_values=True))
    return {name: value for name, _, value in (pair.partition("=") for pair in words.split("&") if pair)}


def _mark(age: int, digest: bytes) -> bytes:
    """What duplicates meet at. Its age comes first: the rows of one commit stand on a page or two of the inbox, not each on its own."""
    return age.to_bytes(6, "big") + digest


def _body(environ: Mapping[str, Any]) -> bytes:
    """At most 64 KiB, known beforehand or not."""
    given = environ.get("CONTENT_LENGTH") or ""
    if given and (not given.isdigit() or int(given) > LARGEST):
        raise _Refused(413, texts.TOO_LARGE)
    body: bytes = environ["wsgi.input"].read(int(given) if given else LARGEST + 1)
    if len(body) > LARGEST:
        raise _Refused(413, texts.TOO_LARGE)
    return body
