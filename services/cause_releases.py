"""公开未兑现情况: the office proposes, the author is heard, another of the committee decides; it ends by its day (P12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain import cause_releases as rules
from domain.actor import About, Actor
from domain.calendar import CALENDAR, local_day
from domain.cause_releases import HearingOpen, NoSuchRelease, NotUnkept, ReleaseOpen, Scope, Wish
from domain.errors import NoSuchPledge
from domain.flows.cause_releases import CAUSE_RELEASES, ReleaseState
from domain.names import FORMS, public_name
from domain.numbers import format_pledge
from domain.permissions import Can, ask, may
from domain.pledge.showing import Released
from domain.pledge.standing import is_unkept
from domain.pledge.term import public_until
from domain.spoken_days import spoken
from domain.waiting import Waiting
from models import campaigns, editions, people, pledges
from models import cause_releases as table
from models.cause_releases import CauseRelease
from services import letters, pledge_hands, steps
from services.moves import move

THING = CAUSE_RELEASES.thing
OVER = (ReleaseState.REFUSED.value, ReleaseState.WITHDRAWN.value, ReleaseState.ENDED.value)
_OPEN = (ReleaseState.PROPOSED.value, ReleaseState.RELEASED.value)


@dataclass(frozen=True)
class Shown:
    """A proposal as the office, the committee and its author read it; `shown_as` is the name as the public would read it."""

    id: int
    pledge_code: str
    number: str
    content: str
    author: str
    shown_as: str
    words: str
    scope: str
    until: date
    hear_until: date
    reply: str
    state: str
    chinese: str
    proposer: str
    decider: str
    may_decide: bool
    may_take_back: bool
    may_reply: bool


def propose(db: Session, actor: Actor, number: int, wish: Wish, now: datetime) -> CauseRelease:
    """提名公开, of the pledge with this short number; its author hears of it at once and may answer.

    Raises `NotAllowed`, `NoSuchPledge`, `NotUnkept`, `ReleaseOpen`, and what `rules.check` raises.
    """
    pledge, today = pledges.by_id(db, number) if number < 2**31 else None, local_day(now)
    if pledge is None:
        raise NoSuchPledge()
    ask(actor, Can.PROPOSE_RELEASE, About(author_id=pledge.author_id))
    if not _may_be_released(pledge, today):
        raise NotUnkept()
    if table.of_pledge(db, pledge.id, _OPEN) is not None:
        raise ReleaseOpen()
    campaign = campaigns.campaign(db, pledge.campaign)
    wish = rules.check(wish, today, public_until(campaign.ends_on, pledge.published_on, pledge.deadline) if campaign else None)
    row = CauseRelease(
        pledge_id=pledge.id, form=wish.form, words=wish.words, scope=wish.scope.value, until=wish.until,
        hear_until=CALENDAR.add_working_days(today, rules.HEARING_DAYS), state=CAUSE_RELEASES.start.value,
        proposer_id=actor.person_id, proposed_at=now.replace(microsecond=0),
    )  # fmt: skip
    db.add(row)
    db.flush()
    steps.record(db, actor, THING, row.id, "propose", now, target=row.state, why=_spoken(row), seat=actor.acting)
    _tell(db, row, pledge, "hear", [pledge.author_id], now)
    return row


def number_to_propose(db: Session, actor: Actor, pledge_id: int, now: datetime) -> str:
    """The number under which this person may propose this pledge now; “” when he may not."""
    pledge = pledges.by_id(db, pledge_id)
    if pledge is None or not may(actor, Can.PROPOSE_RELEASE, About(author_id=pledge.author_id)):
        return ""
    free = _may_be_released(pledge, local_day(now)) and table.of_pledge(db, pledge.id, _OPEN) is None
    return format_pledge(pledge.id) if free else ""


def _may_be_released(pledge: pledges.Pledge, today: date) -> bool:
    return pledge.unit_id is None and is_unkept(pledge.state, pledge.percent, pledge.deadline, today)


def reply(db: Session, actor: Actor, release_id: int, words: str, now: datetime) -> None:
    """The author's answer, once, before it is decided. Raises `NoSuchRelease`, `ReleaseWordsMissing`, `NotNow`."""
    row, pledge = _readable(db, actor, release_id)
    ask(actor, Can.ANSWER_RELEASE, _about(row, pledge))
    said = words.strip()
    if not said or len(said) > rules.MOST_WORDS:
        raise rules.ReleaseWordsMissing()
    CAUSE_RELEASES.line("refuse", row.state)
    row.reply = said
    db.flush()
    steps.record(db, actor, THING, row.id, "reply", now, source=row.state, target=row.state, why=said)
    _tell(db, row, pledge, "replied", _committee(db, row, pledge, now), now)


def decide(db: Session, actor: Actor, release_id: int, verb: str, why: str, now: datetime) -> None:
    """`release` or `refuse`. Raises `NoSuchRelease`, `NotAllowed`, `HearingOpen`, `NotUnkept`, `NotNow`."""
    row, pledge = _readable(db, actor, release_id)
    today = local_day(now)
    ask(actor, Can.DECIDE_RELEASE, _about(row, pledge))
    if verb == "release":
        if not row.reply and today <= row.hear_until:
            raise HearingOpen(until=spoken(row.hear_until))
        if not is_unkept(pledge.state, pledge.percent, pledge.deadline, today) or row.until <= today:
            raise NotUnkept()
    row.decider_id, row.decided_on = actor.person_id, today
    _move(db, actor, row, pledge, verb, why, now)


