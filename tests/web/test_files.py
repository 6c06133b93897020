"""A private file opens by a checked link only, and harms nobody who opens it."""

from collections.abc import Callable

import pytest

from domain import file_links
from domain.ports import House
from tests.bureau import Bureau
from tests.services.test_files import sent
from tests.web.conftest import Browser


@pytest.fixture
def link(house: House, bureau: Bureau) -> str:
    return "/files/" + file_links.make(house.pseudonyms, sent(bureau, "secretary").code, house.now())


def test_whoever_was_shown_the_link_opens_the_file(browser: Callable[..., Browser], link: str) -> None:
    answer = browser().open("GET", link, 200)

    assert answer.data == b"%PDF-1.7 plan"
    assert answer.content_type == "application/pdf"
    assert "filename*=UTF-8''%E6%96%B9%E6%A1%88.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize("said", ["0", "{}0", "x{}", "..passwd"])
def test_a_changed_link_opens_nothing(browser: Callable[..., Browser], link: str, said: str) -> None:
    page = browser().get("/files/" + said.format(link.removeprefix("/files/")), expect=404)

    assert "没有找到这个附件" in page


def test_a_file_that_the_disk_lost_is_explained(browser: Callable[..., Browser], house: House, link: str) -> None:
    for path in house.files.path("").parent.rglob("*"):
        if path.is_file():
            path.unlink()
    assert "从备份恢复" in browser().get(link, expect=404)
