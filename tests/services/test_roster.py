"""The office's list comes in: seen before it is done, done at once, done once; nobody is deleted, nothing is overwritten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from domain.actor import Actor
from domain.errors import LostRace, NotAllowed
from domain.ports import House
from domain.roster.records import Grid, Keys, Reading
from domain.roster.refusals import NotWaiting, RosterHasFaults
from domain.roster.sheets import read_sheets
from models import people
from models.todos import Todo
from services import roster, steps
from services.roster import Done, Preview
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.services.test_todos import start

HEAD = "姓名|党支部|手机号|入党时间|党员类别"
HALL = "林知远|窗口党支部|13800001111|1998-07-01|正式\n禾小满|窗口党支部|13800002222|2019-06-18|预备\n苏明礼|窗口党支部|13800003333|2001-07-01|正式"
ALL = frozenset(("林知远", "禾小满", "苏明礼", "安可期", "宋望舒", "石开泰", "叶知秋", "钟正言"))


def listed(lines: str, head: str = HEAD) -> Reading:
    return read_sheets([Grid("名册", [line.split("|") for line in f"{head}\n{lines}".splitlines()])], date(2026, 11, 16))


class Office:
    """The leading group's office with its lists."""

    def __init__(self, house: House, actor: Actor) -> None:
        self.house, self.actor = house, actor
        self.keys = Keys(house.pseudonyms.phone, house.sealer.seal, house.sealer.open)

    def look(self, lines: str) -> Preview:
        with self.house.database.reading() as db:
            return roster.preview(db, self.actor, listed(lines), self.keys, MONDAY)

    def carry_out(self, plan: Preview, **how: Any) -> Done:
        with self.house.database.transaction() as db:
            return roster.apply(db, self.actor, plan, self.keys, MONDAY, **how)

    def bring(self, lines: str, **how: Any) -> Done:
        return self.carry_out(self.look(lines), **how)

    def people(self) -> dict[str, people.Person]:
        with self.house.database.reading() as db:
            return {one.name: one for one in people.everyone(db)}

    def verbs(self) -> list[str]:
        with self.house.database.reading() as db:
            return [step.verb for one in people.everyone(db) for step in steps.history(db, "person", one.id)]


@pytest.fixture
def office(bureau: Bureau, house: House) -> Office:
    return Office(house, bureau.actor("office"))


def test_a_preview_changes_nothing(office: Office) -> None:
    before = {name: one.version for name, one in office.people().items()}
    plan = office.look(f"{HALL}\n新来者|公租房支部|||")
    assert ([one.name for one in plan.adds], len(plan.changes), [one.name for one in plan.new_branches]) == (["新来者"], 3, ["公租房支部"])
    assert {name: one.version for name, one in office.people().items()} == before


def test_a_list_is_brought_in_with_a_step_for_each_person(office: Office, bureau: Bureau) -> None:
    assert office.bring(f"{HALL}\n江𬍛|窗口党支部|13800004444|1998.7|") == Done(added=1, changed=3, left=0, branches=0)
    new = office.people()["江𬍛"]
    assert (new.branch_id, new.category, new.joined_on, new.public_form) == (bureau.branch, "正式党员", date(1998, 7, 1), "post")
    assert sorted(office.verbs()) == ["add", "change", "change", "change"]


def test_a_number_lies_sealed_beside_its_blind_index(office: Office, house: House) -> None:
    office.bring(HALL)
    found = office.people()["林知远"]
    assert found.phone_sealed is not None
    assert b"13800001111" not in found.phone_sealed
    assert house.sealer.open(found.phone_sealed) == "13800001111"
    assert found.phone_index == house.pseudonyms.phone("13800001111")


def test_a_relatives_number_is_kept_to_call_but_not_to_sign_in_with(office: Office) -> None:
    lines = HALL.replace("13800001111", "13800001111（妻）")
    office.bring(lines)
    found = office.people()["林知远"]
    assert (found.phone_sealed is None, found.phone_index) == (False, None)
    assert office.bring(lines) == Done(0, 0, 0, 0)


def test_the_same_list_again_changes_nothing(office: Office, house: House) -> None:
    lines = f"{HALL}\n新来者|公租房支部|||\n新来者|公租房支部|13800005555||"
    office.bring(lines, leaving=True)
    before, verbs, edition = {name: one.version for name, one in office.people().items()}, office.verbs(), house.database.edition()
    assert office.bring(lines, leaving=True) == Done(0, 0, 0, 0)
    assert ({name: one.version for name, one in office.people().items()}, office.verbs(), house.database.edition()) == (before, verbs, edition)


