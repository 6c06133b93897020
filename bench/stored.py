"""What the service has stored, read from its database as any auditor could: each answered message is there exactly once."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

_COUNTS = {
    "ratings": "SELECT count(*) FROM ratings",
    "tallied": "SELECT coalesce(sum(n), 0) FROM tallies",
    "steps": "SELECT count(*) FROM steps WHERE thing = 'rating' AND verb = 'rate'",
    "bad": "SELECT count(*) FROM ratings WHERE level <= 2",
    "rectifications": "SELECT count(*) FROM rectifications",
    "opened": "SELECT count(*) FROM steps WHERE thing = 'rectification' AND verb = 'open'",
    "letters": "SELECT count(*) FROM letters WHERE kind = 'rectification_open'",
    "kept": "SELECT count(*) FROM inbox WHERE answer LIKE 'T%'",
    "contacts": "SELECT count(*) FROM contacts",
}
_CODES = "SELECT code FROM plates WHERE state = 'issued' AND (expires_on IS NULL OR expires_on > CURRENT_DATE) ORDER BY code"
_WINDOWS = "SELECT number FROM service_windows WHERE number IS NOT NULL ORDER BY number"


class Stored:
    """Counts of one database."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    @classmethod
    @contextmanager
    def at(cls, url: str) -> "Iterator[Stored]":
        """Open the database beside the service."""
        connection: Any = sqlite3.connect(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else psycopg.connect(url, autocommit=True)
        try:
            yield cls(connection)
        finally:
            connection.close()

    def _all(self, query: str) -> list[Any]:
        return [row[0] for row in self._connection.execute(query).fetchall()]

    def counts(self) -> dict[str, int]:
        return {name: int(self._all(query)[0]) for name, query in _COUNTS.items()}

    def codes(self) -> list[str]:
        """Codes of desk plates that count."""
        return self._all(_CODES)

    def windows(self) -> list[int]:
        """Numbers of the windows, as citizens say them."""
        return self._all(_WINDOWS)

    def check(self, before: dict[str, int], answered: int, sent: int, *, by_message: bool = True) -> str:
        """Everything that was answered is there, once, with all that belongs to it; what was sent and not answered may be.

        The unique keys forbid a second copy; so the counts must lie between answered and sent, and agree with one another.
        Raises SystemExit with the counts when they do not.
        """
        new = {name: count - before[name] for name, count in self.counts().items()}
        alike = ["ratings", "tallied", "steps"] + (["kept", "contacts"] if by_message else [])
        sound = answered <= new["ratings"] <= sent and len({new[name] for name in alike}) == 1
        sound &= new["bad"] == new["rectifications"] == new["opened"] == new["letters"]
        if not sound:
            raise SystemExit(f"answered {answered}, sent {sent}, but stored {new}")
        return f"{answered:,} answered, {new['ratings']:,} of {sent:,} sent stored once; tallies, steps and {new['letters']:,} letters agree"
