"""取消关注: the link to the person goes at once, the address after its term, the counts stay (R35, P01)."""

from collections.abc import Callable

from sqlalchemy import select, text

from domain.ports import House
from models.people import Contact
from scheduler.jobs.tidy import tidy
from services import figures
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.phones import Phone

Phones = Callable[..., Phone]


def leave(phone: Phones, bureau: Bureau, clock: Clock, many: int = 5) -> list[str]:
    """Citizens who rated, talked half way and left; what must not be found afterwards."""
    traces = []
    for n in range(many):
        citizen = phone(f"gone{n}")
        citizen.say("评价 3号窗口 不满意 等太久了")
        citizen.say("我要评价")
        citizen.do("unsubscribe")
        traces += [citizen.openid, bureau.house.pseudonyms.contact("service", citizen.openid), bureau.house.pseudonyms.rater(citizen.openid)]
    clock.pass_(days=31)
    return traces


def everything(house: House) -> str:
    """Every row of every table, as text."""
    with house.database.reading() as db:
        tables = sorted(Contact.metadata.tables)
        return "\n".join(str(tuple(row)) for table in tables for row in db.execute(text(f'SELECT * FROM "{table}"')))


def test_after_the_term_no_table_knows_them(phone: Phones, bureau: Bureau, house: House, clock: Clock) -> None:
    traces = leave(phone, bureau, clock)
    tidy(house)
    left = everything(house)
    assert [trace for trace in traces if trace in left] == []
    with house.database.reading() as db:
        assert db.scalars(select(Contact)).all() == []
        assert figures.differences(db, clock.now()) == 0
        assert db.execute(text("SELECT count(*) FROM ratings")).scalar_one() == 5


def test_a_second_round_changes_nothing(phone: Phones, bureau: Bureau, house: House, clock: Clock) -> None:
    leave(phone, bureau, clock, many=2)
    tidy(house)
    before = everything(house)
    tidy(house)
    assert everything(house) == before


def test_who_stays_is_kept(phone: Phones, bureau: Bureau, house: House, clock: Clock) -> None:
    stays = phone("stays")
    stays.say("评价 3号窗口 满意")
    leave(phone, bureau, clock, many=1)
    tidy(house)
    with house.database.reading() as db:
        assert db.scalars(select(Contact.mark)).all() == [house.pseudonyms.contact("service", stays.openid)]
