"""承诺公示: the published register that the board, the landing page, the API, the lobby screen and the printed board all show (A9, F15)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from domain.board_words import terms, words_of
from domain.errors import NoSuchPledge
from domain.flows.pledges import PUBLIC_STATES
from domain.numbers import format_pledge
from domain.pledge.showing import Facts, Group, Released, face
from domain.pledge.term import PublicityOver, public_until, shown_since
from domain.spoken_days import spoken
from models import board as table
from models import campaigns, people, pledges
from services import board_index as indexes
from services import register as registers
from services.board_index import PUBLIC, Cell, Index

_Counted = tuple[Cell, int]


@dataclass(frozen=True)
class Filter:
    """What a reader chose; nothing chosen is everything."""

    branch_id: int | None = None
    window_id: int | None = None
    theme: str = ""
    group: Group | None = None
    said: str = ""


class Where(StrEnum):
    """Where entries are going to stand: what two people released of an unkept pledge is told on screens until its day, never on paper."""

    LISTED = "listed"
    ALONE = "alone"
    ON_PAPER = "on_paper"


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
    released: Released | None = None


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


def entries(db: Session, wish: Filter, today: date, after: int = 0, most: int = 20, where: Where = Where.LISTED) -> tuple[Entry, ...]:
    """A page of them, in a fixed number of statements however many there are."""
    index = indexes.current(db, today)
    fit = frozenset(at for at, cell in enumerate(index.cells) if _fits(cell, wish))
    ids = index.page(index.found(db, terms(wish.said)), fit, after, most)
    return _entries(db, table.of_ids(db, PUBLIC, ids), index, today, where)


def choices(db: Session, wish: Filter, today: date) -> Choices:
    """The filters beside the list; nothing more is asked of the database than the list itself has asked."""
    index, register = indexes.current(db, today), registers.current(db, today)
    counts = index.found(db, terms(wish.said)).counts
    cells = [(index.cells[at], n) for at, n in counts.items()]
    return Choices(
        n=sum(n for cell, n in cells if _fits(cell, wish)),
        branches=_lines(cells, replace(wish, branch_id=None), 0, index.bodies, wish.branch_id),
        windows=_lines(cells, replace(wish, window_id=None), 1, {place.id: place.spoken for place in register.places.values()}, wish.window_id),
        themes=_themes(cells, replace(wish, theme=""), wish.theme),
        groups=_groups(cells, replace(wish, group=None)),
    )


def latest(db: Session, today: date, most: int) -> tuple[Entry, ...]:
    """What was published last, for a screen."""
    return _entries(db, table.latest(db, PUBLIC, shown_since(today), most), indexes.current(db, today), today)


def row_of(db: Session, code: str, today: date) -> pledges.Pledge:
    """A public pledge's row. Raises `NoSuchPledge` for anything the public does not see, `PublicityOver` after its term."""
    return _public(db, pledges.pledge(db, code), today)


def _public(db: Session, row: pledges.Pledge | None, today: date) -> pledges.Pledge:
    if row is None or row.state not in PUBLIC_STATES:
        raise NoSuchPledge()
    campaign = campaigns.campaign(db, row.campaign)
    until = public_until(campaign.ends_on, row.published_on, row.deadline) if campaign else today
    if campaign is not None and until < today:
        raise PublicityOver(campaign=campaign.title, until=spoken(until))
    return row


def over(db: Session, today: date) -> Sequence[tuple[str, date]]:
    """Campaigns whose pledges are no longer public, with the last day on which they were; the latest first."""
    return indexes.current(db, today).over


def code_of(db: Session, number: int, today: date) -> str:
    """The code of the public pledge with this short number. Raises as `row_of`."""
    return _public(db, pledges.by_id(db, number) if number < 2**31 else None, today).code


def entry(db: Session, row: pledges.Pledge, today: date, where: Where = Where.LISTED) -> Entry:
    """One of them."""
    return _entries(db, [row], indexes.current(db, today), today, where)[0]


def totals(db: Session, today: date) -> Mapping[Group, int]:
    """How many pledges lie in each drawer, all of them counted."""
    index = indexes.current(db, today)
    counted: Counter[Group] = Counter()
    for at, n in index.everything.counts.items():
        counted[index.cells[at][3]] += n
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
    if rows:
        registers.grow(db)
    return len(rows)


def _fits(cell: Cell, wish: Filter) -> bool:
    asked = (wish.branch_id, wish.window_id, wish.theme or None, wish.group)
    return all(want is None or want == has for want, has in zip(asked, cell, strict=False))


def _counted(cells: Sequence[_Counted], wish: Filter, at: int) -> Counter[object]:
    found: Counter[object] = Counter()
    for cell, n in cells:
        if _fits(cell, wish):
            found[cell[at]] += n
    return found


def _lines(cells: Sequence[_Counted], wish: Filter, at: int, names: Mapping[int, str], chosen: int | None) -> tuple[Choice, ...]:
    """In the order of the names' own list; the chosen one is there even when nothing fits, to be taken back."""
    found = _counted(cells, wish, at)
    return tuple(Choice(str(key), words, found[key]) for key, words in names.items() if found[key] or key == chosen)


def _themes(cells: Sequence[_Counted], wish: Filter, chosen: str) -> tuple[Choice, ...]:
    """The most used first."""
    found = _counted(cells, wish, 2)
    found[chosen] += 0
    return tuple(Choice(str(theme), str(theme), n) for theme, n in found.most_common() if theme)


def _groups(cells: Sequence[_Counted], wish: Filter) -> tuple[Choice, ...]:
    found = _counted(cells, wish, 3)
    return tuple(Choice(group.value, group.chinese, found[group]) for group in Group)


def _entries(db: Session, rows: Sequence[pledges.Pledge], index: Index, today: date, where: Where = Where.LISTED) -> tuple[Entry, ...]:
    if not rows:
        return ()
    authors = people.people_by_id(db, sorted({row.author_id for row in rows}))
    numbers = table.version_numbers(db, [row.id for row in rows])
    told = {key: one for key, one in index.released.items() if where is Where.ALONE or (where is Where.LISTED and one.everywhere)}
    return tuple(_entry(row, authors[row.author_id], index, numbers.get(row.id, 1), today, told.get(row.id)) for row in rows)


def _entry(row: pledges.Pledge, author: people.Person, index: Index, version: int, today: date, released: Released | None) -> Entry:
    unit = index.bodies.get(row.unit_id, "") if row.unit_id else ""
    shown = face(Facts(unit, author.name, author.public_form, row.state, row.percent, row.deadline, released), today)
    return Entry(
        id=row.id, code=row.code, number=format_pledge(row.id), who=shown.who, is_unit=bool(unit),
        branch=index.bodies.get(row.branch_id or 0, ""), window_id=row.window_id, theme=row.theme,
        addressees=tuple(row.addressees or ()), content=row.content, measures=row.measures, standard=row.standard,
        deadline=row.deadline, slogan=row.slogan, state=shown.state, group=shown.group, percent=row.percent,
        published_on=row.published_on, version=version, released=shown.released,
    )  # fmt: skip
