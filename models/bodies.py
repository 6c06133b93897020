"""机构 bodies as a tree: names, children, who and what still hangs on a body."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.people import Body


def names(db: Session) -> dict[int, str]:
    """id → name of all bodies."""
    return {row[0]: row[1] for row in db.execute(select(Body.id, Body.name))}
