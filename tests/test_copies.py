"""The stories' own ground: a copy of a database that is taken again is as it was, whatever was done to it."""

import psycopg
import pytest

from tests.copies import Copies
from tests.services_here import postgres


@pytest.fixture(scope="module")
def source() -> str:
    url = postgres(durable=False).create()
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("CREATE TABLE windows (id serial PRIMARY KEY, name text); CREATE TABLE ratings (of int REFERENCES windows)")
        db.execute("INSERT INTO windows (name) VALUES ('综合'), ('房管')")
    return url


@pytest.fixture(scope="module")
def copies(source: str) -> Copies:
    return Copies(postgres(durable=False), source)


DEEDS = {
    "rows added": "INSERT INTO windows (name) VALUES ('新'); INSERT INTO ratings VALUES (3)",
    "rows changed": "UPDATE windows SET name = '别的'",
    "rows gone": "DELETE FROM windows",
    "the table gone": "DROP TABLE ratings; DROP TABLE windows",
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
def test_whatever_was_done_the_next_finds_the_first_rows_and_numbers(copies: Copies, deed: str) -> None:
    url = copies.take()
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(deed)
    copies.give_back(url)
    with psycopg.connect(copies.take(), autocommit=True) as db:
        assert db.execute("SELECT id, name FROM windows ORDER BY 1").fetchall() == [(1, "综合"), (2, "房管")]
        assert db.execute("SELECT count(*) FROM ratings").fetchone() == (0,)
        assert db.execute("INSERT INTO windows (name) VALUES ('下一个') RETURNING id").fetchone() == (3,)


def test_two_at_once_have_two(copies: Copies) -> None:
    first, second = copies.take(), copies.take()
    assert first != second


def test_whoever_still_holds_rows_loses_them(copies: Copies) -> None:
    url = copies.take()
    with psycopg.connect(url) as holding:
        holding.execute("UPDATE windows SET name = '悬着'")
        copies.give_back(url)
        with pytest.raises(psycopg.OperationalError):
            holding.execute("SELECT 1")
    assert copies.take() == url
