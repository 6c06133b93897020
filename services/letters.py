"""信件: written with the deed under a once-key, claimed and settled by the clock; nothing is sent from in here (style.md 9)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.letters import Delivery, LetterState, Outcome, goes_again, unnumbered
from domain.permissions import Can, ask
from domain.ways import Address
from models import early_receipts, people
from models import letters as table
from services import holds, message_consents, steps

STALE = timedelta(minutes=2)
"""A claim older than this has lost its sender: the outcome is unknown."""
_PAUSES = tuple(timedelta(seconds=seconds) for seconds in (1, 2, 4, 30, 300, 1800, 7200, 28800))
"""Before each further attempt after a passing failure: WeChat's own “busy” is over in seconds, an outage may last hours."""
_DOUBT = timedelta(minutes=2)
"""Before the repeat of a letter whose outcome is unknown."""
_OUTCOME = 200


@dataclass(frozen=True)
class Draft:
    """A letter to be written: to a person by any open channel, or to a contact (a citizen who wrote) as a chat answer.

    After `until` it is of no use and is not sent. `spare` consents are left for reminders that matter more.
    """

    once: str
    kind: str
    words: dict[str, Any]
    person_id: int | None = None
    contact: str | None = None
    due_at: datetime | None = None
    until: datetime | None = None
    spare: int = 0


@dataclass(frozen=True)
class Claimed:
    """A letter in a sender's hands, with the ways it may go."""

    id: int
    kind: str
    words: dict[str, Any]
    attempts: int
    doubts: int
    spare: int
    claimed_at: datetime
    person_id: int | None = None
    addresses: tuple[Address, ...] = field(default_factory=tuple)


def write(db: Session, draft: Draft, now: datetime) -> None:
    """Put one letter into the outbox; a second under the same once-key changes nothing."""
    write_many(db, [draft], now)


def write_many(db: Session, drafts: Sequence[Draft], now: datetime) -> None:
    """Put letters into the outbox; those already written under their once-keys stay as they are."""
    plain = [_row(draft, now) for draft in drafts if draft.until is None and not draft.spare]
    timely = [_row(draft, now) | {"until": draft.until, "spare": draft.spare} for draft in drafts if draft.until is not None or draft.spare]
    if plain:
        table.write(db, plain)
    if timely:
        table.write_timely(db, timely)


@dataclass(frozen=True)
class Circular:
    """The same letter to everybody, or to all of these branches."""

    once: str
    kind: str
    words: dict[str, Any]
    branches: Sequence[int] | None = None


def circulate(db: Session, circular: Circular, now: datetime) -> None:
    """Write it to all of them at once, whatever their number."""
    alike = _row(Draft(circular.once, circular.kind, circular.words), now)
    del alike["once"], alike["person_id"]
    table.circulate(db, circular.once, alike, local_day(now), circular.branches)


def _row(draft: Draft, now: datetime) -> dict[str, Any]:
    return {
        "once": draft.once,
        "kind": draft.kind,
        "person_id": draft.person_id,
        "contact": draft.contact,
        "words": draft.words,
        "state": LetterState.WAITING.value,
        "due_at": draft.due_at or now,
        "written_at": now,
        "attempts": 0,
        "outcome": "",
    }


def claim(db: Session, who: str, now: datetime, most: int = 50) -> list[Claimed]:
    """Take what is due. Between this commit and the settling no other sender touches it."""
    rows = table.claim(db, who, now, most)
    by_person, by_mark = addresses(db, [row.person_id for row in rows if row.person_id], [row.contact for row in rows if row.contact])
    return [
        Claimed(
            *(row.id, row.kind, row.words, row.attempts, row.doubts, row.spare, now, row.person_id),
            addresses=tuple(by_mark.get(row.contact, ())) if row.contact else tuple(by_person.get(row.person_id, ())),
        )
        for row in rows
    ]


def addresses(db: Session, persons: Sequence[int], marks: Sequence[str]) -> tuple[dict[int, list[Address]], dict[str, list[Address]]]:
    """person → addresses, mark → its one address: three statements for any number."""
    found = [*people.addresses_of(db, sorted(set(persons))), *people.addresses_at(db, sorted(set(marks)))]
    allowed = message_consents.left(db, [one.mark for one in found])
    by_person: dict[int, list[Address]] = {}
    by_mark: dict[str, list[Address]] = {}
    for one in found:
        address = Address(one.mark, one.account, one.openid_sealed, one.follows, one.heard_at, allowed.get(one.mark, {}))
        by_mark[one.mark] = [address]
        if one.person_id is not None:
            by_person.setdefault(one.person_id, []).append(address)
    return by_person, by_mark


def settle(db: Session, who: str, ended: Sequence[tuple[Claimed, Delivery]], now: datetime) -> None:
    """Record the ends, or when to try again; what WeChat said of consents and quotas. Claims taken back meanwhile are left alone."""
    table.settle(db, who, [_settled(letter, delivery, now) for letter, delivery in ended])
    deliveries = [delivery for _, delivery in ended]
    for number, stand_in, receipt in early_receipts.take(db, [one.message_id for one in deliveries if one.message_id]):
        _received(db, number, stand_in, receipt)
    message_consents.use(db, [one.used for one in deliveries if one.used is not None])
    message_consents.lose(db, [used for one in deliveries for used in one.refused], now)
    for way in {closed for one in deliveries for closed in one.closed}:
        for draft in holds.close(db, way, now):
            write(db, Draft(*draft), now)


