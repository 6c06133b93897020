"""订阅消息授权: each yes is counted once, each message spends one, a no ends all; WeChat's own events are the proof (§11, F42)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from domain.letters import Used
from domain.templates import Template
from models import message_consents as table

_SAME_TAP = timedelta(minutes=2)
"""The client's report and WeChat's event of one tap come within this time of each other, in either order."""


def accept(db: Session, contact: str, template_id: str, now: datetime, *, proved: bool) -> None:
    """One more message is allowed. A tap is told twice, by the client as a hint and by WeChat as the proof, and counts once."""
    row = table.row(db, contact, template_id)
    told_before = row.hinted_at if proved else row.proved_at
    twice = told_before is not None and now - told_before < _SAME_TAP
    if proved:
        row.hinted_at, row.proved_at = None, None if twice else now
    else:
        row.proved_at, row.hinted_at = None, None if twice else now
    row.accepted += 0 if twice else 1
    row.refused_at = None
    db.flush()


def refuse(db: Session, contact: str, template_ids: Iterable[str], now: datetime) -> None:
    """Nothing more by these templates."""
    for template_id in template_ids:
        table.row(db, contact, template_id)
        table.lose(db, [(contact, template_id)], now)


def left(db: Session, contacts: Sequence[str]) -> dict[str, dict[str, int]]:
    """contact → template → how many messages are allowed."""
    found: dict[str, dict[str, int]] = {}
    for contact, template_id, n in table.of_contacts(db, contacts):
        found.setdefault(contact, {})[template_id] = n
    return found


def use(db: Session, used: Sequence[Used]) -> None:
    """Messages were sent by these consents."""
    table.use(db, sorted((one.contact, one.template_id) for one in used))


def lose(db: Session, refused: Sequence[Used], now: datetime) -> None:
    """WeChat answered 43101: that is the truth, whatever the ledger says."""
    table.lose(db, sorted({(one.contact, one.template_id) for one in refused}), now)


@dataclass(frozen=True)
class Balance:
    """How many reminders may still come, in a sentence too."""

    left: int
    for_good: bool

    @property
    def sentence(self) -> str:
        if self.for_good:
            return "已长期订阅提醒"
        return f"还可收到{self.left}次提醒" if self.left else "不会再收到微信提醒，请点一下订阅"


def balance(db: Session, contacts: Sequence[str], templates: Sequence[Template]) -> Balance:
    """Over all addresses of one person and these templates."""
    allowed = list(left(db, contacts).values())
    some = [(template.long_term, one.get(template.id, 0)) for one in allowed for template in templates if template.channel.needs_consent]
    return Balance(sum(n for for_good, n in some if not for_good), any(n for for_good, n in some if for_good))
