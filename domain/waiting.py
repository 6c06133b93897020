"""待办 waiting: one thing that waits for one person, as every feature tells it to the desk and the chat."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Waiting:
    """`thing` and `key` say what it is (a door knows where it opens), `words` what to do, `due` until when."""

    thing: str
    key: str
    words: str
    due: date | None = None
    number: str = ""