def _settled(letter: Claimed, delivery: Delivery, now: datetime) -> dict[str, Any]:
    state, due_at = _fate(letter, delivery, now)
    over = state is not LetterState.WAITING
    return {
        "id": letter.id,
        "state": state.value,
        "due_at": due_at,
        "settled_at": now if over else None,
        "channel": delivery.channel or None,
        "outcome": delivery.words[:_OUTCOME],
        "message_id": delivery.message_id or None,
        "give_back": 1 if delivery.outcome is Outcome.HELD else 0,
        "doubt": 1 if delivery.outcome is Outcome.UNKNOWN else 0,
    }


def _fate(letter: Claimed, delivery: Delivery, now: datetime) -> tuple[LetterState, datetime]:
    if delivery.outcome is Outcome.HELD:
        return LetterState.WAITING, delivery.until or now
    if delivery.outcome is Outcome.PASSING:
        again = letter.attempts <= len(_PAUSES)
        return (LetterState.WAITING, now + _PAUSES[letter.attempts - 1]) if again else (LetterState.FAILED, now)
    if delivery.outcome is Outcome.UNKNOWN:
        again = goes_again(letter.kind, letter.doubts + 1)
        return (LetterState.WAITING, now + _DOUBT) if again else (LetterState.UNKNOWN, now)
    return LetterState(delivery.outcome.value), now


def take_back_stale(db: Session, now: datetime, stale: timedelta = STALE) -> int:
    """Claims gone stale: "outcome unknown". A notice of a result is not repeated, everything else once (reliability.md 3.2)."""
    taken = table.claims_before(db, now - stale)
    for row in taken:
        _doubtful(db, row, now)
    return len(taken)


def recover(db: Session, who: str, begun: Iterable[int], ended: Mapping[int, Delivery], now: datetime) -> None:
    """A dead sender's claims by its journal: the answered are settled, the begun are doubtful, to the rest nothing happened."""
    doubtful, held = set(begun), {row.id: row for row in table.claims_of(db, who)}
    known = [
        (Claimed(row.id, row.kind, row.words, row.attempts, row.doubts, row.spare, now), ended[row.id]) for row in held.values() if row.id in ended
    ]
    settle(db, who, known, now)
    for row in held.values():
        if row.id in doubtful:
            _doubtful(db, row, now)
    untouched = [letter_id for letter_id in held if letter_id not in doubtful and letter_id not in ended]
    table.turn(db, untouched, LetterState.SENDING, {"state": LetterState.WAITING.value, "due_at": now})


def _doubtful(db: Session, row: table.Letter, now: datetime) -> None:
    again = goes_again(row.kind, row.doubts + 1)
    note = "上次发送结果不明，再发一次" if again else "发送结果不明"
    values: dict[str, Any] = {"doubts": row.doubts + 1, "outcome": note}
    values |= {"state": LetterState.WAITING.value, "due_at": now} if again else {"state": LetterState.UNKNOWN.value, "settled_at": now}
    table.turn(db, [row.id], LetterState.SENDING, values)


def expire(db: Session, now: datetime) -> int:
    """Letters that were not sent in time are marked 过期未发, never dropped silently (R07)."""
    return table.expire(db, now)


def counts(db: Session) -> dict[str, int]:
    """state → letters."""
    return table.counts(db)


def cancel(db: Session, actor: Actor, ids: Sequence[int], why: str, now: datetime) -> int:
    """Take letters back that have not left yet; how many. One that a sender holds already goes."""
    ask(actor, Can.CANCEL_LETTER)
    values = {"state": LetterState.CANCELLED.value, "settled_at": now, "outcome": why[:_OUTCOME] or "已取消"}
    return _turned(db, actor, "cancel", LetterState.WAITING, LetterState.CANCELLED, table.turn(db, ids, LetterState.WAITING, values), why, now)


def _turned(db: Session, actor: Actor, verb: str, source: LetterState, target: LetterState, ids: Sequence[int], why: str, now: datetime) -> int:
    changed = [{"thing_id": letter_id, "source": source.value, "target": target.value, "why": why[:_OUTCOME]} for letter_id in ids]
    steps.record_all(db, actor, "letter", verb, now, changed, actor.seats[0].role if actor.seats else None)
    return len(ids)


def receive(db: Session, message_id: str, receipt: str, now: datetime, mark: str = "", template_id: str = "") -> None:
    """WeChat tells later what became of a message it had taken: success, or why it was not shown.

    A message that got no number is the oldest by this template to this address (`mark`) that has no receipt; from now on it has one.
    What comes before its letter is settled waits for it.
    """
    stand_in = unnumbered(mark, template_id) if template_id else ""
    if message_id and not _received(db, message_id, stand_in, receipt):
        early_receipts.keep(db, message_id, stand_in or None, receipt, now)


def _received(db: Session, message_id: str, stand_in: str, receipt: str) -> bool:
    """Whether a letter has it."""
    return table.receive(db, message_id, receipt) or (bool(stand_in) and table.receive_oldest(db, stand_in, message_id, receipt))


_WAITS = timedelta(days=1)
"""How long a receipt waits for its letter: claims gone stale are settled long before."""


def tidy(db: Session, now: datetime) -> None:
    """Receipts of messages that are not ours."""
    early_receipts.forget(db, now - _WAITS)


def resend(db: Session, actor: Actor, ids: Sequence[int], now: datetime) -> int:
    """Send again what ended without having arrived for certain; how many. The office decides that a second copy does no harm."""
    ask(actor, Can.CANCEL_LETTER)
    done = 0
    values = {"state": LetterState.WAITING.value, "due_at": now, "settled_at": None, "attempts": 0, "doubts": 0, "until": None, "outcome": "重新发送"}
    for source in (LetterState.UNKNOWN, LetterState.FAILED, LetterState.TODO):
        done += _turned(db, actor, "resend", source, LetterState.WAITING, table.turn(db, ids, source, values), "", now)
    return done
