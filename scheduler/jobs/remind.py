"""remind: the daily round of reminders; a day that was missed is made good, in order, and says what came too late (R06, R07)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from domain.calendar import local_day
from domain.ports import House
from domain.reminders import at
from scheduler.duty import who_we_are
from services import duty, rectification_reminders, reminders

log = structlog.get_logger()
EVERY = timedelta(seconds=20)
_ONE_DAY = timedelta(days=1)


def times_of(house: House) -> duty.Times:
    """Every day at the office's hour."""
    hour = house.settings.reminders.at

    def between(since: datetime, until: datetime) -> Sequence[datetime]:
        day, found = local_day(since), []
        while at(day, hour) <= until:
            if at(day, hour) > since:
                found.append(at(day, hour))
            day += _ONE_DAY
        return found

    return duty.Times("remind", between, _ONE_DAY)


def remind(house: House) -> int:
    """One round for each due time nobody has carried out; how many letters were written. The due time and its letters are one commit."""
    times, written = times_of(house), 0
    with house.database.reading() as db:
        due = duty.due(db, times, house.now())
    for due_at in due:
        with house.database.transaction() as db:
            if duty.take(db, times, due_at, who_we_are(), house.now()):
                day, habits = local_day(due_at), house.settings.reminders.habits
                letters = reminders.queue(db, day, house.now(), habits) + rectification_reminders.queue(db, day, house.now(), habits)
                log.info("reminded", day=str(local_day(due_at)), letters=letters)
                written += letters
    return written
