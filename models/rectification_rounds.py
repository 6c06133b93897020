"""整改的每一轮: what was answered, what the check found, what the rater said; and who wants to hear of the end (S1, F24)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint, and_, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from models.database import Base
from models.rectifications import Rectification


class RectificationRound(Base):
    """One answer and its fate; a returned order gets another. `opinion` is the check's word, `verdict` the rater's, “” before it is given."""

    __tablename__ = "rectification_rounds"
    __table_args__ = (UniqueConstraint("rectification_id", "no"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    rectification_id: Mapped[int] = mapped_column(ForeignKey("rectifications.id"))
    no: Mapped[int]
    answer: Mapped[str] = mapped_column(String(500))
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_on: Mapped[date] = mapped_column(Date)
    opinion: Mapped[str] = mapped_column(String(300), default="")
    checked_on: Mapped[date | None] = mapped_column(Date)
    verdict: Mapped[str] = mapped_column(String(12), default="")
    verdict_words: Mapped[str] = mapped_column(String(500), default="")


class RectificationFollower(Base):
    """Who asked to be told of the end of a number: anybody who holds it, told once and forgotten. Says nothing of who rated."""

    __tablename__ = "rectification_followers"
    rectification_id: Mapped[int] = mapped_column(ForeignKey("rectifications.id"), primary_key=True)
    contact: Mapped[str] = mapped_column(String(32), primary_key=True)


def of_order(db: Session, order_id: int) -> Sequence[RectificationRound]:
    """The first round first."""
    return db.scalars(select(RectificationRound).where(RectificationRound.rectification_id == order_id).order_by(RectificationRound.no)).all()


def ends(db: Session, windows: Sequence[int], since: date) -> Sequence[tuple[str, date, date | None, str]]:
    """(state, due day, day of the last check, the last verdict) of every order of these windows opened since that day."""
    other = aliased(RectificationRound)
    last = select(func.max(other.no)).where(other.rectification_id == Rectification.id).correlate(Rectification).scalar_subquery()
    found = select(Rectification.state, Rectification.due, RectificationRound.checked_on, RectificationRound.verdict)
    found = found.outerjoin(RectificationRound, and_(RectificationRound.rectification_id == Rectification.id, RectificationRound.no == last))
    rows = db.execute(found.where(Rectification.window_id.in_(windows), Rectification.opened_on >= since))
    return [(row[0], row[1], row[2], row[3] or "") for row in rows]


def follow(db: Session, order_id: int, contact: str) -> None:
    db.merge(RectificationFollower(rectification_id=order_id, contact=contact))


def take_followers(db: Session, order_id: int) -> list[str]:
    """Their addresses, which are forgotten with this."""
    gone = delete(RectificationFollower).where(RectificationFollower.rectification_id == order_id).returning(RectificationFollower.contact)
    return sorted(db.scalars(gone).all())


def forget_contacts(db: Session, marks: Sequence[str]) -> None:
    """These phones are nobody's any more."""
    db.execute(delete(RectificationFollower).where(RectificationFollower.contact.in_(marks)))


def let_go_of_answerers(db: Session, states: Sequence[str], before: date) -> None:
    """Rounds of orders in these states, due before that day, name nobody any more (P12)."""
    settled = select(Rectification.id).where(Rectification.state.in_(states), Rectification.due < before)
    named = RectificationRound.rectification_id.in_(settled), RectificationRound.answered_by.is_not(None)
    db.execute(update(RectificationRound).where(*named).values(answered_by=None))
