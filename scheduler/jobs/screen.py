"""screen: citizens' words are looked at, outside any transaction, before they can be shown (F30, R34)."""

from datetime import timedelta

from domain.ports import House
from gateways import textcheck
from services import text_checks
from services.text_checks import Verdict

EVERY = timedelta(seconds=20)


def screen(house: House, most: int = 20) -> int:
    """One round; how many it looked at."""
    with house.database.transaction() as db:
        taken = text_checks.take(db, house.now(), most)
    for one in taken:
        found = textcheck.check(house.miniprogram, house.sealer.open, one.text, one.openid_sealed)
        with house.database.transaction() as db:
            text_checks.settle(db, one.id, Verdict(found.certain, found.words), house.now())
    return len(taken)
