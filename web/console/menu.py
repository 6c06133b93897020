"""The menu: all that this person could do, by the part of the office it belongs to."""

from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from flask import current_app, request, url_for

from domain.actor import Actor
from domain.permissions import Can, could

_PARTS = {0: "", 10: "承诺", 20: "活动与报送", 30: "群众来件", 40: "窗口与公示", 50: "党员与机构", 80: "我和系统"}
"""A room's rank, down to the ten → what the part is called."""
_LAST = max(_PARTS)


@dataclass(frozen=True)
class Entry:
    """A line of the menu: shown to all who could do the deed."""

    words: str
    endpoint: str
    needs: Can


class Listed(Protocol):
    """A room, as the menu sees it."""

    rank: int
    menu: list[Entry]


@dataclass(frozen=True)
class Line:
    """An entry as it is drawn: its words, its address, whether it is the room that is open."""

    words: str
    address: str
    is_here: bool


def menu_of(actor: Actor) -> list[tuple[str, list[Line]]]:
    """(part, its lines), in the order of the rooms' ranks."""
    rooms: list[Listed] = current_app.extensions["console_rooms"]
    shown = [(_part(room.rank), entry) for room in rooms for entry in room.menu if could(actor, entry.needs)]
    exact = any(entry.endpoint == request.endpoint for _, entry in shown)
    return [(part, [_line(entry, exact=exact) for _, entry in entries]) for part, entries in groupby(shown, lambda one: one[0])]


def _part(rank: int) -> str:
    return _PARTS[min(rank // 10 * 10, _LAST)]


def _line(entry: Entry, *, exact: bool) -> Line:
    """Marked on the entry's own page, or on any other page of its room."""
    here = entry.endpoint == request.endpoint if exact else entry.endpoint.rpartition(".")[0] == request.blueprint
    return Line(entry.words, url_for(entry.endpoint), here)
