"""邀请码、绑定申请: codes that bind a person's WeChat once, and matches that wait for a secretary's word."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import CursorResult, ForeignKey, LargeBinary, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime
from models.people import Contact, Person


class Invitation(Base):
    """One code for one person: only its keyed digest is kept."""

    __tablename__ = "invitations"
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ends_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)


class BindingRequest(Base):
    """“Is this phone that person's?” `person_id` is None when nobody fits: whoever asked is not told which it is."""

    __tablename__ = "binding_requests"
    id: Mapped[int] = mapped_column(primary_key=True)
    contact: Mapped[str] = mapped_column(String(32), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    said_name: Mapped[str] = mapped_column(String(40))
    doubt: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10), default="waiting", index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcTime)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


def open_invitation(db: Session, digest: bytes, now: datetime) -> Invitation | None:
    found = select(Invitation).where(Invitation.digest == digest, Invitation.used_at.is_(None), Invitation.ends_at > now)
    return db.scalar(found)


def use_up(db: Session, invitation_id: int, now: datetime) -> bool:
    """False when another phone was faster."""
    spent = update(Invitation).where(Invitation.id == invitation_id, Invitation.used_at.is_(None)).values(used_at=now)
    done = db.execute(spent)
    return isinstance(done, CursorResult) and done.rowcount == 1


def drop_open_invitations(db: Session, person_id: int) -> None:
    """Codes that nobody has used yet are worth nothing from now on."""
    db.execute(delete(Invitation).where(Invitation.person_id == person_id, Invitation.used_at.is_(None)))


def open_invitations(db: Session, person_ids: Collection[int], now: datetime) -> dict[int, datetime]:
    """person → until when the open code counts."""
    found = select(Invitation.person_id, Invitation.ends_at)
    rows = db.execute(found.where(Invitation.person_id.in_(person_ids), Invitation.used_at.is_(None), Invitation.ends_at > now))
    return {row[0]: row[1] for row in rows}


def by_phone(db: Session, index: bytes, most: int = 5) -> Sequence[Person]:
    """People present who have this number."""
    return db.scalars(select(Person).where(Person.phone_index == index, Person.left_on.is_(None)).order_by(Person.id).limit(most)).all()


def by_name(db: Session, name: str, most: int = 5) -> Sequence[Person]:
    """People present of this name."""
    return db.scalars(select(Person).where(Person.name == name, Person.left_on.is_(None)).order_by(Person.id).limit(most)).all()


def bound(db: Session, person_ids: Collection[int]) -> Sequence[Contact]:
    """The phones of these people."""
    return db.scalars(select(Contact).where(Contact.person_id.in_(person_ids)).order_by(Contact.mark)).all()


def link(db: Session, mark: str, person_id: int) -> bool:
    """Bind the phone; False when it is bound already. A second phone of one account for one person breaks the unique row."""
    done = db.execute(update(Contact).where(Contact.mark == mark, Contact.person_id.is_(None)).values(person_id=person_id))
    return isinstance(done, CursorResult) and done.rowcount == 1


def unlink(db: Session, marks: Collection[str]) -> None:
    db.execute(update(Contact).where(Contact.mark.in_(marks)).values(person_id=None))


def request(db: Session, request_id: int) -> BindingRequest | None:
    return db.get(BindingRequest, request_id)


def requests_of(db: Session, contact: str, state: str) -> Sequence[BindingRequest]:
    found = select(BindingRequest).where(BindingRequest.contact == contact, BindingRequest.state == state)
    return db.scalars(found.order_by(BindingRequest.id)).all()


def requests_in(db: Session, state: str, branches: Collection[int] | None, most: int = 100) -> Sequence[tuple[BindingRequest, Person | None]]:
    """Requests with the person each is about, of these branches or (None) of all; eldest first."""
    found = select(BindingRequest, Person).outerjoin(Person, Person.id == BindingRequest.person_id).where(BindingRequest.state == state)
    if branches is not None:
        found = found.where(Person.branch_id.in_(branches))
    return [(row, person) for row, person in db.execute(found.order_by(BindingRequest.id).limit(most))]


def asked_before(db: Session, state: str, moment: datetime) -> Sequence[BindingRequest]:
    return db.scalars(select(BindingRequest).where(BindingRequest.state == state, BindingRequest.asked_at < moment)).all()


def drop_ended(db: Session, now: datetime, settled_before: datetime, waiting: str) -> None:
    """Codes whose time is over, requests long settled."""
    db.execute(delete(Invitation).where(Invitation.ends_at < now))
    db.execute(delete(BindingRequest).where(BindingRequest.state != waiting, BindingRequest.asked_at < settled_before))


def drop_requests_of(db: Session, contacts: Collection[str]) -> None:
    db.execute(delete(BindingRequest).where(BindingRequest.contact.in_(contacts)))


def drop_all_of(db: Session, person_id: int) -> None:
    """Codes for a person and requests that name him."""
    db.execute(delete(Invitation).where(Invitation.person_id == person_id))
    db.execute(delete(BindingRequest).where(BindingRequest.person_id == person_id))
