"""From a list on paper to a member who is gone again: import, seat, bind, show, hand over, unbind, forget (F08–F10, R28, R35)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.ports import House
from scheduler.jobs.tidy import tidy
from services import steps
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.journeys.people_steps import People
from tests.phones import Phone
from tests.services.test_own_data import everything
from tests.web.conftest import Browser, browser, flask, staff, words_of  # noqa: F401  the fixtures of the console's stories

ROWS = (
    "林知远,窗口党支部,13800000001,1998年7月1日,正式党员",
    "禾小满,窗口党支部,13800000002,2019-06-18,预备",
    "苏明礼,窗口党支部,13800000003,2001.7,正式",
    "甘棠荫,窗口党支部,１３８００００００４４,35000,正式党员",
)


@pytest.fixture
def people(staff: Callable[[str], Browser], phone: Callable[..., Phone]) -> People:  # noqa: F811
    return People(staff, phone)


def test_a_member_comes_serves_and_is_forgotten(people: People, bureau: Bureau, house: House, clock: Clock) -> None:
    office, committee, secretary = people.staff("office"), people.staff("committee"), people.staff("secretary")
    assert "已导入：新增1人，修改3人" in people.bring_in(office, ROWS)
    assert "花名册与名单一致，没有改动" in people.bring_in(office, ROWS)

    number = people.id_of(office, "甘棠荫")
    member = people.bind(secretary, number, "gan")
    assert "甘棠荫，窗口党支部" in member.say("我")
    people.seat(office, committee, number, bureau.branch, "branch_secretary", "2026-11-16", "党支部书记")
    assert "窗口党支部书记" in member.say("我")

    office.post("/console/seats/hand-over/send", 303, person=str(bureau.people["head"]), successor="甘棠荫", from_day="2026-11-16")
    approve = next(line for line in committee.get("/console/seats/").split('"') if line.endswith("/approve"))
    committee.post(approve, 303)
    phone = people.phone("citizen")
    phone.say("评价 3号窗口 不满意 等太久了")
    assert "A0001" in member.say("待办")

    member.say("公开姓名")
    member.say("解绑")
    assert member.say("确认解绑").startswith("已解绑")
    assert member.say("我").startswith("您还没有绑定身份")

    member.do("unsubscribe")
    clock.pass_(days=31)
    tidy(house)
    left = everything(house)
    assert house.pseudonyms.contact("service", member.openid) not in left
    assert str(house.pseudonyms.phone("13800000044")) not in left
    with house.database.reading() as db:
        assert steps.verify(db, house.pseudonyms.steps_key).sound


def test_a_secretary_who_left_the_seat_sees_nothing_any_more(people: People, bureau: Bureau, clock: Clock) -> None:
    office, committee, secretary = people.staff("office"), people.staff("committee"), people.staff("secretary")
    secretary.get("/console/people/")
    seat = next(part for part in office.get("/console/seats/").split('"') if part.endswith("/end"))
    page = office.get("/console/seats/")
    row = page[: page.index("苏明礼")].rindex("<tr>")
    seat = next(part for part in page[row:].split('"') if part.endswith("/end"))
    office.post(f"{seat}/send", 303, last_day=(clock.now().date() - timedelta(days=1)).isoformat(), why="换届")
    approve = next(line for line in committee.get("/console/seats/").split('"') if line.endswith("/approve"))
    committee.post(approve, 303)
    assert "不能办理这件事" in words_of(secretary.get("/console/people/", 403))
