"""公开未兑现情况: a name stands beside a failure only when two people let it, after its author was heard, for a time (P12)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.actor import Role
from domain.calendar import local_day
from domain.cause_releases import (
    HearingOpen,
    NoSuchRelease,
    NotUnkept,
    ReleaseFormWrong,
    ReleaseOpen,
    ReleaseTermWrong,
    ReleaseWordsMissing,
    Scope,
    Wish,
)
from domain.errors import NotAllowed, NotNow, Refusal
from domain.pledge.showing import UNNAMED
from domain.policy import STANDARD
from models.cause_releases import CauseRelease
from models.letters import Letter
from models.pledges import Pledge
from services import board, cause_releases, desk, forgetting, pledge_pages, pledge_progress, steps
from services.board import Filter
from services.pledge_progress import Entry, Reported
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.pledging import pledged
from tests.services.test_notice_boards import ALL, laid_out

TODAY = local_day(MONDAY)
UNTIL = TODAY + timedelta(days=20)
WISH = Wish("full", "三次通知后仍未完成", Scope.REGISTER, UNTIL)


def unkept(bureau: Bureau) -> str:
    """The clerk's pledge that was not kept, as the secretary confirmed; its code."""
    made = pledged(bureau, "published", MONDAY)
    with bureau.house.database.transaction() as db:
        pledge_progress.report(db, bureau.actor("clerk"), made, Entry(Reported.EXCUSE, "家中有病人"), MONDAY)
        pledge_progress.confirm(db, bureau.actor("secretary"), made, "accept", "", MONDAY)
    return made


@pytest.fixture
def code(bureau: Bureau) -> str:
    return unkept(bureau)


def number(bureau: Bureau, code: str) -> int:
    with bureau.house.database.reading() as db:
        return int(db.query(Pledge).filter(Pledge.code == code).one().id)


def proposed(bureau: Bureau, code: str, wish: Wish = WISH, by: str = "office") -> int:
    with bureau.house.database.transaction() as db:
        return cause_releases.propose(db, bureau.actor(by), number(bureau, code), wish, MONDAY).id


def replied(bureau: Bureau, release_id: int) -> None:
    with bureau.house.database.transaction() as db:
        cause_releases.reply(db, bureau.actor("clerk"), release_id, "确有困难，现已补办", MONDAY)


def decided(bureau: Bureau, release_id: int, verb: str = "release", by: str = "committee", after: int = 0) -> None:
    with bureau.house.database.transaction() as db:
        cause_releases.decide(db, bureau.actor(by), release_id, verb, "", MONDAY + timedelta(days=after))


def in_public(bureau: Bureau, code: str, day: date = TODAY) -> tuple[str, str, str]:
    """(name on the board, name on its page, what came of it)."""
    with bureau.house.database.reading() as db:
        listed = next(one for one in board.entries(db, Filter(), day, most=50) if one.code == code)
        page = pledge_pages.page(db, code, MONDAY + (day - TODAY))
        return listed.who, page.entry.who, page.outcome


def test_the_name_stands_there_only_after_two_people_and_the_author(bureau: Bureau, code: str) -> None:
    release_id = proposed(bureau, code)
    assert in_public(bureau, code) == (UNNAMED, UNNAMED, "")
    replied(bureau, release_id)
    decided(bureau, release_id)
    assert in_public(bureau, code) == ("禾小满", "禾小满", "三次通知后仍未完成")
    with bureau.house.database.reading() as db:
        verbs = [step.verb for step in steps.history(db, cause_releases.THING, release_id)]
        kinds = {letter.kind for letter in db.query(Letter) if letter.kind.startswith("cause_release")}
    assert verbs == ["propose", "reply", "release"]
    assert kinds == {"cause_release_hear", "cause_release_replied", "cause_release_release"}


def test_no_paper_names_anybody_for_it_would_hang_on(bureau: Bureau, code: str) -> None:
    release_id = proposed(bureau, code)
    replied(bureau, release_id)
    decided(bureau, release_id)
    for scope in (ALL, replace(ALL, code=code)):
        (who,) = [one.who for one in laid_out(bureau, scope).entries if one.content == "窗口材料一次告知"]
        assert who == UNNAMED


def test_the_scope_page_leaves_the_lists_without_a_name(bureau: Bureau, code: str) -> None:
    release_id = proposed(bureau, code, Wish("surname", "未完成", Scope.PAGE, UNTIL))
    replied(bureau, release_id)
    decided(bureau, release_id)
    assert in_public(bureau, code) == (UNNAMED, "禾同志", "未完成")


