"""提醒信件 in the console: what became of each, what will leave, who must be called; cancelled and sent again by the office alone."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from domain.ports import House
from models.letters import Letter
from models.people import Person
from models.steps import Step
from scheduler.jobs.deliver import deliver
from scheduler.jobs.remind import remind
from services import letters
from services.letters import Draft
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.services.test_todos import start
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]
PHONE = "13800138000"


def write(house: House, bureau: Bureau, name: str = "head") -> int:
    with house.database.transaction() as db:
        letters.write(db, Draft(f"todo:{name}", "todo_accept", {"task": "季度小结", "receipt": "收字1号"}, bureau.people[name]), house.now())
    with house.database.reading() as db:
        return db.scalars(select(Letter.id).order_by(Letter.id.desc())).first() or 0


def state(house: House, letter_id: int) -> str:
    with house.database.reading() as db:
        found = db.get(Letter, letter_id)
        assert found is not None
        return found.state


def test_the_office_reads_what_became_of_a_letter(staff: Browsers, house: House, bureau: Bureau) -> None:
    write(house, bureau)
    deliver(house)
    page = words_of(staff("office").get("/console/letters/"))
    assert "林知远“季度小结”的报送材料收字1号已审核通过。微信送不到，留作待办没有可用的微信通道" in page
    assert "时钟没有在值守" in page


@pytest.mark.parametrize(
    ("query", "there"), [("state=todo", True), ("state=sent", False), ("name=林", True), ("name=%25", False), ("before=1", False)]
)
def test_the_list_is_filtered(staff: Browsers, house: House, bureau: Bureau, query: str, there: bool) -> None:
    write(house, bureau)
    deliver(house)
    assert ("季度小结" in staff("office").get(f"/console/letters/?{query}")) == there


def test_a_letter_is_cancelled_with_its_reason(staff: Browsers, house: House, bureau: Bureau) -> None:
    letter_id = write(house, bureau)
    office = staff("office")
    office.post("/console/letters/cancel", letter=letter_id, why="已当面告知")
    assert state(house, letter_id) == "cancelled"
    assert "已取消1封" in office.get("/console/letters/")
    with house.database.reading() as db:
        step = db.scalars(select(Step).where(Step.thing == "letter")).one()
    assert (step.verb, step.target, step.why) == ("cancel", "cancelled", "已当面告知")


def test_what_did_not_arrive_is_sent_again(staff: Browsers, house: House, bureau: Bureau) -> None:
    letter_id = write(house, bureau)
    deliver(house)
    staff("office").post("/console/letters/resend", letter=letter_id)
    assert state(house, letter_id) == "waiting"


def test_nobody_else_reads_or_cancels(staff: Browsers, house: House, bureau: Bureau) -> None:
    letter_id = write(house, bureau)
    for name in ("secretary", "clerk", "committee", "auditor"):
        staff(name).get("/console/letters/", 403)
        staff(name).post("/console/letters/cancel", 403, letter=letter_id)
    assert state(house, letter_id) == "waiting"


@pytest.mark.parametrize("ids", [["x"], [], ["99999"], ["-1", "1e9"]])
def test_odd_choices_do_nothing(staff: Browsers, house: House, bureau: Bureau, ids: list[str]) -> None:
    office = staff("office")
    office.post("/console/letters/cancel", letter=ids)
    assert "没有可以取消的信件" in office.get("/console/letters/")


def test_the_coming_reminders_are_seen_beforehand_and_then_come_true(staff: Browsers, house: House, bureau: Bureau, clock: Clock) -> None:
    start(bureau)
    bureau.bind("secretary", "o-sec")
    page = words_of(staff("office").get("/console/letters/ahead"))
    assert "11月17日苏明礼截止前7天您有1项任务要报送：“制定实施细则并报送”（11月24日截止）" in page.replace("2026年", "")
    assert "客服消息" in page
    assert "没有绑定微信" in page
    clock.pass_(days=1)
    remind(house)
    with house.database.reading() as db:
        told = db.scalars(select(Letter).where(Letter.kind == "reminder", Letter.person_id == bureau.people["secretary"])).one()
    assert told.words["list"] == "“制定实施细则并报送”（11月24日截止）"


def test_the_call_list_names_who_cannot_be_told_and_why(staff: Browsers, house: House, bureau: Bureau, clock: Clock) -> None:
    start(bureau)
    bureau.bind("secretary", "o-sec")
    with house.database.transaction() as db:
        person = db.get(Person, bureau.people["other_secretary"])
        assert person is not None
        person.phone_sealed = house.sealer.seal(PHONE)
    office = staff("office")
    page = words_of(office.get("/console/letters/calls"))
    assert "宋望舒机关党支部138****8000没有绑定微信制定实施细则并报送" in page
    assert "苏明礼" not in page
    clock.pass_(days=3)
    assert "苏明礼窗口党支部没有登记订阅次数已用完，近两天也没有来信" in words_of(staff("office").get("/console/letters/calls"))


def test_taking_the_call_list_along_is_recorded(staff: Browsers, house: House, bureau: Bureau) -> None:
    start(bureau)
    answer = staff("office").post("/console/letters/calls/list", 200, form="xlsx")
    assert answer.data[:2] == b"PK"
    with house.database.reading() as db:
        assert db.scalars(select(Step.why).where(Step.thing == "listing")).one() == "电话催办名单2行"
