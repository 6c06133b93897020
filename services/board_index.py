"""公示目录: what one edition of the public register holds, kept while it stands: filters, counts and searches are answered from here.

A search that fits nearly everything costs the counting, not the finding; so both are done over columns in memory, and the database is
asked only for the ten pledges of the page. The words, some kilobytes a pledge, are read when somebody first searches an edition.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from domain.board_words import Term, Words, words_of
from domain.flows.pledges import PUBLIC_STATES
from domain.pledge.showing import Group, Released, group_of
from domain.pledge.term import public_until, shown_since
from models import board as table
from models import editions
from services import cause_releases
from services import register as registers

PUBLIC = tuple(sorted(state.value for state in PUBLIC_STATES))
_MOST_KEPT = 16
"""Searches whose answer is kept: whoever searches turns the page and narrows, and asks the same words again."""

Cell = tuple[int | None, int | None, str, Group]
"""Branch, window, theme, drawer: what the filters tell apart."""


@dataclass(frozen=True)
class Found:
    """Places in the index, in the order of the board; and how many of them lie in each cell."""

    places: Sequence[int]
    counts: Mapping[int, int]


@dataclass(frozen=True)
class Index:
    """Column by column, a pledge at the same place in each: `cell_of` points into `cells`, `persons` says whose it is when no unit's.

    `over` are campaigns whose pledges are no longer shown, with the last day on which they were; `released` what two people let be told.
    """

    edition: int
    day: date
    ids: Sequence[int]
    cell_of: Sequence[int]
    cells: Sequence[Cell]
    units: Sequence[int | None]
    persons: Sequence[int | None]
    bodies: Mapping[int, str]
    body_words: Mapping[int, Words]
    window_words: Mapping[int, Words]
    everything: Found
    over: Sequence[tuple[str, date]]
    released: Mapping[int, Released]
    _words: list[tuple[Sequence[str], Sequence[str]]] = field(default_factory=list)
    _kept: dict[tuple[tuple[Term, frozenset[int]], ...], Found] = field(default_factory=dict)

    def found(self, db: Session, said: Sequence[Term]) -> Found:
        """What fits every word. Names of persons are asked of the roster each time: a withdrawn consent counts at once."""
        asked = tuple((term, self._by_name(db, term)) for term in said)
        if not asked:
            return self.everything
        found = self._kept.get(asked)
        if found is None:  # another thread may clear at any moment: what was found here is handed out from here
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = self._kept[asked] = self._search(db, asked)
        return found

    def holds(self, pledge_id: int) -> bool:
        """Whether it is public today."""
        at = bisect_left(self.ids, pledge_id)
        return at < len(self.ids) and self.ids[at] == pledge_id

    def page(self, found: Found, cells: frozenset[int], after: int, most: int) -> list[int]:
        """The ids behind `after` that lie in these cells."""
        picked: list[int] = []
        if cells.isdisjoint(found.counts):
            return picked
        start = bisect_left(found.places, bisect_right(self.ids, after))
        for at in range(start, len(found.places)):
            place = found.places[at]
            if self.cell_of[place] in cells:
                picked.append(self.ids[place])
                if len(picked) == most:
                    break
        return picked

    def _search(self, db: Session, asked: Iterable[tuple[Term, frozenset[int]]]) -> Found:
        places: Sequence[int] = self.everything.places
        for term, named in asked:
            fits = self._by_words(db, term, places)
            beside = (self._by_place(term) | named).intersection(places).difference(fits)
            places = sorted([*fits, *beside]) if beside else fits
        return Found(places, Counter(map(self.cell_of.__getitem__, places)))

    def _by_words(self, db: Session, term: Term, among: Sequence[int]) -> Sequence[int]:
        if not self._words:
            self._words.append(_words(db, self.ids))
        said, (written, sounds) = term.said, self._words[0]
        if term.is_sound:
            return [at for at in among if said in sounds[at] or said in written[at]]
        return [at for at in among if said in written[at]]

    def _by_place(self, term: Term) -> set[int]:
        """Where the word names the branch, the unit or the window."""
        bodies = {id_ for id_, words in self.body_words.items() if term.fits(words)}
        windows = {id_ for id_, words in self.window_words.items() if term.fits(words)}
        cells = {at for at, (branch, window, *_) in enumerate(self.cells) if branch in bodies or window in windows}
        if not bodies and not cells:
            return set()
        return {at for at, cell in enumerate(self.cell_of) if cell in cells or self.units[at] in bodies}

    def _by_name(self, db: Session, term: Term) -> frozenset[int]:
        if term.is_latin or len(term.said) < 2:
            return frozenset()
        people = frozenset(table.shown_by_name(db, term.said))
        return frozenset(at for at, author in enumerate(self.persons) if author in people) if people else people


_KEPT: WeakKeyDictionary[Engine, Index] = WeakKeyDictionary()


def current(db: Session, today: date) -> Index:
    """The index of this edition and day."""
    engine, edition = db.get_bind().engine, editions.current(db)
    kept = _KEPT.get(engine)
    if kept is None or (kept.edition, kept.day) != (edition, today):
        kept = _KEPT[engine] = _draw(db, edition, today)
    return kept


def _draw(db: Session, edition: int, today: date) -> Index:
    rows, register = table.lines(db, PUBLIC, shown_since(today)), registers.current(db, today)
    bodies = {id_: name for id_, _, name in table.all_bodies(db)}
    numbers: dict[Cell, int] = {}
    cell_of = [
        numbers.setdefault((branch, window, theme, group_of(state, of_unit=unit is not None)), len(numbers))
        for _, branch, window, theme, state, unit, _ in rows
    ]
    return Index(
        edition=edition,
        day=today,
        ids=[row[0] for row in rows],
        cell_of=cell_of,
        cells=tuple(numbers),
        units=[row[5] for row in rows],
        persons=[None if row[5] else row[6] for row in rows],
        bodies=bodies,
        body_words={id_: words_of([name]) for id_, name in bodies.items()},
        window_words={one.id: words_of([one.name, one.spoken]) for one in register.places.values()},
        everything=Found(range(len(rows)), Counter(cell_of)),
        released=cause_releases.released(db, today),
        over=_over(db, today),
    )


def _over(db: Session, today: date) -> list[tuple[str, date]]:
    found: dict[str, date] = {}
    for title, ends_on, published_on, deadline in table.over(db, PUBLIC, shown_since(today)):
        found[title] = max(public_until(ends_on, published_on, deadline), found.get(title, date.min))
    return sorted(found.items(), key=lambda one: one[1], reverse=True)


def _words(db: Session, ids: Sequence[int]) -> tuple[Sequence[str], Sequence[str]]:
    nothing = Words("", "")
    said = {id_: Words(written, sounds) for id_, written, sounds in table.words(db)}
    words = [said.get(id_, nothing) for id_ in ids]
    return [one.written for one in words], [one.sounds for one in words]
