"""窗口: the list to choose from."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models import windows as table


@dataclass(frozen=True)
class Listed:
    """A window as a list shows it: `place` is where to find it in the hall."""

    id: int
    number: int | None
    name: str
    place: str


def listed(db: Session) -> tuple[Listed, ...]:
    """All windows in the order of their numbers."""
    return tuple(Listed(row.id, row.number, row.name, row.place) for row in table.windows(db))
