"""One writer's connection serves all deeds done together: what happens to it must not happen to the next deed."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from models.database import Database


def noted(db: Any, words: Sequence[str]) -> Sequence[str]:
    for word in words:
        db.execute(text("INSERT INTO notes VALUES (:word)"), {"word": word})
    return words


def test_a_file_that_was_busy_once_is_written_again(tmp_path: Path) -> None:
    file = tmp_path / "busy.db"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("CREATE TABLE notes (word TEXT)")
    database = Database(f"sqlite:///{file}", lambda _db: None)
    database.together(noted, "first")
    kept: Any = database._kept
    kept.connection.driver_connection.execute("PRAGMA busy_timeout=0")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"):
        database.together(noted, "second")
    other.execute("COMMIT")

    assert database.together(noted, "third") == "third"
    assert [word for (word,) in other.execute("SELECT word FROM notes")] == ["first", "third"]
    database.close()
    other.close()
