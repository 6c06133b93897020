"""整改办理: the window answers, another checks, the rater has the last word and may send it back once (S1, F24, X4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.actor import About, Actor, Role
from domain.calendar import CALENDAR, local_day
from domain.errors import NoSuchNumber
from domain.flows.rectifications import RECTIFICATIONS, RectificationState
from domain.numbers import format_number, read_number
from domain.permissions import Can, ask, may
from domain.policy import Policy
from domain.pseudonyms import event_of
from domain.ratings import clean_note
from domain.rectification_refusals import (
    FixMissing,
    NoSuchRectification,
    NotClosedYet,
    NothingToWaitFor,
    OnlyTheRater,
    OwnFix,
    SentBackWithoutReason,
    TooManyFollowed,
    VerdictGiven,
)
from domain.rectifications import Verdict, verb_of
from models import people, ratings
from models import rectification_rounds as rounds
from models import rectifications as table
from models.rectification_rounds import RectificationRound
from services import letters, limits
from services import ratings as rating_verbs
from services import register as registers
from services.moves import move

THING = RECTIFICATIONS.thing
_UNDERWAY = (RectificationState.OPEN, RectificationState.ANSWERED, RectificationState.REOPENED)
_FOLLOWED_A_DAY = 20
"""Numbers that one voice may ask to be told of in a day: who holds more does not hold his own."""


def answer(db: Session, actor: Actor, number: str, words: str, now: datetime) -> None:
    """报告整改结果: what citizens will read once another has checked it. Raises `NoSuchRectification`, `FixMissing`, `NotNow`."""
    order = readable(db, actor, number, now)
    words = clean_note(words)
    if not words:
        raise FixMissing()
    order.answer = words
    no = len(rounds.of_order(db, order.id)) + 1
    _move(db, actor, order, "answer", now)
    db.add(RectificationRound(rectification_id=order.id, no=no, answer=words, answered_by=actor.person_id, answered_on=local_day(now)))
    db.flush()


def close(db: Session, actor: Actor, number: str, now: datetime) -> None:
    """复核办结: the answer is open to whoever holds the number; who asked to be told is told. Raises `NoSuchRectification`, `OwnFix`."""
    order, last = _to_check(db, actor, number, now)
    _move(db, actor, order, "close", now, doer=last.answered_by if last else None)
    if last is not None:
        last.checked_on = local_day(now)
    words = {"number": format_number(order.id), "answer": order.answer}
    drafts = [
        letters.Draft(f"{THING}:{order.id}:close:{order.version}:{contact}", "rectification_result", words, contact=contact)
        for contact in rounds.take_followers(db, order.id)
    ]
    letters.write_many(db, drafts, now)


def send_back(db: Session, actor: Actor, number: str, why: str, now: datetime, policy: Policy) -> None:
    """退回二次督办, with what is missing and a new term. Raises `NoSuchRectification`, `OwnFix`, `SentBackWithoutReason`."""
    order, last = _to_check(db, actor, number, now)
    why = clean_note(why)[:300]
    if not why:
        raise SentBackWithoutReason()
    _new_term(order, now, policy)
    _move(db, actor, order, "reopen", now, why=why, doer=last.answered_by if last else None)
    if last is not None:
        last.opinion, last.checked_on = why, local_day(now)


def judge(db: Session, actor: Actor, number: str, verdict: Verdict, words: str, now: datetime, policy: Policy) -> str:
    """满意或不满意, by the rater alone; “不满意” sends it back once. The verb that was done.

    Raises `NoSuchNumber`, `OnlyTheRater`, `VerdictGiven`, `NotNow`.
    """
    order, given = _its_raters(db, actor, number), _rounds_of(db, number)
    verb = verb_of(verdict, sum(one.verdict == Verdict.DISSATISFIED for one in given[:-1]))
    if order.state in _UNDERWAY:
        raise NotClosedYet(number=format_number(order.id))
    RECTIFICATIONS.line(verb, order.state)
    last = given[-1] if given else _unwritten(db, order, now)
    if last.verdict:
        raise VerdictGiven(said=Verdict(last.verdict).chinese)
    last.verdict, last.verdict_words = verdict.value, clean_note(words)
    if verb == "dispute":
        _new_term(order, now, policy)
    _move(db, Actor(rater=actor.rater or "-"), order, verb, now)
    return verb


@dataclass(frozen=True)
class OwnWord:
    """What the rater, and nobody else, sees on the page of a number: whether his word is awaited, else what he said last."""

    asked: bool = False
    said: str = ""


def own_word(db: Session, actor: Actor, number: str) -> OwnWord:
    """Nothing for anybody but the rater. Raises `NoSuchNumber`."""
    order = _of_number(db, number)
    may_speak = may(actor, Can.JUDGE_RECTIFICATION, About(window_id=order.window_id))
    if not may_speak or not rating_verbs.is_own(actor, rating_of(db, order)):
        return OwnWord()
    given = rounds.of_order(db, order.id)
    said = given[-1].verdict if given else ""
    return OwnWord(order.state == RectificationState.CLOSED and not said, said)


def follow(db: Session, actor: Actor, number: str, now: datetime) -> str:
    """办结通知我: anybody who holds the number may ask; told once, then forgotten. The number.

    Raises `NoSuchNumber`, `NotNow`, and `TooManyFollowed` for who tries one number after the other.
    """
    ask(actor, Can.ASK_PROGRESS)
    if limits.count_today(db, event_of(actor.rater, "followed numbers", local_day(now)), now) > _FOLLOWED_A_DAY:
        raise TooManyFollowed(3600)
    order = _of_number(db, number)
    if order.state not in _UNDERWAY:
        raise NothingToWaitFor(number=format_number(order.id), state=RECTIFICATIONS.name(order.state))
    if actor.contact:
        rounds.follow(db, order.id, actor.contact)
    return format_number(order.id)


def about_of(db: Session, order: table.Rectification, now: datetime, doer: int | None = None) -> About:
    """What the by-law may ask of an order."""
    place = registers.current(db, local_day(now)).place(order.window_id)
    return About(branch_id=place.branch_id, window_id=order.window_id, doer_id=doer)


def readable(db: Session, actor: Actor, said: str, now: datetime) -> table.Rectification:
    """Raises `NoSuchRectification`, also for one that is not this person's to read."""
    number = read_number(said)
    order = table.by_number(db, number) if number else None
    if order is None or not may(actor, Can.READ_RECTIFICATION, about_of(db, order, now)):
        raise NoSuchRectification()
    return order


