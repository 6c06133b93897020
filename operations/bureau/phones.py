"""Bind phones to people, so that 待办 answers and notices arrive where somebody looks."""

from collections.abc import Mapping

from domain.ports import House
from models import people as table
from models.people import Contact
from operations.bureau.founding import Found


def bind(house: House, bureau: Found, phones: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Bind each name's openids, `phones` being name → account (`service`, `mini`) → openid; who is bound now.

    Names the bureau does not know are left out. A phone that is bound already stays as it is.
    """
    known = [name for name in phones if name in bureau.people]
    with house.database.transaction() as db:
        for name in known:
            for account, openid in phones[name].items():
                mark = house.pseudonyms.contact(account, openid)
                there = table.contact(db, mark)
                if there is None:
                    db.add(_contact(house, mark, account, openid, bureau.people[name]))
                elif there.person_id is None:
                    there.person_id, there.follows, there.gone_at = bureau.people[name], True, None
    return known


def _contact(house: House, mark: str, account: str, openid: str, person_id: int) -> Contact:
    return Contact(mark=mark, account=account, openid_sealed=house.sealer.seal(openid), person_id=person_id, follows=True)
