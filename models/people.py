"""Bodies (党委、支部、科室), people, their seats with terms, and the addresses the house may write back to."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Date, ForeignKey, LargeBinary, Select, String, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.calendar import local_day
from models.database import Base, UtcTime, partial_index, table_of
from models.prepared import Add, Find


class Body(Base):
    """One node of the organisation's tree. `kind` is one of committee, leading_group, leading_office, branch, section."""

    __tablename__ = "bodies"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(60), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    track: Mapped[str | None] = mapped_column(String(40))
    closed_on: Mapped[date | None] = mapped_column(Date)


class Person(Base):
    """党员 member or other staff. Phone numbers are sealed, with a blind index beside (design.md 5.10)."""

    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    section_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    category: Mapped[str] = mapped_column(String(20), default="正式党员")
    joined_on: Mapped[date | None] = mapped_column(Date)
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary, index=True)
    public_form: Mapped[str] = mapped_column(String(10), default="post")
    left_on: Mapped[date | None] = mapped_column(Date)
    unbound_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class SeatRow(Base):
    """职务: a role in a body from one day to another; no end means until further notice."""

    __tablename__ = "seats"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    role: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(20), default="")
    from_day: Mapped[date] = mapped_column(Date)
    to_day: Mapped[date | None] = mapped_column(Date)


_BOUND = "person_id IS NOT NULL"
"""A citizen's contact stands in no index but its key's: each would be a page more to write with every first message."""


class Contact(Base):
    """An address in WeChat: the only table that knows an openid, and that sealed (P01). A bound contact is a person's."""

    __tablename__ = "contacts"
    __table_args__ = (partial_index("ix_contacts_person_id_account", "person_id", "account", where=_BOUND, unique=True),)
    mark: Mapped[str] = mapped_column(String(32), primary_key=True)
    account: Mapped[str] = mapped_column(String(10))
    openid_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    follows: Mapped[bool] = mapped_column(default=True)
    heard_at: Mapped[datetime | None] = mapped_column(UtcTime)
    gone_at: Mapped[datetime | None] = mapped_column(UtcTime)


_C = table_of(Contact)
_FIND_CONTACTS = Find(_C, "mark", ("mark", "person_id", "heard_at", "gone_at"))
_ADDRESSES_OF = Find(_C, "person_id", ("mark", "person_id", "account", "openid_sealed", "follows", "heard_at"))
_ADDRESSES_AT = Find(_C, "mark", ("mark", "person_id", "account", "openid_sealed", "follows", "heard_at"))
_ADD_CONTACTS = Add(_C, ("mark", "account", "openid_sealed", "follows", "heard_at"), "ON CONFLICT (mark) DO NOTHING")


def body_named(db: Session, name: str) -> Body | None:
    return db.scalar(select(Body).where(Body.name == name))


def people_named(db: Session, name: str) -> Sequence[Person]:
    return db.scalars(select(Person).where(Person.name == name).order_by(Person.id)).all()


def bodies_of(db: Session, kind: str) -> Sequence[Body]:
    return db.scalars(select(Body).where(Body.kind == kind, Body.closed_on.is_(None)).order_by(Body.id)).all()


def bodies_by_id(db: Session, ids: Sequence[int]) -> dict[int, Body]:
    return {found.id: found for found in db.scalars(select(Body).where(Body.id.in_(ids)).order_by(Body.id))} if ids else {}


def branch_name(db: Session, branch_id: int) -> str | None:
    return db.scalar(select(Body.name).where(Body.id == branch_id, Body.kind == "branch"))


def person(db: Session, person_id: int) -> Person | None:
    return db.get(Person, person_id)


def seats_on(db: Session, person_ids: Sequence[int], day: date) -> Sequence[SeatRow]:
    """Seats that are valid on `day`: a term that is over counts at once (R28)."""
    running = (SeatRow.to_day.is_(None)) | (SeatRow.to_day >= day)
    found = select(SeatRow).where(SeatRow.person_id.in_(person_ids), SeatRow.from_day <= day, running)
    return db.scalars(found.order_by(SeatRow.id)).all()


def holders(db: Session, body_id: int, role: str, day: date) -> Sequence[int]:
    """Who holds the role in the body on `day`, eldest seat first."""
    running = (SeatRow.to_day.is_(None)) | (SeatRow.to_day >= day)
    found = select(SeatRow.person_id).where(SeatRow.body_id == body_id, SeatRow.role == role, SeatRow.from_day <= day, running)
    return db.scalars(found.order_by(SeatRow.id)).all()


def any_holder(db: Session, role: str, day: date) -> Sequence[int]:
    """Who holds the role in whatever body on `day`, eldest seat first."""
    running = (SeatRow.to_day.is_(None)) | (SeatRow.to_day >= day)
    return db.scalars(select(SeatRow.person_id).where(SeatRow.role == role, SeatRow.from_day <= day, running).order_by(SeatRow.id)).all()


def holders_by_body(db: Session, role: str, day: date) -> dict[int, list[int]]:
    """body → who holds the role there on `day`, eldest seat first; for all bodies at once."""
    running = (SeatRow.to_day.is_(None)) | (SeatRow.to_day >= day)
    found: dict[int, list[int]] = {}
    for seat in db.scalars(select(SeatRow).where(SeatRow.role == role, SeatRow.from_day <= day, running).order_by(SeatRow.id)):
        found.setdefault(seat.body_id, []).append(seat.person_id)
    return found


def everyone(db: Session) -> Sequence[Person]:
    """All people ever written down, in the order they were."""
    return db.scalars(select(Person).order_by(Person.id)).all()


def of_branch(db: Session, branch_id: int, day: date) -> Sequence[Person]:
    """Who belongs to the branch on this day, in the order they were written down."""
    here = (Person.left_on.is_(None)) | (Person.left_on > day)
    return db.scalars(select(Person).where(Person.branch_id == branch_id, here).order_by(Person.id)).all()


