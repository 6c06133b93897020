"""备份与恢复: what comes back is what was there, on either database; what is damaged or foreign is refused before anything is touched."""

import hashlib
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import inspect, select

import app
from domain import backups as rules
from domain.backups import BackupDamaged, BackupOfAnotherKey, BackupOfAnotherVersion, DatabaseInUse, FileInTheWay, Manifest
from domain.marks import Mark
from domain.ports import House
from models import backups as rows
from models import steps as steps_table
from models.people import Body, Person
from operations import backups as taking
from operations import restoring
from operations.backups import back_up, examine
from operations.restoring import restore
from services import backups, figures, ratings, register, steps
from tests.bureau import Bureau
from tests.conftest import Clock, settings_for
from tests.services_here import database_urls


@pytest.fixture
def furnished(house: House, bureau: Bureau) -> House:
    """With ratings, a body whose parent was written down after it, nothing in a column of JSON, and a file."""
    citizen, window = bureau.actor("office"), bureau.windows[3]
    with house.database.transaction() as db:
        for n in range(30):
            actor = replace(citizen, rater=f"r{n}", person_id=None, seats=())
            ratings.rate_window(db, actor, window, Mark(1 + n % 5), "等太久", house.now())
        below = Body(kind="section", name="先写下的科室")
        db.add(below)
        db.flush()
        above = Body(kind="branch", name="后写下的支部")
        db.add(above)
        db.flush()
        below.parent_id = above.id
    house.files.keep("细则.pdf", BytesIO(b"%PDF-1.7\n" + b"x" * 5_000))
    return house


@pytest.fixture
def elsewhere(tmp_path: Path, clock: Clock) -> Callable[..., House]:
    """A house with a new database, or on a given one."""

    def take(url: str = "", **more: object) -> House:
        folder = {"folder": str(tmp_path / "files elsewhere")}
        return app.build(settings_for(url or f"sqlite:///{tmp_path}/new.db", files=folder, **more), clock.now)

    return take


def all_sums(house: House) -> dict[str, object]:
    with house.database.reading() as db:
        return {name: backups.sums(db, name) for name in rows.names()}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_comes_back_is_what_was_there(furnished: House, elsewhere: Callable[..., House], tmp_path: Path, kind: str) -> None:
    (tmp_path / "other").mkdir()
    before = all_sums(furnished)
    back_up(furnished, tmp_path / "house.backup")
    with database_urls(kind, tmp_path / "other", durable=False) as url:
        other = elsewhere(url)
        restore(other, tmp_path / "house.backup")
        after = all_sums(other)
        assert {name for name in before if before[name] != after[name]} == {"steps", "chain_heads"}
        with other.database.reading() as db:
            assert steps.verify(db, other.pseudonyms.steps_key).sound
            assert [(one.verb, one.seat) for one in steps_table.of_thing(db, "backup", 0)] == [("restore", "operator")]
            assert figures.differences(db, other.now()) == 0
            assert register.current(db, other.now().date()).places
        with other.database.transaction() as db:
            db.add(Person(name="新来者", branch_id=1))
        kept = next(iter((tmp_path / "files").glob("??/*")))
        assert other.files.path(kept.name).read_bytes() == kept.read_bytes()
        other.database.close()  # type: ignore[attr-defined]


def test_only_an_empty_database_takes_a_backup(furnished: House, tmp_path: Path) -> None:
    back_up(furnished, tmp_path / "house.backup")
    before = all_sums(furnished)
    with pytest.raises(DatabaseInUse):
        restore(furnished, tmp_path / "house.backup")
    assert all_sums(furnished) == before


