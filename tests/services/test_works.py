"""重点工程: kept by the branch that answers for it, its public plan never changed, what is late explained."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.errors import LostRace, NoSuchPledge, NotAllowed
from domain.work_refusals import DelayUnexplained, NoSuchWork, NotFinishedYet, PlanFrozen, WorkIncomplete
from domain.works import Milestone
from services import works
from services.works import Facts, Told
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.services.test_objections import code_of

PLAN = (Milestone("进场", date(2026, 9, 1), actual=date(2026, 9, 1)), Milestone("竣工", date(2026, 12, 20)))


def facts(bureau: Bureau, **more: Any) -> Facts:
    return replace(Facts("文明路改造", bureau.branch, "市政科", "拓宽1.2公里", 40, "", PLAN, (code_of(bureau),)), **more)


def written(bureau: Bureau, by: str = "secretary", code: str = "", **more: Any) -> str:
    with bureau.house.database.transaction() as db:
        return works.write_down(db, bureau.actor(by), facts(bureau, **more), MONDAY, code=code).code


def go(bureau: Bureau, code: str, verb: str, by: str = "secretary") -> None:
    with bureau.house.database.transaction() as db:
        works.go(db, bureau.actor(by), code, verb, "", MONDAY)


def public(bureau: Bureau, code: str) -> Told:
    with bureau.house.database.reading() as db:
        return works.one(db, code, MONDAY)


def test_a_citizen_sees_planned_and_actual_dates_once_it_is_public(bureau: Bureau) -> None:
    code = written(bureau)
    with pytest.raises(NoSuchWork):
        public(bureau, code)
    go(bureau, code, "publish")
    told = public(bureau, code)
    assert (told.name, told.branch, told.percent, told.done, told.chinese) == ("文明路改造", "窗口党支部", 40, 1, "建设中")
    assert [one.words(date(2026, 11, 16)) for one in told.milestones] == ["按期完成", "未到期"]
    assert [one.content for one in told.pledges] == ["办证材料一次告知"]


def moved(bureau: Bureau, code: str, **more: Any) -> tuple[Milestone, ...]:
    first, last = public(bureau, code).milestones
    return first, replace(last, **more)


def test_a_public_plan_is_never_changed_only_moved_with_a_reason(bureau: Bureau) -> None:
    code = written(bureau)
    go(bureau, code, "publish")
    with pytest.raises(PlanFrozen):
        written(bureau, code=code, milestones=moved(bureau, code, planned=date(2027, 1, 1)))
    with pytest.raises(PlanFrozen):
        written(bureau, code=code, milestones=moved(bureau, code)[:1])
    with pytest.raises(DelayUnexplained):
        written(bureau, code=code, milestones=moved(bureau, code, expected=date(2027, 1, 1)))
    written(bureau, code=code, milestones=moved(bureau, code, expected=date(2027, 1, 1), note="管线迁改"))
    assert public(bureau, code).behind == 12


def test_it_is_finished_when_every_milestone_is(bureau: Bureau) -> None:
    code = written(bureau)
    go(bureau, code, "publish")
    with pytest.raises(NotFinishedYet):
        go(bureau, code, "finish")
    written(bureau, code=code, milestones=moved(bureau, code, actual=date(2026, 11, 16)))
    go(bureau, code, "finish")
    assert public(bureau, code).chinese == "已完工"


def test_another_branch_neither_sees_nor_changes_it(bureau: Bureau) -> None:
    code = written(bureau)
    with bureau.house.database.reading() as db:
        assert works.kept(db, bureau.actor("other_secretary"), MONDAY) == []
        assert [one.code for one in works.kept(db, bureau.actor("office"), MONDAY)] == [code]
    for which in (code, "nothing"):
        with pytest.raises(NoSuchWork):
            go(bureau, which, "publish", "other_secretary")
    with pytest.raises(NotAllowed):
        written(bureau, "clerk")


def test_a_work_without_its_facts_is_not_taken(bureau: Bureau) -> None:
    with pytest.raises(WorkIncomplete) as refusal:
        written(bureau, name="", milestones=())
    assert "名称、节点" in refusal.value.text
    with pytest.raises(NoSuchPledge):
        written(bureau, pledges=("nothing",))


def test_two_who_write_at_once_do_not_overwrite_each_other(bureau: Bureau) -> None:
    code = written(bureau)
    with bureau.house.database.transaction() as db:
        seen = works.look(db, bureau.actor("office"), code, MONDAY).version
    written(bureau, code=code, percent=50)
    with pytest.raises(LostRace), bureau.house.database.transaction() as db:
        works.write_down(db, bureau.actor("office"), facts(bureau), MONDAY, code=code, version=seen)
