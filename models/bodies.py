"""机构 bodies as a tree: names, and what still hangs on a body."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.people import Body, Person, SeatRow
from models.windows import ServiceWindow


def names(db: Session) -> dict[int, str]:
    """id → name of all bodies, closed ones too."""
    return {row[0]: row[1] for row in db.execute(select(Body.id, Body.name))}


def body(db: Session, body_id: int) -> Body | None:
    return db.get(Body, body_id)


def standing(db: Session, day: date) -> Sequence[Body]:
    """Bodies that have not been closed by `day`, in the order they were written down."""
    return db.scalars(select(Body).where(or_(Body.closed_on.is_(None), Body.closed_on > day)).order_by(Body.id)).all()


def members(db: Session, day: date) -> dict[int, int]:
    """branch → how many people it has."""
    return _counts(db, Person.branch_id, day) | _counts(db, Person.section_id, day)


def _counts(db: Session, column: object, day: date) -> dict[int, int]:
    present = or_(Person.left_on.is_(None), Person.left_on > day)
    found = select(column, func.count()).where(present, column.is_not(None)).group_by(column)  # type: ignore[call-overload,attr-defined]
    return {row[0]: row[1] for row in db.execute(found)}


def hangs_on(db: Session, body_id: int, day: date) -> dict[str, int]:
    """What must be gone before the body can be closed: 下级机构, 人员, 任职, 窗口."""
    present, running = or_(Person.left_on.is_(None), Person.left_on > day), or_(SeatRow.to_day.is_(None), SeatRow.to_day >= day)
    asked = {
        "下级机构": select(func.count()).select_from(Body).where(Body.parent_id == body_id, Body.closed_on.is_(None)),
        "人员": select(func.count()).select_from(Person).where(or_(Person.branch_id == body_id, Person.section_id == body_id), present),
        "任职": select(func.count()).select_from(SeatRow).where(SeatRow.body_id == body_id, running),
        "窗口": select(func.count())
        .select_from(ServiceWindow)
        .where(or_(ServiceWindow.branch_id == body_id, ServiceWindow.section_id == body_id), ServiceWindow.closed_on.is_(None)),
    }
    found = {what: db.scalar(statement) or 0 for what, statement in asked.items()}
    return {what: n for what, n in found.items() if n}
