"""落地页: what a scan shows, and that it shows a change at once."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from domain.actor import Actor
from domain.marks import Mark
from domain.policy import STANDARD
from domain.ports import House
from domain.ratings import Channel, RatingDeed
from models.letters import Letter
from services import badges, figures, ratings
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.phones import Phone
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]


def rated(house: House, window: int, given: list[Mark], clock: Clock, channel: Channel = Channel.CHAT, person_id: int | None = None) -> None:
    """Ratings of yesterday, published today."""
    deeds = [RatingDeed(Actor(rater=f"rater-{channel}-{n}", person_id=person_id), window, mark, channel=channel) for n, mark in enumerate(given)]
    with house.database.transaction() as db:
        ratings.rate_windows(db, deeds, clock.now() - timedelta(days=1))
        figures.publish(db, clock.now(), STANDARD)


WHO = ("3号窗口", "不动产登记窗口受理岗", "今日值守禾同志", "党员先锋岗", "本页面不收款", "评价3号窗口满意")
PROMISED = ("业务受理承诺3个工作日", "材料齐全当场受理", "办证材料一次告知", "印制清单", "差评为零", "2026年12月31日")


def test_a_scan_shows_who_answers_and_what_was_promised(browser: Browsers, bureau: Bureau) -> None:
    words = words_of(browser().get(f"/p/{bureau.codes[3]}"))
    assert [told for told in WHO + PROMISED if told not in words] == []


def test_privacy_is_told_before_the_button(browser: Browsers, bureau: Bureau) -> None:
    page = browser().get(f"/p/{bureau.codes[3]}")
    assert 0 < page.index("无法回访您") < page.index("凭编号查进度") < page.index("评价自愿") < page.index("匿名提交评价")


def test_nobody_is_sent_where_he_is_as_anonymous_as_here(browser: Browsers, bureau: Bureau, phone: Callable[..., Phone]) -> None:
    """A rating by message keeps no address either: no page may promise that it is called back."""
    phone().say("评价 3号窗口 不满意 请给我回电话")
    with bureau.house.database.reading() as db:
        assert [row.contact for row in db.scalars(select(Letter)) if row.contact] == []
    refused = browser().post(f"/p/{bureau.codes[3]}/ratings", expect=422, level="1", privacy="confidential").get_data(as_text=True)
    for page in (browser().get(f"/p/{bureau.codes[3]}"), refused):
        assert "需要回访" not in page
        assert "本单位回访" not in page


def test_reading_leaves_no_cookie(browser: Browsers, bureau: Bureau) -> None:
    answer = browser().open("GET", f"/p/{bureau.codes[3]}", 200)
    assert "Set-Cookie" not in answer.headers
    (script,) = re.findall("<script[^>]*>", answer.get_data(as_text=True))
    assert "/share.js" in script


def test_nothing_unpublished_and_no_full_name_is_shown(browser: Browsers, bureau: Bureau) -> None:
    words = words_of(browser().get(f"/p/{bureau.codes[1]}"))
    assert "还在起草" not in words
    assert "安可期" not in words


@pytest.mark.parametrize("way", ["/p/{upper}", "/p/p:{code}", "/p/P%3A{upper}", "/p/%20{code}%20", "/p/{spaced}"])
def test_a_code_is_read_however_it_is_typed(browser: Browsers, bureau: Bureau, way: str) -> None:
    code = bureau.codes[3]
    page = browser().get(way.format(code=code, upper=code.upper(), spaced=f"{code[:4]}%20{code[4:]}"))
    assert "不动产登记窗口" in page


def test_under_the_minimum_group_there_is_no_rate(browser: Browsers, bureau: Bureau, clock: Clock) -> None:
    rated(bureau.house, bureau.windows[3], [Mark.VERY_SATISFIED] * 4, clock)
    words = words_of(browser().get(f"/p/{bureau.codes[3]}"))
    assert "评价满5条后公布" in words
    assert "%" not in words


def test_a_published_rate_stands_beside_its_number(browser: Browsers, bureau: Bureau, clock: Clock) -> None:
    rated(bureau.house, bureau.windows[3], [Mark.SATISFIED] * 5 + [Mark.DISSATISFIED], clock)
    words = words_of(browser().get(f"/p/{bureau.codes[3]}"))
    assert "83.3%好评率（共6条评价）" in words
    assert "统计到2026年11月15日" in words


def test_no_public_page_tells_of_a_rating_before_its_day_is_over(
    browser: Browsers, bureau: Bureau, flask: Flask, phone: Callable[..., Phone], clock: Clock
) -> None:
    """Every address without a name to fill in, and those of a plate and a window: alike to the byte until the publication."""
    code, window = bureau.codes[3], bureau.windows[3]
    plain = [rule.rule for rule in flask.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    paths = [path for path in plain if path not in ("/metrics", "/readyz", "/healthz") and not path.startswith("/console")]
    paths += [f"/p/{code}", f"/windows/{window}", f"/windows/{bureau.windows[1]}", f"/api/v1/posts/{code}", f"/board?window={window}"]

    def seen() -> dict[str, tuple[int, bytes]]:
        answers = {path: browser().client.get(path) for path in paths}
        return {path: (answer.status_code, answer.data) for path, answer in answers.items()}

    before = seen()
    for n in range(5):
        phone(f"p{n}").say("评价 3号窗口 非常不满意 等了两个小时")
    browser().rate(f"/p/{code}/ratings", level="1", note="等了两个小时")
    assert seen() == before
    with bureau.house.database.transaction() as db:
        assert figures.publish(db, clock.now(), STANDARD) == 0
    assert seen() == before
    with bureau.house.database.transaction() as db:
        assert figures.publish(db, clock.now() + timedelta(days=1), STANDARD) == 1
    told = {path for path, page in seen().items() if page != before[path]}
    assert told == {f"/p/{code}", f"/windows/{window}", f"/api/v1/posts/{code}", "/screen"}
    assert len(paths) > 12


def test_browsers_and_staff_are_told_apart(browser: Browsers, bureau: Bureau, clock: Clock) -> None:
    rated(bureau.house, bureau.windows[3], [Mark.SATISFIED] * 2, clock, person_id=bureau.people["stranger"])
    rated(bureau.house, bureau.windows[3], [Mark.SATISFIED] * 5, clock, Channel.BROWSER)
    words = words_of(browser().get(f"/p/{bureau.codes[3]}"))
    assert "共5条评价" in words
    assert "其中网页评价5条" in words
    assert "评价2条，不计入好评率" in words


def test_a_revoked_plate_says_so_at_the_next_scan(browser: Browsers, bureau: Bureau, clock: Clock) -> None:
    path = f"/p/{bureau.codes[3]}"
    browser().get(path)
    with bureau.house.database.transaction() as db:
        badges.revoke(db, bureau.actor("office"), bureau.codes[3], "遗失", clock.now())
    words = words_of(browser().get(path, expect=410))
    assert "这块牌子已停用" in words
    assert "打开3号窗口" in words


def test_an_old_plate_knows_that_it_was_replaced(browser: Browsers, bureau: Bureau, clock: Clock) -> None:
    with bureau.house.database.transaction() as db:
        badges.issue(db, bureau.actor("office"), bureau.windows[3], clock.now())
    assert "已换发新牌" in words_of(browser().get(f"/p/{bureau.codes[3]}", expect=410))


def test_a_plate_expires_at_midnight_without_anybody_touching_it(browser: Browsers, bureau: Bureau, clock: Clock) -> None:
    with bureau.house.database.transaction() as db:
        code = badges.issue(db, bureau.actor("office"), bureau.windows[3], clock.now(), expires_on=clock.now().date()).code
    browser().get(f"/p/{code}")
    clock.pass_(days=1)
    assert "已过有效期" in words_of(browser().get(f"/p/{code}", expect=410))


def test_a_forged_code_warns_of_paying(browser: Browsers) -> None:
    assert "请不要付款或填写个人信息" in words_of(browser().get("/p/2222222222222", expect=404))


def test_a_browser_that_has_the_page_is_sent_nothing_again(browser: Browsers, bureau: Bureau) -> None:
    first = browser().open("GET", f"/p/{bureau.codes[3]}", 200)
    again = browser().open("GET", f"/p/{bureau.codes[3]}", 304, headers={"If-None-Match": first.headers["ETag"]})
    assert again.data == b""


def test_a_page_is_packed_for_browsers_that_unpack(browser: Browsers, bureau: Bureau) -> None:
    plain = browser().open("GET", f"/p/{bureau.codes[3]}", 200)
    packed = browser().open("GET", f"/p/{bureau.codes[3]}", 200, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2


def test_a_window_has_a_page_without_a_code(browser: Browsers, bureau: Bureau) -> None:
    words = words_of(browser().get(f"/windows/{bureau.windows[3]}"))
    assert "今日值守禾同志" in words
    assert "输入牌号" not in words


def test_the_picture_of_a_code_is_drawn_for_screens_only_while_it_counts(browser: Browsers, bureau: Bureau) -> None:
    assert "<svg" in browser().get(f"/qr/{bureau.codes[3]}.svg")
    browser().get("/qr/2222222222222.svg", expect=404)
