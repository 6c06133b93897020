"""限期整改 of the fortnight: the older the bad rating, the further its order has come."""

from collections.abc import Sequence

from domain.calendar import CALENDAR
from domain.flows.rectifications import RectificationState
from domain.numbers import read_number
from domain.policy import STANDARD
from domain.rectifications import Verdict
from models import rectifications as table
from operations.bureau.ground import OFFICE, Ground, plan
from operations.bureau.ratings import Order
from services import rectification_answers

_ANSWERED_AFTER, _VERIFIED_AFTER = 3, 5
"""Days until the head has answered, until the office has called back."""
_REOPENED = 6
"""Every so many verified orders one comes back."""
_SAID, _DISSATISFIED = 2, 5
"""Every so many raters say whether they are satisfied; every so many of these are not."""


def go_on(ground: Ground, orders: Sequence[Order]) -> None:
    """Answer and verify what is old enough; an order whose citizen changed his mind is withdrawn already."""
    by_id = {person: name for name, person in ground.people.items()}
    for count, order in enumerate(orders):
        row = table.by_number(ground.db, read_number(order.number) or 0)
        if row is None or row.state != RectificationState.OPEN or order.ago <= _ANSWERED_AFTER:
            continue
        head, then = ground.actor(by_id[row.owner_id or 0]), _worked(ground, order.ago - _ANSWERED_AFTER, order.ago)
        words = ground.dice.choice(plan("answers")["answer"])
        rectification_answers.answer(ground.db, head, order.number, words, ground.moment(then, 16))
        if order.ago > _VERIFIED_AFTER:
            _check(ground, order, _worked(ground, order.ago - _VERIFIED_AFTER, then), count)


def _check(ground: Ground, order: Order, ago: int, count: int) -> None:
    """Sent back, or closed; of those closed every other rater says what he thinks of it."""
    at, office = ground.moment(ago, 17), ground.actor(OFFICE)
    if count % _REOPENED == 0:
        rectification_answers.send_back(ground.db, office, order.number, plan("answers")["reopen"], at, STANDARD)
        return
    rectification_answers.close(ground.db, office, order.number, at)
    if count % _SAID == 0:
        verdict = Verdict.DISSATISFIED if count % _DISSATISFIED == 0 else Verdict.SATISFIED
        rectification_answers.judge(ground.db, order.rater, order.number, verdict, "", ground.moment(ago, 18), STANDARD)


def _worked(ground: Ground, ago: int, earliest: int) -> int:
    """The same day if it was worked, else the nearest before, but no earlier than the day it follows from."""
    return next((day for day in range(ago, earliest) if CALENDAR.is_working(ground.day(day))), earliest)
