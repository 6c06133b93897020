"""待办: a running campaign binds units and people; each knows what is due; a change of seat moves it (A3, A20, F02, F05)."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from domain.calendar import local_day
from domain.campaign_file import Campaign, read_campaign, render_findings
from domain.errors import NotAllowed, NotNow
from domain.ports import House
from domain.schedule.refusals import NoSuchTodo
from models import letters as letters_table
from models.people import Body, SeatRow
from services import binding, campaigns, todos
from services.binding import Started
from services.todos import Shown
from tests.bureau import Bureau

TEXT = """
id: spring
title: 春季示范活动
kind: 主题活动
year: 2026
from: 2026-11-01
to: 2027-06-30
roles:
  - {id: branch, name: 党支部}
  - {id: enterprise_branch, name: 企业党组织, acts_as: branch}
  - {id: leading_office, name: 领导小组办公室}
  - {id: committee, name: 局党委}
  - {id: member, name: 党员}
  - {id: service_window, name: 窗口}
  - {id: citizen, name: 群众}
tracks:
  - {id: agency, applies_to: 机关, theme: 务实亲民}
  - {id: enterprise, applies_to: 企业, theme: 发展惠民}
phases:
  - {id: one, no: 1, name: 动员部署, when: 11月, from: 2026-11-01, to: 2026-11-30}
  - {id: two, no: 2, name: 集中承诺, from: 2026-11-20, to: 2026-12-31}
tasks:
  - {id: t1, phase: one, title: 制定实施细则并报送, by: branch, report_to: leading_office, when: 11月24日前, due: 2026-11-24, deliverable: 实施细则}
  - {id: t2, phase: one, title: 召开动员会议, by: branch, when: 11月10日前, due: 2026-11-10, deliverable: 动员会议记录}
  - {id: t3, phase: two, title: 党员制定措施, by: member, deliverable: 措施}
  - {id: t4, phase: two, title: 汇总报审, by: branch, report_to: committee, approver: committee, due: 2026-12-31, deliverable: 汇总表}
  - {id: t5, title: 三服务, by: enterprise_branch, tracks: enterprise}
  - {id: t6, standing: true, title: 经常性督查, by: leading_office}
  - {id: t7, title: 窗口亮标准, by: service_window, when: 适时}
  - {id: t8, title: 群众参与, by: citizen}