def test_a_blank_cell_erases_nothing(office: Office) -> None:
    office.bring(HALL)
    assert office.bring("林知远|窗口党支部|||") == Done(0, 0, 0, 0)
    assert office.people()["林知远"].joined_on == date(1998, 7, 1)


def test_a_new_branch_is_made_only_with_a_yes_and_stands_below_the_committee(office: Office, house: House) -> None:
    with house.database.reading() as db:
        assert people.body_named(db, "公租房支部") is None
    assert office.bring("新来者|公租房支部|||").branches == 1
    with house.database.reading() as db:
        made, committee = people.body_named(db, "公租房支部"), people.body_named(db, "局党委")
    assert made is not None
    assert committee is not None
    assert (made.kind, made.parent_id) == ("branch", committee.id)
    assert office.people()["新来者"].branch_id == made.id


def test_whoever_moved_keeps_everything_else(office: Office, bureau: Bureau, house: House) -> None:
    office.bring(HALL)
    plan = office.look("林知远|机关党支部|13800001111||")
    assert [(one.known.name, one.known.branch_id, one.member.branch_id) for one in plan.moved] == [("林知远", bureau.branch, bureau.other_branch)]
    office.carry_out(plan)
    found = office.people()["林知远"]
    assert (found.id, found.branch_id, found.joined_on) == (bureau.people["head"], bureau.other_branch, date(1998, 7, 1))
    with house.database.reading() as db:
        step = steps.history(db, "person", found.id)[-1]
    assert (step.verb, step.source, step.target) == ("move", f"branch:{bureau.branch}", f"branch:{bureau.other_branch}")


def test_leavers_are_marked_only_when_asked_and_never_deleted(office: Office) -> None:
    lines = "\n".join(HALL.splitlines()[:2])
    plan = office.look(lines)
    assert [one.name for one in plan.leavers] == ["苏明礼"]
    assert [one for one in plan.leavers if one.id in plan.serving] == list(plan.leavers)
    office.carry_out(plan)
    assert office.people()["苏明礼"].left_on is None
    assert office.bring(lines, leaving=True).left == 1
    assert office.people().keys() == ALL
    assert office.people()["苏明礼"].left_on == date(2026, 11, 16)


def test_whoever_left_and_is_listed_again_comes_back(office: Office) -> None:
    office.bring("\n".join(HALL.splitlines()[:2]), leaving=True)
    assert office.bring(HALL).changed == 1
    assert office.people()["苏明礼"].left_on is None
    assert office.verbs().count("return") == 1


def test_nobody_leaves_while_a_row_is_wrong(office: Office) -> None:
    plan = office.look(f"{HALL}\n张|窗口党支部|||")
    with pytest.raises(RosterHasFaults):
        office.carry_out(plan, leaving=True)
    assert office.carry_out(plan).changed == 3


@pytest.mark.parametrize("row", ["苏明礼|窗口党支部|138||", "苏明礼|局党委|||", "苏明礼|窗口党支部|13800003333||\n苏明礼|机关党支部|13800003333||"])
def test_whoever_stands_in_a_wrong_row_is_no_leaver(office: Office, row: str) -> None:
    plan = office.look("\n".join([*HALL.splitlines()[:2], row]))
    assert plan.faults
    assert "苏明礼" not in {one.name for one in plan.leavers}


def test_a_row_that_waits_is_done_only_when_confirmed(office: Office) -> None:
    office.bring(HALL)
    renamed = HALL.replace("林知远", "林致远")
    assert office.bring(renamed) == Done(0, 0, 0, 0)
    plan = office.look(renamed)
    assert [(one.member.at, one.known and one.known.name) for one in plan.held] == [("A2", "林知远")]
    with pytest.raises(NotWaiting) as refused:
        office.carry_out(plan, accepted={"A7"})
    assert "A7" in refused.value.text
    assert office.carry_out(plan, accepted={"A2"}).changed == 1
    assert office.people().keys() == ALL - {"林知远"} | {"林致远"}


def test_a_section_is_no_branch(office: Office) -> None:
    plan = office.look("新来者|局党委|||")
    assert (list(plan.adds), [str(fault) for fault in plan.faults]) == ([], ["A2：“局党委”不是党支部，请写所在支部的名称"])


def test_a_register_that_changed_since_the_preview_is_not_overwritten(office: Office) -> None:
    plan = office.look(HALL)
    office.bring("林知远|机关党支部|||", accepted={"A2"})
    with pytest.raises(LostRace):
        office.carry_out(plan)


