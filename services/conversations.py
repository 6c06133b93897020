"""引导对话: window → level → reasons → words, at most three messages; it ends by itself and says so (F44, F45)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from domain.policy import STANDARD, Policy
from models import conversations as table


@dataclass(frozen=True, slots=True)
class Talk:
    """Where it stands: the topic, what was said so far, and whether its time is over."""

    topic: str
    said: dict[str, Any]
    over: bool


def open_for(db: Session, contacts: Sequence[str], now: datetime) -> dict[str, Talk]:
    """contact → talk, also one whose time is over, so that the answer can say it."""
    return {contact: Talk(topic, said, ends_at <= now) for contact, (topic, said, ends_at) in table.open_for(db, contacts).items()}


def put(db: Session, contact: str, topic: str, said: dict[str, Any], now: datetime, policy: Policy = STANDARD) -> None:
    table.put(db, contact, topic, said, now + timedelta(minutes=policy.conversation_minutes))


def end(db: Session, contact: str) -> None:
    table.end(db, contact)
