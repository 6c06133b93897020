"""The first administrator: a password and a TOTP secret by command, in an empty house also the seat that lets him work."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import app
from domain.actor import Role
from domain.calendar import local_day
from manage import cli
from operations.schema import migrate
from services import passwords, people
from services import register as registers
from settings import load

PASSWORD = "长长的一句话，当密码用 2026"


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("LIANGNUO_SECRET_KEY", "k" * 40)
    monkeypatch.setenv("LIANGNUO_DATABASE__URL", f"sqlite:///{tmp_path}/a.db")
    migrate(app.build(load()))
    return str(tmp_path)


def create(*more: str, password: str = PASSWORD) -> tuple[int, str]:
    told = CliRunner().invoke(cli, ["admin", "create", "--name", "云从龙", "--login", "admin", *more], input=f"{password}\n{password}\n")
    return told.exit_code, told.output


def test_in_an_empty_house_he_gets_the_offices_seat(address: str) -> None:
    status, said = create("--new")
    assert (status, bool(re.search("[A-Z2-7]{32}", said))) == (0, True)
    house = app.build(load())
    with house.database.reading() as db:
        account = passwords.account(db, "admin", house.sealer)
        actor = people.person_actor(db, account.person_id if account else 0, registers.current(db, local_day(house.now())))
    assert actor is not None
    assert Role.LEADING_OFFICE in actor.roles


def test_a_name_that_is_not_there_is_not_made_up(address: str) -> None:
    assert create() == (1, create()[1])
    assert "没有找到“云从龙”" in create()[1]


def test_a_short_password_is_not_taken(address: str) -> None:
    assert "至少12个字符，请换" in create("--new", password="short")[1]


def test_a_second_time_sets_it_anew(address: str) -> None:
    assert create("--new")[0] == create()[0] == 0
