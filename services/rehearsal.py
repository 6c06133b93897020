"""演练 rehearsal: a whole campaign on a fast clock, in a database of its own: every message, every clash, everybody never reached (X2).

The rules are those of every day: binding, the daily round, the ways, the ledger of consents. Nobody hands anything in, nobody writes, no
seat begins: it shows the most that would be sent.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import CALENDAR, SHANGHAI, local_day
from domain.letters import Delivery, Outcome
from domain.listings import Column, Listing
from domain.permissions import Can, ask
from domain.reminders import Habits, at, moments
from domain.ways import Means
from models import bodies, people, scratch, todos
from models.database import Database
from models.message_consents import MessageConsent
from models.people import Body, Contact, Person, SeatRow
from models.windows import ServiceWindow
from services import binding, campaigns, definitions, letters, reminders
from services.letters import Claimed

Spoken = Callable[[str, dict[str, Any]], str]
_WHO, _MOST = "rehearsal", 1_000
_SINCE = date(1990, 1, 1)


@dataclass(frozen=True)
class Message:
    """One letter that would go; `way` is “” when none was open, then `why` says why."""

    at: datetime
    name: str
    branch: str
    text: str
    way: str
    why: str


@dataclass(frozen=True)
class Clash:
    """A day that asks too much: several tasks of the same unit due at once, or a deadline on a day off."""

    day: date
    what: str


@dataclass(frozen=True)
class Rehearsed:
    """What would happen."""

    title: str
    first: date
    last: date
    messages: tuple[Message, ...]
    clashes: tuple[Clash, ...]
    unreached: tuple[tuple[str, str, str], ...]
    unbound: tuple[str, ...]

    @property
    def delivered(self) -> int:
        return sum(1 for message in self.messages if message.way)


def rehearse(db: Session, actor: Actor, key: str, means: Means, habits: Habits, spoken: Spoken) -> Rehearsed:
    """Run the campaign as loaded, with today's people; nothing of `db` is changed. Raises `NoSuchCampaign`, `NotAllowed`."""
    ask(actor, Can.LOAD_CAMPAIGN)
    row = definitions.row(db, key)
    definition = definitions.of_row(row)
    with scratch.scratch() as spare:
        with spare.transaction() as copy:
            _people(db, copy)
            campaigns.load(copy, actor, definition, at(row.starts_on, habits.at))
        return _Run(spare, means, habits, spoken, row.starts_on).through(actor, key)


def _people(db: Session, copy: Session) -> None:
    """Bodies, people, seats, windows and what they allowed; without numbers and addresses."""
    scratch.copy(db, copy, Body)
    scratch.copy(db, copy, Person, phone_sealed=None, phone_index=None)
    scratch.copy(db, copy, SeatRow, from_day=_SINCE)
    scratch.copy(db, copy, ServiceWindow)
    scratch.copy(db, copy, Contact, openid_sealed=b"", heard_at=None)
    scratch.copy(db, copy, MessageConsent)


