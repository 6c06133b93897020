"""Everybody can use every page: axe finds nothing serious on any of them; the public ones fit a small phone, large type, no script (S12)."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

from domain.actor import Role
from domain.flows.plates import PlateState
from models import windows
from tests.scanning import zbar, zxing
from tests.web.shots import serving
from tests.web.walking import PUBLIC, Stop, demo_bureau, sign_all_in, walk

AXE = Path(__file__).parent.parent.parent / "node_modules/axe-core/axe.min.js"
ASK = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]});
  return found.violations.filter(one => ["serious", "critical"].includes(one.impact)).map(one => one.id + ": " + one.nodes[0].html.slice(0, 200));
}"""
_PHONE: ViewportSize = {"width": 390, "height": 844}
_DESK: ViewportSize = {"width": 1280, "height": 844}
_SMALL: ViewportSize = {"width": 320, "height": 568}
_LARGE = 32
"""Pixels of type that a reader has set in the browser: twice the usual."""
_BESIDE = """() => [...document.querySelectorAll("body, body *")].filter(one => {
  const box = one.getBoundingClientRect(), cut = getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1;
  return !one.closest(".trap, .skip, .unseen, svg") && box.width > 1 && (cut || box.right > innerWidth + 1 || box.left < -1);
}).map(one => one.outerHTML.slice(0, 120))"""
_GROUND = """one => {
  for (let at = one; at; at = at.parentElement) {
    const style = getComputedStyle(at), ground = style.backgroundColor;
    if (style.backgroundImage !== "none") return style.backgroundImage;
    if (ground !== "rgba(0, 0, 0, 0)") return ground;
  }
}"""
_CODES = ".say_code, svg[role=img][shape-rendering], .scan svg, .scan img"
WHITE = "rgb(255, 255, 255)"
Walked = tuple[str, dict[str, str], dict[str, tuple[str, Stop]]]
pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    """(address of the house, role → token, page → who opens it and where): each page once, by the first role that has it."""
    with demo_bureau(tmp_path_factory.mktemp("axe")) as (house, flask), serving(house) as base:
        tokens = {"": "", **sign_all_in(house)}
        first: dict[str, tuple[str, Stop]] = {}
        with house.database.reading() as db:
            plate = next(one.code for one in windows.plates(db) if one.state == PlateState.ISSUED and one.expires_on is None)
        for role in ("", Role.LEADING_OFFICE.value, *tokens):
            for stop in walk(flask, tokens[role], ("/console/",) if role else (f"/p/{plate}", *PUBLIC)):
                first.setdefault(stop.name, (role, stop))
        yield base, tokens, first


def test_axe_finds_nothing_serious_on_any_page(chromium: Browser, walked: Walked) -> None:
    base, tokens, pages = walked
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    found, wide = {}, {}
    for name, (role, stop) in pages.items():
        context.clear_cookies()
        if role:
            context.add_cookies([{"name": "liangnuo_desk", "value": tokens[role], "url": base}])
        page.set_viewport_size(_PHONE)
        page.goto(base + stop.path)
        found[f"{name} {stop.path}"] = _faults(page)
        wide[name] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        page.set_viewport_size(_DESK)
        found[f"{name} {stop.path} at the desk"] = page.evaluate(ASK)
    context.close()
    assert len(found) >= 2 * 25
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert {name: over for name, over in wide.items() if over > 0} == {}, "wider than a phone"


_EMPTY_YET = {"console_binding-listed", "console_prints-log", "console_todos-one", "console_objections-one"}
"""Somebody asks to be bound when the demo starts, nobody has printed, and the first todo and objection are fresh."""


def test_every_page_of_the_demo_has_something_to_show(chromium: Browser, walked: Walked) -> None:
    base, tokens, pages = walked
    context = chromium.new_context()
    empty = {}
    for name, (role, stop) in pages.items():
        answer = context.request.get(base + stop.path, headers={"Cookie": f"liangnuo_desk={tokens[role]}"} if role else {})
        empty[name] = re.findall(r'class="empty">([^<]*)<', answer.text())
    context.close()
    assert {name for name, words in empty.items() if words} <= _EMPTY_YET
    assert len(empty) > 60


def test_axe_sees_a_picture_without_words(chromium: Browser, walked: Walked) -> None:
    page = chromium.new_page(bypass_csp=True)
    page.goto(walked[0])
    page.evaluate("document.body.append(document.createElement('input'), new Image())")
    assert [fault.partition(":")[0] for fault in _faults(page)] == ["image-alt", "label"]
    page.close()


@pytest.fixture
def plain_phone(chromium: Browser) -> Iterator[Page]:
    """The smallest phone, in the hands of somebody who reads large type, without scripts."""
    context = chromium.new_context(viewport=_SMALL, has_touch=True, java_script_enabled=False)
    page = context.new_page()
    context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": _LARGE, "fixed": _LARGE}})
    yield page
    context.close()


def test_every_public_page_fits_the_smallest_phone_in_large_type(plain_phone: Page, walked: Walked) -> None:
    base, _, pages = walked
    paths = [stop.path for role, stop in pages.values() if not role and not stop.path.startswith(("/screen", "/console"))]
    beside = {}
    for path in paths:
        plain_phone.goto(base + path)
        assert plain_phone.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= _LARGE, path
        assert plain_phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        beside[path] = plain_phone.evaluate(_BESIDE)
    assert len(paths) >= 12
    assert {path: ones for path, ones in beside.items() if ones} == {}


def test_two_taps_rate_on_the_smallest_phone_without_a_script(plain_phone: Page, walked: Walked) -> None:
    base, _, pages = walked
    plain_phone.goto(base + pages["landing-plate"][1].path)
    send, privacy = plain_phone.locator("form.rate button[type=submit]"), plain_phone.locator(".privacy")
    assert privacy.bounding_box()["y"] < send.bounding_box()["y"]  # type: ignore[index]
    plain_phone.locator("label[for=level4]").tap()
    box = send.bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= _SMALL["height"] - box["height"], "the button is in sight without scrolling"
    with plain_phone.expect_navigation():
        plain_phone.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert "谢谢，评价已登记" in plain_phone.locator("main").inner_text()
    assert plain_phone.evaluate(_BESIDE) == []


def test_red_is_around_the_codes_and_never_behind_them(chromium: Browser, walked: Walked) -> None:
    base, _, pages = walked
    page = chromium.new_page(viewport=_DESK)
    grounds, reds = {}, {}
    for path in (pages["landing-plate"][1].path, "/screen", "/console/sign-in"):
        page.goto(base + path)
        grounds[path] = {one.evaluate(_GROUND) for one in page.locator(_CODES).all()}
        reds[path] = page.locator("header").first.evaluate("one => getComputedStyle(one).backgroundImage")
    assert grounds == dict.fromkeys(grounds, {WHITE})
    assert [path for path, red in reds.items() if "rgb(200, 16, 46)" not in red] == []
    page.goto(base + "/screen")
    shot = Image.open(io.BytesIO(page.screenshot()))
    assert len(zxing(shot)) == len(zbar(shot)) == 2
    page.close()


def _faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    faults: list[str] = page.evaluate(ASK)
    return faults
