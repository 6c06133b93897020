"""扫码登录: a code on the computer, a scan by a bound phone, “1” in the chat; two minutes, one browser, one use."""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.sign_in_refusals import CodeOver, NobodyBound
from models import signing_in as table

LIVES = timedelta(minutes=2)


class Stage(StrEnum):
    """How far it is, as the page at the computer asks."""

    SHOWN = "shown"
    SCANNED = "scanned"
    OVER = "over"


def show(db: Session, scene: str, browser: str, now: datetime) -> None:
    """This browser shows this code from now on; an earlier one of the same browser is worthless."""
    table.drop_code_of(db, _digest(browser))
    db.add(table.SignInCode(mark=_digest(scene), browser=_digest(browser), person_id=None, confirmed=False, ends_at=now + LIVES))


def scan(db: Session, actor: Actor, scene: str, now: datetime) -> None:
    """A phone has scanned it: from now on it is this person's to confirm. Raises `NobodyBound`, `CodeOver`."""
    if actor.person_id is None:
        raise NobodyBound()
    code = _living(db, scene, now)
    if code.person_id not in (None, actor.person_id):
        raise CodeOver()
    code.person_id = actor.person_id


def confirm(db: Session, actor: Actor, scene: str, now: datetime) -> None:
    """“1”: yes, that computer is mine. Only who scanned it can. Raises `CodeOver`."""
    code = _living(db, scene, now)
    if actor.person_id is None or code.person_id != actor.person_id:
        raise CodeOver()
    code.confirmed = True


def refuse(db: Session, actor: Actor, scene: str) -> None:
    """Not mine: the code is worthless at once."""
    code = table.code(db, _digest(scene))
    if code is not None and code.person_id == actor.person_id:
        db.delete(code)


def stage(db: Session, browser: str, now: datetime) -> Stage:
    code = table.code_of(db, _digest(browser)) if browser else None
    if code is None or code.ends_at <= now:
        return Stage.OVER
    return Stage.SCANNED if code.person_id else Stage.SHOWN


def collect(db: Session, browser: str, now: datetime) -> int | None:
    """The person who has confirmed this browser's code, once; None while nobody has."""
    code = table.code_of(db, _digest(browser)) if browser else None
    if code is None or code.ends_at <= now or not code.confirmed:
        return None
    db.delete(code)
    return code.person_id


def _living(db: Session, scene: str, now: datetime) -> table.SignInCode:
    code = table.code(db, _digest(scene))
    if code is None or code.ends_at <= now:
        raise CodeOver()
    return code


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
