"""deliver: claim what is due, carry it out, settle; only the middle step touches the network (style.md 9; decision 9)."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from domain.letter_briefs import brief
from domain.letter_texts import spoken
from domain.letters import Delivery, Outcome
from domain.ports import House
from gateways.gate import Gate
from gateways.journal import Journal, left_behind
from gateways.post import Post
from scheduler.duty import who_we_are
from scheduler.hands import Hands
from services import holds, letters
from services.letters import Claimed

log = structlog.get_logger()
EVERY = timedelta(seconds=1)
_SETTLE_WITHIN = 1.0
"""Seconds after which what has ended is settled, however little it is."""
_AHEAD = 2
"""Seconds' worth of paced letters that are claimed at once: the rest can still be cancelled."""


def always() -> bool:
    return True


def deliver(house: House, may_go_on: Callable[[], bool] = always) -> int:
    """Carry all that is due; how many letters were handed out. Stops early, in good order, when `may_go_on` says no."""
    settings = house.settings.clock
    stale = timedelta(seconds=settings.stale_seconds)
    _take_over(house, Path(settings.journal))
    with house.database.transaction() as db:
        letters.take_back_stale(db, house.now(), stale)
        letters.expire(db, house.now())
        shut = holds.in_force(db, house.now())
        who = f"{who_we_are()[:50]}-{secrets.token_hex(4)}"
        first = letters.claim(db, who, house.now(), _room(house))
    if not first:
        return 0
    gate = Gate(settings.pace)
    gate.shut(shut)
    journal = Journal(Path(settings.journal), who)
    try:
        return _Round(house, who, journal, post_of(house, gate), may_go_on).run(first)
    finally:
        journal.close()


def _take_over(house: House, folder: Path) -> None:
    """What senders that died on this machine left behind."""
    for left in left_behind(folder):
        with house.database.transaction() as db:
            letters.recover(db, left.who, left.begun, left.ended, house.now())
        log.warning("letters of a dead sender", doubtful=len(left.begun), answered=len(left.ended))


def _room(house: House) -> int:
    settings = house.settings.clock
    return min(settings.batch, max(1, int(settings.pace * _AHEAD))) if settings.pace else int(settings.batch)


def post_of(house: House, gate: Gate | None = None) -> Post:
    """The post with this house's accounts and templates."""
    settings = house.settings
    templates = {"service": settings.wechat.chosen("template"), "mini": settings.miniprogram.chosen("subscribe")}
    return Post({"service": house.wechat, "mini": house.miniprogram}, templates, house.sealer, spoken, brief, gate)


@dataclass
class _Round:
    """One sender's work, until nothing is due."""

    house: House
    who: str
    journal: Journal
    post: Post
    may_go_on: Callable[[], bool]

    def run(self, claimed: list[Claimed]) -> int:
        room, carried, began = _room(self.house), 0, self.house.now()
        with Hands(self.house.settings.clock.hands, lambda letter: self._carry(letter)) as hands:
            while claimed or hands.full:
                hands.give(claimed)
                carried += len(claimed)
                ended = hands.gather(max(1, min(hands.full, room // 2)), _SETTLE_WITHIN)
                going_on = self.may_go_on()
                put_down = [] if going_on else hands.put_down()
                claimed = self._settle(ended, put_down, room - hands.full if going_on else 0)
                if not hands.full:
                    self.journal.clear()
        log.info("letters carried", letters=carried, seconds=(self.house.now() - began).total_seconds())
        return carried

    def _settle(self, ended: list[tuple[Claimed, Delivery]], put_down: list[Claimed], room: int) -> list[Claimed]:
        """Record the ends, and claim as many as there is room for: one commit."""
        now = self.house.now()
        with self.house.database.transaction() as db:
            letters.settle(db, self.who, [*ended, *((letter, _untouched(now)) for letter in put_down)], now)
            return letters.claim(db, self.who, now, room) if room else []

    def _carry(self, letter: Claimed) -> Delivery:
        """One letter in one hand. Whatever goes wrong in here is this letter's failure, never the round's."""
        now, patience = self.house.now(), timedelta(seconds=self.house.settings.clock.stale_seconds) / 2
        if now - letter.claimed_at > patience:
            return _untouched(now)  # this process slept: another may have taken the claim over
        try:
            delivery = self.post.send(letter, now, lambda: self.journal.begun(letter.id))
        except Exception:
            log.exception("letter failed", letter=letter.id)
            delivery = Delivery(Outcome.FAILED, words="程序出错，请把日志交给开发者")
        self.journal.ended(letter.id, delivery)
        return delivery


def _untouched(now: datetime) -> Delivery:
    return Delivery(Outcome.HELD, until=now)
