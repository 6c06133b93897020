"""Deafness: a PostgreSQL that was put to sleep answers nothing and closes nothing; whoever asked gives up and hangs up (R14).

The server ends a statement by itself after four seconds, as long as it is awake. This is for when it is not.
"""

from collections.abc import Generator
from typing import Any, TypeVar

from psycopg import Connection, OperationalError, errors

_SECONDS = 4.5
R = TypeVar("R")


class Deaf(OperationalError):
    """The server did not answer in time: to ask it again would take as long again."""


class Listening(Connection[Any]):
    """A connection that is closed when the server says nothing for so long; None: waits for ever."""

    patience: float | None = _SECONDS

    def wait(self, gen: Generator[Any, Any, R], interval: float = 0.1, timeout: float | None = None) -> R:
        try:
            return super().wait(gen, interval, timeout or self.patience)
        except errors._WaitTimeout:
            self.pgconn.finish()
            raise Deaf("the server does not answer") from None


def connect(_dialect: Any, _record: Any, words: Any, named: Any) -> Listening:
    """As SQLAlchemy asks for it."""
    return Listening.connect(*words, **named)