class _Run:
    """One rehearsal in its scratch database."""

    def __init__(self, spare: Database, means: Means, habits: Habits, spoken: Spoken, first: date) -> None:
        self._spare, self._means, self._habits, self._spoken, self._first = spare, means, habits, spoken, first
        self._messages: list[tuple[datetime, int, str, str, str]] = []

    def through(self, actor: Actor, key: str) -> Rehearsed:
        """Start it on its first day, then go from day to day on which something happens."""
        with self._spare.transaction() as db:
            started = binding.start(db, actor, key, at(self._first, self._habits.at))
        days = self._days()
        for day in [self._first, *days]:
            now = at(day, self._habits.at)
            with self._spare.transaction() as db:
                reminders.queue(db, day, now, self._habits)
            self._deliver(now)
        with self._spare.reading() as db:
            return self._told(db, key, days[-1] if days else self._first, started.unbound)

    def _days(self) -> list[date]:
        """Days after the first on which somebody is reminded."""
        with self._spare.reading() as db:
            leads, found = reminders.leads(db), set[date]()
            for due_on, campaign_id in todos.due_days(db, _SINCE, _FOREVER):
                found |= {moment.day for moment in moments(due_on, leads[campaign_id], self._habits, CALENDAR)}
        return sorted(day for day in found if day > self._first)

    def _deliver(self, now: datetime) -> None:
        """The post's double: takes the way that would be taken, and spends what it would cost."""
        while True:
            with self._spare.transaction() as db:
                claimed = letters.claim(db, _WHO, now, _MOST)
                if not claimed:
                    return
                letters.settle(db, _WHO, [(letter, self._carry(letter, now)) for letter in claimed], now)

    def _carry(self, letter: Claimed, now: datetime) -> Delivery:
        ways = self._means.ways(letter.kind, letter.spare, letter.addresses, now)
        way, why = (ways[0].channel.chinese, "") if ways else ("", self._means.why_none(letter.addresses))
        self._messages.append((now, letter.person_id or 0, self._spoken(letter.kind, letter.words), way, why))
        return Delivery(Outcome.SENT, ways[0].channel.value, used=ways[0].spent) if ways else Delivery(Outcome.TODO)

    def _told(self, db: Session, key: str, last: date, unbound: tuple[str, ...]) -> Rehearsed:
        persons, branches = {one.id: one for one in people.everyone(db)}, bodies.names(db)
        names = {id: (one.name, branches.get(one.branch_id or 0, "")) for id, one in persons.items()}
        messages = tuple(Message(when, *names.get(id, ("", "")), text, way, why) for when, id, text, way, why in self._messages)
        reached = {id for _, id, _, way, _ in self._messages if way}
        lost = {id: why for _, id, _, way, why in self._messages if id not in reached}
        unreached = tuple((*names.get(id, ("", "")), why) for id, why in sorted(lost.items()))
        title = definitions.row(db, key).title
        return Rehearsed(title, self._first, last, messages, tuple(_clashes(db)), unreached, unbound)


_FOREVER = date(2100, 1, 1)
_SEVERAL = 2


def _clashes(db: Session) -> Iterator[Clash]:
    """Days off that are deadlines, and days on which one unit owes several things."""
    for day, tasks, owing in todos.crowded(db, _SEVERAL):
        if not CALENDAR.is_working(day):
            yield Clash(day, f"截止日是{CALENDAR.status(day).reason}：{'、'.join(tasks)}")
        if owing:
            yield Clash(day, f"{owing}个对象同一天有{len(tasks)}项任务到期：{'、'.join(tasks)}")


def listing(found: Rehearsed, bureau: str) -> Listing:
    """Every message, for a workbook."""
    columns = (
        Column("时间", 9, centred=True),
        Column("收信人", 6, centred=True),
        Column("党支部", 9, centred=True),
        Column("内容", 34),
        Column("通道", 8, centred=True),
        Column("送不到的原因", 12),
    )
    rows = tuple((f"{one.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}", one.name, one.branch, one.text, one.way, one.why) for one in found.messages)
    notes = tuple(f"{one.day}　{one.what}" for one in found.clashes) + tuple(
        f"始终送不到：{name}（{branch}）{why}" for name, branch, why in found.unreached
    )
    return Listing(f"{found.title}演练", columns, rows, f"{bureau}\u3000共{len(rows)}封", notes, landscape=True)


def report(found: Rehearsed) -> Sequence[str]:
    """What the operator reads first."""
    by_day: dict[date, int] = {}
    for message in found.messages:
        by_day[local_day(message.at)] = by_day.get(local_day(message.at), 0) + 1
    busiest = max(by_day.items(), key=lambda one: one[1], default=(found.first, 0))
    return [
        f"“{found.title}”从{found.first}到{found.last}，共{len(found.messages)}封信件，微信能送到{found.delivered}封。",
        f"最忙的一天是{busiest[0]}：{busiest[1]}封。",
        *(f"没有对应机构或人员的任务：{title}" for title in found.unbound),
        *(f"冲突　{one.day}　{one.what}" for one in found.clashes),
        *(f"始终送不到　{name}（{branch or '未编入支部'}）　{why}" for name, branch, why in found.unreached),
    ]
