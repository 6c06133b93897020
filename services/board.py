"""承诺公示: the published register that the board, the landing page, the API, the lobby screen and the printed board all show (A9, F15)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from domain.board_words import Term, Words, terms, words_of
from domain.errors import NoSuchPledge
from domain.flows.pledges import PUBLIC_STATES, PledgeState
from domain.numbers import format_pledge
from domain.pledge.showing import Facts, Group, face, group_of
from models import board as table
from models import editions, people, pledges
from models.board import Sought, Wish
from services import register as registers
from services.register import Register

PUBLIC = tuple(sorted(state.value for state in PUBLIC_STATES))
_EXCUSED = (PledgeState.EXCUSED.value,)
_DRAWERS = {
    Group.UNDER_WAY: Wish((PledgeState.PUBLISHED.value,), of_persons=_EXCUSED),
    Group.FULFILLED: Wish((PledgeState.FULFILLED.value, PledgeState.CONFIRMED.value)),
    Group.EXCUSED: Wish((PledgeState.EXCUSE_CONFIRMED.value,), of_units=_EXCUSED),
}


@dataclass(frozen=True)
class Filter:
    """What a reader chose; nothing chosen is everything."""

    branch_id: int | None = None
    window_id: int | None = None
    theme: str = ""
    group: Group | None = None
    said: str = ""


@dataclass(frozen=True)
class Entry:
    """A published pledge in its public version; `who` in the form the member chose, `id` for the next page only."""

    id: int
    code: str
    number: str
    who: str
    is_unit: bool
    branch: str
    window_id: int | None
    theme: str
    addressees: tuple[str, ...]
    content: str
    measures: str
    standard: str
    deadline: date | None
    slogan: str
    state: str
    group: Group
    percent: int
    published_on: date | None
    version: int


@dataclass(frozen=True)
class Choice:
    """One line of a filter: `key` as it stands in an address, how many pledges it leads to."""

    key: str
    words: str
    n: int


@dataclass(frozen=True)
class Choices:
    """All filters with their counts, each under the other filters as they are chosen; `n` is how many fit all of them."""

    n: int
    branches: tuple[Choice, ...]
    windows: tuple[Choice, ...]
    themes: tuple[Choice, ...]
    groups: tuple[Choice, ...]


Cell = tuple[int | None, int | None, str, Group, int]
"""Branch, window, theme, drawer, how many."""


@dataclass(frozen=True)
class _Outline:
    """What one edition has: counts of everything, names of bodies and by which words they are found."""

    edition: int
    cells: tuple[Cell, ...]
    bodies: Mapping[int, str]
    body_words: Mapping[int, Words]


_KEPT: WeakKeyDictionary[Engine, _Outline] = WeakKeyDictionary()


def entries(db: Session, wish: Filter, today: date, after: int = 0, most: int = 20) -> tuple[Entry, ...]:
    """A page of them, in a fixed number of statements however many there are."""
    outline = _outline(db)
    rows = table.page(db, _sought(db, wish, outline, today), after, most)
    return _entries(db, rows, outline, today)


def choices(db: Session, wish: Filter, today: date) -> Choices:
    """The filters beside the list. Without a search nothing is asked of the database while the edition stands."""
    outline, register = _outline(db), registers.current(db, today)
    asked = _sought(db, Filter(said=wish.said), outline, today)
    cells = _cells(table.cube(db, asked)) if asked.sought else outline.cells
    return Choices(
        n=sum(cell[4] for cell in cells if _fits(cell, wish)),
        branches=_lines(cells, replace(wish, branch_id=None), 0, outline.bodies, wish.branch_id),
        windows=_lines(cells, replace(wish, window_id=None), 1, {place.id: place.spoken for place in register.places.values()}, wish.window_id),
        themes=_themes(cells, replace(wish, theme=""), wish.theme),
        groups=_groups(cells, replace(wish, group=None)),
    )


def latest(db: Session, today: date, most: int) -> tuple[Entry, ...]:
    """What was published last, for a screen."""
    return _entries(db, table.latest(db, PUBLIC, most), _outline(db), today)


def row_of(db: Session, code: str) -> pledges.Pledge:
    """A published pledge's row. Raises `NoSuchPledge` for anything the public does not see."""
    row = pledges.pledge(db, code)
    if row is None or row.state not in PUBLIC_STATES:
        raise NoSuchPledge()
    return row


def code_of(db: Session, number: int) -> str:
    """The code of the published pledge with this short number. Raises `NoSuchPledge`."""
    found = pledges.by_id(db, number) if number < 2**31 else None
    if found is None or found.state not in PUBLIC_STATES:
        raise NoSuchPledge()
    return found.code


def entry(db: Session, row: pledges.Pledge, today: date) -> Entry:
    return _entries(db, [row], _outline(db), today)[0]


def totals(db: Session) -> Mapping[Group, int]:
    """How many pledges lie in each drawer, all of them counted."""
    counted: Counter[Group] = Counter()
    for *_, group, n in _outline(db).cells:
        counted[group] += n
    return counted


