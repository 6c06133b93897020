"""座牌: issue and revoke the codes on the desks (A13, F18, F19)."""

import secrets
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.actor import About, Actor
from domain.calendar import local_day
from domain.errors import NoSuchCode, ReasonMissing
from domain.flows.plates import PLATES
from domain.permissions import Can, ask
from models import editions, windows
from services import steps
from services.moves import move

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""31 signs that cannot be taken for one another; 13 of them are 64 random bits (R21)."""


def new_code() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(13))


def issue(
    db: Session, actor: Actor, post_id: int, now: datetime, *, expires_on: date | None = None, code: str | None = None, why: str = "换发新牌"
) -> windows.Plate:
    """A new plate for the post under the next serial; the old one that still counts is revoked in the same transaction."""
    ask(actor, Can.ISSUE_PLATE, _about(db, post_id))
    earlier = windows.plates_of(db, post_id)
    for old in earlier:
        if old.state == PLATES.start:
            move(db, actor, PLATES, old, "revoke", now, about=_about(db, post_id), why=why)
    plate = windows.Plate(
        code=code or new_code(), post_id=post_id, serial=len(earlier) + 1, state=PLATES.start.value, issued_on=local_day(now), expires_on=expires_on
    )
    db.add(plate)
    db.flush()
    steps.record(db, actor, PLATES.thing, plate.id, "issue", now, target=PLATES.start.value)
    editions.grow(db)
    return plate


def revoke(db: Session, actor: Actor, code: str, why: str, now: datetime) -> windows.Plate:
    """停用: from the next scan on the page says so. Raises `NoSuchCode`, `NotNow`."""
    plate = windows.plate(db, code)
    if plate is None:
        raise NoSuchCode()
    move(db, actor, PLATES, plate, "revoke", now, about=_about(db, plate.post_id), why=why)
    editions.grow(db)
    return plate


def revoke_of(db: Session, actor: Actor, post_id: int, code: str, why: str, now: datetime) -> windows.Plate:
    """停用 a plate of this very post, with a reason. Raises `NoSuchCode`, `ReasonMissing`, `NotNow`."""
    plate = windows.plate(db, code)
    if plate is None or plate.post_id != post_id:
        raise NoSuchCode()
    if not why.strip():
        raise ReasonMissing()
    return revoke(db, actor, code, why.strip(), now)


def _about(db: Session, post_id: int) -> About:
    post = windows.post(db, post_id)
    window = windows.window(db, post.window_id) if post else None
    return About(branch_id=window.branch_id if window else None, window_id=window.id if window else None)
