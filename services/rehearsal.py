"""演练 rehearsal: a whole campaign on a fast clock, in a database of its own: every message, every clash, everybody never reached (X2).

The rules are those of every day: binding, the daily round, the ways, the ledger of consents, and the post itself, which sends over HTTP to
an emulated WeChat. Nobody hands anything in, nobody writes, no seat begins: it shows the most that would be sent.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import CALENDAR, SHANGHAI
from domain.campaign_file import Campaign
from domain.letter_texts import spoken
from domain.letters import Channel, Delivery, Outcome
from domain.permissions import Can, ask
from domain.rehearsals import Arrived, Subscriber
from domain.reminders import Habits, at, moments
from domain.ways import Means
from models import bodies, people, scratch, todos
from models.campaigns import CampaignRow
from models.database import Database
from models.people import Body, Person, SeatRow
from models.windows import ServiceWindow
from services import binding, campaigns, definitions, letters, message_consents, reminders
from services.letters import Claimed

_WHO, _MOST = "rehearsal", 1_000
_SINCE = date(1990, 1, 1)


class Platform(Protocol):
    """A WeChat that nobody reads: members move in with their follows and consents, letters go there, and it tells what arrived."""

    def move_in(self, subscribers: Sequence[Subscriber]) -> Mapping[str, bytes]: ...
    def deliver(self, letters: Sequence[Claimed], now: datetime) -> Sequence[tuple[Claimed, Delivery]]: ...
    def arrived(self) -> Sequence[Arrived]: ...


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
    """What would happen. `astray` are the differences between the list and what arrived: there should be none."""

    title: str
    first: date
    last: date
    messages: tuple[Message, ...]
    clashes: tuple[Clash, ...]
    unreached: tuple[tuple[str, str, str], ...]
    unbound: tuple[str, ...]
    astray: tuple[str, ...]

    @property
    def delivered(self) -> int:
        return sum(1 for message in self.messages if message.way)


def check(db: Session, actor: Actor, key: str) -> tuple[CampaignRow, Campaign]:
    """What is to be rehearsed; asked before a platform is set up for it. Raises `NoSuchCampaign`, `CampaignUnreadable`, `NotAllowed`."""
    ask(actor, Can.LOAD_CAMPAIGN)
    row = definitions.row(db, key)
    return row, definitions.of_row(row)


def rehearse(db: Session, actor: Actor, key: str, means: Means, habits: Habits, platform: Platform) -> Rehearsed:
    """Run the campaign as loaded, with today's people; nothing of `db` is changed. Raises as `check`."""
    row, definition = check(db, actor, key)
    with scratch.scratch() as spare:
        with spare.transaction() as copy:
            _people(db, copy, platform)
            campaigns.load(copy, actor, definition, at(row.starts_on, habits.at))
        return _Run(spare, means, habits, platform, row.starts_on).through(actor, key)


def _people(db: Session, copy: Session, platform: Platform) -> None:
    """Bodies, people, seats, windows and what they allowed; without numbers, and with the platform's addresses for their own."""
    scratch.copy(db, copy, Body)
    scratch.copy(db, copy, Person, phone_sealed=None, phone_index=None)
    scratch.copy(db, copy, SeatRow, from_day=_SINCE)
    scratch.copy(db, copy, ServiceWindow)
    addresses = people.members_addresses(db)
    allowed = message_consents.left(db, [one.mark for one in addresses])
    subscribers = [Subscriber(one.mark, one.person_id or 0, one.account, one.follows, allowed.get(one.mark, {})) for one in addresses]
    scratch.readdress(copy, subscribers, platform.move_in(subscribers))


