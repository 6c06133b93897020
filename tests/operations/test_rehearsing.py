"""演练: a campaign in seconds: who would be told what and when, clashes, people never reached; nothing real is touched."""

from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import select

from domain.ports import House
from models.letters import Letter
from models.people import Person
from models.todos import Todo
from operations import rehearsing
from services import rehearsal
from tests.bureau import Bureau
from tests.services.test_todos import load


def test_every_message_with_its_day_and_way(bureau: Bureau, house: House) -> None:
    load(bureau)
    found = rehearsing.rehearse(house, "spring")
    told = [(f"{one.at:%m-%d}", one.name) for one in found.messages if "制定实施细则" in one.text and "截止）" in one.text]
    assert told[:4] == [("11-17", "苏明礼"), ("11-17", "宋望舒"), ("11-20", "苏明礼"), ("11-20", "宋望舒")]
    assert {one.at.hour for one in found.messages} == {9}
    assert found.unbound == ("三服务", "群众参与")


def test_whoever_is_never_reached_is_named_with_the_reason(bureau: Bureau, house: House) -> None:
    load(bureau)
    found = rehearsing.rehearse(house, "spring")
    assert ("苏明礼", "窗口党支部", "没有绑定微信") in found.unreached


def test_nothing_real_is_touched(bureau: Bureau, house: House) -> None:
    load(bureau)
    with house.database.reading() as db:
        before = len(db.scalars(select(Letter)).all())
    rehearsing.rehearse(house, "spring")
    with house.database.reading() as db:
        assert len(db.scalars(select(Letter)).all()) == before
        assert db.scalars(select(Todo)).all() == []


def test_the_operator_gets_a_workbook(bureau: Bureau, house: House, tmp_path: Path) -> None:
    load(bureau, ("due: 2026-11-24", "due: 2026-11-22"))
    found = rehearsing.rehearse(house, "spring")
    lines = rehearsal.report(found)
    assert lines[0].startswith("“春季示范活动”从2026-11-01到")
    assert "冲突　2026-11-22　截止日是周末：制定实施细则并报送" in lines
    assert len(rehearsal.listing(found, "青禾县").rows) == len(found.messages)


def test_an_unknown_campaign_is_one_sentence(bureau: Bureau, house: House, monkeypatch: object) -> None:
    result = CliRunner().invoke(rehearsing.command, ["nothing"], obj=None)
    assert result.exit_code == 1


def test_a_thousand_members_take_less_than_a_minute(bureau: Bureau, house: House) -> None:
    load(bureau)
    with house.database.transaction() as db:
        db.add_all([Person(name="林知远", branch_id=bureau.branch) for _ in range(1_000)])
    found = rehearsing.rehearse(house, "spring")
    assert len(found.messages) > 5_000
