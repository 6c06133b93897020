"""Static files: only the allow-list, under addresses that may be kept for ever; pages stand without the packages."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.web.conftest import Browser
from web.assets import gather

Browsers = Callable[..., Browser]


def test_every_file_a_page_links_is_there_and_may_be_kept(browser: Browsers) -> None:
    linked = re.findall(r'<link rel="(?:icon|stylesheet)" href="([^"]+)"', browser().get("/"))
    for address in linked:
        assert "immutable" in browser().open("GET", address, 200).headers["Cache-Control"]
    assert any("public.css" in address for address in linked)


def test_without_the_packages_our_own_style_is_enough(browser: Browsers, flask: Flask, tmp_path: Path) -> None:
    flask.extensions["web_assets"] = gather(tmp_path)
    linked = re.findall(r'rel="stylesheet" href="([^"]+)"', browser().get("/"))
    assert [address.rpartition("/")[2] for address in linked] == ["public.css"]


@pytest.mark.parametrize("path", ["vendor/weui/2.6.26/package.json", "vendor/weui/0.0.1/weui.min.css", "web/x/public.css", "%2e%2e/app.py"])
def test_nothing_else_can_be_asked_for(browser: Browsers, path: str) -> None:
    browser().get(f"/static/{path}", expect=404)


def test_pages_load_nothing_from_elsewhere(browser: Browsers) -> None:
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', browser().get("/"))