def enter(db: Session, row: pledges.Pledge) -> None:
    """Make the version that is public from now on findable; in the transaction that publishes it."""
    words = words_of((row.slogan, row.content, row.theme), (row.measures, row.standard, *(row.addressees or ())))
    table.enter(db, row.id, words.written, words.sounds)


def catch_up(db: Session, most: int = 500) -> int:
    """Enter what was published without it, by an older release or an import; how many."""
    rows = table.without_words(db, PUBLIC, most)
    for row in rows:
        enter(db, row)
    return len(rows)


def _outline(db: Session) -> _Outline:
    engine, edition = cast(Engine, db.get_bind()), editions.current(db)
    kept = _KEPT.get(engine)
    if kept is None or kept.edition != edition:
        bodies = {id_: name for id_, _, name in table.all_bodies(db)}
        found = {id_: words_of([name]) for id_, name in bodies.items()}
        kept = _KEPT[engine] = _Outline(edition, _cells(table.cube(db, Wish(PUBLIC))), bodies, found)
    return kept


def _cells(rows: Sequence[tuple[int | None, int | None, str, str, bool, int]]) -> tuple[Cell, ...]:
    found: Counter[tuple[int | None, int | None, str, Group]] = Counter()
    for branch, window, theme, state, of_unit, n in rows:
        found[branch, window, theme, group_of(state, of_unit=of_unit)] += n
    return tuple((*key, n) for key, n in found.items())


def _sought(db: Session, wish: Filter, outline: _Outline, today: date) -> Wish:
    drawer = _DRAWERS[wish.group] if wish.group else Wish(PUBLIC)
    said = terms(wish.said)
    places = registers.current(db, today) if said else None
    sought = tuple(_named(one, outline, places) for one in said)
    return replace(drawer, branch_id=wish.branch_id, window_id=wish.window_id, theme=wish.theme, sought=sought)


def _named(term: Term, outline: _Outline, register: Register | None) -> Sought:
    """What the word may mean beside the text: a branch, a unit, a window."""
    bodies = tuple(id_ for id_, words in outline.body_words.items() if term.fits(words))
    windows = tuple(place.id for place in register.places.values() if term.fits(words_of([place.name, place.spoken]))) if register else ()
    return Sought(term.said, term.is_latin, bodies, windows)


def _fits(cell: Cell, wish: Filter) -> bool:
    asked = (wish.branch_id, wish.window_id, wish.theme or None, wish.group)
    return all(want is None or want == has for want, has in zip(asked, cell, strict=False))


def _counted(cells: Sequence[Cell], wish: Filter, at: int) -> Counter[object]:
    found: Counter[object] = Counter()
    for cell in cells:
        if _fits(cell, wish):
            found[cell[at]] += cell[4]
    return found


def _lines(cells: Sequence[Cell], wish: Filter, at: int, names: Mapping[int, str], chosen: int | None) -> tuple[Choice, ...]:
    """In the order of the names' own list; the chosen one is there even when nothing fits, to be taken back."""
    found = _counted(cells, wish, at)
    return tuple(Choice(str(key), words, found[key]) for key, words in names.items() if found[key] or key == chosen)


def _themes(cells: Sequence[Cell], wish: Filter, chosen: str) -> tuple[Choice, ...]:
    """The most used first."""
    found = _counted(cells, wish, 2)
    found[chosen] += 0
    return tuple(Choice(str(theme), str(theme), n) for theme, n in found.most_common() if theme)


def _groups(cells: Sequence[Cell], wish: Filter) -> tuple[Choice, ...]:
    found = _counted(cells, wish, 3)
    return tuple(Choice(group.value, group.chinese, found[group]) for group in Group)


def _entries(db: Session, rows: Sequence[pledges.Pledge], outline: _Outline, today: date) -> tuple[Entry, ...]:
    if not rows:
        return ()
    authors = people.people_by_id(db, sorted({row.author_id for row in rows}))
    numbers = table.version_numbers(db, [row.id for row in rows])
    return tuple(_entry(row, authors[row.author_id], outline, numbers.get(row.id, 1), today) for row in rows)


def _entry(row: pledges.Pledge, author: people.Person, outline: _Outline, version: int, today: date) -> Entry:
    unit = outline.bodies.get(row.unit_id, "") if row.unit_id else ""
    shown = face(Facts(unit, author.name, author.public_form, row.state, row.percent, row.deadline), today)
    return Entry(
        id=row.id, code=row.code, number=format_pledge(row.id), who=shown.who, is_unit=bool(unit),
        branch=outline.bodies.get(row.branch_id or 0, ""), window_id=row.window_id, theme=row.theme,
        addressees=tuple(row.addressees or ()), content=row.content, measures=row.measures, standard=row.standard,
        deadline=row.deadline, slogan=row.slogan, state=shown.state, group=shown.group, percent=row.percent,
        published_on=row.published_on, version=version,
    )  # fmt: skip
