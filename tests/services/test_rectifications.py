"""限期整改: the window answers, another checks, the rater judges, once back and no further; nobody learns who rated (S1, F24, X4)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.actor import Actor, Role
from domain.errors import NotAllowed, NotNow
from domain.marks import Mark
from domain.policy import STANDARD
from domain.ratings import Privacy
from domain.rectification_refusals import FixMissing, NoSuchRectification, OnlyTheRater, OwnFix, SentBackWithoutReason, TooManyFollowed, VerdictGiven
from domain.rectifications import Verdict
from models.letters import Letter
from models.rectification_rounds import RectificationFollower
from models.rectifications import Rectification
from models.windows import ServiceWindow
from services import forgetting, ratings, rectification_answers, rectification_list, rectifications, steps
from tests.bureau import Bureau
from tests.conftest import MONDAY

WANG = Actor(contact="c" * 32, rater="wang")
NOTE = "等了两个小时，电话13812345678"


def rated(bureau: Bureau, window: int = 3, **more: Any) -> str:
    """The number of a bad rating by Wang."""
    with bureau.house.database.transaction() as db:
        said = ratings.rate_window(db, WANG, bureau.windows[window], Mark.DISSATISFIED, NOTE, MONDAY, **more)
    assert said.number
    return said.number


def do(bureau: Bureau, verb: str, by: str, *words: Any, after: int = 0, **more: Any) -> Any:
    with bureau.house.database.transaction() as db:
        return getattr(rectification_answers, verb)(db, bureau.actor(by), *words, MONDAY + timedelta(days=after), **more)


def fixed(bureau: Bureau, **more: Any) -> str:
    """Answered by the head and checked by the office."""
    number = rated(bureau, **more)
    do(bureau, "answer", "head", number, "已增开一个窗口")
    do(bureau, "close", "office", number)
    return number


def send_back(bureau: Bureau, number: str, why: str, after: int = 0) -> None:
    with bureau.house.database.transaction() as db:
        rectification_answers.send_back(db, bureau.actor("office"), number, why, MONDAY + timedelta(days=after), STANDARD)


def follow(bureau: Bureau, number: str) -> None:
    with bureau.house.database.transaction() as db:
        rectification_answers.follow(db, WANG, number, MONDAY)


def judge(bureau: Bureau, number: str, verdict: Verdict, words: str = "", who: Actor = WANG, after: int = 0) -> str:
    with bureau.house.database.transaction() as db:
        return rectification_answers.judge(db, who, number, verdict, words, MONDAY + timedelta(days=after), STANDARD)


def look(bureau: Bureau, by: str, number: str) -> rectification_list.Looked:
    with bureau.house.database.reading() as db:
        return rectification_list.look(db, bureau.actor(by), number, MONDAY)


def listed(bureau: Bureau, by: str, view: str = "open", after: int = 0) -> list[str]:
    with bureau.house.database.reading() as db:
        return [one.number for one in rectification_list.listed(db, bureau.actor(by), view, MONDAY + timedelta(days=after))]


def progress(bureau: Bureau, number: str) -> rectifications.Progress:
    with bureau.house.database.reading() as db:
        return rectifications.progress(db, number)


def letters(bureau: Bureau, kind: str) -> list[Any]:
    with bureau.house.database.reading() as db:
        return [row.person_id or row.contact for row in db.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id))]


def test_the_answer_is_told_only_once_another_has_checked_it(bureau: Bureau) -> None:
    number = rated(bureau)
    do(bureau, "answer", "head", number, "已增开一个窗口")
    assert progress(bureau, number).answer == ""
    assert letters(bureau, "rectification_answer") == [bureau.people["office"]]
    do(bureau, "close", "office", number)
    told = progress(bureau, number)
    assert (told.chinese, told.answer) == ("已办结", "已增开一个窗口")


@pytest.mark.parametrize("by", ["stranger", "other_secretary", "committee", "auditor"])
def test_only_the_window_its_secretary_and_the_office_answer(bureau: Bureau, by: str) -> None:
    number = rated(bureau)
    with pytest.raises((NotAllowed, NoSuchRectification)):
        do(bureau, "answer", by, number, "办好了")


@pytest.mark.parametrize("by", ["head", "clerk", "secretary", "auditor"])
def test_the_window_does_not_check_itself(bureau: Bureau, by: str) -> None:
    number = rated(bureau)
    do(bureau, "answer", "head", number, "办好了")
    with pytest.raises(NotAllowed):
        do(bureau, "close", by, number)


def test_who_answered_does_not_check(bureau: Bureau) -> None:
    number = rated(bureau)
    do(bureau, "answer", "office", number, "办公室代报")
    with pytest.raises(OwnFix):
        do(bureau, "close", "office", number)
    do(bureau, "close", "committee", number)


def test_an_empty_answer_and_a_return_without_a_reason_are_refused(bureau: Bureau) -> None:
    number = rated(bureau)
    with pytest.raises(FixMissing):
        do(bureau, "answer", "head", number, " ")
    do(bureau, "answer", "head", number, "办好了")
    with pytest.raises(SentBackWithoutReason):
        send_back(bureau, number, " ")


def test_what_is_sent_back_has_a_new_term_and_the_head_hears_what_is_missing(bureau: Bureau) -> None:
    number = rated(bureau)
    do(bureau, "answer", "head", number, "办好了")
    before = progress(bureau, number).due
    send_back(bureau, number, "没有说何时改好", after=3)
    assert progress(bureau, number).due > before
    assert letters(bureau, "rectification_reopen") == [bureau.people["head"]]
    do(bureau, "answer", "head", number, "本周五改好")
    assert [(one.no, one.opinion) for one in look(bureau, "office", number).rounds] == [(1, "没有说何时改好"), (2, "")]


def test_nobody_but_the_rater_judges(bureau: Bureau) -> None:
    number = fixed(bureau)
    for other in (Actor(contact="d" * 32, rater="li"), bureau.actor("stranger"), Actor(rater="anybody")):
        with pytest.raises((OnlyTheRater, NotAllowed)):
            judge(bureau, number, Verdict.SATISFIED, who=other)
    assert judge(bureau, number, Verdict.SATISFIED) == "satisfy"
    with pytest.raises(VerdictGiven):
        judge(bureau, number, Verdict.DISSATISFIED)


def test_dissatisfied_sends_it_back_once_and_no_further(bureau: Bureau) -> None:
    number = fixed(bureau)
    assert judge(bureau, number, Verdict.DISSATISFIED, "还是排队", after=2) == "dispute"
    assert progress(bureau, number).chinese == "二次督办"
    assert letters(bureau, "rectification_dispute") == [bureau.people["head"], bureau.people["office"]]
    do(bureau, "answer", "head", number, "再增开一个窗口")
    do(bureau, "close", "office", number)
    assert judge(bureau, number, Verdict.DISSATISFIED) == "regret"
    assert progress(bureau, number).chinese == "已办结"


def test_there_is_no_verdict_before_there_is_an_answer(bureau: Bureau) -> None:
    number = rated(bureau)
    with pytest.raises(NotNow):
        judge(bureau, number, Verdict.SATISFIED)


def test_no_step_of_the_verdict_names_anybody(bureau: Bureau) -> None:
    number = fixed(bureau)
    judge(bureau, number, Verdict.DISSATISFIED, "说给窗口听的话")
    with bureau.house.database.reading() as db:
        last = steps.history(db, "rectification", 1)[-1]
    assert (last.who, last.verb, last.why) == ("citizen", "dispute", "")


def test_whoever_holds_the_number_may_ask_to_be_told_once(bureau: Bureau) -> None:
    number = rated(bureau)
    with bureau.house.database.transaction() as db:
        rectification_answers.follow(db, WANG, number, MONDAY)
        rectification_answers.follow(db, WANG, number, MONDAY)
    do(bureau, "answer", "head", number, "办好了")
    do(bureau, "close", "office", number)
    assert letters(bureau, "rectification_result") == [WANG.contact]
    with bureau.house.database.reading() as db:
        assert db.scalars(select(RectificationFollower)).all() == []
    with pytest.raises(NotNow):
        follow(bureau, number)


def test_whoever_leaves_is_no_follower_any_more(bureau: Bureau) -> None:
    follow(bureau, rated(bureau))
    with bureau.house.database.transaction() as db:
        forgetting.erase_contacts(db, [WANG.contact])
    with bureau.house.database.reading() as db:
        assert db.scalars(select(RectificationFollower)).all() == []


@pytest.mark.parametrize(
    ("by", "privacy", "note"),
    [
        ("head", Privacy.ANONYMOUS, "等了两个小时，电话138****5678"),
        ("secretary", Privacy.ANONYMOUS, "等了两个小时，电话138****5678"),
        ("office", Privacy.CONFIDENTIAL, "等了两个小时，电话138****5678"),
        ("clerk", Privacy.ANONYMOUS, ""),
        ("auditor", Privacy.CONFIDENTIAL, ""),
        ("auditor", Privacy.PUBLIC, "等了两个小时，电话138****5678"),
    ],
)
def test_the_words_are_for_who_handles_them(bureau: Bureau, by: str, privacy: Privacy, note: str) -> None:
    assert look(bureau, by, rated(bureau, privacy=privacy)).note == note


def test_each_sees_the_orders_of_his_windows(bureau: Bureau) -> None:
    number = rated(bureau)
    assert [listed(bureau, by) for by in ("head", "clerk", "secretary", "office", "auditor")] == [[number]] * 5
    assert listed(bureau, "other_secretary") == []
    with pytest.raises(NoSuchRectification):
        look(bureau, "other_secretary", number)


def test_late_is_what_is_unanswered_after_its_day(bureau: Bureau) -> None:
    number = rated(bureau)
    assert (listed(bureau, "office", "late"), listed(bureau, "office", "late", after=30)) == ([], [number])
    do(bureau, "answer", "head", number, "办好了")
    assert (listed(bureau, "office", "late", after=30), listed(bureau, "office", "check")) == ([], [number])


def waiting(bureau: Bureau, by: str, after: int = 0) -> list[str]:
    with bureau.house.database.reading() as db:
        return [one.words for one in rectification_list.waiting(db, bureau.actor(by), MONDAY + timedelta(days=after))]


def test_it_waits_for_the_head_then_for_the_secretary_then_for_the_office(bureau: Bureau) -> None:
    number = rated(bureau)
    assert (waiting(bureau, "head"), waiting(bureau, "secretary"), waiting(bureau, "office")) == (["限期整改：正在整改"], [], [])
    assert waiting(bureau, "secretary", after=30) == ["限期整改：正在整改"]
    do(bureau, "answer", "head", number, "办好了")
    assert (waiting(bureau, "head"), waiting(bureau, "office")) == ([], ["复核限期整改"])


def test_a_window_without_a_head_waits_for_the_secretary(bureau: Bureau) -> None:
    with bureau.house.database.transaction() as db:
        db.get_one(ServiceWindow, bureau.windows[5]).head_id = None
        ratings.registers.grow(db)
    rated(bureau, 5)
    assert waiting(bureau, "secretary") == ["限期整改：正在整改"]


def test_who_answered_is_let_go_of_after_the_term(bureau: Bureau) -> None:
    fixed(bureau)
    with bureau.house.database.transaction() as db:
        forgetting.tidy(db, MONDAY + timedelta(days=400), STANDARD)
    with bureau.house.database.reading() as db:
        row = db.scalars(select(Rectification)).one()
        assert row.owner_id is None
        assert [one.answered_by for one in rectification_answers.rounds.of_order(db, row.id)] == [None]


def test_an_office_member_who_heads_the_window_does_not_check_it(bureau: Bureau) -> None:
    bureau.seat("head", Role.LEADING_OFFICE)
    number = rated(bureau)
    do(bureau, "answer", "secretary", number, "办好了")
    with pytest.raises(OwnFix):
        do(bureau, "close", "head", number)


def test_the_figures_count_closed_in_time_and_the_verdicts(bureau: Bureau) -> None:
    """Closed in time, closed late, overdue, not due yet, withdrawn: only the first three count; each verdict once."""

    def told(after: int) -> tuple[tuple[int, int], tuple[int, int]]:
        with bureau.house.database.reading() as db:
            found = rectification_list.shares_of(db, bureau.actor("office"), MONDAY + timedelta(days=after))
        return (found.on_time.part, found.on_time.n), (found.satisfied.part, found.satisfied.n)

    assert told(0) == ((0, 0), (0, 0))
    number = fixed(bureau)
    rated(bureau, 5)
    assert told(1) == ((1, 1), (0, 0))
    judge(bureau, number, Verdict.SATISFIED)
    assert told(30) == ((1, 2), (1, 1))
    do(bureau, "answer", "head", "A0002", "办好了", after=20)
    do(bureau, "close", "office", "A0002", after=21)
    assert told(30) == ((1, 2), (1, 1))


def test_who_tries_one_number_after_the_other_is_stopped(bureau: Bureau) -> None:
    number = rated(bureau)
    for _ in range(20):
        follow(bureau, number)
    with pytest.raises(TooManyFollowed):
        follow(bureau, number)
