"""演练: a campaign in seconds, sent for real to an emulated WeChat: who would be told what and when, clashes, people never reached."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from domain.actor import Actor, Role, Seat
from domain.letter_briefs import brief
from domain.letter_texts import spoken
from domain.letters import Channel
from domain.ports import House
from domain.templates import Template
from domain.ways import Means
from gateways.rehearsal_post import rehearsal_post
from models.letters import Letter
from models.message_consents import MessageConsent
from models.people import Contact, Person
from models.todos import Todo
from operations import rehearsing
from services import rehearsal, rehearsal_report
from services.rehearsal import Rehearsed
from settings import TemplateSettings
from tests.bureau import Bureau
from tests.conftest import settings_for
from tests.services.test_todos import load

NOTICE = "service-notice-0000000000000000000000000000"
CARD = "mini-card-00000000000000000000000000000000000"
OPERATOR = Actor(seats=(Seat(Role.OPERATOR, 0),))


@pytest.fixture
def given() -> dict[str, Any]:
    """A template message for members who follow, a subscribe message for those who allowed it."""
    own = settings_for("sqlite://").model_dump()
    chosen = {"service": ("wechat", NOTICE), "mini": ("miniprogram", CARD)}
    return {
        section: own[section] | {"templates": {"reminder": TemplateSettings(id=id, kinds=["reminder", "reminder_above", "campaign_start"])}}
        for section, id in chosen.values()
    }


def bind(house: House, bureau: Bureau, name: str, account: str, consents: int = 0) -> None:
    bureau.bind(name, f"o-{name}-{account}", account)
    if consents:
        with house.database.transaction() as db:
            db.add(MessageConsent(contact=house.pseudonyms.contact(account, f"o-{name}-{account}"), template_id=CARD, accepted=consents))


def test_every_message_with_its_day_and_way(bureau: Bureau, house: House) -> None:
    load(bureau)
    found = rehearsing.rehearse(house, "spring")
    told = [(f"{one.at:%m-%d}", one.name) for one in found.messages if "制定实施细则" in one.text and "截止）" in one.text]
    assert told[:4] == [("11-17", "苏明礼"), ("11-17", "宋望舒"), ("11-20", "苏明礼"), ("11-20", "宋望舒")]
    assert {one.at.hour for one in found.messages} == {9}
    assert found.unbound == ("三服务", "群众参与")


def test_each_goes_by_the_way_that_is_open_that_day_and_arrives_there(bureau: Bureau, house: House) -> None:
    load(bureau)
    bind(house, bureau, "secretary", "service")
    bind(house, bureau, "secretary", "mini", consents=2)
    bind(house, bureau, "other_secretary", "mini", consents=1)
    found = rehearsing.rehearse(house, "spring")
    ways = {name: [one.way for one in found.messages if one.name == name] for name in ("苏明礼", "宋望舒")}
    assert ways["苏明礼"].count("小程序订阅消息") == 2
    assert set(ways["苏明礼"]) == {"小程序订阅消息", "模板消息"}
    assert ways["宋望舒"].count("小程序订阅消息") == 1
    assert set(ways["宋望舒"]) == {"小程序订阅消息", ""}
    assert found.astray == ()
    assert "与模拟微信里各人手机上的记录核对：逐条相符。" in rehearsal_report.report(found)


def test_a_template_that_wechat_would_refuse_is_seen_beforehand(bureau: Bureau, house: House) -> None:
    """A date filled with the whole sentence: WeChat sends it back, and the list says so."""
    load(bureau)
    bind(house, bureau, "secretary", "service")
    wrong = {"service": [Template(NOTICE, Channel.TEMPLATE, {"date4": "{text}"}, ("reminder", "reminder_above"))]}
    found = rehearsed(house, wrong)
    assert {one.why for one in found.messages if one.name == "苏明礼" and one.text.endswith("逐项办理。")} == {
        "模板消息：模板参数不合规则，请核对设置中的 values"
    }


def rehearsed(house: House, templates: dict[str, list[Template]], through: Callable[[Any], Any] = lambda post: post) -> Rehearsed:
    """With one account alone."""
    with house.database.reading() as db, rehearsal_post({"service": "wx00"}, templates, house.sealer, spoken, brief) as post:
        return rehearsal.rehearse(db, OPERATOR, "spring", Means(["service"], templates), house.settings.reminders.habits, through(post))


class Deaf:
    """A platform that loses one message and shows one that nobody sent."""

    def __init__(self, real: Any) -> None:
        self.real, self.move_in, self.deliver = real, real.move_in, real.deliver

    def arrived(self) -> list[Any]:
        first, *rest = self.real.arrived()
        return [*rest, rest[-1]]


def test_what_differs_from_the_phones_is_named(bureau: Bureau, house: House) -> None:
    load(bureau)
    bind(house, bureau, "secretary", "service")
    found = rehearsed(house, {"service": house.settings.wechat.chosen("template")}, Deaf)
    assert [one.split("：")[0] for one in found.astray] == ["清单上有，手机上没有", "手机上有，清单上没有"]
    assert "苏明礼" in found.astray[0]


def test_whoever_is_never_reached_is_named_with_the_reason(bureau: Bureau, house: House) -> None:
    load(bureau)
    found = rehearsing.rehearse(house, "spring")
    assert ("苏明礼", "窗口党支部", "没有绑定微信") in found.unreached


def test_nothing_real_is_touched(bureau: Bureau, house: House) -> None:
    load(bureau)
    bind(house, bureau, "secretary", "mini", consents=2)
    with house.database.reading() as db:
        before = len(db.scalars(select(Letter)).all())
    rehearsing.rehearse(house, "spring")
    with house.database.reading() as db:
        assert len(db.scalars(select(Letter)).all()) == before
        assert db.scalars(select(Todo)).all() == []
        assert [one.used for one in db.scalars(select(MessageConsent))] == [0]


def test_the_operator_gets_a_workbook(bureau: Bureau, house: House, tmp_path: Path) -> None:
    load(bureau, ("due: 2026-11-24", "due: 2026-11-22"))
    found = rehearsing.rehearse(house, "spring")
    lines = rehearsal_report.report(found)
    assert lines[0].startswith("“春季示范活动”从2026-11-01到")
    assert "冲突　2026-11-22　截止日是周末：制定实施细则并报送" in lines
    assert len(rehearsal_report.listing(found, "青禾县").rows) == len(found.messages)


def test_an_unknown_campaign_is_one_sentence(bureau: Bureau, house: House, monkeypatch: object) -> None:
    result = CliRunner().invoke(rehearsing.command, ["nothing"], obj=None)
    assert result.exit_code == 1


@pytest.mark.faults
def test_a_thousand_members_take_less_than_a_minute(bureau: Bureau, house: House) -> None:
    """Each of them reached by a message of his own, over HTTP, on every day that he is reminded."""
    load(bureau)
    with house.database.transaction() as db:
        members = [Person(name="林知远", branch_id=bureau.branch) for _ in range(1_000)]
        db.add_all(members)
        db.flush()
        db.add_all(Contact(mark=f"m{one.id}", account="service", openid_sealed=b"x", person_id=one.id, follows=True) for one in members)
    began = time.monotonic()
    found = rehearsing.rehearse(house, "spring")
    assert time.monotonic() - began < 60
    assert found.delivered > 5_000
    assert found.astray == ()
