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
    """Who has the next deed to do: the branch that compiles, its secretary, or the committee; never the author, nor who acts."""
    secretaries = people.holders(db, pledge.branch_id, Role.BRANCH_SECRETARY.value, day) if pledge.branch_id else ()
    by_branch = form.hands.compiled or not decides_by_committee(form)
    found = [one for one in secretaries if one != pledge.author_id] if by_branch else []
    # 谁也不能审自己的承诺：书记自己的承诺由局党委审核；书记自己起草的单位承诺仍由他汇总。
    if not found:
        found = list(secretaries) if form.hands.compiled else committee(db, day)
    return tuple(one for one in found if one != actor.person_id)


def committee(db: Session, day: date) -> list[int]:
    """Everybody with a seat in the committee."""
    return [one for body in people.bodies_of(db, "committee") for one in people.holders(db, body.id, Role.COMMITTEE.value, day)]
