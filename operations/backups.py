"""备份 backup: the database and the files handed in, of one moment, in one file (R39)."""

from datetime import timedelta
from pathlib import Path

import click

from domain.actor import Actor, Role, Seat
from domain.backups import Manifest
from domain.errors import Refusal
from domain.ports import House
from gateways import archives
from models import backups as rows
from models import migrations
from operations.asking import house_or_stop
from services import backups

OPERATOR = Actor(seats=(Seat(Role.OPERATOR, 0),))


def back_up(house: House, path: Path) -> Manifest:
    """Everything of one moment; nobody has to stop writing. Raises `FileInTheWay`."""
    with archives.writing(path) as archive:
        with rows.moment(house.database) as connection:  # type: ignore[arg-type]
            for name in rows.names():
                archive.table(name, rows.lines(connection, name))
        for place in _files(house):
            archive.file(place.name, place)
        version, _ = migrations.standing(house.database.engine)  # type: ignore[attr-defined]
        manifest = Manifest(version or "", house.now().isoformat(), house.settings.bureau, archive.tables, archive.files)
        archive.close(manifest, house.pseudonyms.steps_key)
    with house.database.transaction() as db:
        backups.taken(db, OPERATOR, manifest, house.now())
    return manifest


def _files(house: House) -> list[Path]:
    """Handed-in files, each named by its digest."""
    return sorted(one for one in Path(house.settings.files.folder).glob("??/*") if len(one.name) == 64)


def examine(house: House) -> tuple[str, bool, str]:
    """For the doctor: how old the newest backup is."""
    with house.database.reading() as db:
        age = backups.age(db, house.now())
    if age is None:
        return "备份", True, "还没有做过：请安排每天运行 python manage.py backup 文件名"
    told = f"上次备份在{age // timedelta(hours=1)}小时前"
    return "备份", age <= backups.AGE, told if age <= backups.AGE else f"{told}，已超过24小时：请检查每天的 python manage.py backup"


@click.command(help="备份：数据库和附件写成一个文件，不用停服务。文件里有个人信息，请加密保管，最多留35天。")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def command(file: Path) -> None:
    try:
        manifest = back_up(house_or_stop(), file)
    except Refusal as refusal:
        raise click.ClickException(refusal.text) from None
    click.echo(f"已备份到 {file}：{told(manifest)}。恢复时还需要同一个 secret_key。")


def told(manifest: Manifest) -> str:
    return f"{len(manifest.tables)}张表{manifest.rows}行，附件{len(manifest.files)}个"
