"""What became of a message that WeChat took without a number, told by an event: sent to the emulator and heard from it (§4, §10)."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import select
from werkzeug.serving import make_server

from domain.ports import House
from emulator.server import build
from emulator.settings import Options
from emulator.world import World
from models.early_receipts import EarlyReceipt
from models.letters import Letter
from scheduler.jobs.deliver import deliver, post_of
from scheduler.jobs.tidy import tidy
from services import letters, message_consents
from services.letters import Draft
from settings import TemplateSettings
from tests.bureau import Bureau
from tests.conftest import AES_KEY, MONDAY, Clock
from tests.emulator.conftest import Served

NOTICE = "notice-000000000000000000000000000000000000"
ACCOUNT = {"appid": "wx1234567890abcdef", "secret": "s" * 32, "token": "bureau-token", "encoding_aes_key": AES_KEY}


class Platform:
    """The emulator, its time standing still: receipts come when it is moved on, all of the same second."""

    def __init__(self, url: str) -> None:
        self.url = url

    def control(self, method: str, path: str, **body: Any) -> Any:
        answer = requests.request(method, f"{self.url}/_emulator{path}", json=body, timeout=20)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    file = tmp_path / "accounts.json"
    file.write_text(json.dumps([{"kind": "service", **ACCOUNT}, {"kind": "mini"}]))
    served = Served(lambda url: build(World(Options(base_url=url, accounts_file=str(file)))))
    platform = Platform(served.url)
    platform.control("POST", "/clock", now=MONDAY.timestamp(), speed=0)
    platform.control("PATCH", "/settings", receipt_delay=1.0)
    platform.control("POST", "/templates", id=NOTICE, content="{{thing1.DATA}}")
    yield platform
    served.stop()


@pytest.fixture
def given(platform: Platform) -> dict[str, Any]:
    template = TemplateSettings(id=NOTICE, way="notice", kinds=["reminder"], values={"thing1": "{brief}"})
    return {"wechat": ACCOUNT | {"api_base": platform.url, "templates": {"reminder": template}}}


@pytest.fixture
def callback(platform: Platform, application: Any) -> Iterator[None]:
    """Our own door, where the emulator pushes."""
    server = make_server("127.0.0.1", 0, application, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    platform.control("PATCH", "/accounts/service", callback=f"http://127.0.0.1:{server.server_port}/wechat")
    yield
    server.shutdown()
    server.server_close()


def allowed(platform: Platform, house: House, bureau: Bureau, name: str, times: int) -> None:
    """A phone of this person that allowed so many messages."""
    made = platform.control("POST", "/people", subscribed=True, consents={"service": {NOTICE: times}})["people"][0]
    openid = made["accounts"][ACCOUNT["appid"]]["openid"]
    bureau.bind(name, openid)
    for _ in range(times):
        with house.database.transaction() as db:
            message_consents.accept(db, house.pseudonyms.contact("service", openid), NOTICE, house.now(), proved=True)


def sent(house: House) -> list[Letter]:
    with house.database.reading() as db:
        return list(db.scalars(select(Letter).where(Letter.kind == "reminder").order_by(Letter.id)))


def test_each_receipt_finds_the_oldest_letter_without_one(platform: Platform, house: House, bureau: Bureau, callback: None) -> None:
    for name in ("secretary", "clerk"):
        allowed(platform, house, bureau, name, 2)
    with house.database.transaction() as db:
        for name in ("secretary", "clerk"):
            for n in (1, 2):
                letters.write(db, Draft(f"{name}{n}", "reminder", {"n": n, "list": "活动计划"}, bureau.people[name]), house.now())
    deliver(house)
    platform.control("POST", "/clock", advance=1)
    platform.control("POST", "/rest", seconds=10)
    found = sent(house)
    assert [(one.state, one.channel, one.receipt) for one in found] == [("sent", "notice", "success")] * 4
    assert len({one.message_id for one in found}) == 4
    assert all(one.message_id and one.message_id.isdigit() for one in found)


def test_a_receipt_that_comes_again_changes_no_other_letter(platform: Platform, house: House, bureau: Bureau) -> None:
    allowed(platform, house, bureau, "secretary", 2)
    with house.database.transaction() as db:
        for n in (1, 2):
            letters.write(db, Draft(f"l{n}", "reminder", {"n": n, "list": "活动计划"}, bureau.people["secretary"]), house.now())
    deliver(house)
    mark = house.pseudonyms.contact("service", platform.control("GET", "/people")["people"][-1]["accounts"][ACCOUNT["appid"]]["openid"])
    for said in ("success", "success"):
        with house.database.transaction() as db:
            letters.receive(db, "4711", said, house.now(), mark, NOTICE)
    assert [(one.message_id == "4711", one.receipt) for one in sent(house)] == [(True, "success"), (False, None)]


@pytest.mark.parametrize(("mark", "template"), [("somebody else's", NOTICE), ("", ""), ("", NOTICE)])
def test_a_receipt_of_nobodys_message_does_nothing(platform: Platform, house: House, bureau: Bureau, mark: str, template: str) -> None:
    allowed(platform, house, bureau, "secretary", 1)
    with house.database.transaction() as db:
        letters.write(db, Draft("l1", "reminder", {"n": 1, "list": "活动计划"}, bureau.people["secretary"]), house.now())
    deliver(house)
    with house.database.transaction() as db:
        letters.receive(db, "4711", "failed:user block", house.now(), mark, template)
    assert [one.receipt for one in sent(house)] == [None]


def test_a_receipt_may_come_before_its_letter_is_written_down(platform: Platform, house: House, bureau: Bureau, callback: None) -> None:
    """Nothing is held back: the platform tells within the second, while the sender still carries others."""
    platform.control("PATCH", "/settings", receipt_delay=0.0)
    allowed(platform, house, bureau, "secretary", 2)
    with house.database.transaction() as db:
        for n in (1, 2):
            letters.write(db, Draft(f"l{n}", "reminder", {"n": n, "list": "活动计划"}, bureau.people["secretary"]), house.now())
        claimed = letters.claim(db, "slow", house.now())
    post = post_of(house)
    mine = [letter for letter in claimed if letter.kind == "reminder"]
    ended = [(letter, post.send(letter, house.now())) for letter in mine]
    platform.control("POST", "/rest", seconds=10)
    assert [one.receipt for one in sent(house)] == [None, None]
    with house.database.transaction() as db:
        letters.settle(db, "slow", ended, house.now())
    assert [(one.state, one.receipt) for one in sent(house)] == [("sent", "success")] * 2


def test_a_receipt_without_a_letter_is_kept_for_a_day(house: House, bureau: Bureau, clock: Clock) -> None:
    def kept() -> int:
        with house.database.reading() as db:
            return len(db.scalars(select(EarlyReceipt.id)).all())

    with house.database.transaction() as db:
        letters.receive(db, "4711", "success", house.now())
    clock.pass_(hours=23)
    tidy(house)
    assert kept() == 1
    clock.pass_(hours=2)
    tidy(house)
    assert kept() == 0
