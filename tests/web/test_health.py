"""/healthz, /readyz, /metrics: for those who watch the machine."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from domain.ports import House
from tests.bureau import Bureau
from tests.web.conftest import Browser

Browsers = Callable[..., Browser]


class _SilentStore:
    """A store whose machine is gone."""

    def count(self, key: str, seconds: int) -> int | None:
        return None

    def ready(self) -> None:
        raise ConnectionError("10.0.0.9 refused")


@pytest.fixture
def without_store(flask: Flask, house: House) -> None:
    flask.extensions["house"] = House(**{**vars(house), "store": _SilentStore()})


def test_a_living_house_says_so(browser: Browsers) -> None:
    assert browser().get("/healthz") == "正常\n"
    assert browser().get("/readyz").startswith("就绪")


def test_a_silent_store_is_named_without_its_address(browser: Browsers, without_store: None) -> None:
    words = browser().get("/readyz", expect=503)
    assert "缓存没有应答" in words
    assert "10.0.0.9" not in words
    browser().get("/healthz")


def test_a_silent_store_stops_nobody_from_rating(browser: Browsers, bureau: Bureau, without_store: None) -> None:
    for _ in range(22):
        browser("198.51.100.9").rate(f"/p/{bureau.codes[3]}/ratings", level="5")


def test_meters_count_answers_by_route_and_never_by_code(browser: Browsers, bureau: Bureau) -> None:
    browser().get(f"/p/{bureau.codes[3]}")
    browser().rate(f"/p/{bureau.codes[3]}/ratings", level="1")
    told = browser("127.0.0.1").get("/metrics")
    assert 'liangnuo_requests_total{door="web",route="/p/<said>",status="200"}' in told
    assert 'liangnuo_ratings{level="1",standing="browser"} 1.0' in told
    assert 'liangnuo_letters{state="waiting"}' in told
    assert "liangnuo_writer_queue 0.0" in told
    assert bureau.codes[3] not in told


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.1.2.3", "::ffff:192.168.0.9"])
def test_meters_are_shown_inside(browser: Browsers, address: str) -> None:
    browser(address).get("/metrics")


@pytest.mark.parametrize("address", ["8.8.8.8", "2400:3200::1", "not-an-address"])
def test_meters_are_not_there_for_outsiders(browser: Browsers, address: str) -> None:
    browser(address).get("/metrics", expect=404)


_WORKER = """
import sys
from web import metrics
metrics.count("web", "/", 200)
if sys.argv[1:]:
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector
    together = CollectorRegistry()
    MultiProcessCollector(together)
    print(generate_latest(together).decode())
"""


def test_the_meters_of_all_workers_are_added_up(tmp_path: Path) -> None:
    shared = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for last in ([], [], ["tell"]):
        done = subprocess.run([sys.executable, "-c", _WORKER, *last], env=shared, capture_output=True, text=True, check=True)
    assert 'liangnuo_requests_total{door="web",route="/",status="200"} 3.0' in done.stdout


def test_a_forwarded_request_does_not_pass_for_an_inside_one(browser: Browsers) -> None:
    browser("127.0.0.1").get("/metrics", expect=404, **{"X-Forwarded-For": "8.8.8.8"})