def _to_check(db: Session, actor: Actor, number: str, now: datetime) -> tuple[table.Rectification, RectificationRound | None]:
    """An order and its last round, for somebody else than who answered. Raises `OwnFix`."""
    order = readable(db, actor, number, now)
    given = rounds.of_order(db, order.id)
    last = given[-1] if given else None
    if order.window_id in actor.windows or (last is not None and last.answered_by == actor.person_id):
        raise OwnFix()
    return order, last


def _its_raters(db: Session, actor: Actor, number: str) -> table.Rectification:
    """The order, if the rating was this person's: nobody else can compute that. Raises `OnlyTheRater`."""
    order = _of_number(db, number)
    ask(actor, Can.JUDGE_RECTIFICATION, About(window_id=order.window_id))
    if not rating_verbs.is_own(actor, rating_of(db, order)):
        raise OnlyTheRater()
    return order


def _of_number(db: Session, said: str) -> table.Rectification:
    number = read_number(said)
    order = table.by_number(db, number) if number else None
    if order is None:
        raise NoSuchNumber(said=said[:12])
    return order


def _rounds_of(db: Session, said: str) -> Sequence[RectificationRound]:
    return rounds.of_order(db, read_number(said) or 0)


def _unwritten(db: Session, order: table.Rectification, now: datetime) -> RectificationRound:
    """An order that was answered before rounds were kept."""
    made = RectificationRound(rectification_id=order.id, no=1, answer=order.answer, answered_on=local_day(now), opinion="", verdict="")
    db.add(made)
    return made


def _new_term(order: table.Rectification, now: datetime, policy: Policy) -> None:
    due = CALENDAR.explain_due(local_day(now), policy.fix_working_days)
    order.due, order.due_words = due.date, due.explanation


def _move(db: Session, actor: Actor, order: table.Rectification, verb: str, now: datetime, why: str = "", doer: int | None = None) -> None:
    day = local_day(now)
    place = registers.current(db, day).place(order.window_id)
    office = [one for one in people.any_holder(db, Role.LEADING_OFFICE.value, day) if one != actor.person_id]
    hearers: dict[str, Any] = {"window_head": order.owner_id, "office": office}
    words = {"number": format_number(order.id), "window": place.spoken, "due": order.due.isoformat()}
    move(db, actor, RECTIFICATIONS, order, verb, now, about=about_of(db, order, now, doer), why=why, hearers=hearers, words=words)


def rating_of(db: Session, order: table.Rectification) -> ratings.Rating:
    """The rating behind it; every order has one."""
    found = ratings.by_id(db, order.rating_id)
    assert found is not None
    return found
