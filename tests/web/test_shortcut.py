"""The short way of a scan says exactly what the long way says, and never more than is true."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from domain.ports import House
from tests.bureau import Bureau
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]


class _SilentDatabase:
    """A database whose machine is gone."""

    def edition(self) -> int:
        raise OperationalError("SELECT n", {}, Exception("connection refused"))


def test_the_short_way_gives_the_page_and_the_headers_of_the_long_way(browser: Browsers, bureau: Bureau) -> None:
    path = f"/p/{bureau.codes[3]}"
    drawn = browser().open("GET", path, 200)
    kept = browser().open("GET", path, 200)
    assert kept.data == drawn.data
    assert dict(kept.headers) == dict(drawn.headers)


@pytest.mark.parametrize("path", ["/screen", "/board", "/works", "/", "/windows", "/windows/1"])
def test_boards_and_the_screen_take_the_short_way_too(browser: Browsers, path: str) -> None:
    drawn = browser().open("GET", path, 200)
    kept = browser().open("GET", path, 200)
    assert (kept.data, dict(kept.headers)) == (drawn.data, dict(drawn.headers))


def test_a_board_that_is_searched_goes_the_long_way(browser: Browsers) -> None:
    whole = browser().open("GET", "/board", 200)
    assert browser().open("GET", "/board?said=没有这样的承诺", 200).data != whole.data


def test_a_head_request_goes_the_long_way(browser: Browsers, bureau: Bureau) -> None:
    path = f"/p/{bureau.codes[3]}"
    length = len(browser().open("GET", path, 200).data)
    head = browser().open("HEAD", path, 200)
    assert (head.data, head.headers["Content-Length"]) == (b"", str(length))


def test_without_its_database_the_door_asks_to_come_back(browser: Browsers, flask: Flask, bureau: Bureau) -> None:
    path = f"/p/{bureau.codes[3]}"
    browser().get(path)
    silent: Any = _SilentDatabase()
    flask.extensions["house"] = House(**{**vars(bureau.house), "database": silent})
    answer = browser().open("GET", path, 503)
    assert "系统正忙" in words_of(answer.get_data(as_text=True))
    assert answer.headers["Retry-After"] == "60"
