"""意见卡: what a citizen wrote on paper, or had written down for him, entered by the office: one card, one rating (F20, X5)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from domain.actor import About, Actor
from domain.card_refusals import CardEntered, CardNumberMissing, CardOriginMissing
from domain.errors import UnknownTag
from domain.marks import Mark
from domain.numerals import halfwidth
from domain.permissions import Can, ask
from domain.policy import Policy
from domain.ratings import Channel, Origin, Rated
from domain.spoken_days import spoken
from domain.tags import read_tags
from services import ratings, steps
from services import register as registers

_NUMBER = re.compile(r"[0-9A-Za-z-]{1,20}")
_ORIGINS = (Origin.PAPER, Origin.ASSISTED)


@dataclass(frozen=True)
class Card:
    """A card as it lies on the table. `reasons` are those ticked, as words or numbers; `origin` says who held the pen."""

    number: str
    window_id: int
    mark: Mark
    reasons: str
    note: str
    origin: str


def enter(db: Session, actor: Actor, card: Card, rater_of: Callable[[str], str], now: datetime, policy: Policy) -> Rated:
    """One rating of today, whose rater is the card. `rater_of` makes the keyed pseudonym of its number.

    Raises `NotAllowed`, `CardNumberMissing`, `CardOriginMissing`, `UnknownTag`, `CardEntered`, and what rating raises.
    """
    ask(actor, Can.ENTER_CARD, About(window_id=card.window_id))
    number = halfwidth(card.number).strip().upper()
    if not _NUMBER.fullmatch(number):
        raise CardNumberMissing()
    if card.origin not in {one.value for one in _ORIGINS}:
        raise CardOriginMissing()
    chosen, rest = read_tags(card.reasons.strip(), card.mark)
    if rest:
        raise UnknownTag(tag=rest[:20])
    writer = Actor(rater=rater_of(f"card|{number}"))
    _new(db, writer, number, now)
    rated = ratings.rate_window(
        db,
        writer,
        card.window_id,
        card.mark,
        card.note,
        now,
        policy,
        tags=chosen,
        channel=Channel.PAPER,
        origin=Origin(card.origin),
    )
    steps.record(db, actor, "card", rated.rating_id, "enter", now, target=str(int(card.mark)), why=f"意见卡{number}", seat=actor.acting)
    return rated


def _new(db: Session, writer: Actor, number: str, now: datetime) -> None:
    earlier = ratings.own_ratings(db, writer, now)
    if earlier:
        window = registers.current(db, earlier[0].day).place(earlier[0].window_id).spoken
        raise CardEntered(number=number, day=spoken(earlier[0].day), window=window)
