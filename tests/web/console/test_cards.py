"""意见卡登记: paper becomes a rating with its origin, once; a bad one gets its number; the own window is another's to enter (F20, X5)."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from domain.ports import House
from models.ratings import Rating, Tally
from models.steps import Step
from models.windows import ServiceWindow
from services import figures
from services import register as registers
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.web.conftest import Browser, words_of

Staff = Callable[[str], Browser]
PAGE = "/console/cards/"


def card(bureau: Bureau, **changed: str) -> dict[str, str]:
    usual = {"number": "20261116-03", "window": str(bureau.windows[3]), "level": "不满意", "reasons": "等候太久、态度冷淡"}
    return usual | {"note": "等了２个小时", "origin": "paper"} | changed


def rows(house: House) -> list[Rating]:
    with house.database.reading() as db:
        return list(db.scalars(select(Rating)))


def test_a_card_is_one_rating_with_its_origin_and_a_number_for_the_citizen(staff: Staff, bureau: Bureau, house: House) -> None:
    office = staff("office")
    office.post(f"{PAGE}enter", **card(bureau))
    assert "编号A0001：请写在存根上交给群众" in words_of(office.get(PAGE))
    (row,) = rows(house)
    assert (row.window_id, row.level, row.tags, row.note) == (bureau.windows[3], 2, ["等候太久", "态度冷淡"], "等了２个小时")
    assert (row.channel, row.origin, row.standing, row.post_id) == ("paper", "paper", "counted", None)
    with house.database.reading() as db:
        assert figures.differences(db, house.now()) == 0
        step = db.scalars(select(Step).where(Step.thing == "card")).one()
    assert (step.verb, step.seat, step.why, step.who) == ("enter", "leading_office", "意见卡20261116-03", bureau.actor("office").label)


def test_a_card_is_entered_once_whatever_the_day_and_the_spelling(staff: Staff, bureau: Bureau, house: House, clock: Clock) -> None:
    office = staff("office")
    office.post(f"{PAGE}enter", **card(bureau, number="a-7"))
    clock.pass_(days=1)
    again = staff("office").post(f"{PAGE}enter", 409, **card(bureau, number=" Ａ-７ ", window=str(bureau.windows[1])))
    assert "已在2026年11月16日登记过（3号窗口（不动产登记窗口））" in words_of(again.get_data(as_text=True))
    assert len(rows(house)) == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"number": ""}, "请填写意见卡编号"),
        ({"number": "第3张"}, "请填写意见卡编号"),
        ({"number": "9" * 21}, "请填写意见卡编号"),
        ({"origin": ""}, "请选明是群众自己填的"),
        ({"origin": "default"}, "请选明是群众自己填的"),
        ({"level": ""}, "没有看懂满意程度"),
        ({"reasons": "态度热情"}, "“态度热情”不在可选范围内"),
        ({"note": "我是110101199001011234"}, "像是有身份证号"),
        ({"note": "好" * 501}, "最多500个字"),
    ],
    ids=str,
)
def test_a_card_that_cannot_be_taken_comes_back_filled_in(staff: Staff, bureau: Bureau, house: House, changed: dict[str, str], told: str) -> None:
    page = staff("office").post(f"{PAGE}enter", 422, **card(bureau, **changed)).get_data(as_text=True)
    assert told in words_of(page)
    assert f'<option value="{bureau.windows[3]}" selected>' in page
    assert not rows(house)


def test_a_window_that_is_none_is_told(staff: Staff, bureau: Bureau, house: House) -> None:
    for window in ("", "99", "x"):
        staff("office").post(f"{PAGE}enter", 404, **card(bureau, window=window))
    assert not rows(house)


def test_the_own_window_is_anothers_to_enter(staff: Staff, bureau: Bureau, house: House) -> None:
    with house.database.transaction() as db:
        db.get_one(ServiceWindow, bureau.windows[3]).head_id = bureau.people["office"]
        registers.grow(db)
    staff("office").post(f"{PAGE}enter", 403, **card(bureau))
    staff("office").post(f"{PAGE}enter", **card(bureau, window=str(bureau.windows[1])))
    assert [row.window_id for row in rows(house)] == [bureau.windows[1]]


@pytest.mark.parametrize("who", ["clerk", "secretary", "committee", "auditor"])
def test_nobody_else_enters_cards(staff: Staff, bureau: Bureau, house: House, who: str) -> None:
    staff(who).get(PAGE, expect=403)
    staff(who).post(f"{PAGE}enter", 403, **card(bureau))
    assert not rows(house)


def test_who_wrote_for_another_is_told_apart(staff: Staff, bureau: Bureau, house: House) -> None:
    office: Any = staff("office")
    office.post(f"{PAGE}enter", **card(bureau, origin="assisted_entry", level="非常满意", reasons="1 3"))
    (row,) = rows(house)
    assert (row.origin, row.tags) == ("assisted_entry", ["办理很快", "态度热情"])
    with house.database.reading() as db:
        assert db.scalars(select(Tally.n)).all() == [1]
