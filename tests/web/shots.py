"""Pictures of every page, public ones and the console as each role: `python -m tests.web.shots [FOLDER]` (default var/shots)."""

import logging
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

import app
from domain.actor import Actor
from domain.marks import Mark
from domain.policy import STANDARD
from domain.ports import House
from domain.ratings import Channel, RatingDeed
from gateways import clock
from models.windows import ServiceWindow, WindowService
from operations.schema import migrate
from services import badges, figures, ratings
from services.pledges import Wording, draft, publish, review, submit
from tests.bureau import Bureau, found
from tests.conftest import settings_for
from tests.web.walking import Stop, demo_bureau, sign_all_in, unseen, walk

WIDTHS = (320, 390, 1280)
CHROMIUM = "/usr/bin/chromium"
_TALL = 844
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
README = Path("docs/images/landing.png")

_SERVICES = (
    ("不动产首次登记", "材料齐全当场受理，缺件一次告知", "5个工作日"),
    ("商品房转移登记", "带齐身份证、合同、完税证明，一个窗口办完", "3个工作日"),
    ("不动产登记资料查询", "随到随查，可自助打印", "当场办结"),
)
_GIVEN = (Mark.VERY_SATISFIED,) * 17 + (Mark.SATISFIED,) * 9 + (Mark.FAIRLY_SATISFIED,) * 4 + (Mark.DISSATISFIED, Mark.VERY_DISSATISFIED)


def furnish(house: House) -> Bureau:
    """The small bureau of the tests with something on every page."""
    now = clock.now()
    bureau = found(house, now)
    window = bureau.windows[3]
    with house.database.transaction() as db:
        place = db.get(ServiceWindow, window)
        place.phone, place.is_model = "0000-12345678", True
        place.place, place.hours = "政务服务大厅一楼东侧", "工作日 9:00–12:00，13:30–17:00"
        db.query(WindowService).filter(WindowService.window_id == window).delete()
        db.add_all(WindowService(window_id=window, name=n, standard=s, promised_limit=t, rank=i) for i, (n, s, t) in enumerate(_SERVICES))
    _pledges(house, bureau, now)
    earlier = now - timedelta(days=3)
    channels = (Channel.CHAT, Channel.MINIPROGRAM, Channel.BROWSER)
    deeds = [RatingDeed(Actor(rater=f"rater-{n}"), window, mark, channel=channels[n % 3]) for n, mark in enumerate(_GIVEN)]
    with house.database.transaction() as db:
        ratings.rate_windows(db, deeds, earlier)
        figures.publish(db, now, STANDARD)
    return bureau


def _pledges(house: House, bureau: Bureau, now: datetime) -> None:
    for number in range(12):
        wording = Wording(
            f"第{number + 1}项：老年人、残疾人来办事，全程有人陪同办理",
            "设爱心专座，值守党员轮流引导",
            "群众满意，无有效投诉",
            date(2026, 12, 31),
            slogan="多走一步，少等一刻",
        )
        with house.database.transaction() as db:
            pledge = draft(db, bureau.actor("stranger"), "demo", wording, now, window_id=bureau.windows[5])
            submit(db, bureau.actor("stranger"), pledge.code, now)
            review(db, bureau.actor("other_secretary"), pledge.code, "approve", "", now)
            publish(db, bureau.actor("office"), pledge.code, now)


@contextmanager
def serving(house: House, port: int = 0) -> Iterator[str]:
    """The web door on this loopback port, or on a free one."""
    server = make_server("127.0.0.1", port, app.create_flask(house), threaded=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(5)


def take(browser: Browser, base: str, bureau: Bureau, folder: Path, width: int) -> None:
    """Every page at one width, scripts off: what is pictured works without them."""
    fine = 2 if width < 700 else 1
    context = browser.new_context(viewport={"width": width, "height": _TALL}, device_scale_factor=fine, java_script_enabled=False)
    page = context.new_page()

    def shoot(name: str, path: str = "", full: bool = True) -> None:
        if path:
            page.goto(base + path)
        tall, over = page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth - innerWidth]")
        if over > 0:
            raise SystemExit(f"{name} 在宽 {width} 时超出 {over} 像素")
        page.set_viewport_size({"width": width, "height": tall if full else _TALL})
        page.screenshot(path=folder / f"{name}-{width}.png")
        page.set_viewport_size({"width": width, "height": _TALL})

    landing = f"/p/{bureau.codes[3]}"
    for name, path in _plain_pages(bureau, landing).items():
        shoot(name, path)
    shoot("landing-first", landing, full=False)
    _fill_in(page, base, landing, shoot)
    context.close()


