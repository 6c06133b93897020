"""信件登记: what became of every letter, for the office; what is stuck, and why (F43, F60)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.letters import Channel, Closed, LetterState, receipt_words
from domain.permissions import Can, ask
from models import leases, reminders
from models import letters as table
from services import holds

PAGE = 50
_LATE = timedelta(minutes=10)
_CHANNELS = frozenset(Channel)
Spoken = Callable[[str, dict[str, Any]], str]


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for: a state, a person's name, the letters before one."""

    state: str = ""
    name: str = ""
    before: int = 0


@dataclass(frozen=True)
class Listed:
    """One letter as the office reads it. `fallen_back` when the first way was not open to it."""

    id: int
    name: str
    text: str
    state: LetterState
    channel: str
    outcome: str
    receipt: str
    due_at: datetime
    settled_at: datetime | None
    attempts: int

    @property
    def may_cancel(self) -> bool:
        return self.state is LetterState.WAITING

    @property
    def may_resend(self) -> bool:
        return self.state in (LetterState.UNKNOWN, LetterState.FAILED, LetterState.TODO)


def page(db: Session, actor: Actor, wanted: Wanted, spoken: Spoken) -> tuple[list[Listed], int | None]:
    """The newest first, and the key to go on from. Raises `NotAllowed`."""
    ask(actor, Can.SEE_LETTERS)
    states = [wanted.state] if wanted.state in set(LetterState) else []
    rows = table.page(db, states, [], wanted.name.strip()[:20], max(wanted.before, 0), PAGE + 1)
    found = [_listed(row, spoken) for row in rows[:PAGE]]
    return found, found[-1].id if len(rows) > PAGE else None


def _listed(row: table.Told, spoken: Spoken) -> Listed:
    letter = row.letter
    text = spoken(letter.kind, letter.words) if letter.words and letter.person_id is not None else "（内容不显示）"
    channel = Channel(letter.channel).chinese if letter.channel in _CHANNELS else ""
    return Listed(
        *(letter.id, row.name or "群众", text, LetterState(letter.state), channel, letter.outcome, receipt_words(letter.receipt or "")),
        *(letter.due_at, letter.settled_at, letter.attempts),
    )


@dataclass(frozen=True)
class Health:
    """How the post stands: letters by state, how many are late, since when; what WeChat has closed; which clock is on duty."""

    counts: dict[LetterState, int]
    late: int
    oldest: datetime | None
    closed: list[Closed]
    clock: str
    on_duty: bool
    seen_at: datetime | None
    passed: int

    @property
    def advice(self) -> list[str]:
        """What to do, each a sentence; empty when all is well."""
        found = []
        if not self.on_duty:
            found.append("时钟没有在值守：请在服务器上运行 python manage.py clock。")
        if self.late and self.on_duty:
            found.append(f"有{self.late}封信件到点10分钟还没有结果：请看下面封停的通道，或运行 python manage.py doctor。")
        if self.counts.get(LetterState.UNKNOWN):
            found.append(f"有{self.counts[LetterState.UNKNOWN]}封信件发送结果不明：请打电话确认，或勾选后重新发送。")
        if self.counts.get(LetterState.FAILED):
            found.append(f"有{self.counts[LetterState.FAILED]}封信件发送失败：多是模板设置不对，改好后勾选重新发送。")
        return found


def health(db: Session, actor: Actor, now: datetime) -> Health:
    """Raises `NotAllowed`."""
    ask(actor, Can.SEE_LETTERS)
    lease = leases.on_duty(db, "clock")
    return Health(
        counts={LetterState(state): n for state, n in table.counts(db).items()},
        late=table.waiting_since(db, now - _LATE),
        oldest=table.oldest_waiting(db, now),
        closed=holds.in_force(db, now),
        clock=lease.holder if lease else "",
        on_duty=lease is not None and lease.until > now,
        seen_at=lease.until if lease else None,
        passed=reminders.passed_since(db, (now - timedelta(days=30)).date()),
    )