def test_it_ends_with_its_day_and_by_one_person(bureau: Bureau, code: str) -> None:
    release_id = proposed(bureau, code)
    replied(bureau, release_id)
    decided(bureau, release_id)
    assert in_public(bureau, code, UNTIL)[0] == "禾小满"
    assert in_public(bureau, code, UNTIL + timedelta(days=1)) == (UNNAMED, UNNAMED, "")
    with bureau.house.database.transaction() as db:
        later = MONDAY + timedelta(days=21)
        assert (cause_releases.end_due(db, later), cause_releases.end_due(db, later)) == (1, 0)
    again = proposed(bureau, code)
    replied(bureau, again)
    decided(bureau, again)
    with bureau.house.database.transaction() as db:
        cause_releases.take_back(db, bureau.actor("office"), again, "", MONDAY)
    assert in_public(bureau, code)[0] == UNNAMED


def test_nobody_decides_before_the_author_could_answer(bureau: Bureau, code: str) -> None:
    release_id = proposed(bureau, code)
    with pytest.raises(HearingOpen):
        decided(bureau, release_id, after=3)
    decided(bureau, release_id, after=4)
    with pytest.raises(NotNow):
        replied(bureau, release_id)


def test_who_proposed_and_whose_pledge_it_is_do_not_decide(bureau: Bureau, code: str) -> None:
    bureau.seat("office", Role.COMMITTEE)
    bureau.seat("clerk", Role.COMMITTEE)
    release_id = proposed(bureau, code)
    replied(bureau, release_id)
    for name in ("office", "clerk"):
        with pytest.raises(NotAllowed):
            decided(bureau, release_id, by=name)
    for name in ("stranger", "secretary"):
        with pytest.raises(NoSuchRelease):
            decided(bureau, release_id, by=name)
    decided(bureau, release_id, "refuse")
    assert in_public(bureau, code)[0] == UNNAMED


WRONG: dict[str, tuple[dict[str, Any], type[Refusal]]] = {
    "no words": ({"words": "  "}, ReleaseWordsMissing),
    "no form": ({"form": "post"}, ReleaseFormWrong),
    "today": ({"until": TODAY}, ReleaseTermWrong),
    "too long": ({"until": TODAY + timedelta(days=91)}, ReleaseTermWrong),
}


@pytest.mark.parametrize(("wrong", "refusal"), WRONG.values(), ids=WRONG.keys())
def test_a_wish_that_cannot_be_is_refused(bureau: Bureau, code: str, wrong: dict[str, Any], refusal: type[Refusal]) -> None:
    given = {"form": "full", "words": "未完成", "scope": Scope.PAGE, "until": UNTIL} | wrong
    with pytest.raises(refusal):
        proposed(bureau, code, Wish(**given))


def test_only_one_at_a_time_and_only_what_was_not_kept(bureau: Bureau, code: str) -> None:
    proposed(bureau, code)
    with pytest.raises(ReleaseOpen):
        proposed(bureau, code)
    with pytest.raises(NotUnkept):
        proposed(bureau, pledged(bureau, "published", MONDAY, content="还在办的事"))
    with pytest.raises(NotAllowed):
        proposed(bureau, code, by="committee")


def test_what_was_kept_after_all_is_shown_as_kept(bureau: Bureau) -> None:
    made = pledged(bureau, "published", MONDAY)
    late = MONDAY + timedelta(days=60)
    with bureau.house.database.transaction() as db:
        release_id = cause_releases.propose(
            db, bureau.actor("office"), number(bureau, made), Wish("full", "逾期", Scope.REGISTER, local_day(late) + timedelta(days=9)), late
        ).id
        cause_releases.reply(db, bureau.actor("clerk"), release_id, "马上办", late)
        cause_releases.decide(db, bureau.actor("committee"), release_id, "release", "", late)
    assert in_public(bureau, made, local_day(late))[0] == "禾小满"
    with bureau.house.database.transaction() as db:
        pledge_progress.report(db, bureau.actor("clerk"), made, Entry(Reported.FULFIL, "办好了"), late)
    assert in_public(bureau, made, local_day(late)) == ("禾同志", "禾同志", "")


def test_it_waits_on_the_desks_of_the_author_and_then_of_the_committee(bureau: Bureau, code: str) -> None:
    release_id = proposed(bureau, code)

    def desks() -> list[str]:
        with bureau.house.database.reading() as db:
            return [
                name
                for name in ("clerk", "committee", "office", "stranger")
                if any(one.thing == cause_releases.THING for one in desk.waiting(db, bureau.actor(name), MONDAY))
            ]

    assert desks() == ["clerk"]
    replied(bureau, release_id)
    assert desks() == ["committee"]


def test_a_year_later_words_and_answer_are_gone(bureau: Bureau, code: str) -> None:
    release_id = proposed(bureau, code)
    replied(bureau, release_id)
    decided(bureau, release_id, "refuse")
    with bureau.house.database.transaction() as db:
        forgetting.tidy(db, MONDAY + timedelta(days=390), STANDARD)
    with bureau.house.database.reading() as db:
        row = db.get_one(CauseRelease, release_id)
        assert (row.words, row.reply, row.state) == ("", "", "refused")