class _Run:
    """One rehearsal in its scratch database."""

    def __init__(self, spare: Database, means: Means, habits: Habits, platform: Platform, first: date) -> None:
        self._spare, self._means, self._habits, self._platform, self._first = spare, means, habits, platform, first
        self._ended: list[tuple[datetime, Claimed, Delivery]] = []

    def through(self, actor: Actor, key: str) -> Rehearsed:
        """Start it on its first day, then go from day to day on which something happens."""
        with self._spare.transaction() as db:
            started = binding.start(db, actor, key, at(self._first, self._habits.at))
        days = self._days()
        last = days[-1] if days else self._first
        for day in [self._first, *days, last + _ONE_DAY]:
            now = at(day, self._habits.at)
            with self._spare.transaction() as db:
                reminders.queue(db, day, now, self._habits)
            self._deliver(now)
        with self._spare.reading() as db:
            return self._told(db, key, last, started.unbound)

    def _days(self) -> list[date]:
        """Days after the first on which somebody is reminded."""
        with self._spare.reading() as db:
            leads, found = reminders.leads(db), set[date]()
            for due_on, campaign_id in todos.due_days(db, _SINCE, _FOREVER):
                found |= {moment.day for moment in moments(due_on, leads[campaign_id], self._habits, CALENDAR)}
        return sorted(day for day in found if day > self._first)

    def _deliver(self, now: datetime) -> None:
        """Claimed, sent and settled as on any day; what is held for a quota goes on a later one."""
        while True:
            with self._spare.transaction() as db:
                claimed = letters.claim(db, _WHO, now, _MOST)
            if not claimed:
                return
            ended = self._platform.deliver(claimed, now)
            with self._spare.transaction() as db:
                letters.settle(db, _WHO, ended, now)
            self._ended += [(now, letter, delivery) for letter, delivery in ended if delivery.outcome is not Outcome.HELD]

    def _told(self, db: Session, key: str, last: date, unbound: tuple[str, ...]) -> Rehearsed:
        persons, branches = {one.id: one for one in people.everyone(db)}, bodies.names(db)
        names = {id: (one.name, branches.get(one.branch_id or 0, "")) for id, one in persons.items()}
        messages = tuple(self._message(now, letter, delivery, *names.get(letter.person_id or 0, ("", ""))) for now, letter, delivery in self._ended)
        reached = {letter.person_id for _, letter, delivery in self._ended if delivery.outcome is Outcome.SENT}
        lost = {letter.person_id or 0: one.why for (_, letter, _), one in zip(self._ended, messages, strict=True) if letter.person_id not in reached}
        unreached = tuple((*names.get(id, ("", "")), why) for id, why in sorted(lost.items()))
        astray = tuple(_astray(self._ended, self._platform.arrived(), {id: name for id, (name, _) in names.items()}))
        title = definitions.row(db, key).title
        return Rehearsed(title, self._first, last, messages, tuple(_clashes(db)), unreached, unbound, astray)

    def _message(self, now: datetime, letter: Claimed, delivery: Delivery, name: str, branch: str) -> Message:
        text, sent = spoken(letter.kind, letter.words), delivery.outcome is Outcome.SENT
        tried = self._means.ways(letter.kind, letter.spare, letter.addresses, now)
        why = "" if sent else delivery.words if tried else self._means.why_none(letter.addresses)
        return Message(now, name, branch, text, Channel(delivery.channel).chinese if sent else "", why)


def _astray(ended: Sequence[tuple[datetime, Claimed, Delivery]], arrived: Sequence[Arrived], names: Mapping[int, str]) -> Iterator[str]:
    """The list beside the phones: to whom, when, by which way."""
    sent = [(now, letter, one) for now, letter, one in ended if one.outcome is Outcome.SENT]
    listed = Counter(Arrived(now, letter.person_id or 0, one.channel) for now, letter, one in sent)
    seen = Counter(arrived)
    for differing, words in ((listed - seen, "清单上有，手机上没有"), (seen - listed, "手机上有，清单上没有")):
        for one, times in sorted(differing.items()):
            yield f"{words}：{names.get(one.person_id, '')} {one.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} {Channel(one.channel).chinese} {times}条"


_ONE_DAY = timedelta(days=1)
_FOREVER = date(2100, 1, 1)
_SEVERAL = 2


def _clashes(db: Session) -> Iterator[Clash]:
    """Days off that are deadlines, and days on which one unit owes several things."""
    for day, tasks, owing in todos.crowded(db, _SEVERAL):
        if not CALENDAR.is_working(day):
            yield Clash(day, f"截止日是{CALENDAR.status(day).reason}：{'、'.join(tasks)}")
        if owing:
            yield Clash(day, f"{owing}个对象同一天有{len(tasks)}项任务到期：{'、'.join(tasks)}")
