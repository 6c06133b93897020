"""审核: what waits for whom, and twenty decided in one deed."""

from typing import Any

import pytest
from sqlalchemy import event

from domain.pledge.refusals import TextChanged
from models.pledges import pledge as by_code
from services import amendments, pledge_reviews
from services.pledge_progress import Entry, Reported, report
from services.pledge_reviews import Decision, Turn
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.pledging import WHOLE, pledged
from tests.services.test_amendments import LATER


def waiting(bureau: Bureau, who: str) -> list[tuple[str, str]]:
    with bureau.house.database.reading() as db:
        return [(item.code, item.turn.value) for item in pledge_reviews.waiting(db, bureau.actor(who), MONDAY)]


def test_everything_waits_for_exactly_one_kind_of_hand(bureau: Bureau) -> None:
    mine, own = pledged(bureau, "submitted", MONDAY), pledged(bureau, "submitted", MONDAY, by="secretary")
    other = pledged(bureau, "submitted", MONDAY, by="stranger")
    assert waiting(bureau, "secretary") == [(mine, "review")]
    assert waiting(bureau, "other_secretary") == [(other, "review")]
    assert waiting(bureau, "committee") == [(own, "review")]
    assert [waiting(bureau, who) for who in ("clerk", "auditor", "office")] == [[], [], []]


def test_changes_reports_and_publications_wait_too(bureau: Bureau) -> None:
    changed, done, approved = (pledged(bureau, state, MONDAY) for state in ("published", "published", "approved"))
    with bureau.house.database.transaction() as db:
        amendments.propose(db, bureau.actor("clerk"), changed, LATER, "供应商延期", MONDAY)
        report(db, bureau.actor("clerk"), done, Entry(Reported.FULFIL, "清单已印好"), MONDAY)
    assert set(waiting(bureau, "secretary")) == {(done, "confirm"), (approved, "publish"), (changed, "amendment")}
    assert waiting(bureau, "office") == [(approved, "publish")]


def test_twenty_are_decided_in_one_deed_and_each_falls_by_itself(bureau: Bureau) -> None:
    codes = [pledged(bureau, "submitted", MONDAY, content=f"第{n}件事一次告知") for n in range(20)]
    own = pledged(bureau, "submitted", MONDAY, by="secretary")
    with bureau.house.database.transaction() as db:
        seen = {item.code: item.seen for item in pledge_reviews.waiting(db, bureau.actor("secretary"), MONDAY)}
        decisions = [Decision(code, seen[code]) for code in codes[1:]] + [Decision(codes[0], 99), Decision(own, 2)]
        outcomes = pledge_reviews.decide_many(db, bureau.actor("secretary"), decisions, True, "", MONDAY)
    failed = {one.code: one.refusal for one in outcomes if one.refusal}
    assert set(failed) == {codes[0], own}
    assert isinstance(failed[codes[0]], TextChanged)
    with bureau.house.database.reading() as db:
        states = [getattr(by_code(db, code), "state", "") for code in codes]
    assert states == ["submitted", *["approved"] * 19]


@pytest.mark.parametrize(
    ("kind", "yes", "state"), [("fulfil", True, "confirmed"), ("excuse", True, "excuse_confirmed"), ("excuse", False, "published")]
)
def test_a_report_is_confirmed_or_doubted(bureau: Bureau, kind: str, yes: bool, state: str) -> None:
    code = pledged(bureau, "published", MONDAY)
    with bureau.house.database.transaction() as db:
        report(db, bureau.actor("clerk"), code, Entry(Reported(kind), "银行系统升级推迟"), MONDAY)
        pledge_reviews.decide(db, bureau.actor("secretary"), Decision(code, _version(db, code), Turn.CONFIRM), yes, "再核实", MONDAY)
        assert getattr(by_code(db, code), "state", "") == state


def _version(db: object, code: str) -> int:
    return int(getattr(by_code(db, code), "version", 0))  # type: ignore[arg-type]


def test_the_reviewer_reads_the_hints_beside_the_text(bureau: Bureau) -> None:
    pledged(bureau, "submitted", MONDAY, content="提高服务意识，改进服务态度")
    with bureau.house.database.reading() as db:
        [item] = pledge_reviews.waiting(db, bureau.actor("secretary"), MONDAY)
    assert "笼统" in item.hints[0].text
    assert item.wording.standard == WHOLE.standard


def test_the_desk_asks_the_database_no_more_for_twenty_than_for_two(bureau: Bureau) -> None:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    counts = []
    for more in (2, 18):
        for n in range(more):
            pledged(bureau, "submitted", MONDAY, content=f"第{more}批第{n}件事一次告知")
        with bureau.house.database.reading() as db:
            secretary, asked[:] = bureau.actor("secretary"), []
            event.listen(db.get_bind(), "before_cursor_execute", note)
            pledge_reviews.waiting(db, secretary, MONDAY)
            event.remove(db.get_bind(), "before_cursor_execute", note)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8
