"""活动、阶段、任务、主题: what a campaign file became; what a file no longer holds is closed, never deleted (F01, A2, A5, A25)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import JSON, Date, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime


class CampaignRow(Base):
    """One campaign. `text` is its file as loaded: roles, chains, tracks and limits are read from there."""

    __tablename__ = "campaigns"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date] = mapped_column(Date, index=True)
    ends_on: Mapped[date] = mapped_column(Date)
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12), default="prepared", index=True)
    started_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class PhaseRow(Base):
    """阶段: `wording` is what the papers say, the dates are what it resolves to; phases may overlap."""

    __tablename__ = "phases"
    __table_args__ = (UniqueConstraint("campaign_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    key: Mapped[str] = mapped_column(String(40))
    no: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    wording: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    whole_course: Mapped[bool]
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)


class TaskRow(Base):
    """One row of the 配档表. `last_day` is the deadline or the end of its days, None where the papers give words only.

    `by`, `tracks` hold identifiers of roles and tracks; an empty `tracks` is for everyone.
    """

    __tablename__ = "tasks"
    __table_args__ = (UniqueConstraint("campaign_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    phase_id: Mapped[int | None] = mapped_column(ForeignKey("phases.id"))
    key: Mapped[str] = mapped_column(String(40))
    rank: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    by: Mapped[list[str]] = mapped_column(JSON)
    report_to: Mapped[str] = mapped_column(String(40))
    approver: Mapped[str] = mapped_column(String(40))
    wording: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    due_on: Mapped[date | None] = mapped_column(Date)
    last_day: Mapped[date | None] = mapped_column(Date, index=True)
    deliverable: Mapped[str] = mapped_column(String(200))
    carrier: Mapped[str] = mapped_column(String(40))
    tracks: Mapped[list[str]] = mapped_column(JSON)
    standing: Mapped[bool]
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)


class ThemeRow(Base):
    """承诺主题; `track` empty is for everyone."""

    __tablename__ = "themes"
    __table_args__ = (UniqueConstraint("campaign_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    key: Mapped[str] = mapped_column(String(40))
    rank: Mapped[int]
    text: Mapped[str] = mapped_column(String(200))
    track: Mapped[str] = mapped_column(String(40))
    needs_schedule: Mapped[bool]
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)


Part = TypeVar("Part", PhaseRow, TaskRow, ThemeRow)
"""What a campaign is made of; each part has a key that is unique in its campaign, and may be closed."""


def campaign(db: Session, key: str) -> CampaignRow | None:
    return db.scalar(select(CampaignRow).where(CampaignRow.key == key))


def running(db: Session, day: date) -> Sequence[CampaignRow]:
    """Campaigns whose course holds this day, the newest first."""
    found = select(CampaignRow).where(CampaignRow.starts_on <= day, CampaignRow.ends_on >= day)
    return db.scalars(found.order_by(CampaignRow.starts_on.desc(), CampaignRow.id.desc())).all()


def in_state(db: Session, state: str) -> Sequence[CampaignRow]:
    """Campaigns in this state, the newest course first."""
    return db.scalars(select(CampaignRow).where(CampaignRow.state == state).order_by(CampaignRow.starts_on.desc(), CampaignRow.id.desc())).all()


def every(db: Session) -> Sequence[CampaignRow]:
    """All campaigns, the newest course first."""
    return db.scalars(select(CampaignRow).order_by(CampaignRow.starts_on.desc(), CampaignRow.id.desc())).all()


def open_phases(db: Session, campaign_id: int, day: date) -> Sequence[PhaseRow]:
    """Every phase that is open on this day, in the papers' order."""
    found = select(PhaseRow).where(PhaseRow.campaign_id == campaign_id, PhaseRow.closed_at.is_(None))
    return db.scalars(found.where(PhaseRow.starts_on <= day, PhaseRow.ends_on >= day).order_by(PhaseRow.no)).all()


def phases(db: Session, campaign_id: int) -> Sequence[PhaseRow]:
    return db.scalars(select(PhaseRow).where(PhaseRow.campaign_id == campaign_id, PhaseRow.closed_at.is_(None)).order_by(PhaseRow.no)).all()


def tasks(db: Session, campaign_id: int) -> Sequence[TaskRow]:
    """The 配档表 without closed rows, in the file's order."""
    return db.scalars(select(TaskRow).where(TaskRow.campaign_id == campaign_id, TaskRow.closed_at.is_(None)).order_by(TaskRow.rank)).all()


def task(db: Session, task_id: int) -> TaskRow | None:
    return db.get(TaskRow, task_id)


def themes(db: Session, campaign_id: int) -> Sequence[ThemeRow]:
    return db.scalars(select(ThemeRow).where(ThemeRow.campaign_id == campaign_id, ThemeRow.closed_at.is_(None)).order_by(ThemeRow.rank)).all()


def parts(db: Session, kind: type[Part], campaign_id: int) -> dict[str, Part]:
    """All rows of one kind by key, the closed ones too."""
    return {row.key: row for row in db.scalars(select(kind).where(kind.campaign_id == campaign_id))}
