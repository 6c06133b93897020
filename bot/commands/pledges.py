"""我的承诺、起草承诺、待审: a pledge written in four messages, progress in one, reviews by number."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from bot import pledge_texts, texts
from bot.replies import Reply
from bot.router import Call, Router, words
from domain.calendar import local_day
from domain.permissions import Can
from domain.spoken_days import read_day
from services import conversations, pledge_forms, pledge_progress, pledge_records, pledge_reviews, pledge_rows, pledges
from services.pledge_progress import Entry, Reported
from services.pledge_reviews import Decision, Turn

router = Router()

TOPIC = "pledge"
_STEPS = ("content", "measures", "standard", "deadline")
_MOST_OWN, _MOST_REVIEWS = 10, 3
_ELSEWHERE = re.compile(r"取消|退出|结束|算了|帮助|help|待办|待审.{0,2}|我的\S{2,4}|起草承诺|我|解绑", re.IGNORECASE)
_REPORT = re.compile(r"进展[\s::]*(?P<percent>\d{1,3})\s*%?[\s::,，]*(?P<words>.+)", re.DOTALL)
_END = re.compile(r"(?P<verb>兑现|已兑现|说明)[\s::,，]+(?P<words>.+)", re.DOTALL)
_DECIDE = re.compile(
    r"(?P<verb>通过|同意|公示|核实|退回|不符)[\s::]*(?P<numbers>\d{1,2}(?:[\s,，、]+\d{1,2})*)(?![\d])[\s::,，]*(?P<why>.*)", re.DOTALL
)
Verb = Callable[[Session, Call], Reply]


def _said(call: Call) -> dict[str, Any]:
    return call.talk.said if call.talk else {}


def _put(db: Session, call: Call, **said: Any) -> None:
    conversations.put(db, call.actor.contact, TOPIC, said, call.now, call.policy)


def _answer(call: Call) -> Verb | None:
    """What the next word means while something about pledges lies open."""
    if call.talk is None or call.talk.over or call.talk.topic != TOPIC or not call.text or _ELSEWHERE.fullmatch(call.text):
        return None
    step = _said(call).get("step", "")
    if step in _STEPS:
        return _back if call.text == "0" else _write
    if step == "reviews":
        return _decide if _DECIDE.fullmatch(call.text) or call.text.startswith(("通过", "退回")) else None
    if step == "list":
        return _choose if call.text.isdecimal() else None
    return _of_one(call.text) if step == "one" else None


def _of_one(text: str) -> Verb | None:
    """The verbs of one pledge that lies open."""
    if text in ("提交", "撤回"):
        return _submit if text == "提交" else _withdraw
    return _report if _REPORT.fullmatch(text) or _END.fullmatch(text) else None


@router.on(_answer, needs=Can.DRAFT_PLEDGE)
def go_on(db: Session, call: Call) -> Reply:
    verb: Verb = call.found
    return verb(db, call)


@router.on(words(r"我的承诺"), needs=Can.BE_ANYONE, help="我的承诺")
def own(db: Session, call: Call) -> Reply:
    """One's own with their states; by number one opens."""
    if call.actor.person_id is None:
        return Reply(texts.HOW_TO_BIND)
    lines = pledge_records.own(db, call.actor, call.now, most=_MOST_OWN)
    if not lines:
        return Reply(pledge_texts.NONE_YET.format(site=call.site))
    _put(db, call, step="list", codes=[line.code for line in lines])
    return Reply(pledge_texts.own_list(lines))


@router.on(words(r"(?:起草|写|新)承诺|我要承诺"), needs=Can.DRAFT_PLEDGE, help="起草承诺")
def start(db: Session, call: Call) -> Reply:
    """Four questions, each answer kept at once."""
    campaigns = pledge_forms.offered(db, local_day(call.now))
    if not campaigns:
        return Reply(pledge_texts.NO_CAMPAIGN)
    key, title = campaigns[0]
    pledge = pledges.open_draft(db, call.actor, key, call.now)
    _put(db, call, step="content", code=pledge.code)
    return Reply(pledge_texts.ask("content", title))