def test_a_fault_half_way_leaves_nothing_behind(office: Office, house: House) -> None:
    def stumble(_number: str) -> bytes:
        raise RuntimeError("power cut")

    plan, before = office.look(f"新来者|公租房支部|||\n{HALL}"), office.verbs()
    office.keys = replace(office.keys, seal=stumble)
    with pytest.raises(RuntimeError):
        office.carry_out(plan)
    assert (office.people().keys(), office.verbs()) == (ALL, before)
    with house.database.reading() as db:
        assert people.body_named(db, "公租房支部") is None


@pytest.mark.parametrize(
    ("lines", "grows"), [("林知远|窗口党支部|13800001111||", False), ("新来者|窗口党支部|||", False), ("林知远|机关党支部||1998-7-1|", True)]
)
def test_the_public_edition_grows_only_with_what_the_public_may_see(office: Office, house: House, lines: str, grows: bool) -> None:
    office.bring("林知远|窗口党支部||1998-7-1|")
    edition = house.database.edition()
    office.bring(lines)
    assert (house.database.edition() > edition) is grows


@pytest.mark.parametrize("who", ["clerk", "secretary", "committee", "auditor"])
def test_others_may_neither_look_nor_change_nor_export(bureau: Bureau, house: House, office: Office, who: str) -> None:
    plan, other = office.look(HALL), Office(house, bureau.actor(who))
    deeds: list[Callable[[Any], Any]] = [
        lambda db: roster.preview(db, other.actor, listed(HALL), other.keys, MONDAY),
        lambda db: roster.apply(db, other.actor, plan, other.keys, MONDAY),
        lambda db: roster.export(db, other.actor, other.keys, MONDAY),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowed), house.database.transaction() as db:
            deed(db)


def test_steps_tell_neither_numbers_nor_dates(office: Office, house: House) -> None:
    office.bring(HALL)
    office.bring(HALL.replace("13800001111", "13800009999").replace("1998-07-01", "1999-07-01"))
    with house.database.reading() as db:
        told = [step.why + step.source + step.target for one in people.everyone(db) for step in steps.history(db, "person", one.id)]
    assert "花名册导入：手机号、入党时间" in told
    assert not any(sign.isdigit() for why in told for sign in why if "branch" not in why)


def test_a_list_that_is_exported_can_be_imported_without_a_change(office: Office, house: House) -> None:
    office.bring(HALL)
    with house.database.transaction() as db:
        rows = roster.export(db, office.actor, office.keys, MONDAY)
    assert rows[0] == ("姓名", "党支部", "手机号", "入党时间", "党员类别")
    assert ("林知远", "窗口党支部", "13800001111", "1998-07-01", "正式党员") in rows
    assert office.bring("\n".join("|".join(row) for row in rows[1:]), leaving=True) == Done(0, 0, 0, 0)


def test_a_masked_export_hides_numbers_and_each_export_leaves_a_step(office: Office, house: House) -> None:
    office.bring(HALL)
    with house.database.transaction() as db:
        rows = roster.export(db, office.actor, office.keys, MONDAY, hide=True)
    assert rows[1][2] == "138****1111"
    with house.database.reading() as db:
        assert [step.why for step in steps.history(db, "roster", 0)] == ["导出花名册8人，手机号已遮盖"]
        assert steps.verify(db, house.pseudonyms.steps_key).sound


def test_three_thousand_people_come_in_by_few_statements_and_one_sound_chain(office: Office, house: House) -> None:
    lines = "\n".join(f"{a}{b}{c}|第{n % 50}党支部|138{n:08d}||" for n, (a, b, c) in enumerate(_names(3000)))
    assert office.bring(lines) == Done(3000, 0, 0, 50)
    with house.database.reading() as db:
        assert steps.verify(db, house.pseudonyms.steps_key).sound
    assert office.bring(lines) == Done(0, 0, 0, 0)


def _names(many: int) -> list[tuple[str, str, str]]:
    signs = [chr(0x4E10 + n) for n in range(60)]
    return [(signs[n % 60], signs[n // 60 % 60], signs[n // 3600 + 7]) for n in range(many)]


def test_what_a_leaver_owed_is_owed_no_more(office: Office, bureau: Bureau, house: House) -> None:
    start(bureau)
    office.bring("\n".join(HALL.splitlines()[:2]), leaving=True)
    with house.database.reading() as db:
        states = {row.person_id: row.state for row in db.scalars(select(Todo).where(Todo.person_id.is_not(None)))}
    assert (states[bureau.people["secretary"]], states[bureau.people["head"]]) == ("dropped", "open")
