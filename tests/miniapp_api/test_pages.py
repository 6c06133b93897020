"""Public pages: the plate's page, windows, options, pledges, progress; fresh at once after every change."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from domain.calendar import local_day
from domain.ports import House
from miniapp_api.pages import MOST, kept_by
from models.pledges import Pledge
from services import badges, figures
from services import register as registers
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.miniapp_api.conftest import Mini

Minis = Callable[[str], Mini]


def etag(phone: Mini) -> str:
    return str(phone.last.headers["ETag"])


def test_a_plate_says_who_is_here_and_what_was_promised(mini: Minis, bureau: Bureau) -> None:
    page = mini("").ask(200, "GET", f"/posts/{bureau.codes[3]}")

    assert (page["number"], page["window"], page["post"], page["is_pioneer"]) == (3, "不动产登记窗口", "不动产登记窗口受理岗", True)
    assert page["holders"] == [{"shown": "禾同志", "is_member": False}]
    assert page["services"] == [{"name": "业务受理", "standard": "材料齐全当场受理，缺件一次告知", "promised_limit": "3个工作日"}]
    assert [(one["author"], one["slogan"], one["deadline"], one["state"]) for one in page["pledges"]] == [
        ("禾同志", "一次告知，少跑一趟", "2026-12-31", "推进中")
    ]


@pytest.mark.parametrize("written", ["p%3A{}", "p:{}", "p%253A{}"])
def test_a_scene_leads_to_the_same_page(mini: Minis, bureau: Bureau, written: str) -> None:
    assert mini("").ask(200, "GET", f"/posts/{written.format(bureau.codes[1])}")["number"] == 1


def test_no_figure_under_the_minimum_group_is_shown(mini: Minis, bureau: Bureau, house: House, clock: Clock) -> None:
    for name in ("wang", "li", "zhao", "qian"):
        mini(name).rate(bureau.windows[3], 5)
    clock.pass_(days=1)
    with house.database.transaction() as db:
        figures.publish(db, clock.now(), house.settings.policy)

    told = mini("").ask(200, "GET", f"/posts/{bureau.codes[3]}")["figures"]

    assert told == {
        "n": 0,
        "minimum": 5,
        "positive": None,
        "positive_rate": None,
        "by_level": None,
        "from_browsers": None,
        "set_apart": None,
        "up_to": None,
    }


def test_published_figures_stand_with_their_number(mini: Minis, bureau: Bureau, house: House, clock: Clock) -> None:
    page = f"/posts/{bureau.codes[3]}"
    for level, name in enumerate(["wang", "li", "zhao", "qian", "sun"], 1):
        mini(name).rate(bureau.windows[3], level)
    assert mini("").ask(200, "GET", page)["figures"]["n"] == 0
    clock.pass_(days=1)
    with house.database.transaction() as db:
        figures.publish(db, clock.now(), house.settings.policy)

    told = mini("").ask(200, "GET", page)["figures"]

    assert (told["n"], told["positive"], told["positive_rate"], told["up_to"]) == (5, 3, 0.6, "2026-11-16")
    assert told["by_level"] == {"5": 1, "4": 1, "3": 1, "2": 1, "1": 1}


def test_nothing_personal_beyond_the_chosen_name_is_on_the_page(mini: Minis, bureau: Bureau) -> None:
    phone = mini("")
    page = phone.ask(200, "GET", f"/posts/{bureau.codes[3]}")

    assert "禾小满" not in phone.last.text
    assert set(page) == {
        "code",
        "post",
        "is_pioneer",
        "window_id",
        "number",
        "window",
        "place",
        "hours",
        "phone",
        "is_model",
        "holders",
        "services",
        "pledges",
        "figures",
        "day",
    }


def test_a_page_seen_before_costs_nothing_until_it_changes(mini: Minis, bureau: Bureau, house: House, clock: Clock) -> None:
    phone, page = mini(""), f"/posts/{bureau.codes[3]}"
    phone.ask(200, "GET", page)
    mark = etag(phone)
    for said in (mark, f"W/{mark}", f'"other", {mark}', "*"):
        phone.ask(304, "GET", page, headers={"If-None-Match": said})
        assert phone.last.data == b""
        assert etag(phone) == mark

    with house.database.transaction() as db:
        db.query(Pledge).filter(Pledge.window_id == bureau.windows[3]).update({"slogan": "改了口号"})
        registers.grow(db)

    assert phone.ask(200, "GET", page, headers={"If-None-Match": mark})["pledges"][0]["slogan"] == "改了口号"


@pytest.mark.parametrize("which", ["revoked", "expired", "forged", "foreign", "endless", "with a slash"])
def test_a_plate_that_does_not_count_says_so_at_once(mini: Minis, bureau: Bureau, house: House, clock: Clock, which: str) -> None:
    phone, code = mini(""), bureau.codes[3]
    phone.ask(200, "GET", f"/posts/{code}")
    with house.database.transaction() as db:
        if which == "revoked":
            badges.revoke(db, bureau.actor("office"), code, "遗失", clock.now())
        if which == "expired":
            code = badges.issue(
                db, bureau.actor("office"), bureau.windows[5], clock.now(), expires_on=local_day(clock.now()) - timedelta(days=1)
            ).code
    asked = {"forged": "2" * 13, "foreign": "%E4%BB%98%E6%AC%BE", "endless": "x" * 3000}.get(which, code)
    status, said = {"revoked": (410, "plate_revoked"), "expired": (410, "plate_expired"), "with a slash": (404, "no_such_route")}.get(
        which, (404, "no_such_code")
    )

    assert phone.ask(status, "GET", f"/posts/{asked}" + ("/x" if which == "with a slash" else ""))["code"] == said


def test_a_plate_that_runs_out_at_midnight_is_refused_in_the_morning(mini: Minis, bureau: Bureau, house: House, clock: Clock) -> None:
    with house.database.transaction() as db:
        code = badges.issue(db, bureau.actor("office"), bureau.windows[5], clock.now(), expires_on=local_day(clock.now())).code
    mini("").ask(200, "GET", f"/posts/{code}")
    clock.pass_(days=1)

    assert mini("").ask(410, "GET", f"/posts/{code}")["code"] == "plate_expired"


def test_windows_are_listed_by_their_numbers(mini: Minis, bureau: Bureau) -> None:
    phone = mini("")

    listed = phone.ask(200, "GET", "/windows")["windows"]

    assert [(one["number"], one["place"]) for one in listed] == [(1, "一楼大厅1号"), (3, "一楼大厅3号"), (5, "一楼大厅5号")]
    phone.ask(304, "GET", "/windows", headers={"If-None-Match": etag(phone)})


def test_the_options_say_who_sees_what_and_begin_with_the_most_private(mini: Minis) -> None:
    options = mini("").ask(200, "GET", "/rating-options")

    assert [(one["level"], one["chinese"], one["is_negative"]) for one in options["levels"]] == [
        (5, "非常满意", False),
        (4, "满意", False),
        (3, "基本满意", False),
        (2, "不满意", True),
        (1, "非常不满意", True),
    ]
    assert all(len(one["tags"]) == 6 for one in options["levels"])
    assert [(one["privacy"], one["default"]) for one in options["privacy"]] == [("anonymous", True), ("confidential", False), ("public", False)]
    assert all(one["sentence"] for one in options["privacy"])


def publish_many(house: House, bureau: Bureau, n: int) -> None:
    with house.database.transaction() as db:
        for at in range(n):
            db.add(
                Pledge(
                    code=f"more{at:03}",
                    campaign="demo",
                    author_id=bureau.people["head"],
                    window_id=bureau.windows[1],
                    content=f"第{at}条",
                    state="published",
                )
            )
            db.add(
                Pledge(
                    code=f"draft{at:03}",
                    campaign="demo",
                    author_id=bureau.people["head"],
                    window_id=bureau.windows[1],
                    content="起草中",
                    state="draft",
                )
            )
        registers.grow(db)


def test_pledges_come_page_by_page_each_once(mini: Minis, bureau: Bureau, house: House) -> None:
    publish_many(house, bureau, 25)
    phone, seen, after = mini(""), [], ""
    while True:
        page: dict[str, Any] = phone.ask(200, "GET", f"/pledges?limit=10{after}")
        seen += [one["content"] for one in page["pledges"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"

    assert seen == ["办证材料一次告知", *(f"第{at}条" for at in range(25))]


def test_pledges_of_one_window(mini: Minis, bureau: Bureau, house: House) -> None:
    publish_many(house, bureau, 3)

    page = mini("").ask(200, "GET", f"/pledges?window_id={bureau.windows[3]}")

    assert ([one["content"] for one in page["pledges"]], page["next"]) == (["办证材料一次告知"], None)


@pytest.mark.parametrize("cursor", ["draft000", "nothing", "%F0%9F%98%80"])
def test_an_unpublished_pledge_is_no_place_to_go_on_from(mini: Minis, bureau: Bureau, house: House, cursor: str) -> None:
    publish_many(house, bureau, 1)

    assert mini("").ask(404, "GET", f"/pledges?after={cursor}")["code"] == "no_such_pledge"


BAD_QUERIES = {
    "limit=0": "limit",
    "limit=51": "limit",
    "limit=ten": "limit",
    "limit=1.0": "limit",
    "limit=%2B5": "limit",
    "limit=5&limit=6": "limit",
    "limit=": "limit",
    "limit=٣": "limit",
    "window_id=-1": "window_id",
    "window_id=99999999999": "window_id",
    "after=": "after",
    "after=a%00": "after",
    "page=2": "page",
    "a%0d%0ab=1": "ab",
}


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_a_query_that_cannot_be_read_names_its_field(mini: Minis, bureau: Bureau, query: str) -> None:
    answer = mini("").ask(422, "GET", f"/pledges?{query}")

    assert answer["fields"][0]["field"] == BAD_QUERIES[query]


@pytest.mark.parametrize("number", ["A9999", "0", "%00", "差评", "A0001%2F..", "9" * 500])
def test_an_unknown_number_is_said_politely(mini: Minis, bureau: Bureau, number: str) -> None:
    answer = mini("").ask(404, "GET", f"/progress/{number}")

    assert answer["code"] in ("no_such_number", "no_such_route")
    assert "评价 3号窗口" not in answer["message"]


def test_kept_pages_never_outgrow_their_bound(mini: Minis, bureau: Bureau, flask: Any) -> None:
    phone = mini("")
    for window in range(1, 60):
        for limit in range(1, 11):
            phone.ask(200, "GET", f"/pledges?window_id={window}&limit={limit}")

    _stand, pages, addresses = kept_by(flask)._now
    assert 0 < len(pages) <= MOST
    assert 0 < len(addresses) <= MOST