@router.on(words(r"待审|待审核|审核承诺|审核"), needs=Can.HANDLE_REVIEWS, help="待审")
def reviews(db: Session, call: Call) -> Reply:
    """A few at a time, each whole: what is decided by number is what was read here."""
    waiting = pledge_reviews.waiting(db, call.actor, call.now)
    if not waiting:
        return Reply(pledge_texts.NOTHING_TO_REVIEW)
    shown = waiting[:_MOST_REVIEWS]
    _put(db, call, step="reviews", items=[[item.code, item.seen, item.turn.value] for item in shown])
    return Reply(pledge_texts.review_list(shown, len(waiting), call.site))


def _write(db: Session, call: Call) -> Reply:
    """Keep this answer, ask the next; after the last show all of it."""
    step, code = _said(call)["step"], _said(call)["code"]
    value = read_day(call.text, local_day(call.now)) if step == "deadline" else call.text
    if value is None:
        return Reply(pledge_texts.NOT_A_DAY)
    before = pledge_rows.wording_of(pledge_rows.own_or_unknown(db, call.actor, code))
    answered: dict[str, Any] = {step: value}
    pledges.save(db, call.actor, code, replace(before, **answered), call.now)
    record = pledge_records.one(db, call.actor, code, call.now)
    if step != _STEPS[-1]:
        after = _STEPS[_STEPS.index(step) + 1]
        _put(db, call, step=after, code=code)
        return Reply(pledge_texts.hints_of(record.hints, [step]) + pledge_texts.ask(after))
    _put(db, call, step="one", code=code)
    told = {"clears": pledge_texts.clears_of(record.line.wording), "hints": pledge_texts.hints_of(record.hints)}
    return Reply(pledge_texts.WRITTEN.format(site=call.site, code=code, **told))


def _back(db: Session, call: Call) -> Reply:
    before = _STEPS[max(_STEPS.index(_said(call)["step"]) - 1, 0)]
    _put(db, call, step=before, code=_said(call)["code"])
    return Reply(pledge_texts.ask(before))


def _choose(db: Session, call: Call) -> Reply:
    codes, number = _said(call)["codes"], int(call.text[:4])
    if not 1 <= number <= len(codes):
        return Reply(pledge_texts.NO_SUCH_CHOICE.format(n=len(codes)))
    record = pledge_records.one(db, call.actor, codes[number - 1], call.now)
    _put(db, call, step="one", code=record.line.code)
    return Reply(pledge_texts.one_of(record, call.site))


def _submit(db: Session, call: Call) -> Reply:
    pledges.submit(db, call.actor, _said(call)["code"], call.now)
    return Reply(pledge_texts.SUBMITTED)


def _withdraw(db: Session, call: Call) -> Reply:
    pledges.withdraw(db, call.actor, _said(call)["code"], call.now)
    return Reply(pledge_texts.WITHDRAWN.format(site=call.site, code=_said(call)["code"]))


def _report(db: Session, call: Call) -> Reply:
    """“进展 50 印好六类”, “兑现 …”, “说明 …”."""
    on_the_way, end = _REPORT.fullmatch(call.text), _END.fullmatch(call.text)
    if on_the_way:
        entry = Entry(Reported.PROGRESS, on_the_way["words"], int(on_the_way["percent"]))
    else:
        kind = Reported.EXCUSE if end and end["verb"] == "说明" else Reported.FULFIL
        entry = Entry(kind, end["words"] if end else "")
    pledge_progress.report(db, call.actor, _said(call)["code"], entry, call.now)
    return Reply(pledge_texts.REPORTED.format(more="" if on_the_way else "等待核实，结果会通知您。"))


def _decide(db: Session, call: Call) -> Reply:
    """By the numbers of the list that was read; a text that changed meanwhile is not decided."""
    said, items = _DECIDE.fullmatch(call.text), _said(call)["items"]
    numbers = [int(one) for one in re.findall(r"\d+", said["numbers"])] if said else []
    if said is None or not all(1 <= number <= len(items) for number in numbers):
        return Reply(pledge_texts.NO_SUCH_CHOICE.format(n=len(items)))
    yes = said["verb"] not in ("退回", "不符")
    if not yes and not said["why"].strip():
        return Reply(pledge_texts.RETURN_HOW)
    chosen = [Decision(code, seen, Turn(turn)) for code, seen, turn in (items[number - 1] for number in numbers)]
    return Reply(pledge_texts.decided(pledge_reviews.decide_many(db, call.actor, chosen, yes, said["why"], call.now)))
