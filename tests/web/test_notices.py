"""Pages that say no: in Chinese, in the look of the house, with a next step, whatever was asked."""

from collections.abc import Callable

import pytest

import app
from domain import errors
from domain.errors import Refusal
from domain.ports import House
from tests.bureau import Bureau
from tests.web.conftest import Browser, words_of
from web import refusals
from web.notices import OF_REFUSAL, OF_STATUS

Browsers = Callable[..., Browser]
REFUSALS = [one for room in (errors, refusals) for one in vars(room).values() if isinstance(one, type) and issubclass(one, Refusal)]


class _Lost(Exception):
    """A bug with a canary in its message."""


def _visits_what_fails(house: House, error: Exception) -> Browser:
    """Somebody before an application with one more page, which only fails."""
    flask = app.create_flask(house)

    def fail() -> str:
        raise error

    flask.add_url_rule("/fails", view_func=fail)
    return Browser(flask.test_client(), "203.0.113.9")


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_notice_with_a_way_on(kind: type[Refusal]) -> None:
    _status, notice = next(OF_REFUSAL[one] for one in kind.__mro__ if one in OF_REFUSAL)
    assert notice.heading
    assert notice.links


@pytest.mark.parametrize("status", OF_STATUS)
def test_every_fault_of_http_says_what_to_do(status: int) -> None:
    assert OF_STATUS[status].sentence.endswith("。")
    assert OF_STATUS[status].links


HOSTILE = [
    "/no/such/page",
    "/p/" + "a" * 10_000,
    "/p/%00",
    "/p/a%00b",
    "/p/%3Cscript%3Ealert(1)%3C/script%3E",
    "/p/..%2f..%2fetc",
    "/p/%F0%9F%98%80",
    "/p/%ff%fe",
    "/windows/999",
    "/windows/-1",
    "/windows/1e9",
    "/windows/" + "9" * 5000,
    "/windows/9223372036854775808",
    "/ratings/1",
    "/ratings/" + "9" * 5000,
    "/ratings/x",
    "/qr/%00.svg",
    "/progress?number=%00",
    "/progress?number=Z9999",
    "/static/../settings.py",
]
STRANGE = [
    "/windows?said=" + "x" * 9000,
    "/windows?said=%00%ff",
    "/board?after=x&window=%00",
    "/board?after=" + "9" * 5000,
    "/p/?said=%00",
    "/?q=<script>",
]


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path[:40])
def test_hostile_addresses_get_a_plain_page(browser: Browsers, path: str) -> None:
    page = browser().get(path, expect=404)
    assert "没有" in page or "请当心" in page
    assert "<script" not in page
    assert "Traceback" not in page


@pytest.mark.parametrize("path", STRANGE, ids=lambda path: path[:30])
def test_hostile_questions_get_the_page_they_asked_for(browser: Browsers, path: str) -> None:
    assert "<script>" not in browser().get(path)


@pytest.mark.parametrize(("method", "path"), [("POST", "/p/x"), ("DELETE", "/"), ("PUT", "/board"), ("GET", "/p/x/ratings"), ("PATCH", "/windows/1")])
def test_a_wrong_method_is_explained(browser: Browsers, method: str, path: str) -> None:
    answer = browser().open(method, path, 405)
    assert "不能这样打开" in words_of(answer.get_data(as_text=True))
    assert answer.headers["Allow"]


def test_a_bug_is_answered_with_a_number_and_logged_without_the_words(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    words = words_of(_visits_what_fails(house, _Lost("13800000000")).get("/fails", expect=500))
    logged = capsys.readouterr().out
    assert "很抱歉" in words
    assert words[words.index("编号") + 2 :][:8] in logged
    assert "13800000000" not in logged + words


def test_a_busy_house_says_when_to_come_back(house: House) -> None:
    answer = _visits_what_fails(house, errors.Busy()).open("GET", "/fails", 503)
    assert "系统正忙" in words_of(answer.get_data(as_text=True))
    assert answer.headers["Retry-After"] == "60"


def test_guessing_codes_is_slowed_down(browser: Browsers) -> None:
    guesser = browser()
    for n in range(60):
        guesser.get(f"/p/guess{n}", expect=404)
    assert "太频繁了" in words_of(guesser.get("/p/guess60", expect=429))


def test_a_full_hall_behind_one_address_still_reads_its_plates(browser: Browsers, bureau: Bureau) -> None:
    hall = browser()
    for _ in range(70):
        hall.get(f"/p/{bureau.codes[3]}")


@pytest.mark.parametrize("path", ["/board?after=1", "/windows?said=xyz", "/progress?number=A0001"])
def test_collectors_are_slowed_down(browser: Browsers, path: str) -> None:
    """The board's first page, which hangs in every hall, is not counted; whoever goes on to the next is."""
    collector = browser()
    for _ in range(60):
        collector.client.get(path, environ_overrides={"REMOTE_ADDR": collector.address})
    collector.get(path, expect=429)
