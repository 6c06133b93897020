"""封停: a quota of WeChat's is used up: nothing goes that way until it opens again, and the operator is told once (R10)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.actor import Role
from domain.calendar import SHANGHAI, local_day
from domain.letters import Channel, Closed
from models import holds as table
from models import people

KIND = "quota_used"


def close(db: Session, closed: Closed, now: datetime) -> Iterator[tuple[str, str, dict[str, Any], int]]:
    """Keep it closed; the letters to the operators, one a day and way: (once-key, kind, words, person)."""
    table.put(db, closed.way, closed.until, closed.daily, now)
    if not closed.daily:
        return
    day, channel = local_day(now), Channel(closed.way.partition(":")[2])
    words = {"channel": channel.chinese, "until": f"{closed.until.astimezone(SHANGHAI):%m月%d日 %H:%M}"}
    for person_id in sorted(set(people.any_holder(db, Role.OPERATOR.value, day))):
        yield f"quota:{closed.way}:{day}:{person_id}", KIND, words, person_id


def in_force(db: Session, now: datetime) -> list[Closed]:
    """What is closed now."""
    return [Closed(row.way, row.until, row.daily) for row in table.open_at(db, now)]


def tidy(db: Session, now: datetime) -> None:
    table.drop_before(db, now)
