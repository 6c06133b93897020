"""Webhook: one WSGI callable per account: check, decrypt, read, hand to the desk, answer (wechat-platform.md §1–§3).

It stands beside Flask, not in it: the callback needs none of it and is the hottest path of the house (performance.md, row W).
"""

from collections.abc import Iterable, Mapping
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

log = structlog.get_logger()
LARGEST = 64 * 1024
FRESH = 600
"""Seconds a query may differ from our clock; the signature itself never ages (T02)."""
_WAITED = 3600
"""Seconds a message's own time may differ: a pair of timestamp and nonce can be shifted, the sealed time cannot."""
PATIENCE = 3.5
"""Seconds a message may wait for its turn at the database: WeChat hangs up after five."""

Answering = tuple[str, bytes, str]


class _Refused(Exception):
    """Answered by a status and a sentence, for whoever is not WeChat."""

    def __init__(self, status: str, words: str) -> None:
        super().__init__(status)
        self.status, self.words = status, words


class Webhook:
    """The callback of one account."""

    def __init__(self, house: House, account: Account) -> None:
        self._house, self._account = house, account
        self._answer_all = Desk(house, account.kind).answer_all

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        try:
            status, body, kind = self._respond(environ)
        except _Refused as refused:
            status, body, kind = refused.status, refused.words.encode(), "text/plain; charset=utf-8"
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    def _respond(self, environ: dict[str, Any]) -> Answering:
        if not self._account.token:
            raise _Refused("404 Not Found", texts.NOT_SET_UP)
        query = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True, max_num_fields=20))
        method = environ["REQUEST_METHOD"]
        if method == "GET":
            return self._verify(query)
        if method != "POST":
            raise _Refused("405 Method Not Allowed", texts.WRONG_METHOD)
        body = _body(environ)
        sealed = query.get("encrypt_type") == "aes"
        self._check_query(query, sealed=sealed)
        message, cipher, as_json = self._open(query, body, sealed=sealed)
        if abs(self._house.now().timestamp() - message.created) > _WAITED:
            raise _Refused("403 Forbidden", texts.NOT_SIGNED)
        kept, mark = self._answer(query, message, sealed=sealed)
        return self._seal(kept, mark, message, cipher, as_json=as_json)

    def _verify(self, query: Mapping[str, str]) -> Answering:
        """URL verification: the echo, byte for byte; never as HTML."""
        if not signed(query.get("signature", ""), self._account.token, query.get("timestamp", ""), query.get("nonce", "")) or "echostr" not in query:
            raise _Refused("403 Forbidden", texts.NOT_SIGNED)
        return "200 OK", query["echostr"].encode(), "text/plain; charset=utf-8"

    def _check_query(self, query: Mapping[str, str], *, sealed: bool) -> None:
        """Fresh, and signed by the token; the body's own signature is checked before it is opened."""
        stamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        fresh = len(stamp) == 10 and stamp.isascii() and stamp.isdigit() and abs(self._house.now().timestamp() - int(stamp)) <= FRESH
        if not fresh or not (sealed or signed(query.get("signature", ""), self._account.token, stamp, nonce)):
            raise _Refused("403 Forbidden", texts.NOT_SIGNED)
        if not sealed and self._account.mode == "safe":
            raise _Refused("403 Forbidden", texts.MUST_BE_SEALED)

    def _open(self, query: Mapping[str, str], body: bytes, *, sealed: bool) -> tuple[Message, Cipher | None, bool]:
        try:
            fields, as_json = fields_of(body)
            if not sealed:
                return message_of(fields), None, as_json
            plain, cipher = self._decrypt(query, fields)
            return message_of(fields_of(plain)[0]), cipher, as_json
        except BadEnvelope:
            raise _Refused("403 Forbidden", texts.NOT_SIGNED) from None
        except Unreadable:
            raise _Refused("400 Bad Request", texts.UNREADABLE) from None

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

    def _answer(self, query: Mapping[str, str], message: Message, *, sealed: bool) -> tuple[Answered, bytes]:
        """The desk's answer; a person is answered whatever happens, here at the outermost edge."""
        pseudonyms = self._house.pseudonyms
        mark = pseudonyms.message(message.identity)
        query_mark = None if sealed else pseudonyms.message("query|" + query["signature"])
        try:
            return self._house.database.together(self._answer_all, Posted(message, mark, query_mark), PATIENCE), mark
        except Replayed:
            raise _Refused("403 Forbidden", texts.NOT_SIGNED) from None
        except Refusal as refusal:
            words = refusal.text
        except Exception:
            log.exception("message failed", kind=message.kind, event=message.event)
            words = texts.SORRY
        spoken = "T" + words if message.kind != "event" and self._account.kind == "service" else ""
        return Answered(self._house.now(), spoken), mark

    def _seal(self, answered: Answered, mark: bytes, message: Message, cipher: Cipher | None, *, as_json: bool) -> Answering:
        at = int(answered.at.timestamp())
        body = render(answered.answer, message.sender, message.to, at)
        if not body:
            return "200 OK", b"success", "text/plain"
        if cipher is None:
            return "200 OK", body, "text/xml; charset=utf-8"
        nonce = str(int.from_bytes(mark[:4], "big"))
        encrypted = cipher.encrypt(body, mark)
        signature = signature_of(self._account.token, str(at), nonce, encrypted)
        return "200 OK", enveloped(encrypted, signature, at, nonce, as_json=as_json), "application/json" if as_json else "text/xml; charset=utf-8"


def _body(environ: Mapping[str, Any]) -> bytes:
    """At most 64 KiB, known beforehand or not."""
    given = environ.get("CONTENT_LENGTH") or ""
    if given and (not given.isdigit() or int(given) > LARGEST):
        raise _Refused("413 Content Too Large", texts.TOO_LARGE)
    body: bytes = environ["wsgi.input"].read(int(given) if given else LARGEST + 1)
    if len(body) > LARGEST:
        raise _Refused("413 Content Too Large", texts.TOO_LARGE)
    return body
