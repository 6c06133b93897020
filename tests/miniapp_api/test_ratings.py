"""评价 by the mini-program: rate, change, see one's own."""

from collections.abc import Callable
from typing import Any

import pytest

from domain.ports import House
from models import ratings as table
from models.ratings import Rating
from services import badges, figures, people
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.miniapp_api.conftest import Mini
from tests.services.test_rectifications import do

Minis = Callable[[str], Mini]


def kept(house: House) -> list[Rating]:
    with house.database.reading() as db:
        return list(db.query(Rating).all())


def test_one_tap_is_one_rating(mini: Minis, bureau: Bureau, house: House) -> None:
    answer = mini("wang").rate(bureau.windows[3], 5, tags=["办理很快"], text="谢谢")

    assert (answer["window"], answer["chinese"], answer["changed"], answer["number"]) == ("3号窗口（不动产登记窗口）", "非常满意", False, None)
    [row] = kept(house)
    assert (str(row.id), row.level, row.tags, row.note, row.privacy, row.channel, row.standing) == (
        answer["id"],
        5,
        ["办理很快"],
        "谢谢",
        "anonymous",
        "miniprogram",
        "counted",
    )


@pytest.mark.parametrize("written", ["{}", "p:{}", "p%3A{}", " {} "])
def test_a_scanned_plate_names_the_window_and_the_post(mini: Minis, bureau: Bureau, house: House, written: str) -> None:
    answer = mini("wang").ask(201, "POST", "/ratings", {"code": written.format(bureau.codes[3]), "level": 4})

    assert answer["window_id"] == bureau.windows[3]
    assert kept(house)[0].post_id == bureau.windows[3]


def test_a_bad_rating_is_answered_with_a_number_and_what_happens_next(mini: Minis, bureau: Bureau) -> None:
    wang = mini("wang")

    answer = wang.rate(bureau.windows[3], 1, text="等了两个小时")

    assert answer["number"] == "A0001"
    assert answer["due"] == "2026-11-23"
    assert "A0001" in answer["message"]
    assert wang.ask(200, "GET", "/progress/a-0001")["chinese"] == "正在整改"


def test_rating_again_the_same_day_changes_the_first(mini: Minis, bureau: Bureau, house: House) -> None:
    wang = mini("wang")
    first = wang.rate(bureau.windows[1], 5)

    again = wang.rate(bureau.windows[1], 2)

    assert (again["id"], again["changed"], again["level"]) == (first["id"], True, 2)
    assert [row.level for row in kept(house)] == [2]


@pytest.mark.parametrize("verb", ["PUT", "PATCH"])
def test_a_rating_is_changed_within_its_term_and_not_after(mini: Minis, bureau: Bureau, clock: Clock, verb: str) -> None:
    bureau_window, wang = bureau.windows[1], mini("wang")
    rating = wang.rate(bureau_window, 1)
    clock.pass_(days=6)

    changed = wang.ask(200, verb, f"/ratings/{rating['id']}", {"level": 4, "text": "已经办好"})
    clock.pass_(hours=23)
    wang.ask(200, verb, f"/ratings/{rating['id']}", {"level": 5})
    clock.pass_(hours=24)

    assert (changed["chinese"], changed["changed"], changed["number"]) == ("满意", True, None)
    late = mini("wang").ask(409, verb, f"/ratings/{rating['id']}", {"level": 1})
    assert late["code"] == "term_over"


def test_what_is_not_sent_stays_by_patch_and_goes_by_put(mini: Minis, bureau: Bureau) -> None:
    wang = mini("wang")
    rating = wang.rate(bureau.windows[1], 4, tags=["办理及时"], text="很顺利", privacy="public")

    def seen() -> tuple[Any, ...]:
        [one] = wang.ask(200, "GET", "/ratings")["ratings"]
        return one["level"], one["tags"], one["text"], one["privacy"]

    wang.ask(200, "PATCH", f"/ratings/{rating['id']}", {"text": "改了一个字"})
    assert seen() == (4, ["办理及时"], "改了一个字", "public")
    wang.ask(200, "PATCH", f"/ratings/{rating['id']}", {"level": 3})
    assert seen() == (3, [], "改了一个字", "public")
    wang.ask(200, "PUT", f"/ratings/{rating['id']}", {"level": 3, "tags": ["速度一般"]})
    assert seen() == (3, ["速度一般"], "", "anonymous")


STRANGE_IDS = {
    "somebody's": None,
    "absent": "7",
    "no number": "abc",
    "negative": "-1",
    "beyond a row id": str(2**63),
    "endless": "9" * 400,
    "zero": "0",
}


@pytest.mark.parametrize("which", STRANGE_IDS)
def test_absent_and_somebody_elses_rating_look_the_same(mini: Minis, bureau: Bureau, house: House, which: str) -> None:
    theirs = mini("li").rate(bureau.windows[1], 5)

    answer = mini("wang").ask(404, "PATCH", f"/ratings/{STRANGE_IDS[which] or theirs['id']}", {"level": 1})

    assert answer == {"code": "no_such_rating", "message": "没有找到这条评价，请在“我的评价”中查看。"}
    assert [row.level for row in kept(house)] == [5]


