"""One writer's connection serves all deeds done together: what happens to it must not happen to the next deed."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from resource import RLIMIT_FSIZE, getrlimit, setrlimit
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from models.database import Database


def noted(db: Any, words: Sequence[str]) -> Sequence[str]:
    for word in words:
        db.execute(text("INSERT INTO notes VALUES (:word)"), {"word": word})
    return words


def test_a_disk_that_was_full_once_is_written_again(tmp_path: Path) -> None:
    file = tmp_path / "full.db"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE notes (word TEXT)")
    database = Database(f"sqlite:///{file}", lambda _db: None)
    database.together(noted, "first")
    _, most = getrlimit(RLIMIT_FSIZE)
    setrlimit(RLIMIT_FSIZE, (4096, most))
    try:
        with pytest.raises(OperationalError):
            database.together(noted, "second")
    finally:
        setrlimit(RLIMIT_FSIZE, (most, most))

    assert database.together(noted, "third") == "third"
    with database.reading() as db:
        assert db.execute(text("SELECT word FROM notes")).scalars().all() == ["first", "third"]
    database.close()
