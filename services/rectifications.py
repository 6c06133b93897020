"""限期整改: opened with the bad rating, in its transaction, with a working-day clock and a letter to the window's head (S1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.actor import About, Actor
from domain.calendar import CALENDAR, local_day
from domain.errors import NoSuchNumber
from domain.flows.rectifications import RECTIFICATIONS, RectificationState
from domain.marks import Mark
from domain.numbers import format_number, read_number
from domain.policy import Policy
from models import ratings
from models import rectifications as table
from services import letters, steps
from services.moves import move
from services.register import Register


@dataclass(frozen=True)
class Opened:
    """What the citizen is told: the number, and until when."""

    number: str
    due: date


def open_for(db: Session, rated: Sequence[dict[str, Any]], register: Register, now: datetime, policy: Policy) -> dict[int, Opened]:
    """Open one for each bad rating: row, clock, letter to the head; rating id → what was opened."""
    if not rated:
        return {}
    day = local_day(now)
    callback = CALENDAR.add_working_days(day, policy.callback_working_days)
    due = CALENDAR.explain_due(day, policy.fix_working_days)
    rows = [_row(one["id"], one["window_id"], register, day, callback, due.date, due.explanation) for one in rated]
    ids = table.open_many(db, rows)
    opened = {rating_id: Opened(format_number(order_id), due.date) for rating_id, order_id in ids.items()}
    drafts = []
    for row in rows:
        order_id = ids[row["rating_id"]]
        steps.record(db, Actor(), RECTIFICATIONS.thing, order_id, "open", now, target=RECTIFICATIONS.start.value)
        if row["owner_id"]:
            drafts.append(_letter("open", order_id, 1, opened[row["rating_id"]], row["owner_id"], register.place(row["window_id"]).spoken, callback))
    letters.write_many(db, drafts, now)
    return opened


def _row(rating_id: int, window_id: int, register: Register, day: date, callback: date, due: date, due_words: str) -> dict[str, Any]:
    owner = register.place(window_id).head_id
    state = RECTIFICATIONS.start.value
    return {
        "rating_id": rating_id,
        "window_id": window_id,
        "owner_id": owner,
        "state": state,
        "opened_on": day,
        "callback_due": callback,
        "due": due,
        "due_words": due_words,
        "answer": "",
        "version": 1,
    }


def _letter(verb: str, order_id: int, version: int, opened: Opened, person_id: int, window: str, callback: date) -> letters.Draft:
    words = {"number": opened.number, "window": window, "due": opened.due.isoformat(), "callback_due": callback.isoformat()}
    return letters.Draft(f"rectification:{order_id}:{verb}:{version}", f"rectification_{verb}", words, person_id=person_id)


def follow_change(
    db: Session, actor: Actor, rating: ratings.Rating, before: Mark, register: Register, now: datetime, policy: Policy
) -> Opened | None:
    """The rating was changed: bad to good withdraws the order, good to bad opens or renews it."""
    after = Mark(rating.level)
    order = table.of_rating(db, rating.id)
    if after.is_negative and order is None:
        return open_for(db, [{"id": rating.id, "window_id": rating.window_id}], register, now, policy)[rating.id]
    if order is None:
        return None
    spoken = register.place(rating.window_id).spoken
    hearers: dict[str, int | None] = {"window_head": order.owner_id}
    words = {"number": format_number(order.id), "window": spoken}
    asker = Actor(rater=actor.rater or "-")
    if after.is_negative and order.state == RectificationState.WITHDRAWN:
        move(db, asker, RECTIFICATIONS, order, "renew", now, about=About(window_id=rating.window_id), hearers=hearers, words=words)
    elif not after.is_negative and before.is_negative and order.state not in (RectificationState.CLOSED, RectificationState.WITHDRAWN):
        move(db, asker, RECTIFICATIONS, order, "withdraw", now, about=About(window_id=rating.window_id), hearers=hearers, words=words)
    return Opened(format_number(order.id), order.due) if after.is_negative else None


@dataclass(frozen=True)
class Progress:
    """What anybody who holds the number may know: state and date, the answer once another has checked it; nothing of the rater, his
    words or the person.
    """

    number: str
    state: str
    chinese: str
    opened_on: date
    due: date
    due_words: str
    answer: str = ""


def progress(db: Session, said: str) -> Progress:
    """Where the order with this number stands. Raises `NoSuchNumber`."""
    number = read_number(said)
    order = table.by_number(db, number) if number else None
    if order is None:
        raise NoSuchNumber(said=said[:12])
    return told(order)


def told(order: table.Rectification) -> Progress:
    answer = order.answer if order.state == RectificationState.CLOSED else ""
    return Progress(format_number(order.id), order.state, RECTIFICATIONS.name(order.state), order.opened_on, order.due, order.due_words, answer)


def of_ratings(db: Session, ids: Sequence[int]) -> dict[int, Progress]:
    return {rating_id: told(order) for rating_id, order in table.of_ratings(db, ids).items()}
