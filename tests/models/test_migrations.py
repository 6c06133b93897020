"""The schema climbs from empty to head, down and up again, and is then what the code says, on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from models import migrations
from models.database import Database, whole_metadata
from tests.models import climbing, filling

HERE = Path(__file__).parent.parent.parent


def test_every_file_with_tables_is_known_to_the_migrations() -> None:
    with_tables = {path.stem for path in (HERE / "models").glob("*.py") if "__tablename__ = " in path.read_text(encoding="utf-8")}

    assert with_tables == {module.__name__.rpartition(".")[2] for module in migrations.ALL}


def test_from_empty_to_head_there_is_no_difference(both_urls: str) -> None:
    database = Database(both_urls, lambda _db: None)
    migrations.climb(database.engine)
    assert migrations.differences(database.engine) == []
    here, head = migrations.standing(database.engine)
    assert here == head
    database.close()


def test_down_and_up_again_leaves_the_same(both_urls: str) -> None:
    database = Database(both_urls, lambda _db: None)
    migrations.climb(database.engine)
    migrations.descend(database.engine, "base")
    assert set(inspect(database.engine).get_table_names()) <= {"alembic_version"}
    migrations.climb(database.engine)
    assert migrations.differences(database.engine) == []
    database.close()


@pytest.mark.parametrize("deed", ["UPDATE steps SET why = 'edited'", "DELETE FROM steps"], ids=["update", "delete"])
def test_the_record_of_steps_refuses_hands(both_urls: str, deed: str) -> None:
    database = Database(both_urls, lambda _db: None)
    migrations.climb(database.engine)
    digest = "X''" if database.is_sqlite else "''"
    with database.engine.begin() as db:
        db.execute(text(f"INSERT INTO steps VALUES (1, '2026-11-16 00:00:00', 'w', '', 't', 1, 'v', '', '', '', {digest})"))
    with pytest.raises(DBAPIError, match="append-only"), database.engine.begin() as db:
        db.execute(text(deed))
    database.close()


def test_a_second_climb_changes_nothing(both_urls: str) -> None:
    database = Database(both_urls, lambda _db: None)
    migrations.climb(database.engine)
    migrations.climb(database.engine)
    assert create_engine(database.engine.url).dialect.name == database.engine.dialect.name
    assert migrations.standing(database.engine)[0] is not None
    database.close()


def test_every_step_down_and_up_keeps_what_stands_in_the_tables(tmp_path: Path) -> None:
    """On PostgreSQL, with more rows and somebody who waits: tests/faults/test_climbing.py."""
    database = Database(f"sqlite:///{tmp_path}/x.db", lambda _db: None)
    at = climbing.shapes(database.engine)
    filling.fill(database.engine, whole_metadata().sorted_tables, range(1, filling.FEW + 1))
    assert all(many[0] >= filling.FEW for many in filling.sums(database.engine, at[climbing.revisions()[-1]]).values())
    gone = climbing.walk(database.engine, at)
    assert {step.to: step.lost for step in gone if step.lost} == {}
    assert len(gone) == 3 * (len(at) - 1) + 1
    assert migrations.differences(database.engine) == []
    database.close()


def test_the_version_of_yesterday_works_on_the_schema_of_today(both_urls: str) -> None:
    """So that a new version can be brought up beside the old one: the newest step takes nothing away and asks for nothing."""
    database, old = Database(both_urls, lambda _db: None), MetaData()
    migrations.climb(database.engine, climbing.revisions()[-2])
    old.reflect(database.engine)
    old.remove(old.tables["alembic_version"])
    migrations.climb(database.engine)
    assert climbing.unfit(database.engine, old) == []
    database.close()


def test_a_step_that_takes_something_away_is_found(tmp_path: Path) -> None:
    database, old = Database(f"sqlite:///{tmp_path}/x.db", lambda _db: None), MetaData()
    migrations.climb(database.engine)
    old.reflect(database.engine, only=["holds", "slots", "watches"])
    with database.engine.begin() as db:
        db.execute(text("ALTER TABLE holds RENAME TO held"))
        db.execute(text("ALTER TABLE slots RENAME COLUMN done_by TO done_by_whom"))
    assert climbing.unfit(database.engine, old) == ["holds", "slots"]
    database.close()
