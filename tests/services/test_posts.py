"""岗位、窗口: handing over, honours, services and limits: who may, what the page then says, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.actor import Actor
from domain.bodies import NoSuchBody
from domain.errors import LostRace, NoSuchPost, NoSuchWindow, NotAllowed, ReasonMissing, Refusal, WindowClosed
from domain.identity_refusals import NoSuchPerson
from domain.marks import Mark
from domain.ports import House
from domain.window_facts import Facts, read_number, read_services, typed
from domain.window_refusals import (
    AlreadyOnDuty,
    DutyDatesWrong,
    HeadStands,
    HonourStands,
    NameNeeded,
    NameTaken,
    NotOnDuty,
    NumberTaken,
    NumberUnreadable,
    ServiceUnreadable,
    SuccessorMissing,
    TextTooLong,
    TooManyServices,
    WindowInUse,
)
from models.windows import ServiceWindow
from services import badges, duties, landing, posts, ratings, steps, windows
from services.duties import Handover
from services.windows import Kept
from tests.bureau import Bureau
from tests.conftest import Clock

TODAY = date(2026, 11, 16)


def hand_over(bureau: Bureau, change: Handover, who: str = "secretary", number: int = 3) -> None:
    with bureau.house.database.transaction() as db:
        duties.hand_over(db, bureau.actor(who), bureau.windows[number], change, bureau.house.now())


def clerk_to_head(bureau: Bureau, **more: Any) -> Handover:
    return Handover(**{"out": bureau.people["clerk"], "into": bureau.people["head"], "from_day": TODAY} | more)


def standing(bureau: Bureau, number: int = 3) -> list[str]:
    with bureau.house.database.reading() as db:
        return [holder.shown for holder in landing.page(db, bureau.codes[number], bureau.house.now()).holders]


def kept(bureau: Bureau, number: int = 3) -> Kept:
    with bureau.house.database.reading() as db:
        return windows.kept(db, bureau.windows[number])


def keep(bureau: Bureau, who: str = "office", version: int | None = None, **changed: Any) -> None:
    now = kept(bureau)
    facts = Facts(**vars(now.facts) | changed)
    with bureau.house.database.transaction() as db:
        windows.keep(db, bureau.actor(who), now.id, facts, version or now.version, bureau.house.now())


def test_the_code_stays_and_its_page_shows_who_took_over(bureau: Bureau) -> None:
    assert standing(bureau) == ["禾同志"]
    hand_over(bureau, clerk_to_head(bureau))
    assert standing(bureau) == ["林同志"]


def test_a_handover_in_the_future_changes_the_page_on_its_day(bureau: Bureau, clock: Clock) -> None:
    hand_over(bureau, clerk_to_head(bureau, from_day=TODAY + timedelta(days=2)))
    assert standing(bureau) == ["禾同志"]
    clock.pass_(days=2)
    assert standing(bureau) == ["林同志"]


def test_one_may_stand_in_for_some_days_beside_the_other(bureau: Bureau, clock: Clock) -> None:
    hand_over(bureau, clerk_to_head(bureau, out=None, to_day=TODAY + timedelta(days=1)))
    assert standing(bureau) == ["禾同志", "林同志"]
    clock.pass_(days=2)
    assert standing(bureau) == ["禾同志"]


def test_a_handover_is_on_record_without_names(bureau: Bureau, house: House) -> None:
    hand_over(bureau, clerk_to_head(bureau, why="轮岗"))
    with house.database.reading() as db:
        (step,) = steps.history(db, "post", bureau.windows[3])
    of = (step.verb, step.source, step.target, step.why)
    assert of == ("hand_over", f"person:{bureau.people['clerk']}", f"person:{bureau.people['head']}", "自2026-11-16起；轮岗")


WRONG: dict[str, tuple[dict[str, Any], type[Refusal]]] = {
    "nobody": ({"out": None, "into": None}, SuccessorMissing),
    "somebody unknown": ({"into": 999}, SuccessorMissing),
    "who does not stand there": ({"out": 1}, NotOnDuty),
    "who stands there already": ({"out": None, "into": 2}, AlreadyOnDuty),
    "an end before the beginning": ({"to_day": TODAY - timedelta(days=1)}, DutyDatesWrong),
    "years ahead": ({"from_day": TODAY + timedelta(days=800)}, DutyDatesWrong),
}


@pytest.mark.parametrize(("change", "refusal"), WRONG.values(), ids=WRONG.keys())
def test_a_handover_that_cannot_be_is_refused(bureau: Bureau, change: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        hand_over(bureau, clerk_to_head(bureau, **change))
    assert standing(bureau) == ["禾同志"]


@pytest.mark.parametrize("who", ["clerk", "other_secretary", "committee", "auditor"])
def test_only_office_and_own_secretary_hand_over(bureau: Bureau, who: str) -> None:
    with pytest.raises(NotAllowed):
        hand_over(bureau, clerk_to_head(bureau), who)


def test_a_secretary_sees_the_own_branchs_posts_with_their_plates(bureau: Bureau, house: House) -> None:
    with house.database.reading() as db:
        found = posts.listed(db, bureau.actor("secretary"), house.now())
        assert posts.listed(db, bureau.actor("other_secretary"), house.now()) == ()
    assert [(one.window, one.holders[0].name) for one in found][1] == ("3号窗口（不动产登记窗口）", "禾小满")
    assert [one.plate.code for one in found if one.plate] == list(bureau.codes.values())


@pytest.mark.parametrize(("who", "number"), [("clerk", 3), ("other_secretary", 3), ("office", 999)])
def test_a_post_that_is_not_ones_own_looks_absent(bureau: Bureau, house: House, who: str, number: int) -> None:
    post = bureau.windows.get(number, number)
    with house.database.reading() as db, pytest.raises(NoSuchPost):
        posts.page(db, bureau.actor(who), post, house.now())


def test_a_pioneer_post_is_unnamed_with_a_reason_and_the_page_says_so(bureau: Bureau, house: House) -> None:
    post = bureau.windows[3]
    with house.database.transaction() as db:
        posts.name_pioneer(db, bureau.actor("committee"), post, False, "年度复评未通过", house.now())
    with house.database.reading() as db:
        assert landing.page(db, bureau.codes[3], house.now()).is_pioneer is False
        assert [(step.verb, step.why) for step in steps.history(db, "post", post)] == [("unname", "年度复评未通过")]


@pytest.mark.parametrize(
    ("who", "wanted", "why", "refusal"),
    [("secretary", False, "x", NotAllowed), ("office", False, " ", ReasonMissing), ("office", True, "x", HonourStands)],
)
def test_what_cannot_be_named_is_refused(bureau: Bureau, house: House, who: str, wanted: bool, why: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal), house.database.transaction() as db:
        posts.name_pioneer(db, bureau.actor(who), bureau.windows[3], wanted, why, house.now())


def test_a_model_window_is_named_once(bureau: Bureau, house: House) -> None:
    for refusal in (None, HonourStands):
        with pytest.raises(refusal) if refusal else house.database.reading(), house.database.transaction() as db:
            windows.name_model(db, bureau.actor("office"), bureau.windows[3], True, "评选通过", house.now())
    assert kept(bureau).is_model is True


def test_what_the_office_keeps_of_a_window_stands_on_its_page(bureau: Bureau, house: House) -> None:
    keep(bureau, hours="工作日 8:30–17:30", services=(("不动产首次登记", "材料齐全当场受理", "5个工作日"),))
    with house.database.reading() as db:
        page = landing.page(db, bureau.codes[3], house.now())
        assert (page.hours, [(one.name, one.promised_limit) for one in page.services]) == ("工作日 8:30–17:30", [("不动产首次登记", "5个工作日")])
        assert steps.history(db, "window", bureau.windows[3])[-1].why == "时间、服务事项"


UNFIT: dict[str, tuple[dict[str, Any], type[Refusal]]] = {
    "no name": ({"name": ""}, NameNeeded),
    "another's name": ({"name": "房管服务窗口"}, NameTaken),
    "another's number": ({"number": 5}, NumberTaken),
    "too long": ({"place": "一" * 61}, TextTooLong),
    "a long limit": ({"services": (("登记", "", "限" * 41),)}, TextTooLong),
    "too many": ({"services": (("登记", "", ""),) * 31}, TooManyServices),
    "seen before another changed it": ({"version": 99}, LostRace),
    "a secretary": ({"who": "secretary"}, NotAllowed),
}


@pytest.mark.parametrize(("changed", "refusal"), UNFIT.values(), ids=UNFIT.keys())
def test_what_a_window_cannot_be_is_refused(bureau: Bureau, changed: dict[str, Any], refusal: type[Refusal]) -> None:
    before = kept(bureau)
    with pytest.raises(refusal):
        keep(bureau, **changed)
    assert kept(bureau) == before


def test_a_new_window_gets_a_post_and_a_window_that_is_none_none(bureau: Bureau, house: House) -> None:
    office = bureau.actor("office")
    with house.database.transaction() as db:
        window = windows.open_new(db, office, Facts("潮汐窗口", None, (), "", "", "", ()), bureau.branch, house.now())
        posts.open_at(db, office, window, "机动岗", house.now())
        with pytest.raises(NoSuchWindow):
            posts.open_at(db, office, 999, "机动岗", house.now())
    with house.database.reading() as db:
        assert posts.listed(db, office, house.now(), window)[0].title == "机动岗"


def test_services_are_typed_line_by_line() -> None:
    said = "不动产查询｜当场答复｜当场办结\n\n登记 | | 5个工作日\n 咨询 "
    services = (("不动产查询", "当场答复", "当场办结"), ("登记", "", "5个工作日"), ("咨询", "", ""))
    assert read_services(said) == services
    assert read_services(typed(services)) == services


@pytest.mark.parametrize("said", ["a|b|c|d", "| |3天"])
def test_a_line_of_services_that_says_nothing_clear_is_named(said: str) -> None:
    with pytest.raises(ServiceUnreadable) as refused:
        read_services(f"登记\n{said}")
    assert "第2行" in refused.value.text


@pytest.mark.parametrize(("said", "number"), [("", None), ("3", 3), ("12号窗口", 12), ("０3", 3)])
def test_a_windows_number_is_read(said: str, number: int | None) -> None:
    assert read_number(said) == number


@pytest.mark.parametrize("said", ["0", "1000", "-1", "三", "3.5", "9" * 5000])
def test_a_number_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(NumberUnreadable):
        read_number(said)


def place(bureau: Bureau, branch: int | None, section: int | None = None, head: int | None = None, number: int = 3) -> None:
    with bureau.house.database.transaction() as db:
        version = windows.kept(db, bureau.windows[number]).version
        windows.place_under(db, bureau.actor("office"), bureau.windows[number], branch, section, head, version, bureau.house.now())


def close(bureau: Bureau, number: int = 3, why: str = "业务并入综合窗口", who: str = "office") -> None:
    with bureau.house.database.transaction() as db:
        windows.close(db, bureau.actor(who), bureau.windows[number], why, bureau.house.now())


def empty(bureau: Bureau, number: int = 3) -> None:
    """No plate counts any more, nobody stands there."""
    house, now = bureau.house, bureau.house.now()
    with house.database.transaction() as db:
        badges.revoke(db, bureau.actor("office"), bureau.codes[number], "窗口撤销", now)
    hand_over(bureau, Handover(bureau.people["clerk"], None, now.date()))


def test_a_window_moves_to_another_branch_whose_secretary_answers_for_it(bureau: Bureau, house: House) -> None:
    place(bureau, bureau.other_branch)
    with house.database.reading() as db:
        assert posts.listed(db, bureau.actor("secretary"), house.now(), bureau.windows[3]) == ()
        assert posts.listed(db, bureau.actor("other_secretary"), house.now(), bureau.windows[3])


@pytest.mark.parametrize(("branch", "section", "head"), [(99999, None, None), (1, None, None), (None, 3, None), (None, None, 99999)])
def test_a_window_is_under_nothing_that_is_not_there(bureau: Bureau, branch: int | None, section: int | None, head: int | None) -> None:
    with bureau.house.database.transaction() as db:
        db.get_one(ServiceWindow, bureau.windows[3]).head_id = None
    with pytest.raises((NoSuchBody, NoSuchPerson)):
        place(bureau, branch, section, head)


def test_a_head_is_named_where_there_is_none_and_else_handed_over(bureau: Bureau, house: House) -> None:
    with pytest.raises(HeadStands):
        place(bureau, bureau.branch, head=bureau.people["clerk"])
    with house.database.transaction() as db:
        db.get_one(ServiceWindow, bureau.windows[3]).head_id = None
    place(bureau, bureau.branch, head=bureau.people["clerk"])
    assert kept(bureau).head == "禾小满"


def test_a_window_in_use_is_not_closed_and_says_by_what(bureau: Bureau) -> None:
    with pytest.raises(WindowInUse) as refusal:
        close(bureau)
    assert refusal.value.text == "“不动产登记窗口”还有在用座牌1个、值守1个，不能撤销。请先停用座牌、办好交接。"


def test_a_closed_window_takes_no_rating_and_keeps_its_past(bureau: Bureau, house: House) -> None:
    citizen = Actor(contact="c" * 32, rater="wang")
    with house.database.transaction() as db:
        ratings.rate_window(db, citizen, bureau.windows[3], Mark.DISSATISFIED, "", house.now())
    empty(bureau)
    close(bureau)
    with house.database.transaction() as db:
        with pytest.raises(WindowClosed) as refusal:
            ratings.rate_window(db, citizen, bureau.windows[3], Mark.SATISFIED, "", house.now())
        assert "3号窗口（不动产登记窗口）已经撤销" in refusal.value.text
        assert [row.window_id for row in ratings.own_ratings(db, citizen, house.now())] == [bureau.windows[3]]
        assert bureau.windows[3] not in {one.id for one in windows.listed(db)}
    with pytest.raises(NoSuchWindow):
        kept(bureau)


def test_closing_says_why_and_is_the_offices(bureau: Bureau) -> None:
    empty(bureau)
    with pytest.raises(ReasonMissing):
        close(bureau, why=" ")
    with pytest.raises(NotAllowed):
        close(bureau, who="secretary")
