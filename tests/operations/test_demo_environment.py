"""What the demo sets by itself, and what it leaves as it is."""

import socket
from pathlib import Path

import pytest

from operations.demo.environment import CannotStart, check_free, make_room, prepare
from settings import Settings, faults_of


def test_an_empty_environment_becomes_a_whole_set_of_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment = {"LIANGNUO_STATE": str(tmp_path)}
    places = prepare(environment)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert faults_of(settings) == []
    assert settings.wechat.api_base == settings.miniprogram.mp_base == places.emulator == "http://127.0.0.1:9000"
    assert "demo" in settings.secret_key.get_secret_value()


def test_what_is_set_is_kept() -> None:
    kept = {"LIANGNUO_SECRET_KEY": "mine", "LIANGNUO_WECHAT__TOKEN": "mine", "LIANGNUO_DATABASE__URL": "postgresql://x/y"}
    environment = dict(kept)
    prepare(environment)
    assert {name: environment[name] for name in kept} == kept


def test_the_port_goes_into_the_address() -> None:
    environment = {"PORT": "8123", "EMULATOR_PORT": "9123"}
    places = prepare(environment)
    assert (places.port, places.emulator) == (8123, "http://127.0.0.1:9123")
    assert (environment["LIANGNUO_BASE_URL"], environment["LIANGNUO_SERVE__PORT"]) == ("http://127.0.0.1:8123", "8123")


def test_a_serving_port_that_is_set_wins_over_port() -> None:
    assert prepare({"PORT": "8123", "LIANGNUO_SERVE__PORT": "8200"}).port == 8200


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"PORT": "abc"}, "PORT"),
        ({"PORT": "70000"}, "PORT"),
        ({"EMULATOR_PORT": "0"}, "EMULATOR_PORT"),
        ({"EMULATOR_PORT": "９０００"}, "EMULATOR_PORT"),
        ({"PORT": "9000"}, "EMULATOR_PORT"),
    ],
    ids=["a word", "too high", "zero", "full-width", "both the same"],
)
def test_a_wrong_port_is_told_by_the_name_of_its_variable(environment: dict[str, str], named: str) -> None:
    with pytest.raises(CannotStart, match=named):
        prepare(environment)


def test_production_is_not_played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    environment = {"LIANGNUO_STATE": str(tmp_path), "LIANGNUO_PRODUCTION": "true"}
    prepare(environment)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert any("演示" in fault for fault in faults_of(Settings()))


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(CannotStart, match="LIANGNUO_STATE"):
        make_room(tmp_path / "taken")


def test_a_port_that_is_taken_is_told_with_its_variable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(CannotStart, match="EMULATOR_PORT="):
        check_free(server.getsockname()[1], "EMULATOR_PORT")
