"""Journal: which letters a sender had in its hands, kept where a killed process leaves it: in a file of its own (reliability.md R05).

The database marks letters by the hundred. A killed sender would leave all of them in doubt; its journal tells which had left the
house, which had been answered, and that nothing happened to the rest. A lock on the file, which the kernel lets go when its owner
dies, tells the living from the dead. A journal that is lost, or lies on another machine, makes more letters doubtful, none missing.
"""

import fcntl
import mmap
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

import orjson

from domain.letters import Closed, Delivery, Outcome, Used

_GROWTH = 1 << 18


@dataclass(frozen=True)
class Left:
    """What a dead sender left behind: letters that had left the house without an answer, and those that were answered."""

    who: str
    begun: frozenset[int] = frozenset()
    ended: dict[int, Delivery] = field(default_factory=dict)


class Journal:
    """One sender's. Written into mapped memory, without any call to the system: it has to outlive a process, not the machine."""

    def __init__(self, folder: Path, who: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{who}.journal"
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(self._file, _GROWTH)
        self._page, self._at, self._guard = mmap.mmap(self._file, _GROWTH), 0, Lock()

    def begun(self, letter_id: int) -> None:
        """Its request leaves now."""
        self._write(b"%d\n" % letter_id)

    def ended(self, letter_id: int, delivery: Delivery) -> None:
        self._write(b"%d %s\n" % (letter_id, orjson.dumps(delivery)))

    def _write(self, line: bytes) -> None:
        with self._guard:
            if self._at + len(line) > len(self._page):
                self._page.resize(len(self._page) + _GROWTH)
            self._page[self._at : self._at + len(line)] = line
            self._at += len(line)

    def clear(self) -> None:
        """All that is written here stands in the database."""
        with self._guard:
            self._page[: self._at] = bytes(self._at)
            self._at = 0

    def close(self) -> None:
        self._path.unlink(missing_ok=True)
        self._page.close()
        os.close(self._file)


def left_behind(folder: Path) -> Iterator[Left]:
    """The journals of senders that are no more. Each is removed when the caller comes back for the next: settled by then."""
    for path in sorted(folder.glob("*.journal")):
        file = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield _read(path.stem, path.read_bytes())
            path.unlink(missing_ok=True)
        except BlockingIOError:
            continue
        finally:
            os.close(file)


def _read(who: str, raw: bytes) -> Left:
    """A line that was cut off by the kill was not written: the letter before it tells what is known."""
    begun: set[int] = set()
    ended: dict[int, Delivery] = {}
    for line in raw.split(b"\n")[:-1]:
        number, _, rest = line.partition(b" ")
        if rest:
            ended[int(number)] = _delivery(orjson.loads(rest))
        else:
            begun.add(int(number))
    return Left(who, frozenset(begun - ended.keys()), ended)


def _delivery(said: dict[str, Any]) -> Delivery:
    return Delivery(
        outcome=Outcome(said["outcome"]),
        channel=said["channel"],
        words=said["words"],
        message_id=said["message_id"],
        used=Used(**said["used"]) if said["used"] else None,
        refused=tuple(Used(**one) for one in said["refused"]),
        closed=tuple(Closed(one["way"], datetime.fromisoformat(one["until"]), one["daily"]) for one in said["closed"]),
        until=datetime.fromisoformat(said["until"]) if said["until"] else None,
    )
