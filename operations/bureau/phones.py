"""Bind phones to people, so that 待办 answers and notices arrive where somebody looks."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.ports import House
from models import people as table
from models.people import Contact
from operations.bureau.founding import Found
from operations.bureau.ground import OFFICE
from operations.bureau.identity import MEANT
from services import identity, identity_requests, people, register
from services.people import Voice

ASKER = "群众孙谷雨"
"""Whose emulated phone asks to be bound as somebody."""


def bind(house: House, bureau: Found, phones: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Bind each name's openids, `phones` being name → account (`service`, `mini`) → openid; who is bound now.

    Names the bureau does not know are left out. A phone that is bound already stays as it is.
    """
    known = [name for name in phones if name in bureau.people]
    with house.database.transaction() as db:
        for name, account, openid in [(who, *phone) for who in known for phone in phones[who].items()]:
            mark = house.pseudonyms.contact(account, openid)
            there = table.contact(db, mark)
            if there is None:
                db.add(_contact(house, mark, account, openid, bureau.people[name]))
            elif there.person_id is None:
                there.person_id, there.follows, there.gone_at = bureau.people[name], True, None
    return known


def _contact(house: House, mark: str, account: str, openid: str, person_id: int) -> Contact:
    return Contact(mark=mark, account=account, openid_sealed=house.sealer.seal(openid), person_id=person_id, follows=True)


def ask(house: House, bureau: Found, openid: str) -> None:
    """Somebody asks to be bound as a member, from the mini-program, with another number; once."""
    now, marks = house.now(), house.pseudonyms
    with house.database.transaction() as db:
        voice = Voice(marks.contact("mini", openid), marks.rater(openid), "mini", house.sealer.seal(openid), now)
        asker = people.actor_of(db, voice, register.current(db, local_day(now)), now)
        waits = identity_requests.waiting(db, _office(db, house, bureau))
        if asker.person_id is None and not any(one.said_name == MEANT for one in waits):
            identity.by_phone(db, asker, MEANT, marks.phone("13900000000"), now)


def _office(db: Session, house: House, bureau: Found) -> Actor:
    found = people.person_actor(db, bureau.people[OFFICE], register.current(db, local_day(house.now())))
    if found is None:
        raise LookupError(OFFICE)
    return found
