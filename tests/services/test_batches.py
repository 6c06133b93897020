"""单位承诺: the section drafts after its meeting, the branch compiles, the committee decides all or row by row (A7)."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from domain.errors import NoSuchPledge, NotAllowed, NotNow
from domain.pledge.refusals import (
    AlreadyCompiled,
    DecidedInBatch,
    EmptyBatch,
    MeetingMissing,
    NoSuchBatch,
    NoSuchUnit,
    TextChanged,
    TooManyItems,
    WhyMissing,
)
from models.letters import Letter
from models.pledges import pledge as by_code
from services import batches, pledges
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.pledging import WHOLE, load, of_section, section

PIONEER = "pledge_pioneer_2010"


@pytest.fixture
def unit(bureau: Bureau) -> int:
    load(bureau, "pledge-pioneer-2010", MONDAY)
    return section(bureau, "clerk", "head")


def compiled(bureau: Bureau, *codes: str) -> str:
    with bureau.house.database.transaction() as db:
        return batches.compile_(db, bureau.actor("secretary"), PIONEER, bureau.branch, codes, MONDAY).code


def decide(bureau: Bureau, batch: str, verb: str, by: str = "committee", why: str = "", **more: Any) -> batches.Batch:
    with bureau.house.database.transaction() as db:
        return batches.decide(db, bureau.actor(by), batch, verb, why, MONDAY, **more)


def state(bureau: Bureau, code: str) -> str:
    with bureau.house.database.reading() as db:
        found = by_code(db, code)
        assert found is not None
        return found.state


def letters(bureau: Bureau, kind: str) -> list[Letter]:
    with bureau.house.database.reading() as db:
        return list(db.scalars(select(Letter).where(Letter.kind == kind)))


def test_the_committee_approves_a_whole_batch_and_the_branch_hears_how_it_ended(bureau: Bureau, unit: int) -> None:
    codes = [of_section(bureau, unit, MONDAY), of_section(bureau, unit, MONDAY, by="head")]
    told = decide(bureau, compiled(bureau, *codes), "approve", number="平建党发[2026]9号")
    assert (told.state, told.number, [state(bureau, code) for code in codes]) == ("decided", "平建党发[2026]9号", ["approved", "approved"])
    [closing] = letters(bureau, "batch_close")
    assert (closing.person_id, closing.words["approved"], closing.words["returned"]) == (bureau.people["secretary"], 2, 0)


def test_one_row_goes_back_with_its_reason_and_the_rest_waits(bureau: Bureau, unit: int) -> None:
    first, second = of_section(bureau, unit, MONDAY), of_section(bureau, unit, MONDAY, by="head")
    batch = compiled(bureau, first, second)
    assert decide(bureau, batch, "return", why="写清办几件", only=[second]).waiting == 1
    assert [state(bureau, code) for code in (first, second)] == ["submitted", "returned"]
    assert [(one.person_id, one.words["why"]) for one in letters(bureau, "pledge_return")] == [(bureau.people["head"], "写清办几件")]
    assert decide(bureau, batch, "approve").state == "decided"


def test_a_returned_row_comes_again_in_the_next_batch(bureau: Bureau, unit: int) -> None:
    code = of_section(bureau, unit, MONDAY)
    decide(bureau, compiled(bureau, code), "return", why="写清办几件")
    with bureau.house.database.transaction() as db:
        pledges.save(db, bureau.actor("head"), code, replace(WHOLE, content="首问负责到底"), MONDAY)
        pledges.submit(db, bureau.actor("head"), code, MONDAY)
    assert decide(bureau, compiled(bureau, code), "approve").rows[0].decision == "approve"


def test_the_committee_hears_of_a_batch_and_the_branch_of_each_row(bureau: Bureau, unit: int) -> None:
    compiled(bureau, of_section(bureau, unit, MONDAY))
    assert [one.person_id for one in letters(bureau, "batch_send")] == [bureau.people["committee"]]
    assert bureau.people["secretary"] in [one.person_id for one in letters(bureau, "pledge_submit")]


def test_a_units_pledge_is_decided_in_its_batch_and_nowhere_else(bureau: Bureau, unit: int) -> None:
    code = of_section(bureau, unit, MONDAY)
    with bureau.house.database.transaction() as db:
        for by, refusal in (("committee", DecidedInBatch), ("secretary", NotAllowed), ("other_secretary", NoSuchPledge)):
            with pytest.raises(refusal):
                pledges.review(db, bureau.actor(by), code, "approve", "", MONDAY)


def test_what_is_compiled_lies_still_until_it_is_decided(bureau: Bureau, unit: int) -> None:
    code = of_section(bureau, unit, MONDAY)
    compiled(bureau, code)
    with bureau.house.database.transaction() as db:
        with pytest.raises(AlreadyCompiled):
            pledges.withdraw(db, bureau.actor("clerk"), code, MONDAY)
        with pytest.raises(NotNow):
            batches.send_back(db, bureau.actor("secretary"), code, "写清楚", MONDAY)
        with pytest.raises(EmptyBatch):
            batches.compile_(db, bureau.actor("secretary"), PIONEER, bureau.branch, [code], MONDAY)


def test_the_branch_gives_a_row_back_before_it_compiles(bureau: Bureau, unit: int) -> None:
    code = of_section(bureau, unit, MONDAY)
    with bureau.house.database.transaction() as db:
        assert batches.send_back(db, bureau.actor("secretary"), code, "先补会议日期", MONDAY).state == "returned"
    assert [one.person_id for one in letters(bureau, "pledge_give_back")] == [bureau.people["clerk"]]


def test_no_secretary_compiles_or_reads_for_another_branch(bureau: Bureau, unit: int) -> None:
    batch = compiled(bureau, of_section(bureau, unit, MONDAY))
    with bureau.house.database.transaction() as db:
        with pytest.raises(NotAllowed):
            batches.compile_(db, bureau.actor("other_secretary"), PIONEER, bureau.branch, ["x"], MONDAY)
        for which in (batch, "nothing"):
            with pytest.raises(NoSuchBatch):
                batches.one(db, bureau.actor("other_secretary"), which)
        assert [one.code for one in batches.listed(db, bureau.actor("secretary"))] == [batch]


def test_a_batch_that_changed_after_it_was_read_is_not_decided(bureau: Bureau, unit: int) -> None:
    first, second = of_section(bureau, unit, MONDAY), of_section(bureau, unit, MONDAY, by="head")
    batch = compiled(bureau, first, second)
    with bureau.house.database.reading() as db:
        read = batches.one(db, bureau.actor("committee"), batch).version
    decide(bureau, batch, "return", why="写清办几件", only=[second], seen=read)
    with pytest.raises(TextChanged):
        decide(bureau, batch, "approve", seen=read)
    with pytest.raises(WhyMissing):
        decide(bureau, batch, "return")


def test_a_decided_batch_is_not_decided_again(bureau: Bureau, unit: int) -> None:
    batch = compiled(bureau, of_section(bureau, unit, MONDAY))
    decide(bureau, batch, "approve")
    with pytest.raises(NotNow):
        decide(bureau, batch, "return", why="想再看看")


def test_a_unit_needs_its_meeting_and_its_own_people(bureau: Bureau, unit: int) -> None:
    with pytest.raises(MeetingMissing):
        of_section(bureau, unit, MONDAY, meeting="")
    for by in ("stranger", "other_secretary"):
        with pytest.raises(NoSuchUnit):
            of_section(bureau, unit, MONDAY, by=by)


def test_the_service_year_takes_one_or_two_items_of_a_branch_not_ten(bureau: Bureau) -> None:
    load(bureau, "service-year", MONDAY)
    for _ in range(2):
        of_section(bureau, bureau.branch, MONDAY, by="secretary", campaign="service_year")
    with pytest.raises(TooManyItems) as refusal:
        of_section(bureau, bureau.branch, MONDAY, by="secretary", campaign="service_year")
    assert "最多报2项" in refusal.value.text