def damaged(raw: bytes) -> dict[str, bytes]:
    """A backup as bad disks, broken lines and clever people leave it."""
    chance, found = random.Random(2010), {"empty": b"", "no archive": b"x" * 4_000, "half": raw[: len(raw) // 2], "nearly whole": raw[:-1]}
    for n in range(40):
        at = chance.randrange(len(raw))
        found[f"flipped {n}"] = raw[:at] + bytes([raw[at] ^ 0x10]) + raw[at + 1 :]
    with zipfile.ZipFile(BytesIO(raw)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    edited = members["tables/ratings"].replace("等太久".encode(), "挺好的".encode(), 1)
    found["a note changed"] = _packed(members | {"tables/ratings": edited})
    found["a row less"] = _packed(members | {"tables/ratings": members["tables/ratings"].partition(b"\n")[2]})
    found["a table less"] = _packed({name: one for name, one in members.items() if name != "tables/steps"})
    found["a table more"] = _packed(members | {"tables/others": b"[]\n"})
    found["another account"] = _packed(members | {"manifest.json": members["manifest.json"].replace(b"sqlite", b"sqlitf").replace(b"0", b"1", 1)})
    return found


def _packed(members: dict[str, bytes]) -> bytes:
    """By somebody who knows how archives are made, and not the house's key."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.comment = b"0" * 64
        for name, raw in members.items():
            packed.writestr(name, raw)
    whole = held.getvalue()[:-64]
    return whole + hashlib.sha256(whole).hexdigest().encode()


def test_what_is_damaged_is_refused_before_anything_is_touched(furnished: House, elsewhere: Callable[..., House], tmp_path: Path) -> None:
    back_up(furnished, tmp_path / "house.backup")
    raw = (tmp_path / "house.backup").read_bytes()
    other, bad = elsewhere(), tmp_path / "bad.backup"
    taken = []
    for name, harmed in damaged(raw).items():
        bad.write_bytes(harmed)
        try:
            restore(other, bad)
            taken.append(name)
        except (BackupDamaged, BackupOfAnotherKey) as refusal:
            assert refusal.text.endswith("。")  # noqa: PT017 -- all of them, and each in a sentence
        assert inspect(other.database.engine).get_table_names() == [], name  # type: ignore[attr-defined]
    assert taken == []
    assert not (tmp_path / "files elsewhere").exists()


def test_a_backup_of_another_key_or_version_says_which(furnished: House, elsewhere: Callable[..., House], tmp_path: Path) -> None:
    manifest = back_up(furnished, tmp_path / "house.backup")
    with pytest.raises(BackupOfAnotherKey):
        restore(elsewhere(secret_key="z" * 40), tmp_path / "house.backup")
    with zipfile.ZipFile(tmp_path / "house.backup") as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    older: Manifest = replace(manifest, version="0001")
    members["manifest.json"] = older.sealed(furnished.pseudonyms.steps_key)
    (tmp_path / "old.backup").write_bytes(_packed(members))
    with pytest.raises(BackupOfAnotherVersion) as refused:
        restore(elsewhere(), tmp_path / "old.backup")
    assert "0001" in refused.value.text


def test_a_file_that_is_there_is_never_overwritten_and_a_break_leaves_nothing(furnished: House, tmp_path: Path) -> None:
    place = tmp_path / "house.backup"
    place.write_bytes(b"something else")
    with pytest.raises(FileInTheWay):
        back_up(furnished, place)
    assert place.read_bytes() == b"something else"
    (next(iter((tmp_path / "files").glob("??/*")))).chmod(0o600)
    with furnished.database.transaction() as db:
        assert db.scalar(select(Person.id)) is not None
    assert sorted(one.name for one in tmp_path.glob("new-*")) == []


def test_the_doctor_tells_how_old_the_newest_is(furnished: House, clock: Clock, tmp_path: Path) -> None:
    assert examine(furnished)[1:] == (True, "还没有做过：请安排每天运行 python manage.py backup 文件名")
    back_up(furnished, tmp_path / "house.backup")
    assert examine(furnished)[1]
    clock.pass_(hours=25)
    well, words = examine(furnished)[1:]
    assert (well, words.partition("，")[0]) == (False, "上次备份在25小时前")
    assert timedelta(hours=24) == backups.AGE


def test_the_operator_is_told_in_one_sentence(furnished: House, tmp_path: Path) -> None:
    settings = furnished.settings
    given = {"LIANGNUO_DATABASE__URL": settings.database.url, "LIANGNUO_SECRET_KEY": "k" * 40, "LIANGNUO_FILES__FOLDER": settings.files.folder}
    run = CliRunner(env=given)
    place = str(tmp_path / "house.backup")
    assert "已备份到" in run.invoke(taking.command, [place]).output
    assert "已经存在，不会覆盖" in run.invoke(taking.command, [place]).output
    assert "数据库里已经有数据" in run.invoke(restoring.command, [place]).output
    there = run.invoke(restoring.command, [place], env={"LIANGNUO_DATABASE__URL": f"sqlite:///{tmp_path}/new.db"})
    assert "逐表核对一致" in there.output
    assert rules.FORMAT == 1
