"""Two weeks of ratings, day by day, by the verb the doors call: busy windows, quiet ones, one that has a bad time."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.actor import Actor
from domain.calendar import CALENDAR
from domain.errors import Refusal
from domain.marks import Mark
from domain.ratings import Channel, Origin, Privacy, Rated, RatingDeed
from domain.tags import tags_for
from operations.bureau.ground import Ground, plan
from services import ratings

DAYS = 14
_BUSY = {1: 9, 2: 4, 3: 12, 4: 2, 5: 10, 6: 4, 7: 7, 8: 5, 9: 5, 10: 2, 11: 3, 12: 6}
"""Window → how often it is rated, among all."""
_ALWAYS_OPEN = (7, 12)
_USUAL, _TROUBLED = (1, 4, 9, 26, 60), (6, 12, 18, 30, 34)
"""Weights of the levels 1 to 5; window 5 is the troubled one."""
_TROUBLE = 5
_BURST_DAY, _BURST_WINDOW, _BURST = 4, 8, 12
_STAFF = ("云听雨", "苏明礼", "禾满仓")
_CHANNELS = (Channel.CHAT, Channel.MINIPROGRAM, Channel.BROWSER, Channel.PAPER)


@dataclass
class Order:
    """A bad rating's public number, how many days ago it was given, and by whom."""

    ago: int
    number: str
    rater: Actor


@dataclass
class Fortnight:
    """Ratings as they come in. `orders` are the rectifications they opened."""

    ground: Ground
    citizens: int = 0
    orders: list[Order] = field(default_factory=list)

    def pass_by(self) -> None:
        """All days up to yesterday, every hour on its own so that ordinary days look ordinary."""
        for ago in range(DAYS, 0, -1):
            self._day(ago)
        self._rate(self.ground.last_worked, 15, [self._deed(window, Mark.DISSATISFIED) for window in (1, 3, 5, 7)])

    def _day(self, ago: int) -> None:
        open_today = CALENDAR.is_working(self.ground.day(ago))
        windows = tuple(_BUSY) if open_today else _ALWAYS_OPEN
        for hour in range(9, 17):
            n = self.ground.dice.randint(3, 8) if open_today else self.ground.dice.randint(0, 2)
            self._rate(ago, hour, [self._any(windows) for _ in range(n)])
        if ago % 5 == 0:
            self._oddities(ago)
        if ago == _BURST_DAY:
            self._burst(ago)

    def _any(self, windows: tuple[int, ...]) -> RatingDeed:
        window = self.ground.dice.choices(windows, [_BUSY[one] for one in windows])[0]
        weights = _TROUBLED if window == _TROUBLE else _USUAL
        return self._deed(window, self.ground.dice.choices(list(Mark), weights)[0])

    def _deed(self, window: int, mark: Mark) -> RatingDeed:
        dice, facts = self.ground.dice, plan("notes")
        self.citizens += 1
        channel = dice.choices(_CHANNELS, (45, 28, 20, 7))[0]
        talks = mark.is_negative or dice.random() < facts["share_with_note"]
        ticked = dice.sample(tags_for(mark), dice.randint(1, 2)) if dice.random() < 0.5 else ()
        return RatingDeed(
            actor=self.ground.citizen(self.citizens),
            window_id=self.ground.windows[window],
            mark=mark,
            note=dice.choice(facts[mark.name.lower()]) if talks else "",
            tags=tuple(ticked),
            privacy=dice.choices(list(Privacy), (70, 20, 10))[0],
            channel=channel,
            origin=Origin.PAPER if channel is Channel.PAPER else Origin.PERSON,
            post_id=self.ground.posts[window][0] if dice.random() < 0.5 else None,
        )

    def _oddities(self, ago: int) -> None:
        """What an honest count must tell apart: a changed mind, staff, a helped hand, a default nobody gave."""
        ground, window = self.ground, self.ground.windows
        angry = self._deed(3, Mark.VERY_DISSATISFIED)
        calm = RatingDeed(angry.actor, angry.window_id, Mark.SATISFIED, plan("notes")["changed_mind"])
        self._rate(ago, 10, [angry])
        self._rate(ago, 11, [calm])
        apart = [RatingDeed(ground.as_citizen(name), window[2], Mark.VERY_SATISFIED) for name in _STAFF]
        apart += [RatingDeed(ground.citizen(-ago), window[9], Mark.SATISFIED, origin=Origin.ASSISTED)]
        apart += [RatingDeed(ground.citizen(-100 - ago), window[10], Mark.VERY_SATISFIED, origin=Origin.DEFAULT)]
        self._rate(ago, 16, apart)

    def _burst(self, ago: int) -> None:
        """疑似刷评: many at once in the same words; flagged for a person, counted all the same (F32)."""
        words = plan("notes")["burst"]
        deeds = [self._deed(_BURST_WINDOW, Mark.VERY_SATISFIED) for _ in range(_BURST)]
        self._rate(ago, 16, [RatingDeed(deed.actor, deed.window_id, deed.mark, words) for deed in deeds])

    def _rate(self, ago: int, hour: int, deeds: list[RatingDeed]) -> None:
        results = ratings.rate_windows(self.ground.db, deeds, self._at(ago, hour), self.ground.house.settings.policy) if deeds else []
        for result in results:
            if isinstance(result, Refusal):
                raise result
        both = zip(deeds, results, strict=True)
        self.orders += [Order(ago, rated.number, deed.actor) for deed, rated in both if isinstance(rated, Rated) and rated.number]

    def _at(self, ago: int, hour: int) -> datetime:
        return self.ground.moment(ago, hour, self.ground.dice.randrange(60))
