"""经手人 hands: whose turn a pledge is, who belongs to its unit, and what the by-law is told of it."""

from datetime import date

from sqlalchemy.orm import Session

from domain.actor import About, Actor, Role
from models import people
from models.pledges import Pledge
from services import pledge_forms
from services.pledge_forms import Form


def decides_by_committee(form: Form) -> bool:
    return form.hands.decides is Role.COMMITTEE


def belongs(db: Session, actor: Actor, unit_id: int | None) -> bool:
    """Whether the unit is this person's own."""
    return unit_id is not None and any(unit.id == unit_id for unit in pledge_forms.units_of(db, actor))


def about(db: Session, actor: Actor, pledge: Pledge) -> About:
    return About(author_id=pledge.author_id, branch_id=pledge.branch_id, assigned=belongs(db, actor, pledge.unit_id))


def next_hands(db: Session, actor: Actor, pledge: Pledge, form: Form, day: date) -> tuple[int, ...]:
    """Who has the next deed to do: the branch that compiles, else whoever decides. Nobody hears of his own deed."""
    if form.hands.compiled:
        return tuple(one for one in _secretaries(db, pledge, day) if one != actor.person_id)
    return deciders(db, actor, pledge, form, day)


def deciders(db: Session, actor: Actor, pledge: Pledge, form: Form, day: date) -> tuple[int, ...]:
    """Who decides: the secretary, the committee; for a secretary's own pledge the committee (谁也不能审自己的承诺)."""
    found = [] if decides_by_committee(form) else [one for one in _secretaries(db, pledge, day) if one != pledge.author_id]
    return tuple(one for one in found or committee(db, day) if one not in (actor.person_id, pledge.author_id))


def committee(db: Session, day: date) -> list[int]:
    """Everybody with a seat in the committee."""
    return [one for body in people.bodies_of(db, "committee") for one in people.holders(db, body.id, Role.COMMITTEE.value, day)]


def _secretaries(db: Session, pledge: Pledge, day: date) -> list[int]:
    return list(people.holders(db, pledge.branch_id, Role.BRANCH_SECRETARY.value, day)) if pledge.branch_id else []