def test_one_sees_ones_own_ratings_with_their_progress(mini: Minis, bureau: Bureau, clock: Clock) -> None:
    wang = mini("wang")
    wang.rate(bureau.windows[1], 5)
    mini("li").rate(bureau.windows[1], 1)
    clock.pass_(days=1)
    wang.rate(bureau.windows[3], 2, text="来回多跑")

    newest, older = wang.ask(200, "GET", "/ratings")["ratings"]

    assert (newest["window"], newest["text"], newest["changeable_until"], newest["changeable"]) == (
        "3号窗口（不动产登记窗口）",
        "来回多跑",
        "2026-11-24",
        True,
    )
    assert newest["progress"]["number"] == "A0002"
    assert (older["level"], older["progress"]) == (5, None)


def test_staff_cannot_rate_their_own_window(mini: Minis, bureau: Bureau, house: House) -> None:
    bureau.bind("clerk", "o-clerk", "mini")
    clerk = mini("clerk")

    assert clerk.rate(bureau.windows[3], 5, 403)["code"] == "own_window"
    clerk.rate(bureau.windows[1], 5)

    assert [(row.window_id, row.standing) for row in kept(house)] == [(bureau.windows[1], "own_staff")]


def test_leaving_the_bureaus_account_ends_the_session(mini: Minis, bureau: Bureau, house: House) -> None:
    bureau.bind("clerk", "o-clerk", "mini")
    clerk = mini("clerk")
    contact = house.pseudonyms.contact("mini", "o-clerk")

    with house.database.transaction() as db:
        people.forget(db, contact, house.now())

    assert clerk.rate(bureau.windows[1], 5, 401)["code"] == "not_signed_in"


REFUSED = {
    "no such window": ({"window_id": 99, "level": 5}, 404, "no_such_window"),
    "a foreign code": ({"code": "https://pay.invalid/x", "level": 5}, 404, "no_such_code"),
    "a tag of another level": ({"window_id": 1, "level": 5, "tags": ["拖着不办"]}, 422, "unknown_tag"),
    "an id number in the text": ({"window_id": 1, "level": 5, "text": "我是110101199003071234"}, 422, "note_has_id_number"),
    "neither code nor window": ({"level": 5}, 422, "invalid"),
    "code and window": ({"code": "abc", "window_id": 1, "level": 5}, 422, "invalid"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_rating_that_cannot_be_says_what_to_do(mini: Minis, bureau: Bureau, house: House, case: str) -> None:
    words, status, code = REFUSED[case]

    answer = mini("wang").ask(status, "POST", "/ratings", words)

    assert answer["code"] == code
    assert ("fields" in answer) == (status == 422)
    assert kept(house) == []


def test_a_revoked_plate_does_not_rate(mini: Minis, bureau: Bureau, house: House, clock: Clock) -> None:
    with house.database.transaction() as db:
        badges.revoke(db, bureau.actor("office"), bureau.codes[3], "遗失", clock.now())

    assert mini("wang").ask(410, "POST", "/ratings", {"code": bureau.codes[3], "level": 5})["code"] == "plate_revoked"


def test_ids_in_the_body_name_nobody(mini: Minis, bureau: Bureau, house: House) -> None:
    for name in ("person_id", "openid", "actor", "rater", "contact", "standing", "origin", "channel", "id", "event"):
        answer = mini("wang").ask(422, "POST", "/ratings", {"window_id": bureau.windows[1], "level": 5, name: "1"})
        assert answer["fields"][0]["field"] == name
    assert kept(house) == []


def test_the_sixty_first_write_of_a_minute_waits_on_all_phones_of_a_person(mini: Minis, bureau: Bureau) -> None:
    phone, tablet = mini("wang"), mini("wang")
    for at in range(60):
        (phone if at % 2 else tablet).rate(bureau.windows[1], 1 + at % 5)

    assert phone.rate(bureau.windows[1], 5, 429)["code"] == "too_often"
    assert tablet.rate(bureau.windows[1], 5, 429)["code"] == "too_often"
    mini("li").rate(bureau.windows[1], 5)


def test_totals_equal_the_rows_after_all_this(mini: Minis, bureau: Bureau, house: House, clock: Clock) -> None:
    for at, name in enumerate(["wang", "li", "zhao"]):
        rating = mini(name).rate(bureau.windows[1], 1 + at)
        mini(name).ask(200, "PUT", f"/ratings/{rating['id']}", {"level": 5 - at})

    with house.database.reading() as db:
        assert figures.differences(db, clock.now()) == 0
        assert sum(table.tallied(db, clock.now().date()).values()) == 3


def test_the_rater_judges_the_answer_once(mini: Minis, bureau: Bureau) -> None:
    wang = mini("wang")
    number = wang.rate(bureau.windows[3], 2)["number"]
    do(bureau, "answer", "head", number, "已增开一个窗口")
    do(bureau, "close", "office", number)
    assert wang.ask(200, "GET", f"/progress/{number}")["answer"] == "已增开一个窗口"
    said = {"verdict": "dissatisfied", "text": "还是排队"}
    assert mini("li").ask(403, "POST", f"/progress/{number}/verdict", said)["code"] == "only_the_rater"
    assert wang.ask(200, "POST", f"/progress/{number}/verdict", said)["state"] == "reopened"
    assert wang.ask(409, "POST", f"/progress/{number}/verdict", said)["code"] == "not_now"
