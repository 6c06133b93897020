"""The schema climbs from empty to head, down and up again, and is then what the code says, on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from models import migrations
from models.database import Database

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
