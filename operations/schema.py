"""The database's schema: brought up to this version. Here and not in app.py, because a web worker needs no Alembic."""

import click

from domain.ports import House
from models import migrations
from operations.asking import house_or_stop


def migrate(house: House) -> None:
    """Bring the database to this code's schema; safe to repeat."""
    migrations.climb(house.database.engine)  # type: ignore[attr-defined]


@click.command(help="把数据库升级到本版本（可重复执行）。")
def command() -> None:
    migrate(house_or_stop())
    click.echo("数据库已是最新版本。")
