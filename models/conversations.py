"""对话: where a guided conversation in chat stands; it ends by itself and says so."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime, table_of
from models.prepared import Find


class Conversation(Base):
    """One per contact: the next word is read in its light."""

    __tablename__ = "conversations"
    contact: Mapped[str] = mapped_column(String(32), primary_key=True)
    topic: Mapped[str] = mapped_column(String(20))
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
    ends_at: Mapped[datetime] = mapped_column(UtcTime, index=True)


_FIND = Find(table_of(Conversation), "contact", ("contact", "topic", "said", "ends_at"))


def open_for(db: Session, contacts: Sequence[str]) -> dict[str, tuple[str, dict[str, Any], datetime]]:
    """contact → (topic, what was said so far, when it ends)."""
    return {contact: (topic, said, ends_at) for contact, topic, said, ends_at in _FIND(db, contacts)}


def announce(db: Session, contacts: Sequence[str]) -> None:
    """`open_for` will be asked for these."""
    _FIND.announce(db, contacts)


def put(db: Session, contact: str, topic: str, said: dict[str, Any], ends_at: datetime) -> None:
    db.merge(Conversation(contact=contact, topic=topic, said=said, ends_at=ends_at))


def end(db: Session, contact: str) -> None:
    db.execute(delete(Conversation).where(Conversation.contact == contact))


def drop_ended(db: Session, before: datetime) -> None:
    db.execute(delete(Conversation).where(Conversation.ends_at < before))
