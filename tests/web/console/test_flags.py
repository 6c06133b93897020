"""疑似刷评 in the console: what was noticed waits for the office, is looked at with its figures, and nothing is dropped (F32, R22)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.actor import Actor
from domain.marks import Mark
from domain.ports import House
from domain.ratings import RatingDeed
from models.ratings import Flag, Rating, Tally
from models.steps import Step
from models.windows import ServiceWindow
from services import ratings
from services import register as registers
from tests.bureau import Bureau
from tests.phones import Phone
from tests.web.conftest import Browser, words_of

Staff = Callable[[str], Browser]
Phones = Callable[..., Phone]
PAGE = "/console/flags/"


@pytest.fixture
def noticed(bureau: Bureau, house: House) -> int:
    """Three ratings a day for ten days, then twelve within a minute; the flag's id."""
    with house.database.transaction() as db:
        for back in range(10, -1, -1):
            deeds = [RatingDeed(Actor(rater=f"r{back}-{n}"), bureau.windows[3], Mark(5 - n % 2)) for n in range(12 if back == 0 else 3)]
            ratings.rate_windows(db, deeds, house.now() - timedelta(days=back))
    with house.database.reading() as db:
        return db.scalars(select(Flag.id)).one()


def kept(house: House) -> tuple[int, int]:
    with house.database.reading() as db:
        return db.scalar(select(func.count()).select_from(Rating)) or 0, db.scalar(select(func.sum(Tally.n))) or 0


def test_what_was_noticed_waits_for_the_office_and_is_settled_by_a_word(staff: Staff, bureau: Bureau, house: House, noticed: int) -> None:
    office, before = staff("office"), kept(house)
    assert "核查疑似刷评，1条" in words_of(office.get("/console/"))
    page = words_of(office.get(PAGE))
    for told in ("3号窗口（不动产登记窗口），短时突增", "2026年11月16日", "12条：非常满意6、满意6", "前30天平均每天1.0条", "待核查"):
        assert told in page
    assert (
        "请写明核查了什么"
        in office.open("POST", f"{PAGE}{noticed}", 422, data={"verb": "confirm", "why": " "}, headers={"Origin": "http://localhost"}).text
    )
    office.post(f"{PAGE}{noticed}", verb="confirm", why="<b>调看监控</b>，同一人代评")
    assert "核查疑似刷评" not in words_of(office.get("/console/"))
    ended = office.get(f"{PAGE}?ended=1")
    assert "核查异常：&lt;b&gt;调看监控&lt;/b&gt;，同一人代评" in ended
    assert kept(house) == before
    office.post(f"{PAGE}{noticed}", verb="dismiss", why="再问过，是集中办证")
    assert "核查正常：再问过，是集中办证" in office.get(f"{PAGE}?ended=1")
    with house.database.reading() as db:
        steps = db.scalars(select(Step).where(Step.thing == "flag").order_by(Step.no)).all()
    assert [(one.verb, one.source, one.target) for one in steps] == [("confirm", "raised", "suspect"), ("dismiss", "suspect", "harmless")]


def test_others_look_on_or_are_kept_out(staff: Staff, bureau: Bureau, noticed: int) -> None:
    for who in ("committee", "auditor"):
        assert "核查正常" not in staff(who).get(PAGE)
        staff(who).post(f"{PAGE}{noticed}", 403, verb="dismiss", why="没事")
    for who in ("clerk", "secretary", "head"):
        staff(who).get(PAGE, expect=403)


def test_nobody_checks_the_own_window(staff: Staff, bureau: Bureau, house: House, noticed: int) -> None:
    with house.database.transaction() as db:
        db.get_one(ServiceWindow, bureau.windows[3]).head_id = bureau.people["office"]
        registers.grow(db)
    office = staff("office")
    assert f"{PAGE}{noticed}" not in office.get(PAGE)
    office.post(f"{PAGE}{noticed}", 403, verb="dismiss", why="没事")


def test_one_that_is_not_there_gets_a_sentence(staff: Staff, noticed: int) -> None:
    assert "没有找到这条提示" in words_of(staff("office").post(f"{PAGE}99999", 404, verb="dismiss", why="没事").get_data(as_text=True))


def test_the_chat_tells_the_office_too(staff: Staff, phone: Phones, bureau: Bureau, noticed: int) -> None:
    office = phone("office")
    bureau.bind("office", office.openid)
    assert "核查疑似刷评，1条" in office.say("待办")
    assert "请打开工作台办理" in office.say("1")


def test_many_are_one_line_of_the_desk_and_come_page_by_page(staff: Staff, bureau: Bureau, house: House) -> None:
    with house.database.transaction() as db:
        for n in range(45):
            db.add(Flag(once=f"x{n}", kind="note", window_id=bureau.windows[1], day=house.now().date(), detail=f"第{n}条"))
    office, seen, path = staff("office"), "", PAGE
    assert words_of(office.get("/console/")).count("核查疑似刷评，45条") == 1
    for _ in range(3):
        page = office.get(path)
        seen += page
        path = f"{PAGE}?after={page.rpartition('after=')[2].partition(chr(34))[0]}"
    assert [n for n in range(45) if seen.count(f">第{n}条<") != 1] == []
