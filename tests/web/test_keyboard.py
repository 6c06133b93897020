"""Without a mouse: sign in, tab to what waits, decide a batch row by row and as a whole; where one stands is always seen (S12)."""

from collections.abc import Callable, Iterator

import pyotp
import pytest
from playwright.sync_api import Browser, Page

from domain.actor import Actor
from domain.ports import House
from models import people
from operations.bureau.pledges import COMMITTEE
from services import passwords
from tests.web.shots import serving
from tests.web.walking import demo_bureau

pytestmark = pytest.mark.browser
PASSWORD = "一段够长的密码 2026"
_MOST = 120
"""More presses of Tab than any page has places to stop."""
_WHERE = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  const named = (at.getAttribute("aria-label") || (at.labels && at.labels[0] ? at.labels[0].innerText : "") || at.innerText || "").trim();
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== "none";
  return [named, at === document.body || seen];
}"""


class Keys:
    """A page in the hands of somebody who has a keyboard only."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab_to(self, words: str) -> None:
        """On and on until the place that is called so; every place on the way must show that it has the focus."""
        for _ in range(_MOST):
            self.page.keyboard.press("Tab")
            named, seen = self.page.evaluate(_WHERE)
            assert seen, f"{named} does not show that it has the focus"
            if named.startswith(words):
                return
        raise AssertionError(f"no key leads to {words}")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def go(self) -> None:
        """Enter, on a link or a button that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, label: str, text: str) -> None:
        self.tab_to(label)
        self.page.keyboard.type(text)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, str]]:
    with demo_bureau(tmp_path_factory.mktemp("keys")) as (house, flask), serving(house) as base:
        yield house, base


@pytest.fixture
def keys(chromium: Browser, demo: tuple[House, str]) -> Iterator[Callable[[str], Keys]]:
    context = chromium.new_context(viewport={"width": 1280, "height": 844})

    def at(path: str) -> Keys:
        page = context.new_page()
        page.goto(demo[1] + path)
        return Keys(page)

    yield at
    context.close()


def way_in(house: House, name: str) -> str:
    """A password for this person; the secret of the authenticator."""
    with house.database.transaction() as db:
        person = people.people_named(db, name)[0]
        return passwords.create(db, Actor(), person.id, "committee", PASSWORD, house.sealer, house.now())


def test_a_batch_is_decided_without_a_mouse(keys: Callable[[str], Keys], demo: tuple[House, str]) -> None:
    house, _ = demo
    number, at = pyotp.TOTP(way_in(house, COMMITTEE)), keys("/console/")
    at.tab_to("用账号密码登录")
    at.press("Enter")
    at.fill("账号", "committee")
    at.fill("密码", PASSWORD)
    at.fill("动态码", number.at(house.now()))
    at.go()

    at.tab_to("跳到正文")
    at.press("Enter")
    at.tab_to("审定单位承诺")
    at.go()
    at.tab_to("选中")
    at.press("Space")
    at.tab_to("通过")
    at.go()
    assert "已审定，还有" in at.page.locator("#main").inner_text()
    at.tab_to("通过")
    at.go()
    assert "整批审定完毕" in at.page.locator("#main").inner_text()


def test_a_citizen_rates_without_a_mouse(keys: Callable[[str], Keys]) -> None:
    at = keys("/windows")
    at.tab_to("3号")
    at.go()
    at.tab_to("非常满意")
    at.press("Space")
    at.tab_to("匿名提交评价")
    at.go()
    assert "谢谢，评价已登记" in at.page.locator("body").inner_text()
