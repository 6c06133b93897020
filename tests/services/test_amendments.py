"""变更承诺: published text is frozen; a change has a reason and a reviewer, and becomes the next version."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.errors import LostRace, NoSuchPledge, NotAllowed, NotNow
from domain.pledge.refusals import AmendmentOpen, NoSuchAmendment, NothingAmended, TextChanged, WhyMissing
from services import amendments, board, pledge_records, pledges
from services.board import Filter
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.pledging import WHOLE, pledged

TODAY = date(2026, 11, 16)
LATER = replace(WHOLE, deadline=date(2027, 1, 31))


@pytest.fixture
def code(bureau: Bureau) -> str:
    return pledged(bureau, "published", MONDAY)


@contextmanager
def deed(bureau: Bureau) -> Iterator[Any]:
    with bureau.house.database.transaction() as db:
        yield db


def propose(bureau: Bureau, code: str, wording: Any = LATER, why: str = "供应商延期", by: str = "clerk", **more: Any) -> Any:
    with deed(bureau) as db:
        return amendments.propose(db, bureau.actor(by), code, wording, why, MONDAY, **more)


def test_until_it_is_reviewed_the_public_reads_the_old_text_then_the_new(bureau: Bureau, code: str) -> None:
    propose(bureau, code)
    with deed(bureau) as db:
        assert next(one.deadline for one in board.entries(db, Filter(), TODAY) if one.code == code) == WHOLE.deadline
        amendments.review(db, bureau.actor("secretary"), code, "publish", "", MONDAY)
        assert next(one.deadline for one in board.entries(db, Filter(), TODAY) if one.code == code) == LATER.deadline
        record = pledge_records.one(db, bureau.actor("clerk"), code, MONDAY)
    assert [(one.no, one.why) for one in record.versions] == [(1, ""), (2, "供应商延期")]
    assert [(one.label, one.before, one.after) for one in record.versions[1].changes] == [("完成时限", "2026年12月31日", "2027年1月31日")]


def test_while_it_waits_the_pledge_stands_as_changed(bureau: Bureau, code: str) -> None:
    propose(bureau, code)
    with deed(bureau) as db:
        [line, *_] = pledge_records.own(db, bureau.actor("clerk"), MONDAY)
        assert line.state_words == "变更"
        amendments.withdraw(db, bureau.actor("clerk"), code, MONDAY)
        [line, *_] = pledge_records.own(db, bureau.actor("clerk"), MONDAY)
        assert line.state_words == "未启动"


def test_a_returned_change_is_written_anew_not_twice(bureau: Bureau, code: str) -> None:
    first = propose(bureau, code)
    with deed(bureau) as db:
        amendments.review(db, bureau.actor("secretary"), code, "return", "说明延到哪天", MONDAY)
    assert propose(bureau, code, why="供应商延期到1月").id == first.id


def test_one_change_at_a_time_with_a_reason_and_something_changed(bureau: Bureau, code: str) -> None:
    for wording, why, refusal in ((LATER, " ", WhyMissing), (WHOLE, "想改", NothingAmended)):
        with pytest.raises(refusal):
            propose(bureau, code, wording, why)
    propose(bureau, code)
    with pytest.raises(AmendmentOpen):
        propose(bureau, code)


def test_nobody_reviews_the_change_of_his_own_pledge(bureau: Bureau) -> None:
    code = pledged(bureau, "published", MONDAY, by="secretary", reviewer="committee")
    propose(bureau, code, by="secretary")
    with deed(bureau) as db:
        with pytest.raises(NotAllowed):
            amendments.review(db, bureau.actor("secretary"), code, "publish", "", MONDAY)
        assert amendments.review(db, bureau.actor("committee"), code, "publish", "", MONDAY).state == "published"


def test_a_change_that_was_rewritten_after_it_was_read_is_not_published(bureau: Bureau, code: str) -> None:
    read = propose(bureau, code).version
    with deed(bureau) as db:
        amendments.withdraw(db, bureau.actor("clerk"), code, MONDAY)
    propose(bureau, code, replace(LATER, content="另外的内容也改了"))
    with deed(bureau) as db, pytest.raises(TextChanged):
        amendments.review(db, bureau.actor("secretary"), code, "publish", "", MONDAY, seen=read)


def test_only_what_is_published_is_amended_and_only_by_its_own(bureau: Bureau, code: str) -> None:
    with pytest.raises(NotNow):
        propose(bureau, pledged(bureau, "approved", MONDAY))
    with pytest.raises(NoSuchPledge):
        propose(bureau, code, by="stranger")
    with pytest.raises(LostRace):
        propose(bureau, code, seen=1)
    with deed(bureau) as db, pytest.raises(NoSuchAmendment):
        amendments.withdraw(db, bureau.actor("clerk"), code, MONDAY)


def test_a_change_is_not_published_under_a_pledge_that_was_taken_down(bureau: Bureau, code: str) -> None:
    propose(bureau, code)
    with deed(bureau) as db:
        pledges.retract(db, bureau.actor("clerk"), code, "撤回公开的同意", MONDAY)
        with pytest.raises(NotNow):
            amendments.review(db, bureau.actor("secretary"), code, "publish", "", MONDAY)
