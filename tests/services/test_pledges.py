"""Pledges: drafted, reviewed by another, published in one version; nobody judges himself."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

import app
from domain.calendar import local_day
from domain.errors import ClearsMissing, LostRace, NoSuchPledge, NotAllowed, NotNow
from domain.pledge.refusals import AuthorLeft, TextChanged, WhyMissing
from domain.pledge.wording import Wording
from domain.ports import House
from models.letters import Letter
from models.people import Person
from models.pledges import Pledge, versions
from models.pledges import pledge as by_code
from operations.schema import migrate
from services import board, pledge_rows, pledges
from services.board import Filter
from services.pledge_progress import Entry, Reported, confirm, report
from tests.bureau import Bureau, found
from tests.conftest import MONDAY, settings_for
from tests.services_here import database_urls

TODAY = local_day(MONDAY)
WHOLE = Wording("窗口材料一次告知", "印清单", "少跑一趟", date(2026, 12, 31))


def drafted(bureau: Bureau, by: str = "clerk", wording: Wording = WHOLE) -> str:
    with bureau.house.database.transaction() as db:
        return pledges.draft(db, bureau.actor(by), "demo", wording, MONDAY).code


def submit(bureau: Bureau, code: str, by: str = "clerk") -> None:
    with bureau.house.database.transaction() as db:
        pledges.submit(db, bureau.actor(by), code, MONDAY)


def review(bureau: Bureau, code: str, by: str, verb: str = "approve") -> None:
    with bureau.house.database.transaction() as db:
        pledges.review(db, bureau.actor(by), code, verb, "写具体些", MONDAY)


def test_all_four_clears_must_be_there(bureau: Bureau) -> None:
    with pytest.raises(ClearsMissing) as refusal:
        submit(bureau, drafted(bureau, wording=Wording("内容", "", "", None)))
    assert refusal.value.text.startswith("“四明确”还缺：措施、标准、时限")


def test_a_secretary_cannot_review_their_own_pledge(bureau: Bureau) -> None:
    code = drafted(bureau, "secretary")
    submit(bureau, code, "secretary")
    with pytest.raises(NotAllowed):
        review(bureau, code, "secretary")
    review(bureau, code, "committee")


def test_another_branchs_secretary_cannot_review_it(bureau: Bureau) -> None:
    code = drafted(bureau)
    submit(bureau, code)
    with pytest.raises(NoSuchPledge):
        review(bureau, code, "other_secretary")


def test_somebody_elses_pledge_and_none_look_the_same(bureau: Bureau) -> None:
    code = drafted(bureau)
    for which in (code, "nothing"):
        with pytest.raises(NoSuchPledge):
            submit(bureau, which, "stranger")


def test_a_returned_pledge_tells_its_author_why(bureau: Bureau) -> None:
    code = drafted(bureau)
    submit(bureau, code)
    review(bureau, code, "secretary", "return")
    with bureau.house.database.reading() as db:
        letter = db.scalars(select(Letter).where(Letter.kind == "pledge_return")).one()
    assert (letter.person_id, letter.words["why"]) == (bureau.people["clerk"], "写具体些")


def test_two_reviewers_cannot_both_decide(tmp_path: Path) -> None:
    with database_urls("postgresql", tmp_path, durable=False) as url:
        house = app.build(settings_for(url), lambda: MONDAY)
        migrate(house)
        bureau = found(house, MONDAY)
        code = drafted(bureau)
        submit(bureau, code)
        committee = bureau.actor("committee")
        with house.database.transaction() as late:
            seen_before = by_code(late, code)
            review(bureau, code, "secretary")
            with pytest.raises(LostRace):
                pledges.review(late, committee, code, "return", "写具体些", MONDAY)
            assert seen_before is not None
            late.rollback()
        with pytest.raises(NotNow):
            review(bureau, code, "committee", "return")
        house.database.close()  # type: ignore[attr-defined]


def test_only_what_is_published_is_public(bureau: Bureau, house: House) -> None:
    drafted(bureau)
    with house.database.reading() as db:
        shown = board.entries(db, Filter(), TODAY)
        assert len(db.scalars(select(Pledge)).all()) == 3
    assert [promise.content for promise in shown] == ["办证材料一次告知"]
    assert shown[0].who == "禾同志"


def test_a_text_that_changed_after_it_was_read_is_not_decided(bureau: Bureau) -> None:
    code = drafted(bureau)
    submit(bureau, code)
    with bureau.house.database.transaction() as db:
        read = pledge_rows.readable(db, bureau.actor("secretary"), code).version
        pledges.withdraw(db, bureau.actor("clerk"), code, MONDAY)
        pledges.save(db, bureau.actor("clerk"), code, replace(WHOLE, content="换了一个内容"), MONDAY)
    submit(bureau, code)
    with bureau.house.database.transaction() as db, pytest.raises(TextChanged):
        pledges.review(db, bureau.actor("secretary"), code, "approve", "", MONDAY, seen=read)


def test_a_pledge_in_review_cannot_be_rewritten(bureau: Bureau) -> None:
    code = drafted(bureau)
    submit(bureau, code)
    with bureau.house.database.transaction() as db, pytest.raises(NotNow):
        pledges.save(db, bureau.actor("clerk"), code, WHOLE, MONDAY)


def test_a_draft_written_on_two_phones_is_not_overwritten(bureau: Bureau) -> None:
    code = drafted(bureau)
    with bureau.house.database.transaction() as db:
        first = pledges.save(db, bureau.actor("clerk"), code, replace(WHOLE, slogan="第一部手机"), MONDAY, seen=1)
        assert first.version == 2
        with pytest.raises(LostRace):
            pledges.save(db, bureau.actor("clerk"), code, replace(WHOLE, slogan="第二部手机"), MONDAY, seen=1)


def test_what_is_published_becomes_a_version_and_stays_one_when_published_again(bureau: Bureau) -> None:
    code = drafted(bureau)
    submit(bureau, code)
    review(bureau, code, "secretary")
    with bureau.house.database.transaction() as db:
        pledge = pledges.publish(db, bureau.actor("secretary"), code, MONDAY)
        pledges.retract(db, bureau.actor("clerk"), code, "撤回公开的同意", MONDAY)
        assert code not in [one.code for one in board.entries(db, Filter(), TODAY)]
        pledges.publish(db, bureau.actor("secretary"), code, MONDAY)
        assert [(one.no, one.content) for one in versions(db, pledge.id)] == [(1, WHOLE.content)]


def test_ones_own_word_is_confirmed_or_doubted_by_another(bureau: Bureau) -> None:
    code = drafted(bureau)
    submit(bureau, code)
    review(bureau, code, "secretary")
    with bureau.house.database.transaction() as db:
        clerk, secretary = bureau.actor("clerk"), bureau.actor("secretary")
        pledges.publish(db, secretary, code, MONDAY)
        report(db, clerk, code, Entry(Reported.FULFIL, "清单已印好"), MONDAY)
        with pytest.raises(NotAllowed):
            confirm(db, clerk, code, "confirm", "", MONDAY)
        assert confirm(db, secretary, code, "doubt", "清单还缺两类业务", MONDAY).state == "published"
        report(db, clerk, code, Entry(Reported.FULFIL, "已补齐"), MONDAY)
        assert confirm(db, secretary, code, "confirm", "", MONDAY).state == "confirmed"


def test_a_return_without_a_reason_is_not_taken(bureau: Bureau) -> None:
    code = drafted(bureau)
    submit(bureau, code)
    with bureau.house.database.transaction() as db, pytest.raises(WhyMissing):
        pledges.review(db, bureau.actor("secretary"), code, "return", " \u200b ", MONDAY)


def test_nobody_publishes_for_a_member_who_has_left(bureau: Bureau) -> None:
    code = drafted(bureau)
    submit(bureau, code)
    with bureau.house.database.transaction() as db:
        db.get_one(Person, bureau.people["clerk"]).left_on = local_day(MONDAY)
        with pytest.raises(AuthorLeft):
            pledges.review(db, bureau.actor("secretary"), code, "approve", "", MONDAY)
        assert pledges.review(db, bureau.actor("secretary"), code, "return", "人已调走", MONDAY).state == "returned"


def test_a_secretarys_own_pledge_is_told_to_the_committee(bureau: Bureau) -> None:
    submit(bureau, drafted(bureau, "secretary"), "secretary")
    with bureau.house.database.reading() as db:
        letter = db.scalars(select(Letter).where(Letter.kind == "pledge_submit").order_by(Letter.id.desc())).first()
    assert letter is not None
    assert letter.person_id == bureau.people["committee"]