def take_back(db: Session, actor: Actor, release_id: int, why: str, now: datetime) -> None:
    """收回: to hide again one person is enough. Raises `NoSuchRelease`, `NotAllowed`, `NotNow`."""
    row, pledge = _readable(db, actor, release_id)
    _move(db, actor, row, pledge, "take_back", why, now)


def end_due(db: Session, now: datetime) -> int:
    """The clock: what has had its last day is over; how many. The public saw none of it since midnight."""
    rows = [row for row in table.in_state(db, ReleaseState.RELEASED.value) if row.until < local_day(now)]
    for row in rows:
        _move(db, Actor(), row, _pledge(db, row), "end", "", now)
    return len(rows)


def released(db: Session, today: date) -> Mapping[int, Released]:
    """pledge → what may be shown of it today."""
    rows = table.running(db, ReleaseState.RELEASED.value, today)
    return {row.pledge_id: Released(row.form, row.words, row.decided_on, row.until, everywhere=row.scope == Scope.REGISTER) for row in rows}


def listed(db: Session, actor: Actor, now: datetime) -> list[Shown]:
    """All, the newest first. Raises `NotAllowed`."""
    ask(actor, Can.SEE_RELEASES)
    return [_shown(db, actor, row, _pledge(db, row), now) for row in table.latest(db)]


def one(db: Session, actor: Actor, release_id: int, now: datetime) -> Shown:
    """Raises `NoSuchRelease`."""
    row, pledge = _readable(db, actor, release_id)
    return _shown(db, actor, row, pledge, now)


def waiting(db: Session, actor: Actor, now: datetime) -> list[Waiting]:
    """For the desk: what this member of the committee could decide, what its author may answer."""
    if actor.person_id is None:
        return []
    found = []
    for row in table.in_state(db, ReleaseState.PROPOSED.value):
        pledge = _pledge(db, row)
        about, heard = _about(row, pledge), bool(row.reply) or local_day(now) > row.hear_until
        if heard and may(actor, Can.DECIDE_RELEASE, about):
            found.append(Waiting(THING, str(row.id), f"批准公开未兑现情况：{pledge.content[:20]}"))
        elif not heard and may(actor, Can.ANSWER_RELEASE, about):
            found.append(Waiting(THING, str(row.id), f"说明情况：您的承诺拟公开未兑现，{pledge.content[:20]}", row.hear_until))
    return found


def _move(db: Session, actor: Actor, row: CauseRelease, pledge: pledges.Pledge, verb: str, why: str, now: datetime) -> None:
    hearers = {"author": pledge.author_id, "proposer": row.proposer_id}
    words = {"pledge": pledge.content[:20], "until": spoken(row.until)}
    move(db, actor, CAUSE_RELEASES, row, verb, now, about=_about(row, pledge), why=why.strip()[:300], hearers=hearers, words=words)
    editions.grow(db)


def _tell(db: Session, row: CauseRelease, pledge: pledges.Pledge, kind: str, hearers: list[int], now: datetime) -> None:
    words = {"pledge": pledge.content[:20], "hear_until": spoken(row.hear_until)}
    drafts = [letters.Draft(f"{THING}:{row.id}:{kind}:{one}", f"{THING}_{kind}", words, person_id=one) for one in hearers]
    letters.write_many(db, drafts, now)


def _committee(db: Session, row: CauseRelease, pledge: pledges.Pledge, now: datetime) -> list[int]:
    return [one for one in pledge_hands.committee(db, local_day(now)) if one not in (pledge.author_id, row.proposer_id)]


def _about(row: CauseRelease, pledge: pledges.Pledge) -> About:
    return About(author_id=pledge.author_id, branch_id=pledge.branch_id, doer_id=row.proposer_id)


def _pledge(db: Session, row: CauseRelease) -> pledges.Pledge:
    found = pledges.by_id(db, row.pledge_id)
    if found is None:
        raise NoSuchRelease()
    return found


def _readable(db: Session, actor: Actor, release_id: int) -> tuple[CauseRelease, pledges.Pledge]:
    """Absent and not yours look the same."""
    row = table.release(db, release_id) if release_id < 2**31 else None
    if row is None or not may(actor, Can.READ_RELEASE, _about(row, pledge := _pledge(db, row))):
        raise NoSuchRelease()
    return row, pledge


def _spoken(row: CauseRelease) -> str:
    return f"{FORMS[row.form]}；{Scope(row.scope).chinese}；至{row.until}；{row.words}"


def _shown(db: Session, actor: Actor, row: CauseRelease, pledge: pledges.Pledge, now: datetime) -> Shown:
    names = {
        key: one.name for key, one in people.people_by_id(db, [one for one in (pledge.author_id, row.proposer_id, row.decider_id) if one]).items()
    }
    about, open_ = _about(row, pledge), row.state == ReleaseState.PROPOSED
    return Shown(
        id=row.id, pledge_code=pledge.code, number=format_pledge(pledge.id), content=pledge.content, author=names[pledge.author_id],
        shown_as=public_name(names[pledge.author_id], row.form), words=row.words, scope=Scope(row.scope).chinese, until=row.until,
        hear_until=row.hear_until, reply=row.reply, state=row.state, chinese=CAUSE_RELEASES.name(row.state),
        proposer=names[row.proposer_id], decider=names.get(row.decider_id or 0, ""),
        may_decide=open_ and may(actor, Can.DECIDE_RELEASE, about) and (bool(row.reply) or local_day(now) > row.hear_until),
        may_take_back=row.state in _OPEN and may(actor, Can.TAKE_BACK_RELEASE, about),
        may_reply=open_ and not row.reply and may(actor, Can.ANSWER_RELEASE, about),
    )  # fmt: skip
