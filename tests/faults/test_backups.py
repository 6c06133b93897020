"""A backup is taken while everybody writes, and killed half-way, as is a restoring: what is there is whole, or not there (R39)."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import insert, text

import app
from domain.ports import House
from models import backups as rows
from models.people import Person
from operations.restoring import restore
from services import figures, steps
from tests.conftest import settings_for
from tests.faults.town import ROOT, Citizen, Town, town
from tests.services_here import postgres, redis_server

pytestmark = pytest.mark.faults


def command(url: str, folder: Path, *words: str) -> "subprocess.Popen[bytes]":
    """The operator's shell."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LIANGNUO_")}
    ours = {"LIANGNUO_DATABASE__URL": url, "LIANGNUO_SECRET_KEY": "k" * 40, "LIANGNUO_FILES__FOLDER": str(folder / "files")}
    return subprocess.Popen(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=kept | ours, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )  # fmt: skip


def told(process: "subprocess.Popen[bytes]") -> str:
    said = process.communicate(timeout=60)[0].decode()
    assert process.returncode == 0, said
    return said


def acknowledged(citizens: list[Citizen]) -> int:
    return sum(len(citizen.acknowledged) for citizen in citizens)


def backed_up_under_load(here: Town, folder: Path) -> tuple[int, int]:
    """Ratings that were answered before and after the backup was taken."""
    citizens, done = [Citizen(here, f"c{n}") for n in range(4)], threading.Event()
    threads = [threading.Thread(target=citizen.write, args=(100_000, done)) for citizen in citizens]
    for thread in threads:
        thread.start()
    time.sleep(3)
    before = acknowledged(citizens)
    assert "已备份到" in told(command(here.url, folder, "backup", str(folder / "house.backup")))
    after = acknowledged(citizens)
    done.set()
    for thread in threads:
        thread.join(30)
    assert [strange for citizen in citizens for strange in citizen.strange] == []
    return before, after + len(citizens)


def house_at(url: str, folder: Path) -> House:
    return app.build(settings_for(url, files={"folder": str(folder / "files elsewhere")}))


def test_a_backup_under_load_is_of_one_moment(tmp_path: Path) -> None:
    with town(postgres().create(), redis_server().url, tmp_path / "serve.log") as here:
        before, after = backed_up_under_load(here, tmp_path)
    other = house_at(postgres().create(), tmp_path)
    restore(other, tmp_path / "house.backup")
    with other.database.reading() as db:
        ((ratings, counted),) = db.execute(text("SELECT (SELECT count(*) FROM ratings), (SELECT sum(n) FROM tallies)"))
        assert before <= ratings <= after
        assert ratings == counted
        assert figures.differences(db, other.now()) == 0
        assert steps.verify(db, other.pseudonyms.steps_key).sound
    other.database.close()  # type: ignore[attr-defined]


def test_what_is_killed_half_way_leaves_nothing_that_looks_whole(tmp_path: Path) -> None:
    """The same moments for both: early, in the midst, and nearly done."""
    url = f"sqlite:///{tmp_path}/full.db"
    assert told(command(url, tmp_path, "migrate"))
    full = house_at(url, tmp_path)
    with full.database.transaction() as db:
        db.execute(insert(Person), [{"name": "林知远", "public_form": "surname"} for _ in range(100_000)])
    for after in (0.7, 1.2, 1.7):
        killed(command(url, tmp_path, "backup", str(tmp_path / f"cut{after}.backup")), after, tmp_path / f"cut{after}.backup")
    told(command(url, tmp_path, "backup", str(tmp_path / "whole.backup")))
    fresh = f"sqlite:///{tmp_path}/fresh.db"
    for after in (1.0, 2.0, 3.0):
        restoring = command(fresh, tmp_path, "restore", str(tmp_path / "whole.backup"))
        time.sleep(after)
        restoring.kill()
        restoring.wait()
        if restoring.returncode != 0:
            other = house_at(fresh, tmp_path)
            assert rows.is_empty(other.database.engine)  # type: ignore[attr-defined]
            other.database.close()  # type: ignore[attr-defined]
    full.database.close()  # type: ignore[attr-defined]


def killed(process: "subprocess.Popen[bytes]", after: float, file: Path) -> None:
    time.sleep(after)
    process.kill()
    process.wait()
    assert process.returncode == 0 or not file.exists()
