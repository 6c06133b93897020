"""承诺的一行 pledge_rows: what every verb about pledges stands on: its text, its form, its flow, who may see it."""

from dataclasses import fields
from datetime import datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from domain.actor import Actor
from domain.calendar import local_day
from domain.errors import LostRace, NoSuchPledge
from domain.flow import Flow
from domain.flows.pledges import COMMITTEE_PLEDGES, PLEDGES
from domain.permissions import Can, may
from domain.pledge.refusals import AuthorLeft, WhyMissing
from domain.pledge.wording import Wording, clean
from models import people
from models import pledges as table
from services import pledge_forms
from services.moves import Hearers, move
from services.pledge_forms import Form
from services.pledge_hands import about, belongs, decides_by_committee, next_hands

_REASONED = {"return": "退回的原因", "give_back": "退回的原因", "retract": "撤下的原因", "excuse": "客观原因", "doubt": "核实不符的地方"}
"""Verbs that say nothing without a reason → what is asked for."""


def wording_of(row: table.Worded) -> Wording:
    """The text of a pledge, a version or an amendment."""
    given = {one.name: getattr(row, one.name) for one in fields(Wording)}
    return Wording(**given | {"addressees": tuple(row.addressees or ())})


def put(row: table.Worded, wording: Wording) -> None:
    """Write the text into a row."""
    for one in fields(Wording):
        value = getattr(wording, one.name)
        setattr(row, one.name, list(value) if isinstance(value, tuple) else value)


def form_of(db: Session, pledge: table.Pledge, now: datetime) -> Form:
    return pledge_forms.form(db, pledge.campaign, local_day(now), pledge.branch_id, pledge.unit_id)


def flow_of(form: Form) -> Flow:
    """Which of the two chains it goes through."""
    return COMMITTEE_PLEDGES if decides_by_committee(form) else PLEDGES


def move_on(db: Session, actor: Actor, pledge: table.Pledge, verb: str, now: datetime, why: str = "", *, is_opinion: bool = False) -> table.Pledge:
    """One line of its flow; those concerned hear of it. `is_opinion`: the reason stays beside the text as the reviewer's word."""
    why = clean("why", why, 300, "说明")
    if verb in _REASONED and not why:
        raise WhyMissing(what=_REASONED[verb])
    with db.no_autoflush:  # what is asked here must not store half of the deed, where a lost race has no sentence
        form = form_of(db, pledge, now)
        hearers: Hearers = {"author": pledge.author_id, "reviewer": next_hands(db, actor, pledge, form, local_day(now))}
        known = about(db, actor, pledge)
    if is_opinion:
        pledge.opinion = why
    move(
        db, actor, flow_of(form), pledge, verb, now, about=known, why=why, hearers=hearers, words={"pledge": pledge.content[:20], "code": pledge.code}
    )
    return pledge


def own_or_unknown(db: Session, actor: Actor, code: str) -> table.Pledge:
    """One's own, or one's unit's. Absent and not yours look the same (R26)."""
    pledge = table.pledge(db, code)
    if pledge is None or not (actor.person_id and pledge.author_id == actor.person_id or belongs(db, actor, pledge.unit_id)):
        raise NoSuchPledge()
    return pledge


def readable(db: Session, actor: Actor, code: str) -> table.Pledge:
    """Any that this person may read before it is published. Raises `NoSuchPledge`."""
    pledge = table.pledge(db, code)
    if pledge is None or not may(actor, Can.READ_UNPUBLISHED, about(db, actor, pledge)):
        raise NoSuchPledge()
    return pledge


def is_as_seen(row: table.Pledge, seen: int | None, refusal: Exception) -> None:
    """Raise the refusal unless the row is the one that was read; None: whoever calls holds the row itself."""
    if seen is not None and row.version != seen:
        raise refusal


def is_here(db: Session, pledge: table.Pledge, now: datetime) -> None:
    """Raise `AuthorLeft` when a person's own pledge has nobody any more to keep it."""
    author = people.person(db, pledge.author_id)
    gone = author is None or (author.left_on is not None and author.left_on <= local_day(now))
    if gone and pledge.unit_id is None:
        raise AuthorLeft()


def flush(db: Session) -> None:
    """Raise `LostRace` when another changed the row meanwhile."""
    try:
        db.flush()
    except StaleDataError as lost:
        raise LostRace() from lost
