"""提醒的一封信: several things to hand in, told in one letter; two letters to the same person about them can become one (F40, F41)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.quoting import inner

_TOLD = 5
"""Things named in one letter; the rest is counted."""


@dataclass(frozen=True)
class Item:
    """One thing that somebody owes."""

    todo_id: int
    due_on: date
    task: str
    who: str


def words(items: Iterable[Item], why: str = "", *, of_others: bool = False) -> dict[str, Any]:
    """What the letter says, in dates and not in “tomorrow”: it may be read later. `of_others`: to whoever stands above, with names."""
    dues = sorted({one.todo_id: one for one in items}.values(), key=lambda one: (one.due_on, one.todo_id))
    told = [f"{one.who}的“{inner(one.task)}”" if of_others else f"“{inner(one.task)}”" for one in dues[:_TOLD]]
    listed = "；".join(f"{name}（{_day(one.due_on)}截止）" for name, one in zip(told, dues, strict=False))
    more = f"等{len(dues)}项" if len(dues) > _TOLD else ""
    kept = [[one.todo_id, one.due_on.isoformat(), one.task, one.who] for one in dues]
    first = dues[0]
    return {"n": len(dues), "list": listed + more, "task": first.task, "due": first.due_on.isoformat(), "who": first.who, "why": why, "items": kept}


def joined(said: Mapping[str, Any], more: Sequence[Item], why: str) -> dict[str, Any]:
    """A letter that has not left yet with further things in it; what the office adds stands once."""
    reasons = [one for one in (said.get("why", ""), why) if one]
    return words([*items_of(said), *more], "".join(dict.fromkeys(reasons)))


def items_of(said: Mapping[str, Any]) -> list[Item]:
    return [Item(id, date.fromisoformat(due), task, who) for id, due, task, who in said.get("items", [])]


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