def take_for_readme(browser: Browser, base: str, bureau: Bureau) -> None:
    """The picture of the README: the landing page down to its button."""
    page = browser.new_page(viewport={"width": 390, "height": 1112}, device_scale_factor=1.55)
    page.goto(f"{base}/p/{bureau.codes[3]}")
    README.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=README)
    page.close()


def _plain_pages(bureau: Bureau, landing: str) -> dict[str, str]:
    return {
        "landing": landing,
        "landing-few": f"/windows/{bureau.windows[1]}",
        "window": f"/windows/{bureau.windows[5]}",
        "home": "/",
        "windows-near": "/windows?said=房官",
        "windows-none": "/windows?said=xyz",
        "no-code": "/p/",
        "board": "/board",
        "board-search": "/board?said=ycgz",
        "works": "/works",
        "screen": "/screen",
        "progress": "/progress",
        "unknown-code": "/p/2222222222222",
        "revoked": "/p/oldplate",
        "expired": "/p/latep1ate",
        "not-found": "/nothing/here",
        "progress-unknown": "/progress?number=Z9999",
    }


def _fill_in(page: Page, base: str, landing: str, shoot: Any) -> None:
    page.goto(base + landing)
    page.click("label[for=level2]")
    shoot("landing-chosen")
    shoot("landing-chosen-first", full=False)
    page.click("label[for=tag21]")
    page.click("button.weui-btn_primary")
    shoot("result-bad")
    number = page.locator(".say_code").first.inner_text()
    shoot("progress-found", f"/progress?number={number}")
    page.goto(base + landing)
    page.click("label[for=level5]")
    page.click("button.weui-btn_primary")
    shoot("result-changed")
    page.fill("#note", "身份证 110101190001011234")
    page.click("button.weui-btn_primary")
    shoot("result-fault")


def take_the_console(browser: Browser, folder: Path) -> None:
    """Every page of the console as each role, by the links of the demo bureau; what no link leads to is named."""
    with tempfile.TemporaryDirectory() as place, demo_bureau(Path(place)) as (house, flask), serving(house) as base:
        seen: list[Stop] = []
        for role, token in sign_all_in(house).items():
            stops = walk(flask, token)
            seen += stops
            for width in (390, 1280):
                _picture(browser, base, token, stops, folder, role, width)
        for name in unseen(flask, seen):
            print(f"没有链接通到这一页，未拍照：{name}")


def _picture(browser: Browser, base: str, token: str, stops: list[Stop], folder: Path, role: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": _TALL})
    context.add_cookies([{"name": "liangnuo_desk", "value": token, "url": base}])
    page = context.new_page()
    for stop in stops:
        page.goto(base + stop.path)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            print(f"{stop.name}（{role}）在宽 {width} 时超出 {over} 像素")
        page.screenshot(path=folder / f"{stop.name}-{role}-{width}.png", full_page=True)
    context.close()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        house = app.build(settings_for(f"sqlite:///{place}/shots.db", browser={"pages_per_minute": 10_000, "ratings_per_hour": 10_000}))
        migrate(house)
        bureau = furnish(house)
        _old_plates(house, bureau)
        with serving(house) as base, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            take_for_readme(browser, base, bureau)
            for width in WIDTHS:
                take(browser, base, bureau, folder, width)
            take_the_console(browser, folder)
            browser.close()


def _old_plates(house: House, bureau: Bureau) -> None:
    now, office = clock.now(), bureau.actor("office")
    with house.database.transaction() as db:
        badges.issue(db, office, bureau.windows[5], now, code="oldplate")
        badges.issue(db, office, bureau.windows[5], now)
        badges.issue(db, office, bureau.windows[1], now, code="latep1ate", expires_on=date(2026, 1, 31))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "var/shots"))
