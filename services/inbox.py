"""来信登记: each message of WeChat counts once; a duplicate gets the first answer, also after a restart (R11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from domain.policy import Policy
from models import conversations, editions, people, ratings
from models import inbox as table


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it is kept: when it was given (whole seconds) and its words; the envelope is made anew, alike to the byte."""

    at: datetime
    answer: str


def expect(db: Session, contacts: Sequence[str]) -> None:
    """Say beforehand who wrote: what will be looked up about them, and the register's edition, come in one journey."""
    editions.announce(db)
    people.announce_contacts(db, contacts)
    conversations.announce(db, contacts)


def earlier(db: Session, marks: Sequence[bytes]) -> dict[bytes, Answered]:
    """mark → the first answer, for messages that were here before."""
    return {mark: Answered(at, answer) for mark, (at, answer) in table.answered(db, marks).items()}


def keep(db: Session, answers: dict[bytes, Answered]) -> None:
    """Keep the answers with what was done. A twin that was faster makes this fail, and everything with it."""
    if answers:
        table.keep(db, [{"mark": mark, "at": one.at, "answer": one.answer} for mark, one in answers.items()])


def tidy(db: Session, now: datetime, policy: Policy) -> None:
    """WeChat repeats within seconds; after `inbox_days` nothing can come again."""
    table.drop_before(db, now - timedelta(days=policy.inbox_days))
    conversations.drop_ended(db, now - timedelta(days=1))
    ratings.drop_watches(db, now)
