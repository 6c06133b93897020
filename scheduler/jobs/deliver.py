"""deliver: claim what is due, carry it out, settle: three steps, and only the middle one touches the network (style.md 9)."""

import os
import socket
from datetime import timedelta

from domain.ports import House
from gateways.post import Delivery, Post
from gateways.wechat_codes import Mood
from scheduler.texts import spoken
from services import letters
from services.letters import Outcome

_OUTCOMES = {
    Mood.OK: Outcome.SENT,
    Mood.PASSING: Outcome.PASSING,
    Mood.TOKEN: Outcome.PASSING,
    Mood.TOMORROW: Outcome.PASSING,
    Mood.UNREACHABLE: Outcome.PERMANENT,
    Mood.PERMANENT: Outcome.PERMANENT,
}


def deliver(house: House, most: int = 50) -> int:
    """One round; how many letters it carried."""
    who = f"{socket.gethostname()}:{os.getpid()}"
    with house.database.transaction() as db:
        letters.take_back_stale(db, house.now())
        claimed = letters.claim(db, who, house.now(), most)
    post = post_of(house)
    for letter in claimed:
        delivery = post.send(letter, house.now())
        with house.database.transaction() as db:
            _settle(db, letter.id, who, delivery, house)
    return len(claimed)


def _settle(db: object, letter_id: int, who: str, delivery: Delivery, house: House) -> None:
    letters.settle(db, letter_id, who, _OUTCOMES[delivery.mood], house.now(), channel=delivery.channel, words=delivery.words)  # type: ignore[arg-type]


def post_of(house: House) -> Post:
    """The post with this house's accounts and templates."""
    settings = house.settings
    templates = {"service": settings.wechat.templates, "mini": settings.miniprogram.templates}
    return Post({"service": house.wechat, "mini": house.miniprogram}, templates, house.sealer, spoken)


EVERY = timedelta(seconds=2)
