"""回访: the number a rater left in his words, for whoever calls back: each look has a purpose and leaves a step (S1, P08)."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.masking import masked_text
from domain.permissions import Can, ask, may
from domain.ratings import Privacy, clean_note
from domain.rectification_refusals import NoContactLeft, PurposeMissing, StaysAnonymous
from models import rectifications as table
from models.ratings import Rating
from services import steps
from services.rectification_answers import THING, about_of, rating_of, readable


def left(db: Session, actor: Actor, order: table.Rectification, rating: Rating, now: datetime) -> bool:
    """Whether there is a number in it, left by somebody who did not ask to stay anonymous, and this person may read it."""
    named = rating.privacy != Privacy.ANONYMOUS.value and masked_text(rating.note) != rating.note
    return named and may(actor, Can.READ_CONTACT, about_of(db, order, now))


def read(db: Session, actor: Actor, number: str, why: str, now: datetime) -> str:
    """The rater's words as written.

    Raises `NoSuchRectification`, `NotAllowed`, `StaysAnonymous`, `NoContactLeft`, `PurposeMissing`.
    """
    order = readable(db, actor, number, now)
    ask(actor, Can.READ_CONTACT, about_of(db, order, now))
    rating = rating_of(db, order)
    if rating.privacy == Privacy.ANONYMOUS.value:
        raise StaysAnonymous()
    if masked_text(rating.note) == rating.note:
        raise NoContactLeft()
    why = clean_note(why)
    if not why:
        raise PurposeMissing()
    steps.record(db, actor, THING, order.id, "read_phone", now, why=why, seat=actor.acting)
    return rating.note
