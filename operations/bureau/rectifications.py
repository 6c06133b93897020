"""限期整改 of the fortnight: the older the bad rating, the further its order has come."""

from collections.abc import Sequence
from datetime import datetime

from domain.actor import About, Actor
from domain.calendar import CALENDAR
from domain.flows.rectifications import RECTIFICATIONS, RectificationState
from domain.numbers import read_number
from models import rectifications as table
from models.rectifications import Rectification
from operations.bureau.ground import OFFICE, Ground, plan
from operations.bureau.ratings import Order
from services.moves import move

_ANSWERED_AFTER, _VERIFIED_AFTER = 3, 5
"""Days until the head has answered, until the office has called back."""
_REOPENED = 6
"""Every so many verified orders one comes back."""


def go_on(ground: Ground, orders: Sequence[Order]) -> None:
    """Answer and verify what is old enough; an order whose citizen changed his mind is withdrawn already."""
    by_id = {person: name for name, person in ground.people.items()}
    for count, order in enumerate(orders):
        row = table.by_number(ground.db, read_number(order.number) or 0)
        if row is None or row.state != RectificationState.OPEN or order.ago <= _ANSWERED_AFTER:
            continue
        head, then = ground.actor(by_id[row.owner_id or 0]), _worked(ground, order.ago - _ANSWERED_AFTER, order.ago)
        row.answer = ground.dice.choice(plan("answers")["answer"])
        _move(ground, row, head, "answer", ground.moment(then, 16), "已整改并答复")
        if order.ago > _VERIFIED_AFTER:
            verb, then = "reopen" if count % _REOPENED == 0 else "close", _worked(ground, order.ago - _VERIFIED_AFTER, then)
            _move(ground, row, ground.actor(OFFICE), verb, ground.moment(then, 17), plan("answers")[verb])


def _move(ground: Ground, row: Rectification, actor: Actor, verb: str, at: datetime, why: str) -> None:
    about, hearers = About(window_id=row.window_id), {"window_head": row.owner_id, "office": ground.people[OFFICE]}
    move(ground.db, actor, RECTIFICATIONS, row, verb, at, about=about, why=why, hearers=hearers)


def _worked(ground: Ground, ago: int, earliest: int) -> int:
    """The same day if it was worked, else the nearest before, but no earlier than the day it follows from."""
    return next((day for day in range(ago, earliest) if CALENDAR.is_working(ground.day(day))), earliest)
