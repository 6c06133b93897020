"""重复提交: a request that would do harm twice carries an Idempotency-Key; the same again gets the first answer (R02)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson
from flask import Response
from pydantic import Field
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.errors import KeyReused
from domain.ports import House
from miniapp_api import limits
from miniapp_api.answers import PRIVATE, response
from miniapp_api.door import Caller, house
from miniapp_api.reading import Form
from services import sessions
from services.sessions import Kept

Deed = Callable[[Session, Actor, datetime], Any]
"""Does it and returns the answer's words."""


class RepeatHeaders(Form):
    """As for ratings: the header stands in the description in words."""

    key: str = Field(alias="Idempotency-Key", title="提交编号", pattern=r"^[A-Za-z0-9_-]{8,64}$", default_factory=str)


def once(caller: Caller, headers: RepeatHeaders, form: Form, deed: Deed, *, about: str = "", status: int = 201) -> Response:
    """Do the deed, or hand out its first answer again. `about` is what the address names. Raises `KeyReused`."""
    at = house()
    limits.here().writing(at, caller.token)
    words = f"{about}|{form.model_dump_json()}" if headers.key else ""
    try:
        return _once(at, caller, headers.key, words, deed, status)
    except IntegrityError:  # a twin of this request was faster: its answer is there now
        return _once(at, caller, headers.key, words, deed, status)


def _once(at: House, caller: Caller, key: str, words: str, deed: Deed, status: int) -> Response:
    now = at.now()
    with at.database.transaction() as db:
        actor = caller.actor(db, now)
        mark, request = _marks(at, actor, key, words)
        kept = sessions.earlier_answers(db, [mark]).get(mark) if key else None
        if kept is not None:
            if kept.request != request:
                raise KeyReused()
            return response((kept.status, PRIVATE, at.sealer.open(kept.answer).encode()))
        body = orjson.dumps(deed(db, actor, now))
        if key:
            sessions.keep_answers(db, [Kept(mark, request, status, at.sealer.seal(body.decode()))], now)
        return response((status, PRIVATE, body))


def _marks(at: House, actor: Actor, key: str, words: str) -> tuple[bytes, bytes]:
    own = f"{actor.contact}|{key}|"
    return at.pseudonyms.message(f"api-key|{own}"), at.pseudonyms.message(f"api-request|{own}{words}")
