"""Receipts that came before we knew of the message: WeChat may tell what became of a letter before its sender has written down that it
left (reliability.md R11).
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, delete, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime, table_of


class EarlyReceipt(Base):
    """`number` is WeChat's, `stand_in` that of a message without one (domain/letters.py); kept until its letter is settled, or a day."""

    __tablename__ = "early_receipts"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), index=True)
    stand_in: Mapped[str | None] = mapped_column(String(40), index=True)
    receipt: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcTime)


_E = table_of(EarlyReceipt)
_MANY = 500


def keep(db: Session, number: str, stand_in: str | None, receipt: str, now: datetime) -> None:
    db.add(EarlyReceipt(number=number, stand_in=stand_in, receipt=receipt[:40], at=now))


def take(db: Session, numbers: Sequence[str]) -> list[tuple[str, str, str]]:
    """(number, stand-in or “”, receipt) of those that belong to these messages, in the order in which they came; they are gone then."""
    found: list[tuple[str, str, str]] = []
    for first in range(0, len(numbers), _MANY):
        some = numbers[first : first + _MANY]
        rows = db.execute(select(_E).where(or_(_E.c.number.in_(some), _E.c.stand_in.in_(some))).order_by(_E.c.id)).all()
        found += [(row.number, row.stand_in or "", row.receipt) for row in rows]
        if rows:
            db.execute(delete(_E).where(_E.c.id.in_([row.id for row in rows])))
    return found


def forget(db: Session, before: datetime) -> None:
    """Those whose letter never came."""
    db.execute(delete(_E).where(_E.c.at < before))
