"""附件 files: what was handed in, by whom, to which thing it belongs; the bytes lie in the file store (F58)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Select, String, delete, literal, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.database import Base, UtcTime


class File(Base):
    """Free (`thing` empty) until a deed takes it in; `digest` is its name in the store, shared by equal files."""

    __tablename__ = "files"
    __table_args__ = (Index("ix_files_thing_thing_id", "thing", "thing_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(8))
    size: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    thing: Mapped[str] = mapped_column(String(20), default="")
    thing_id: Mapped[int] = mapped_column(BigInteger, default=0)
    kept_at: Mapped[datetime] = mapped_column(UtcTime)


def add(db: Session, file: File) -> None:
    db.add(file)
    db.flush()


def file(db: Session, code: str) -> File | None:
    return db.scalar(select(File).where(File.code == code))


def of_things(db: Session, thing: str, ids: Collection[int]) -> Sequence[File]:
    """Of all these things at once, in the order they were kept."""
    return db.scalars(select(File).where(File.thing == thing, File.thing_id.in_(ids)).order_by(File.id)).all()


def take_in(db: Session, codes: Sequence[str], person_id: int | None, thing: str, thing_id: int) -> int:
    """Tie free files of this person to a thing; how many were free and theirs."""
    found = update(File).where(File.code.in_(codes), File.person_id == person_id, File.thing == "")
    return len(db.execute(found.values(thing=thing, thing_id=thing_id).returning(File.id)).all())


def drop_free(db: Session, before: datetime) -> set[str]:
    """Forget files that no deed took in; the digests that nobody else needs."""
    return _forget(db, select(File).where(File.thing == "", File.kept_at < before))


def drop_of(db: Session, thing: str, ids: Collection[int]) -> set[str]:
    """Forget the files of these things; the digests that nobody else needs."""
    return _forget(db, select(File).where(File.thing == thing, File.thing_id.in_(ids)))


def blank_names_of(db: Session, person_ids: Select[Any]) -> None:
    """Files of these people lose the names they were handed in under: people name files after themselves."""
    plain = literal("附件.") + File.kind
    db.execute(update(File).where(File.person_id.in_(person_ids), File.name != plain).values(name=plain))


def _forget(db: Session, found: Select[Any]) -> set[str]:
    rows: Sequence[File] = db.scalars(found).all()
    digests = {row.digest for row in rows}
    db.execute(delete(File).where(File.id.in_([row.id for row in rows])))
    still = set(db.scalars(select(File.digest).where(File.digest.in_(digests))))
    return digests - still
