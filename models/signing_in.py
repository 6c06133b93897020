"""登录工作台: sessions of the console, codes waiting for a phone, passwords, and the tries that failed (R30)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from domain.actor import Role
from models.database import Base, UtcTime
from models.people import Person, SeatRow


class DeskSession(Base):
    """One sign-in to the console: of the token only its digest. `acting` is the seat chosen, “role:body”."""

    __tablename__ = "desk_sessions"
    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    acting: Mapped[str] = mapped_column(String(40), default="")
    seen_at: Mapped[datetime] = mapped_column(UtcTime)
    ends_at: Mapped[datetime] = mapped_column(UtcTime, index=True)


class SignInCode(Base):
    """A code on a sign-in page: which browser shows it, who scanned it, whether that person has confirmed. Used up, it is gone."""

    __tablename__ = "sign_in_codes"
    mark: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    browser: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    confirmed: Mapped[bool] = mapped_column(default=False)
    ends_at: Mapped[datetime] = mapped_column(UtcTime, index=True)


class Password(Base):
    """The first administrator's way in while nobody is bound: argon2 hash, sealed TOTP secret, the last step of time that was used."""

    __tablename__ = "passwords"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    login: Mapped[str] = mapped_column(String(40), unique=True)
    hash: Mapped[str] = mapped_column(String(200))
    totp_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    totp_step: Mapped[int] = mapped_column(BigInteger, default=0)


class WrongTries(Base):
    """Wrong tries under a mark (of an account name, of a network), known or not; while `locked_until` lies ahead, none counts as right."""

    __tablename__ = "wrong_tries"
    mark: Mapped[str] = mapped_column(String(32), primary_key=True)
    wrong: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    locked_until: Mapped[datetime | None] = mapped_column(UtcTime)


def session(db: Session, digest: bytes) -> DeskSession | None:
    return db.get(DeskSession, digest)


def touch(db: Session, digest: bytes, at: datetime) -> None:
    db.execute(update(DeskSession).where(DeskSession.digest == digest).values(seen_at=at))


def end(db: Session, digest: bytes) -> None:
    db.execute(delete(DeskSession).where(DeskSession.digest == digest))


def end_all_of(db: Session, person_id: int) -> None:
    db.execute(delete(DeskSession).where(DeskSession.person_id == person_id))


def code(db: Session, mark: bytes) -> SignInCode | None:
    return db.get(SignInCode, mark, with_for_update=True)


def code_of(db: Session, browser: bytes) -> SignInCode | None:
    return db.scalar(select(SignInCode).where(SignInCode.browser == browser).with_for_update())


def drop_code_of(db: Session, browser: bytes) -> None:
    db.execute(delete(SignInCode).where(SignInCode.browser == browser))


def password(db: Session, login: str) -> Password | None:
    return db.scalar(select(Password).where(Password.login == login))


def tries(db: Session, marks: Sequence[str]) -> dict[str, WrongTries]:
    """Locked until the commit, so that of many at once each counts."""
    return {
        found.mark: found for found in db.scalars(select(WrongTries).where(WrongTries.mark.in_(marks)).order_by(WrongTries.mark).with_for_update())
    }


def one_of_each_role(db: Session) -> list[tuple[int, str, str]]:
    """(person, name, role): the first holder of each role that gives a right of its own."""
    found = select(Person.id, Person.name, SeatRow.role).join(SeatRow, SeatRow.person_id == Person.id)
    found = found.where(SeatRow.role != Role.MEMBER.value).order_by(SeatRow.id)
    first: dict[str, tuple[int, str, str]] = {}
    for person_id, name, role in db.execute(found):
        first.setdefault(role, (person_id, name, role))
    return list(first.values())


def drop_over(db: Session, now: datetime, tries_before: datetime) -> None:
    """What has ended: sessions, codes, and tries nobody repeated."""
    db.execute(delete(DeskSession).where(DeskSession.ends_at < now))
    db.execute(delete(SignInCode).where(SignInCode.ends_at < now))
    db.execute(delete(WrongTries).where(WrongTries.last_at < tries_before))
