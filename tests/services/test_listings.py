"""台账、名单: who may have which list, which rows stand in it, and that every one taken is on record."""

from datetime import date
from typing import Any

import pytest

from domain.errors import NotAllowed
from domain.listings import Listing
from domain.ports import House
from models.people import Body, Person, SeatRow
from services import listings, steps
from services.listings import Asked, Kind
from tests.bureau import Bureau

EVERYTHING = {Kind.PLEDGES, Kind.PEOPLE, Kind.LEADING_GROUP, Kind.PRINTS}
MAY: dict[str, set[Kind]] = {
    "office": {*EVERYTHING, Kind.PLATES},
    "committee": EVERYTHING,
    "auditor": EVERYTHING,
    "secretary": {Kind.PLEDGES, Kind.PEOPLE, Kind.PLATES},
    "clerk": set(),
}


def taken(bureau: Bureau, kind: Kind, who: str = "office") -> Listing:
    house = bureau.house
    asked = Asked(kind, bureau.actor(who), "青禾县住房和城乡建设局", house.sealer.open, house.now())
    with house.database.transaction() as db:
        listing = listings.draw_up(db, asked)
        listings.note(db, asked, listing)
    return listing


def add(house: House, *rows: Any) -> None:
    with house.database.transaction() as db:
        db.add_all(rows)


@pytest.mark.parametrize(("who", "kinds"), MAY.items(), ids=MAY.keys())
def test_who_may_have_which_list(bureau: Bureau, who: str, kinds: set[Kind]) -> None:
    assert set(listings.takable(bureau.actor(who))) == kinds


@pytest.mark.parametrize("kind", Kind)
def test_a_clerk_takes_none_of_them(bureau: Bureau, kind: Kind) -> None:
    with pytest.raises(NotAllowed):
        taken(bureau, kind, "clerk")


def test_every_list_taken_is_on_record(bureau: Bureau, house: House) -> None:
    taken(bureau, Kind.PEOPLE, "secretary")
    with house.database.reading() as db:
        (step,) = steps.history(db, "listing", 0)
    assert (step.who, step.verb, step.target, step.why) == (f"person:{bureau.people['secretary']}", "export", "people", "党员名单3行")


def test_the_office_has_every_pledge_with_its_state(bureau: Bureau) -> None:
    listing = taken(bureau, Kind.PLEDGES)
    assert [(row[0], row[2], row[7]) for row in listing.rows] == [("窗口党支部", "禾小满", "已公示"), ("机关党支部", "安可期", "起草中")]
    assert listing.under == "青禾县住房和城乡建设局\u30002026年11月16日\u3000共2条"


def test_a_secretary_has_the_own_branch_alone(bureau: Bureau) -> None:
    assert {row[0] for row in taken(bureau, Kind.PLEDGES, "secretary").rows} == {"窗口党支部"}
    assert {row[2] for row in taken(bureau, Kind.PEOPLE, "other_secretary").rows} >= {"安可期", "宋望舒"}
    assert "禾小满" not in {row[2] for row in taken(bureau, Kind.PEOPLE, "other_secretary").rows}


def test_phones_are_masked_and_who_left_is_not_there(bureau: Bureau, house: House) -> None:
    sealed = house.sealer.seal("13812345678")
    add(
        house,
        Person(name="江流", branch_id=bureau.branch, phone_sealed=sealed),
        Person(name="已离开", branch_id=bureau.branch, left_on=date(2026, 1, 1)),
    )
    rows = {row[2]: row[5] for row in taken(bureau, Kind.PEOPLE).rows}
    assert rows["江流"] == "138****5678"
    assert "已离开" not in rows


def test_the_leading_group_stands_with_its_offices_and_not_with_those_of_yesterday(bureau: Bureau, house: House) -> None:
    group = Body(kind="leading_group", name="活动领导小组")
    add(house, group)
    seat = {"body_id": group.id, "role": "committee"}
    add(
        house,
        SeatRow(person_id=bureau.people["committee"], title="组长", from_day=date(2026, 8, 1), **seat),
        SeatRow(person_id=bureau.people["clerk"], title="成员", from_day=date(2026, 1, 1), to_day=date(2026, 7, 31), **seat),
    )
    rows = [(row[0], row[2], row[3]) for row in taken(bureau, Kind.LEADING_GROUP).rows]
    assert ("活动领导小组", "组长", "石开泰") in rows
    assert ("领导小组办公室", "领导小组办公室", "叶知秋") in rows
    assert [row for row in rows if row[2] == "禾小满"] == []


def test_plates_are_listed_window_by_window(bureau: Bureau) -> None:
    rows = taken(bureau, Kind.PLATES, "secretary").rows
    assert [(row[0], row[3]) for row in rows] == [("1号窗口", "使用中"), ("3号窗口", "使用中"), ("5号窗口", "使用中")]
