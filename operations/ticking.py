"""The clock process."""

import click

import app
from domain.ports import House
from operations.entrance import enter
from operations.schema import migrate
from scheduler import clock as ticking


def clock(house: House) -> None:
    """Tick until told to stop. The schema is brought up first, so that a fresh machine needs no order of starting."""
    migrate(house)
    ticking.run(house)


@click.command(help="时钟：到点提醒、投递信件、公布数字、清理到期数据；再开一个即为备用。")
def command() -> None:
    clock(app.build(enter()))
