"""Which 窗口 a citizen means: one window when the words name it exactly, otherwise at most three to ask back with."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.late import Late
from domain.numerals import NUMERAL, compact, read_int
from domain.pinyin import syllables

fuzz, distance = Late("rapidfuzz.fuzz"), Late("rapidfuzz.distance")
"""Only a name that fits none exactly is compared."""
MOST_NEAR = 3
LONGEST_SAID = 64
REMEMBERED = 2048

# Scores run from 0 to 100. Below LEAST nothing is offered; a window more than SPREAD behind the best one is not offered either.
LEAST = 60.0
SPREAD = 20.0


@dataclass(frozen=True)
class NamedWindow:
    """A window as this index knows it: its id, the number on its sign, its name and other names."""

    id: int
    number: int | None
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """`exact` is the one window named; else `near` holds at most three, best first, to be asked back, never taken silently."""

    exact: NamedWindow | None = None
    near: tuple[NamedWindow, ...] = ()


@dataclass(frozen=True, slots=True)
class _Variant:
    """One name of a window in every form it is compared by."""

    window: NamedWindow
    key: str
    core: str
    pinyin: str
    sound: str
    initials: str


NOTHING = Finding()
_NUMBERED = re.compile(rf"第?({NUMERAL})(?:号|號)?(?:服务|办事|综合)?(?:窗口|窗|柜台|台)?的?|(?:窗口|窗|柜台)第?({NUMERAL})(?:号|號)?")
_NUMBER_AND_NAME = re.compile(rf"第?({NUMERAL})(?:号|號)(?:窗口|窗)?(.+)|(.+?)第?({NUMERAL})(?:号|號)(?:窗口|窗)?")
_FILLING = re.compile(r"你们|那个|这个|那边|窗口|柜台|服务|办理|办事|大厅|的|窗")


def _core(key: str) -> str:
    return _FILLING.sub("", key)


def _variant(window: NamedWindow, name: str) -> _Variant:
    key = compact(name)
    core, read = _core(key) or key, syllables(key)
    return _Variant(window, key, core, "".join(read), "".join(syllables(core)), "".join(part[0] for part in read))


def _distinct(windows: Iterable[NamedWindow]) -> tuple[NamedWindow, ...]:
    return tuple({window.id: window for window in windows}.values())


def _alike(said: str, name: str, least: float) -> float:
    """0 to 100; 0 below `least`."""
    return float(fuzz.ratio(said, name, score_cutoff=least))


def _one_slip(meant: int, typed: int) -> bool:
    two_figures = max(meant, typed) > 9
    return abs(meant - typed) <= 2 or (two_figures and distance.OSA.distance(str(meant), str(typed)) <= 1)


class WindowIndex:
    """All windows of one bureau, prepared once; build a new one when they change. Answers are remembered, so asking again is free."""

    def __init__(self, windows: Sequence[NamedWindow]) -> None:
        self._windows = _distinct(windows)
        self._variants = [_variant(window, name) for window in self._windows for name in (window.name, *window.aliases)]
        self._by_name: dict[str, list[NamedWindow]] = {}
        self._by_number: dict[int, list[NamedWindow]] = {}
        self._remembered: dict[str, Finding] = {}
        for variant in self._variants:
            self._by_name.setdefault(variant.key, []).append(variant.window)
        for window in self._windows:
            if window.number is not None:
                self._by_number.setdefault(window.number, []).append(window)

    def find(self, said: str) -> Finding:
        """What the words mean. Two windows that fit equally are never exact; words too long for a name mean nothing."""
        finding = self._remembered.get(said)
        if finding is None:
            if len(said) > LONGEST_SAID:
                return NOTHING
            finding = self._look(compact(said))
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[said] = finding
        return finding

    def _look(self, key: str) -> Finding:
        if not key or len(key) > LONGEST_SAID:
            return NOTHING
        number = self._number_in(key)
        named = _distinct([*self._by_name.get(key, ()), *self._with(number)])
        if not named and number is None:
            named = self._both(key)
        if len(named) == 1:
            return Finding(named[0])
        if named:
            return Finding(near=named[:MOST_NEAR])
        return Finding(near=self._near_number(number) if number is not None else self._near(key))

    def _with(self, number: int | None) -> Sequence[NamedWindow]:
        return self._by_number.get(number, ()) if number is not None else ()

    @staticmethod
    def _number_in(key: str) -> int | None:
        found = _NUMBERED.fullmatch(key)
        return read_int(found[1] or found[2]) if found else None

    def _both(self, key: str) -> tuple[NamedWindow, ...]:
        """“3号房管窗口”: the window when number and name agree, every window meant by either when they do not."""
        found = _NUMBER_AND_NAME.fullmatch(key)
        if found is None:
            return ()
        numbered = self._with(read_int(found[1] or found[4]))
        core = _core(found[2] or found[3])
        named = [variant.window for variant in self._variants if core and core in variant.key]
        agreed = [window for window in numbered if window in named or not core]
        return _distinct(agreed or [*numbered, *named])

    def _near_number(self, number: int) -> tuple[NamedWindow, ...]:
        """Windows one slip of the finger away (13 for 12, 33 for 3), nearest number first."""
        close = [n for n in self._by_number if number and _one_slip(n, number)]
        close.sort(key=lambda n: (abs(n - number), n))
        return _distinct(window for n in close for window in self._by_number[n])[:MOST_NEAR]

    def _near(self, key: str) -> tuple[NamedWindow, ...]:
        said = _Said(key)
        scores: dict[NamedWindow, float] = {}
        for variant in self._variants:
            scores[variant.window] = max(said.likeness(variant), scores.get(variant.window, 0.0))
        best = max(scores.values(), default=0.0)
        ranked = sorted((window for window in scores if scores[window] >= max(LEAST, best - SPREAD)), key=lambda window: -scores[window])
        return tuple(ranked[:MOST_NEAR])


class _Said:
    """Words that are no exact name, and how like a window's name they are."""

    def __init__(self, key: str) -> None:
        self.key, self.core = key, _core(key)
        self.latin = key.isascii()
        self.pinyin = key if self.latin else "".join(syllables(self.core))

    def likeness(self, variant: _Variant) -> float:
        """0 to 100: part of a name, then pinyin, then slips of the pen."""
        if not self.core:
            return 0.0
        return self._as_pinyin(variant) if self.latin else max(self._as_part(variant), self._as_typo(variant))

    def _as_part(self, variant: _Variant) -> float:
        if self.core == variant.core:
            return 100.0
        if self.core in variant.key:
            return 85.0 + 10.0 * len(self.core) / len(variant.key)
        return 82.0 if len(variant.core) >= 2 and variant.core in self.core else 0.0

    def _as_typo(self, variant: _Variant) -> float:
        """Wrong characters; the same sound (房官 for 房管) counts more than the same strokes."""
        alike = _alike(self.core, variant.core, 60.0) * 0.9
        if len(self.core) < 2:
            return alike
        return max(alike, _alike(self.pinyin, variant.sound, 80.0) * 0.88)

    def _as_pinyin(self, variant: _Variant) -> float:
        if len(self.key) < 2:
            return 0.0
        if self.key in (variant.initials, variant.pinyin):
            return 98.0
        if variant.initials.startswith(self.key) or variant.pinyin.startswith(self.key):
            return 90.0
        if self.key in variant.initials:
            return 80.0
        return _alike(self.key, variant.pinyin, 75.0) * 0.88 if len(self.key) >= 4 else 0.0