def people_by_id(db: Session, ids: Sequence[int]) -> dict[int, Person]:
    return {found.id: found for found in db.scalars(select(Person).where(Person.id.in_(ids)))}


class AddressRow(NamedTuple):
    """What a letter needs of a contact."""

    mark: str
    person_id: int | None
    account: str
    openid_sealed: bytes
    follows: bool
    heard_at: datetime | None


def addresses_of(db: Session, person_ids: Sequence[int]) -> list[AddressRow]:
    """All addresses of these people."""
    return [AddressRow(*row) for row in _ADDRESSES_OF(db, person_ids)]


def members_addresses(db: Session) -> list[AddressRow]:
    """All addresses of people, none of citizens."""
    columns = (_C.c.mark, _C.c.person_id, _C.c.account, _C.c.openid_sealed, _C.c.follows, _C.c.heard_at)
    return [AddressRow(*row) for row in db.execute(select(*columns).where(_C.c.person_id.is_not(None)).order_by(_C.c.mark))]


def addresses_at(db: Session, marks: Sequence[str]) -> list[AddressRow]:
    return [AddressRow(*row) for row in _ADDRESSES_AT(db, marks)]


def contacts(db: Session, marks: Sequence[str]) -> dict[str, tuple[int | None, datetime | None, datetime | None]]:
    """mark → (person, when last heard, when gone)."""
    return {mark: (person_id, heard_at, gone_at) for mark, person_id, heard_at, gone_at in _FIND_CONTACTS(db, marks)}


def announce_contacts(db: Session, marks: Sequence[str]) -> None:
    """`contacts` will be asked for these."""
    _FIND_CONTACTS.announce(db, marks)


def contact(db: Session, mark: str) -> Contact | None:
    return db.get(Contact, mark)


def contacts_of(db: Session, person_id: int) -> Sequence[Contact]:
    return db.scalars(select(Contact).where(Contact.person_id == person_id)).all()


def add_contacts(db: Session, rows: Sequence[dict[str, object]]) -> None:
    """Many at once; one that is there already, by a race, stays as it is."""
    _ADD_CONTACTS.later(db, sorted(rows, key=lambda row: str(row["mark"])))


def heard(db: Session, marks: Sequence[str], at: datetime) -> None:
    """They wrote just now: the 48-hour window is open, and they follow."""
    db.execute(update(Contact).where(Contact.mark.in_(marks)).values(heard_at=at, follows=True, gone_at=None))


def forget_contact(db: Session, mark: str, at: datetime) -> None:
    """退订: the binding goes at once, the address after its term (P01)."""
    bound = select(Contact.person_id).where(Contact.mark == mark).scalar_subquery()
    db.execute(update(Person).where(Person.id == bound).values(unbound_on=local_day(at)))
    db.execute(update(Contact).where(Contact.mark == mark).values(follows=False, person_id=None, gone_at=at))


def bodies(db: Session) -> Sequence[Body]:
    """The whole tree, in the order it was written down."""
    return db.scalars(select(Body).order_by(Body.id)).all()


def seats_of_all(db: Session, day: date) -> Sequence[SeatRow]:
    """Every seat that is valid on `day`, the eldest first."""
    running = (SeatRow.to_day.is_(None)) | (SeatRow.to_day >= day)
    return db.scalars(select(SeatRow).where(SeatRow.from_day <= day, running).order_by(SeatRow.id)).all()


def serving(db: Session, day: date) -> Sequence[Person]:
    """People who have not left by `day`."""
    return db.scalars(select(Person).where((Person.left_on.is_(None)) | (Person.left_on > day)).order_by(Person.id)).all()


def branches_of_sections(db: Session) -> dict[int, int]:
    """科室 → the branch most of its people belong to."""
    n = func.count()
    found = select(Person.section_id, Person.branch_id, n).where(Person.section_id.is_not(None), Person.branch_id.is_not(None))
    rows = db.execute(found.group_by(Person.section_id, Person.branch_id).order_by(n, Person.branch_id.desc()))
    return {section_id: branch_id for section_id, branch_id, _ in rows if section_id is not None and branch_id is not None}


def drop_contacts(db: Session, marks: Sequence[str]) -> None:
    """Erase these addresses; whoever writes again is new. Their sessions must have gone before."""
    db.execute(delete(Contact).where(Contact.mark.in_(marks)))


def contacts_gone_before(db: Session, moment: datetime) -> Sequence[str]:
    return db.scalars(select(Contact.mark).where(Contact.gone_at < moment)).all()


def erase_numbers(db: Session, day: date) -> int:
    """Numbers of people who let go of their last phone before `day`; how many."""
    held = select(Contact.person_id).where(Contact.person_id.is_not(None))
    gone = Person.unbound_on < day, Person.id.not_in(held)
    erased = update(Person).where(*gone).values(phone_sealed=None, phone_index=None, unbound_on=None, version=Person.version + 1)
    return int(getattr(db.execute(erased.execution_options(synchronize_session=False)), "rowcount", 0))


def erased(name: str) -> Select[Any]:
    """The ids of those whose name is this, which says that it is gone."""
    return select(Person.id).where(Person.name == name)


def erase_left(db: Session, day: date, name: str) -> int:
    """People who left before `day` are nobody any more: a number that the records still point to; how many."""
    values = {"name": name, "joined_on": None, "phone_sealed": None, "phone_index": None, "public_form": "post", "category": ""}
    erased = update(Person).where(Person.left_on < day, Person.name != name).values(**values, version=Person.version + 1)
    return int(getattr(db.execute(erased.execution_options(synchronize_session=False)), "rowcount", 0))
