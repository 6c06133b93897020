"""Pledges: drafted, reviewed by another, published in one version; nobody judges himself."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

import app
from domain.errors import ClearsMissing, LostRace, NoSuchPledge, NotAllowed, NotNow
from domain.ports import House
from models.letters import Letter
from models.pledges import Pledge
from models.pledges import pledge as by_code
from operations.schema import migrate
from services import landing, pledges
from services.pledges import Wording
from tests.bureau import Bureau, found
from tests.conftest import MONDAY, settings_for
from tests.services_here import database_urls

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
    with pytest.raises(NotAllowed):
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
    with database_urls("postgresql", tmp_path) as url:
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
                pledges.review(late, committee, code, "return", "", MONDAY)
            assert seen_before is not None
            late.rollback()
        with pytest.raises(NotNow):
            review(bureau, code, "committee", "return")
        house.database.close()  # type: ignore[attr-defined]


def test_only_what_is_published_is_public(bureau: Bureau, house: House) -> None:
    drafted(bureau)
    with house.database.reading() as db:
        shown = landing.promises(db)
        assert len(db.scalars(select(Pledge)).all()) == 3
    assert [promise.content for promise in shown] == ["办证材料一次告知"]
    assert shown[0].author == "禾同志"
