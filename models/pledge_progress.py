"""践诺进展 progress: what was reported of a pledge, entry by entry; nothing is overwritten (A12)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Date, ForeignKey, SmallInteger, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.campaigns import CampaignRow
from models.database import Base
from models.pledges import Pledge


class Progress(Base):
    """`kind`: progress, fulfil (报告兑现) or excuse (说明客观原因)."""

    __tablename__ = "pledge_progress"
    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(10))
    percent: Mapped[int] = mapped_column(SmallInteger)
    words: Mapped[str] = mapped_column(String(500))
    day: Mapped[date] = mapped_column(Date)


def of_pledge(db: Session, pledge_id: int) -> Sequence[Progress]:
    """The oldest first."""
    return db.scalars(select(Progress).where(Progress.pledge_id == pledge_id).order_by(Progress.id)).all()


def blank_of_persons(db: Session, before: date) -> None:
    """What persons reported of their pledges, and reviewers wrote beside them, in campaigns that ended before that day (P11)."""
    ended = select(CampaignRow.key).where(CampaignRow.ends_on < before)
    old = select(Pledge.id).where(Pledge.unit_id.is_(None), Pledge.campaign.in_(ended))
    db.execute(update(Progress).where(Progress.pledge_id.in_(old), Progress.day < before, Progress.words != "").values(words=""))
    later = select(Progress.pledge_id).where(Progress.day >= before)
    mute = update(Pledge).where(Pledge.id.in_(old), Pledge.id.not_in(later), Pledge.opinion != "")
    db.execute(mute.values(opinion="", version=Pledge.version + 1))


def blank_causes_of_persons(db: Session, state: str, before: date) -> None:
    """Objective causes of persons' pledges that stand in this state, reported before that day (P12)."""
    settled = select(Pledge.id).where(Pledge.unit_id.is_(None), Pledge.state == state)
    causes = update(Progress).where(Progress.pledge_id.in_(settled), Progress.kind == "excuse", Progress.day < before, Progress.words != "")
    db.execute(causes.values(words=""))
