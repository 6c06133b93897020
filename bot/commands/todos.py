"""待办: what waits for a member, the oldest first; by number one opens what is asked, hands it in, takes it back, asks for more time."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from bot import menu, texts, todo_texts
from bot.replies import Reply
from bot.router import Call, Router, event, words
from domain.calendar import local_day
from domain.campaign.wording import Course, resolve
from domain.flows.rectifications import RECTIFICATIONS
from domain.numerals import read_int
from domain.permissions import Can
from domain.schedule.refusals import DayUnread
from domain.spoken_days import near
from domain.waiting import Waiting, grouped
from services import conversations, desk, extensions, submissions, todos

router = Router()

TOPIC = "todo"
_MOST, _MOST_ALIKE = 12, 25
"""Lines of the list, and of one group: what a text of WeChat holds."""
_HAND_IN = re.compile(r"(?:提?交|报送|上报)[\s::,，]*(?P<words>.+)", re.DOTALL)
_EXTEND = re.compile(r"(?:申请)?延期(?:到|至)?[\s::,，]*(?P<day>\S*?\d+[日号]|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[\s::,，]*(?P<why>.*)", re.DOTALL)


def _open(call: Call) -> bool:
    """Whether this contact is reading his list, or one thing on it."""
    return call.talk is not None and not call.talk.over and call.talk.topic == TOPIC


def _answer(call: Call) -> Callable[[Session, Call], Reply] | None:
    """The verb this word stands for while the list, or one todo, is open."""
    if not _open(call):
        return None
    number = read_int(call.text)
    if number == 0:
        return todo
    if number is not None:
        return _choose
    if "id" not in _said(call):
        return None
    if call.text == "撤回":
        return _take_back
    return _hand_in if _HAND_IN.fullmatch(call.text) else _extend if call.text.startswith(("延期", "申请延期")) else None


@router.on(_answer, needs=Can.SEE_TODOS)
def go_on(db: Session, call: Call) -> Reply:
    """The next word about the list or the todo that lies open."""
    verb: Callable[[Session, Call], Reply] = call.found
    return verb(db, call)


@router.on(words(r"待办|我的待办"), needs=Can.BE_ANYONE, help="待办")
@router.on(event("click", key=menu.WAITING), needs=Can.BE_ANYONE)
def todo(db: Session, call: Call) -> Reply:
    """What is this person's to do, most urgent first, with numbers to open one by."""
    if call.actor.person_id is None:
        return Reply(todo_texts.NOT_BOUND)
    waiting = desk.waiting(db, call.actor, call.now)
    if not waiting:
        return Reply(todo_texts.NOTHING_WAITS)
    groups = grouped(waiting)
    _put(db, call, groups=[[_kept(one) for one in group.members[:_MOST_ALIKE]] for group in groups[:_MOST]])
    return Reply(todo_texts.list_of(groups[:_MOST], len(waiting), len(groups), local_day(call.now)))


@router.on(words(r"(?P<said>收字?[\[〔(（]?\d{4}\S{1,12})"), needs=Can.SEE_TODOS, help="收字2026-0001")
def receipt(db: Session, call: Call) -> Reply:
    """What became of what was handed in under this number."""
    return _shown(db, call, submissions.by_receipt(db, call.actor, call.found["said"], call.now))


def _said(call: Call) -> dict[str, Any]:
    return call.talk.said if call.talk else {}


def _put(db: Session, call: Call, **said: Any) -> None:
    conversations.put(db, call.actor.contact, TOPIC, said, call.now, call.policy)


def _choose(db: Session, call: Call) -> Reply:
    """A number of the list opens a thing, or the group on that line; then the next number is one of the group's."""
    groups, number = _said(call).get("groups", []), read_int(call.text) or 0
    if not 1 <= number <= len(groups):
        return Reply(todo_texts.NO_SUCH_CHOICE.format(n=len(groups)))
    some = [_read(one) for one in groups[number - 1]]
    if len(some) > 1:
        _put(db, call, groups=[[_kept(one)] for one in some])
        return Reply(todo_texts.group_of(some, local_day(call.now), cut=len(some) == _MOST_ALIKE))
    one = some[0]
    if one.thing == "todo":
        return _shown(db, call, int(one.key))
    if one.thing == RECTIFICATIONS.thing:
        how = texts.HOW_TO_REPORT.format(number=one.key) if call.actor.windows else ""
        return Reply(todo_texts.ORDER.format(words=one.words, site=call.site, number=one.key) + how)
    return Reply(todo_texts.ELSEWHERE.format(words=one.words, site=call.site))


def _kept(one: Waiting) -> list[str]:
    """As the talk remembers it."""
    return [one.thing, one.key, one.words, one.due.isoformat() if one.due else "", one.group, one.who]


def _read(kept: list[str]) -> Waiting:
    thing, key, said, due, group, who = kept
    return Waiting(thing, key, said, date.fromisoformat(due) if due else None, group=group, who=who)


def _shown(db: Session, call: Call, todo_id: int) -> Reply:
    one = todos.one(db, call.actor, todo_id, call.now)
    _put(db, call, groups=_said(call).get("groups", []), id=todo_id)
    return Reply(todo_texts.one_of(one, call.site))


def _hand_in(db: Session, call: Call) -> Reply:
    said = _HAND_IN.fullmatch(call.text)
    receipt = submissions.hand_in(db, call.actor, _said(call)["id"], said["words"] if said else "", call.now)
    return Reply(todo_texts.received(receipt))


def _take_back(db: Session, call: Call) -> Reply:
    submissions.take_back(db, call.actor, _said(call)["id"], call.now)
    return Reply(todo_texts.TAKEN_BACK)


def _extend(db: Session, call: Call) -> Reply:
    """“延期 12月5日 等县里批复”."""
    said = _EXTEND.fullmatch(call.text)
    if said is None:
        raise DayUnread()
    today, day = local_day(call.now), _dashed(said["day"])
    try:
        until = resolve(day, Course(today.year, today, None)).last_day
    except ValueError:
        raise DayUnread() from None
    if until is None:
        raise DayUnread()
    until = until.replace(year=until.year + 1) if until < today and "年" not in day else until
    asked = extensions.ask_for(db, call.actor, _said(call)["id"], until, said["why"], call.now)
    return Reply(todo_texts.ASKED_FOR.format(day=near(asked.until, today)))


def _dashed(day: str) -> str:
    """2026-12-05 as 2026年12月5日."""
    parts = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", day)
    return f"{parts[1]}年{int(parts[2])}月{int(parts[3])}日" if parts else day
