"""恢复 restore: a backup back into an empty database only, after every byte of it was checked (R39, T18)."""

from pathlib import Path

import click

from domain.backups import BackupOfAnotherVersion, DatabaseInUse, Manifest
from domain.errors import Refusal
from domain.ports import House
from gateways import archives
from models import backups as rows
from models import migrations
from operations.asking import house_or_stop
from operations.backups import OPERATOR, told
from operations.schema import migrate
from services import backups


def restore(house: House, path: Path) -> Manifest:
    """Raises `BackupDamaged`, `BackupOfAnotherKey`, `BackupOfAnotherVersion`, `DatabaseInUse`: then nothing was touched."""
    engine, key = house.database.engine, house.pseudonyms.steps_key  # type: ignore[attr-defined]
    with archives.reading(path, key) as archive:
        _, head = migrations.standing(engine)
        if archive.manifest.version != head:
            raise BackupOfAnotherVersion(theirs=archive.manifest.version, ours=head)
        if not rows.is_empty(engine):
            raise DatabaseInUse()
        migrate(house)
        with house.database.transaction() as db:
            backups.restore(db, OPERATOR, archive, key, house.now())
        for digest in archive.manifest.files:
            if not house.files.path(digest).exists():
                archive.file_into(digest, house.files.path(digest))
        return archive.manifest


@click.command(help="恢复：先逐项校验备份，再写入空的数据库（database.url 指向的新库）；有数据的库一概不动。")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def command(file: Path) -> None:
    try:
        manifest = restore(house_or_stop(), file)
    except Refusal as refusal:
        raise click.ClickException(refusal.text) from None
    click.echo(f"已恢复{manifest.at[:16]}的备份：{told(manifest)}，逐表核对一致。")
