"""来信登记 inbox: one row for each message of WeChat, with the answer it got: a duplicate gets the same (R11)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime, table_of
from models.prepared import Add, Find


class Received(Base):
    """`mark` is the keyed hash of MsgId, or of sender + time + event + key; the answer holds words, never an address."""

    __tablename__ = "inbox"
    mark: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime)
    answer: Mapped[str] = mapped_column(String(2000))


_T = table_of(Received)
_ADD = Add(_T, ("mark", "at", "answer"))
_FIND = Find(_T, "mark", ("mark", "at", "answer"))


def answered(db: Session, marks: Sequence[bytes]) -> dict[bytes, tuple[datetime, str]]:
    """mark → (when answered, what was answered) of those that were here before."""
    return {mark: (at, answer) for mark, at, answer in _FIND(db, marks)}


def keep(db: Session, rows: Sequence[dict[str, Any]]) -> None:
    """The unique mark is the duplicate check: a twin that was faster fails this transaction, and the deed is read anew."""
    _ADD.later(db, sorted(rows, key=lambda row: bytes(row["mark"])))


def drop_before(db: Session, moment: datetime) -> int:
    return int(db.execute(delete(Received).where(Received.at < moment).returning(Received.mark)).all().__len__())
