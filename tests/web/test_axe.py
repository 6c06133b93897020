"""Everybody can use every page: axe finds nothing serious on any of them, public or of the console (S12)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from domain.actor import Role
from tests.web.shots import serving
from tests.web.walking import PUBLIC, Stop, demo_bureau, sign_all_in, walk

AXE = Path(__file__).parent.parent.parent / "node_modules/axe-core/axe.min.js"
ASK = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]});
  return found.violations.filter(one => ["serious", "critical"].includes(one.impact)).map(one => one.id + ": " + one.nodes[0].html.slice(0, 200));
}"""
_PHONE: ViewportSize = {"width": 390, "height": 844}
_DESK: ViewportSize = {"width": 1280, "height": 844}
pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str], dict[str, tuple[str, Stop]]]]:
    """(address of the house, role → token, page → who opens it and where): each page once, by the first role that has it."""
    with demo_bureau(tmp_path_factory.mktemp("axe")) as (house, flask), serving(house) as base:
        tokens = {"": "", **sign_all_in(house)}
        first: dict[str, tuple[str, Stop]] = {}
        for role in ("", Role.LEADING_OFFICE.value, *tokens):
            for stop in walk(flask, tokens[role], ("/console/",) if role else PUBLIC):
                first.setdefault(stop.name, (role, stop))
        yield base, tokens, first


def test_axe_finds_nothing_serious_on_any_page(chromium: Browser, walked: tuple[str, dict[str, str], dict[str, tuple[str, Stop]]]) -> None:
    base, tokens, pages = walked
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    found = {}
    for name, (role, stop) in pages.items():
        context.clear_cookies()
        if role:
            context.add_cookies([{"name": "liangnuo_desk", "value": tokens[role], "url": base}])
        page.set_viewport_size(_PHONE)
        page.goto(base + stop.path)
        found[f"{name} {stop.path}"] = _faults(page)
        page.set_viewport_size(_DESK)
        found[f"{name} {stop.path} at the desk"] = page.evaluate(ASK)
    context.close()
    assert len(found) >= 2 * 25
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_axe_sees_a_picture_without_words(chromium: Browser, walked: tuple[str, dict[str, str], dict[str, tuple[str, Stop]]]) -> None:
    page = chromium.new_page(bypass_csp=True)
    page.goto(walked[0])
    page.evaluate("document.body.append(document.createElement('input'), new Image())")
    assert [fault.partition(":")[0] for fault in _faults(page)] == ["image-alt", "label"]
    page.close()


def _faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    faults: list[str] = page.evaluate(ASK)
    return faults
