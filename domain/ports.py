"""Ports: what the composition root hands to every door, as shapes; the rooms behind them stay unseen."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Protocol

from domain.files import Kept
from domain.pseudonyms import Pseudonyms
from domain.sealing import Sealer

Deeds = Callable[[Any, Sequence[Any]], Sequence[Any]]


class Database(Protocol):
    """Where the house remembers."""

    def transaction(self) -> AbstractContextManager[Any]:
        """One deed, one commit: yields a Session, commits at the end, rolls back on any exception."""

    def reading(self) -> AbstractContextManager[Any]:
        """A Session that only reads."""

    def together(self, handle: Deeds, item: Any, patience: float = 4.0) -> Any:
        """Do `handle(db, items)` for this item and all that wait, in one durable commit; the answer for this item.

        An exception found in place of an answer is raised here. Raises `domain.errors.Busy` when not started within
        `patience` seconds.
        """

    def together_later(self, handle: Deeds, item: Any, tell: Callable[[Any], None]) -> Callable[[], bool]:
        """The same for an event loop: returns at once; `tell` gets the answer, or the exception in its place, from another
        thread. What is returned takes the deed back: True when it was not begun and never will be.
        """

    def edition(self) -> int:
        """Number of the public register's present edition: it grows with every change the public can see."""

    def queue(self) -> int:
        """How many deeds of `together` wait in this process for their turn."""

    def ready(self) -> None:
        """Raise unless the database answers."""


class Store(Protocol):
    """Redis or in-process: rate counters, tokens, short locks; may vanish at any time (R13)."""

    def count(self, key: str, seconds: int) -> int | None:
        """Add one to the counter that lives `seconds`; its value, or None when the store does not answer."""

    def remember(self, key: str, seconds: int) -> bool:
        """True the first time within `seconds` (and when the store does not answer), False when seen before."""

    def get(self, key: str) -> bytes | None:
        """The value, or None."""

    def put(self, key: str, value: bytes, seconds: int) -> None:
        """Keep the value for `seconds`."""

    def ready(self) -> None:
        """Raise unless the store answers."""


class Files(Protocol):
    """Where handed-in files lie, outside the database."""

    def keep(self, name: str, sent: IO[bytes]) -> Kept:
        """Take a file, known by its first bytes. Raises the refusals of `domain.files`."""

    def path(self, digest: str) -> Path:
        """Where the file of this digest lies."""

    def drop(self, digest: str, before: datetime) -> None:
        """Remove it unless it was written after `before`."""


@dataclass(frozen=True)
class House:
    """What a door is given. `settings` is the frozen object of settings.py."""

    settings: Any
    database: Database
    store: Store
    pseudonyms: Pseudonyms
    sealer: Sealer
    now: Callable[[], datetime]
    wechat: Any
    miniprogram: Any
    files: Files
