"""承诺与重点工程 pledge_works: which key work a pledge speaks of, chosen by its writer (A11, A24)."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from domain.flows.works import PUBLIC_WORKS
from domain.work_refusals import NoSuchWork
from models import works as table
from models.pledges import Pledge

_PUBLIC = sorted(PUBLIC_WORKS)


def offered(db: Session) -> list[tuple[str, str]]:
    """(code, name) of the works one can pledge for."""
    return [(row.code, row.name) for row in table.listed(db, _PUBLIC)]


def tie(db: Session, pledge: Pledge, code: str) -> None:
    """The pledge speaks of this work; “”: of none. Raises `NoSuchWork`."""
    row = table.work(db, code) if code else None
    if code and (row is None or row.state not in PUBLIC_WORKS):
        raise NoSuchWork()
    if [one.id for one in table.of_pledge(db, pledge.id, _PUBLIC)] != ([row.id] if row else []):
        table.speak_of(db, pledge.id, row.id if row else None)


def of(db: Session, pledge_id: int) -> tuple[tuple[str, str], ...]:
    """(code, name) of the works this pledge speaks of."""
    return tuple((row.code, row.name) for row in table.of_pledge(db, pledge_id, _PUBLIC))


def tied(db: Session, pledge_ids: Sequence[int]) -> set[int]:
    return table.tied(db, pledge_ids)
