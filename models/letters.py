"""信件 letters: what must leave the house, written with the deed; the clock claims, sends and settles them (design.md 2)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import JSON, ForeignKey, Index, Integer, Row, String, bindparam, cast, func, literal, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.letters import LetterState
from models.amending import Amend
from models.database import Base, UtcTime, insert_unless_there, partial_index, table_of
from models.people import Person
from models.prepared import Add

_NUMBERED = "message_id IS NOT NULL"
"""Only what has left has a number: 100,000 letters that wait are queued in half the time without an entry each."""


class Letter(Base):
    """`once` makes writing it twice impossible. Addressed to a person or to a contact's mark, never to an openid.

    `until` is when it is of no use any more; `doubts` counts the attempts whose outcome nobody knows; `receipt` is what WeChat told
    later about the message with `message_id`.
    """

    __tablename__ = "letters"
    __table_args__ = (
        Index("ix_letters_state_due_at_id", "state", "due_at", "id"),
        partial_index("ix_letters_message_id", "message_id", where=_NUMBERED),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str] = mapped_column(String(100), unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    contact: Mapped[str | None] = mapped_column(String(32))
    words: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10), default=LetterState.WAITING.value)
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    written_at: Mapped[datetime] = mapped_column(UtcTime)
    until: Mapped[datetime | None] = mapped_column(UtcTime)
    spare: Mapped[int] = mapped_column(default=0, server_default="0")
    attempts: Mapped[int] = mapped_column(default=0)
    doubts: Mapped[int] = mapped_column(default=0, server_default="0")
    claimed_by: Mapped[str | None] = mapped_column(String(60))
    claimed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcTime)
    channel: Mapped[str | None] = mapped_column(String(16))
    outcome: Mapped[str] = mapped_column(String(200), default="")
    message_id: Mapped[str | None] = mapped_column(String(40))
    receipt: Mapped[str | None] = mapped_column(String(40))


_L = table_of(Letter)
_COLUMNS = ("once", "kind", "person_id", "contact", "words", "state", "due_at", "written_at", "attempts", "outcome")
_WRITE = Add(_L, _COLUMNS, "ON CONFLICT (once) DO NOTHING")
_WRITE_TIMELY = Add(_L, (*_COLUMNS, "until", "spare"), "ON CONFLICT (once) DO NOTHING")
_MANY = 2_000
"""Rows of one statement: SQLite takes 32,766 values."""
_SLICE = 20_000
"""People whom one statement of a circular reaches: none may run longer than the database's patience."""
_DUE = (
    select(_L.c.id)
    .where(_L.c.state == LetterState.WAITING, _L.c.due_at <= bindparam("now"))
    .order_by(_L.c.due_at, _L.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(_L)
    .where(_L.c.id.in_(_DUE.scalar_subquery()))
    .values(state=LetterState.SENDING.value, claimed_by=bindparam("who"), claimed_at=bindparam("now"), attempts=_L.c.attempts + 1)
    .returning(_L.c.id, _L.c.kind, _L.c.words, _L.c.attempts, _L.c.doubts, _L.c.spare, _L.c.person_id, _L.c.contact)
)
_SETTLED = ("state", "due_at", "settled_at", "channel", "outcome", "message_id")
_SETTLE = Amend(
    "letters",
    {name: _L.c[name].type for name in ("id", "claimed_by", *_SETTLED)} | {"give_back": Integer(), "doubt": Integer()},
    ", ".join(f"{name} = new.{name}" for name in _SETTLED) + ", attempts = attempts - new.give_back, doubts = doubts + new.doubt",
    "letters.id = new.id AND letters.claimed_by = new.claimed_by AND letters.state || '' = 'sending'",  # found by id, never by the index of states
)


def write(db: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Letters under their once-keys; one already written stays as it is."""
    for at in range(0, len(rows), _MANY):
        _WRITE.later(db, rows[at : at + _MANY])


def write_timely(db: Session, rows: Sequence[dict[str, Any]]) -> None:
    """The same for letters that have `until` and `spare`."""
    for at in range(0, len(rows), _MANY):
        _WRITE_TIMELY.later(db, rows[at : at + _MANY])


def circulate(db: Session, once: str, alike: dict[str, Any], day: date, branches: Sequence[int] | None) -> None:
    """One letter to everybody who belongs to the bureau, or to these branches, written by the database itself."""
    here = select(literal(f"{once}:") + cast(Person.id, String), Person.id, *(literal(value, _L.c[name].type) for name, value in alike.items()))
    here = here.where(or_(Person.left_on.is_(None), Person.left_on > day))
    if branches is not None:
        here = here.where(Person.branch_id.in_(branches))
    for first in range(0, int(db.scalar(select(func.max(Person.id))) or 0) + 1, _SLICE):
        some = here.where(Person.id >= first, Person.id < first + _SLICE)
        db.execute(insert_unless_there(db, _L).from_select(["once", "person_id", *alike], some).on_conflict_do_nothing())


def claim(db: Session, who: str, now: datetime, most: int) -> Sequence[Row[Any]]:
    """Take up to `most` that are due, the oldest first: by SKIP LOCKED on PostgreSQL, by the single writer on SQLite."""
    return sorted(db.execute(_CLAIM, {"who": who, "now": now, "most": most}).all())


def expire(db: Session, now: datetime) -> int:
    """Those whose time is over are not sent any more, and say so."""
    late = update(_L).where(_L.c.state == LetterState.WAITING, _L.c.due_at <= now, _L.c.until <= now)
    done = db.execute(late.values(state=LetterState.EXPIRED.value, settled_at=now, outcome="过期未发").returning(_L.c.id))
    return len(done.all())


def claims_before(db: Session, moment: datetime) -> Sequence[Letter]:
    """Claims whose sender went silent."""
    stale = select(Letter).where(Letter.state == LetterState.SENDING, Letter.claimed_at < moment)
    return db.scalars(stale.order_by(Letter.id).with_for_update(skip_locked=True)).all()


def claims_of(db: Session, who: str) -> Sequence[Letter]:
    """What this sender has in its hands."""
    return db.scalars(select(Letter).where(Letter.state == LetterState.SENDING, Letter.claimed_by == who).order_by(Letter.id).with_for_update()).all()


def settle(db: Session, who: str, rows: Sequence[dict[str, Any]]) -> None:
    """Record what became of them, as far as the claims are still this sender's."""
    _SETTLE(db, [{"claimed_by": who, **row} for row in rows])


def turn(db: Session, ids: Sequence[int], source: LetterState, values: dict[str, Any]) -> list[int]:
    """Change letters that are still in this state; which ones were."""
    done = db.execute(update(_L).where(_L.c.id.in_(ids), _L.c.state == source.value).values(**values).returning(_L.c.id))
    return sorted(done.scalars())


def receive(db: Session, message_id: str, receipt: str) -> bool:
    """Whether there is such a message."""
    return db.execute(update(_L).where(_L.c.message_id == message_id).values(receipt=receipt[:40]).returning(_L.c.id)).first() is not None


def receive_oldest(db: Session, stand_in: str, message_id: str, receipt: str) -> bool:
    """Of the messages under this stand-in for a number, the one sent first gets the number and the receipt."""
    first = select(_L.c.id).where(_L.c.message_id == stand_in).order_by(_L.c.settled_at, _L.c.id).limit(1).scalar_subquery()
    done = update(_L).where(_L.c.id == first).values(message_id=message_id, receipt=receipt[:40])
    return db.execute(done.returning(_L.c.id)).first() is not None


def waiting_under(db: Session, keys: Sequence[str]) -> Sequence[Letter]:
    """Of the letters under these once-keys those that nobody has taken yet, held until this transaction ends."""
    found = select(Letter).where(Letter.once.in_(keys), Letter.state == LetterState.WAITING.value).order_by(Letter.id)
    return db.scalars(found.with_for_update(skip_locked=True).execution_options(populate_existing=True)).all() if keys else []


def there(db: Session, once: str) -> bool:
    """Whether a letter was written under this key."""
    return db.scalar(select(Letter.id).where(Letter.once == once)) is not None


def by_id(db: Session, letter_id: int) -> Letter | None:
    return db.get(Letter, letter_id)


def counts(db: Session) -> dict[str, int]:
    return {row[0]: row[1] for row in db.execute(select(_L.c.state, func.count()).group_by(_L.c.state))}


def waiting_since(db: Session, before: datetime) -> int:
    """Letters without an end that should have had one: what is stuck."""
    open_states = (LetterState.WAITING.value, LetterState.SENDING.value)
    late = select(func.count()).select_from(_L).where(_L.c.state.in_(open_states), _L.c.due_at < before)
    return int(db.scalar(late) or 0)


def of_person(db: Session, person_id: int) -> Sequence[Letter]:
    return db.scalars(select(Letter).where(Letter.person_id == person_id).order_by(Letter.id.desc())).all()


def forget_contacts(db: Session, marks: Sequence[str]) -> None:
    """Letters to these phones lose address and words; that they were sent stays."""
    db.execute(update(Letter).where(Letter.contact.in_(marks)).values(contact=None, words={}))


def blank_settled_before(db: Session, moment: datetime) -> None:
    """Words of letters long settled go: they name people. Kind, channel and time stay."""
    db.execute(update(Letter).where(Letter.settled_at < moment, Letter.person_id.is_not(None), cast(Letter.words, String) != "{}").values(words={}))


class Told(NamedTuple):
    """A letter in the office's list."""

    letter: Letter
    name: str | None


def page(db: Session, states: Sequence[str], kinds: Sequence[str], name: str, before: int, most: int) -> Sequence[Told]:
    """The newest first, with whom they are for; empty filters let all through."""
    found = select(Letter, Person.name).outerjoin(Person, Person.id == Letter.person_id)
    if states:
        found = found.where(Letter.state.in_(states))
    if kinds:
        found = found.where(Letter.kind.in_(kinds))
    if name:
        found = found.where(Person.name.contains(name, autoescape=True))
    if before:
        found = found.where(Letter.id < before)
    return [Told(letter, whose) for letter, whose in db.execute(found.order_by(Letter.id.desc()).limit(most))]


def oldest_waiting(db: Session, now: datetime) -> datetime | None:
    """Since when the oldest letter that is due has been waiting."""
    waiting = select(func.min(Letter.due_at)).where(Letter.state.in_((LetterState.WAITING, LetterState.SENDING)), Letter.due_at <= now)
    return db.scalar(waiting)
