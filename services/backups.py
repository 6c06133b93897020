"""备份与恢复: that a backup was taken or restored is a step like any other; what was restored is the same, row for row (R39, T18)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy.orm import Session

from domain.actor import Actor, Role
from domain.backups import BackupDamaged, Manifest, Sum
from models import backups as table
from models import steps as steps_table
from services import steps

THING = "backup"
AGE = timedelta(hours=24)
"""A daily backup: the newest is never older."""


class Archive(Protocol):
    """A backup that was found sound."""

    @property
    def manifest(self) -> Manifest: ...
    def table(self, name: str) -> Iterator[bytes]: ...


def taken(db: Session, actor: Actor, manifest: Manifest, now: datetime) -> None:
    """Say that a backup was taken."""
    steps.record(db, actor, THING, 0, "take", now, why=_told(manifest), seat=Role.OPERATOR)


def restore(db: Session, actor: Actor, archive: Archive, key: bytes, now: datetime) -> None:
    """All rows into a database that has none, compared, their chain walked, and the restoring itself recorded behind it.

    Raises `BackupDamaged`: then nothing is kept.
    """
    table.clear_seeds(db)
    for name in table.names():
        table.load(db, name, archive.table(name))
    table.continue_numbers(db)
    for name, told in archive.manifest.tables.items():
        if sums(db, name) != told:
            raise BackupDamaged(what=f"{name} 表恢复后不一致")
    if not steps.verify(db, key).sound:
        raise BackupDamaged(what="办理记录校验不过")
    steps.record(db, actor, THING, 0, "restore", now, why=_told(archive.manifest), seat=Role.OPERATOR)


def sums(db: Session, name: str) -> list[Any]:
    """(rows, digest) of a table as it stands."""
    total = Sum()
    for line in table.lines(db.connection(), name):
        total.add(line)
    return total.told


def age(db: Session, now: datetime) -> timedelta | None:
    """Since the last backup; None when there never was one."""
    found = steps_table.latest(db, thing=THING, who=(), since=None, until=None, before=0, most=1)
    return now - found[0].at if found else None


def _told(manifest: Manifest) -> str:
    return f"{manifest.at[:16]}的备份，{len(manifest.tables)}张表{manifest.rows}行，附件{len(manifest.files)}个"
