"""打印登记 prints: what was put on paper, when, by whom, on which sheet, from which edition; of plates also which (F15, F19)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime


class Print(Base):
    """One file handed out. `layout` is a plate's sheet or a document's name, `pieces` how many plates or pledges are on it, `about`
    whose they are. `digest` is the SHA-256 of the file, so that a paper can be traced to its entry.
    """

    __tablename__ = "prints"
    id: Mapped[int] = mapped_column(primary_key=True)
    printed_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    who: Mapped[str] = mapped_column(String(40))
    layout: Mapped[str] = mapped_column(String(10))
    edition: Mapped[int]
    pieces: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    why: Mapped[str] = mapped_column(String(200), default="")
    about: Mapped[str] = mapped_column(String(120), default="")


class PrintedPlate(Base):
    """A plate on that file. The plate's row has the serial, its steps the rest of its life."""

    __tablename__ = "printed_plates"
    print_id: Mapped[int] = mapped_column(ForeignKey("prints.id"), primary_key=True)
    plate_id: Mapped[int] = mapped_column(ForeignKey("plates.id"), primary_key=True, index=True)


def add(db: Session, entry: Print, plate_ids: Sequence[int] = ()) -> Print:
    """Write the entry and its plates down."""
    db.add(entry)
    db.flush()
    if plate_ids:
        db.execute(insert(PrintedPlate), [{"print_id": entry.id, "plate_id": plate_id} for plate_id in plate_ids])
    return entry


def times(db: Session, layout: str = "") -> dict[int, tuple[int, datetime]]:
    """plate → (how often printed, when last), on this sheet or on any."""
    last = func.max(Print.printed_at, type_=UtcTime())
    counted = select(PrintedPlate.plate_id, func.count(), last).join(Print, Print.id == PrintedPlate.print_id)
    if layout:
        counted = counted.where(Print.layout == layout)
    return {plate_id: (count, at) for plate_id, count, at in db.execute(counted.group_by(PrintedPlate.plate_id))}


def entry(db: Session, print_id: int) -> Print | None:
    return db.get(Print, print_id)


def digests(db: Session, ids: Sequence[int]) -> dict[int, str]:
    return {row.id: row.digest for row in db.scalars(select(Print).where(Print.id.in_(ids)))}


def latest(db: Session, most: int = 50, *, before: int = 0, who: str = "") -> Sequence[Print]:
    """The newest first, of all or of this actor (`who`); `before` is the last id of the page before."""
    found = select(Print).order_by(Print.id.desc()).limit(most)
    if before:
        found = found.where(Print.id < before)
    if who:
        found = found.where(Print.who == who)
    return db.scalars(found).all()


def plates_on(db: Session, print_id: int) -> Sequence[int]:
    return db.scalars(select(PrintedPlate.plate_id).where(PrintedPlate.print_id == print_id).order_by(PrintedPlate.plate_id)).all()