"""


@cache
def spring(*edits: tuple[str, str]) -> Campaign:
    """Read once: it is frozen."""
    text = TEXT
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    campaign, findings = read_campaign(text, "spring")
    assert campaign is not None, render_findings(findings)
    return campaign


def load(bureau: Bureau, *edits: tuple[str, str]) -> None:
    with bureau.house.database.transaction() as db:
        campaigns.load(db, bureau.actor("office"), spring(*edits), bureau.house.now())


def start(bureau: Bureau) -> Started:
    load(bureau)
    with bureau.house.database.transaction() as db:
        return binding.start(db, bureau.actor("office"), "spring", bureau.house.now())


def mine(bureau: Bureau, name: str) -> list[Shown]:
    with bureau.house.database.reading() as db:
        return todos.of_person(db, bureau.actor(name), bureau.house.now())


def titles(found: list[Shown]) -> list[str]:
    return [todo.task for todo in found]


def test_a_campaign_that_was_only_loaded_binds_nobody(bureau: Bureau) -> None:
    load(bureau)
    assert mine(bureau, "secretary") == []


def test_a_secretary_finds_what_the_branch_and_he_himself_owe_the_oldest_first(bureau: Bureau) -> None:
    start(bureau)
    assert titles(mine(bureau, "secretary")) == ["制定实施细则并报送", "党员制定措施", "汇总报审"]
    first = mine(bureau, "secretary")[0]
    assert (first.who, first.wording, first.due_on, first.lateness) == ("窗口党支部", "11月24日前", date(2026, 11, 24), "还有8天")
    assert first.due_words.startswith("文件写明“11月24日前”，截止2026年11月24日（周二）")


def test_a_clerk_owes_only_what_members_owe_and_a_head_the_windows_too(bureau: Bureau) -> None:
    start(bureau)
    assert titles(mine(bureau, "clerk")) == ["党员制定措施"]
    assert titles(mine(bureau, "head")) == ["党员制定措施", *["窗口亮标准"] * 3]


def test_what_was_overdue_before_the_start_is_asked_and_nobody_is_chased(bureau: Bureau) -> None:
    started = start(bureau)
    assert started.asked == 2
    with bureau.house.database.reading() as db:
        owed = todos.due(db, date(2026, 1, 1), date(2027, 12, 31), local_day(bureau.house.now()))
    assert "召开动员会议" not in {one.task for one in owed}


def test_a_task_of_a_track_binds_its_branches_alone_and_a_role_without_people_is_named(bureau: Bureau) -> None:
    with bureau.house.database.transaction() as db:
        db.get(Body, bureau.other_branch).track = "enterprise"
    assert start(bureau).unbound == ("群众参与",)
    assert "三服务" in titles(mine(bureau, "other_secretary"))
    assert "三服务" not in titles(mine(bureau, "secretary"))


def test_starting_twice_is_refused_and_loading_again_adds_nothing(bureau: Bureau) -> None:
    start(bureau)
    before = mine(bureau, "secretary")
    with pytest.raises(NotNow):
        start(bureau)
    load(bureau)
    assert mine(bureau, "secretary") == before


def test_a_secretary_may_not_start_a_campaign(bureau: Bureau) -> None:
    load(bureau)
    with pytest.raises(NotAllowed), bureau.house.database.transaction() as db:
        binding.start(db, bureau.actor("secretary"), "spring", bureau.house.now())


def test_a_shifted_date_moves_the_todos_and_tells_each_secretary_once(bureau: Bureau) -> None:
    start(bureau)
    load(bureau, ("when: 11月24日前, due: 2026-11-24", "when: 11月27日前, due: 2026-11-27"))
    assert mine(bureau, "secretary")[0].due_on == date(2026, 11, 27)
    with bureau.house.database.reading() as db:
        told = letters_table.of_person(db, bureau.people["secretary"])
    assert [letter.words["due"] for letter in told if letter.kind == "todo_moved"] == ["2026-11-27"]


def test_a_task_that_leaves_the_table_is_dropped_not_deleted_and_comes_back(bureau: Bureau) -> None:
    start(bureau)
    load(bureau, ("id: t4, phase: two, title: 汇总报审", "id: t9, phase: two, title: 另行汇总"))
    assert titles(mine(bureau, "secretary"))[-1] == "另行汇总"
    load(bureau)
    assert titles(mine(bureau, "secretary"))[-1] == "汇总报审"


def test_a_handover_moves_what_the_branch_owes(bureau: Bureau, house: House) -> None:
    start(bureau)
    today = local_day(house.now())
    with house.database.transaction() as db:
        seat = db.query(SeatRow).filter_by(person_id=bureau.people["secretary"]).one()
        seat.to_day = today - timedelta(days=1)
        db.add(replace_seat(seat, bureau.people["clerk"], today))
    assert titles(mine(bureau, "secretary")) == ["党员制定措施"]
    assert titles(mine(bureau, "clerk"))[0] == "制定实施细则并报送"


def replace_seat(seat: SeatRow, person_id: int, day: date) -> SeatRow:
    return SeatRow(person_id=person_id, body_id=seat.body_id, role=seat.role, from_day=day)


def test_who_is_to_be_reminded_of_what_and_who_stands_above(bureau: Bureau) -> None:
    start(bureau)
    day = date(2026, 11, 24)
    with bureau.house.database.reading() as db:
        owed = todos.due(db, day, day, local_day(bureau.house.now()))
    assert [(one.who, one.behind) for one in owed] == [
        ("窗口党支部", (bureau.people["secretary"],)),
        ("机关党支部", (bureau.people["other_secretary"],)),
    ]
    assert {one.above for one in owed} == {(bureau.people["office"],)}


def test_another_branchs_todo_looks_like_none(bureau: Bureau) -> None:
    start(bureau)
    foreign = mine(bureau, "other_secretary")[0]
    for todo_id in (foreign.id, 999_999):
        with pytest.raises(NoSuchTodo), bureau.house.database.reading() as db:
            todos.one(db, bureau.actor("secretary"), todo_id, bureau.house.now())


def test_nobody_without_a_name_has_todos(bureau: Bureau) -> None:
    start(bureau)
    with pytest.raises(NotAllowed), bureau.house.database.reading() as db:
        todos.of_person(db, replace(bureau.actor("clerk"), person_id=None), bureau.house.now())


def test_newcomers_are_bound_by_the_next_round(bureau: Bureau, house: House) -> None:
    start(bureau)
    with house.database.transaction() as db:
        body = Body(kind="branch", name="新设党支部")
        db.add(body)
        db.flush()
        db.add(SeatRow(person_id=bureau.people["clerk"], body_id=body.id, role="branch_secretary", from_day=date(2026, 1, 1)))
    assert len(mine(bureau, "clerk")) == 1
    with house.database.transaction() as db:
        binding.keep_up_all(db, house.now() + timedelta(minutes=1))
    assert "制定实施细则并报送" in titles(mine(bureau, "clerk"))


def test_what_is_begun_leaves_out_what_is_far_away(bureau: Bureau) -> None:
    start(bureau)
    found = mine(bureau, "secretary")
    assert titles(todos.begun(found, date(2026, 11, 16))) == ["制定实施细则并报送"]
    assert len(todos.begun(found, date(2026, 12, 25))) == 3
