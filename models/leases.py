"""值守 leases: which clock is on duty; a standby takes over when the lease runs out (reliability.md 3.2)."""

from datetime import datetime

from sqlalchemy import String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime, insert_unless_there, table_of


class Lease(Base):
    __tablename__ = "leases"
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    holder: Mapped[str] = mapped_column(String(60))
    until: Mapped[datetime] = mapped_column(UtcTime)
    since: Mapped[datetime] = mapped_column(UtcTime)


_L = table_of(Lease)


def take(db: Session, name: str, holder: str, now: datetime, until: datetime) -> bool:
    """Take or keep it: when it is free, run out, or ours. One statement, so two never both have it."""
    row = insert_unless_there(db, _L).values(name=name, holder=holder, until=until, since=now)
    since = {"holder": holder, "until": until, "since": now}
    taken = row.on_conflict_do_update(index_elements=["name"], set_=since, where=or_(_L.c.until <= now, _L.c.holder == holder))
    return db.execute(taken.returning(_L.c.holder)).first() is not None


def on_duty(db: Session, name: str) -> Lease | None:
    return db.scalars(select(Lease).where(Lease.name == name)).one_or_none()
