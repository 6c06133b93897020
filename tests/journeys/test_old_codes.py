"""A printed code outlives its plate: whoever scans one that no longer counts is told plainly, by every door, and nothing is stored."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from domain.ports import House
from models.ratings import Rating
from services import badges
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.miniapp_api.conftest import Mini
from tests.phones import Phone
from tests.services.test_posts import close, empty
from tests.web.conftest import browser, flask, words_of  # noqa: F401

Phones = Callable[..., Phone]


def revoked(bureau: Bureau, house: House) -> str:
    with house.database.transaction() as db:
        badges.revoke(db, bureau.actor("office"), bureau.codes[3], "遗失", house.now())
    return bureau.codes[3]


def moved(bureau: Bureau, house: House) -> str:
    """The post has another plate."""
    with house.database.transaction() as db:
        badges.issue(db, bureau.actor("office"), bureau.windows[3], house.now())
    return bureau.codes[3]


def expired(bureau: Bureau, house: House) -> str:
    with house.database.transaction() as db:
        return badges.issue(db, bureau.actor("office"), bureau.windows[3], house.now(), expires_on=date(2026, 11, 15)).code


def forged(_bureau: Bureau, _house: House) -> str:
    return "2222222222222"


def window_closed(bureau: Bureau, _house: House) -> str:
    empty(bureau)
    close(bureau)
    return bureau.codes[3]


STATES = {
    revoked: (410, "plate_revoked", "已停用"),
    moved: (410, "plate_revoked", "已停用"),
    expired: (410, "plate_expired", "已过有效期"),
    forged: (404, "no_such_code", "请不要付款或填写个人信息"),
    window_closed: (410, "window_closed", "3号窗口（不动产登记窗口）已经撤销"),
}


@pytest.mark.parametrize("become", STATES, ids=lambda state: state.__name__)
def test_a_code_that_no_longer_counts_says_so_at_every_door(
    become: Callable[[Bureau, House], str],
    phone: Phones,
    browser: Callable[..., object],  # noqa: F811
    flask: Flask,  # noqa: F811
    bureau: Bureau,
    house: House,
    clock: Clock,
) -> None:
    status, code, word = STATES[become]
    plate = become(bureau, house)
    citizen, mini = phone(), Mini(flask)

    page = words_of(browser().get(f"/p/{plate}", expect=status))  # type: ignore[operator]
    assert ("请当心" if become is forged else word) in page
    assert "匿名提交评价" not in page
    browser().post(f"/p/{plate}/ratings", expect=status, level="1")  # type: ignore[operator]
    assert mini.ask(404 if become is forged else 410, "GET", f"/posts/{plate}")["code"] == code
    assert mini.ask(404 if become is forged else 410, "GET", f"/posts/p:{plate}")["code"] == code
    for event, key in (("SCAN", f"p:{plate}"), ("subscribe", f"qrscene_p:{plate}")):
        assert word in citizen.do(event, key)
    assert word in citizen.do("scancode_waitmsg", "S", ScanCodeInfo={"ScanType": "qrcode", "ScanResult": f"http://127.0.0.1:8000/p/{plate}"})
    mini.ask(401, "POST", "/ratings", {"code": plate, "level": 1})
    citizen.say("不满意")
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Rating)) == 0
