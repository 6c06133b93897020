"""花名册 on the command line: a file becomes a preview, a yes makes it so; the register becomes a file."""

import csv
import gc
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from domain.calendar import local_day
from domain.errors import Refusal
from domain.ports import House
from domain.roster.records import Keys, Reading
from domain.roster.refusals import NoMembersFound, NoSuchFile, SheetTooLarge
from domain.roster.sheets import read_sheets
from gateways import sheets
from operations import roster_report
from operations.asking import house_or_stop
from operations.campaigns import OPERATOR
from services import roster
from services.roster import Done, Preview

Tick = Callable[[int], None]
_WIDE = 200
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def keys_of(house: House) -> Keys:
    """What phone numbers need."""
    return Keys(house.pseudonyms.phone, house.sealer.seal, house.sealer.open)


def read(house: House, file: Path) -> Reading:
    """The members a file names. Raises the refusals of `gateways.sheets.read`, `NoSuchFile`, `NoMembersFound`."""
    try:
        with file.open("rb") as opened:
            data = opened.read(sheets.MOST_BYTES + 1)
    except OSError:
        raise NoSuchFile(said=file.name) from None
    if len(data) > sheets.MOST_BYTES:
        raise SheetTooLarge(said=file.name, limit=f"文件最大{sheets.MOST_BYTES >> 20}MB")
    grids = sheets.read(data, file.name)
    with _bar("逐行核对", sum(len(grid.rows) for grid in grids)) as tick:
        reading = read_sheets(grids, local_day(house.now()), tick)
    if not (reading.rows or reading.faults):
        raise NoMembersFound()
    return reading


def preview(house: House, reading: Reading) -> Preview:
    """What importing them would do; nothing is done."""
    with house.database.reading() as db:
        return roster.preview(db, OPERATOR, reading, keys_of(house), house.now())


def carry_out(house: House, plan: Preview, *, leaving: bool, accepted: Collection[str]) -> Done:
    """Do it, in one transaction."""
    total = len(plan.adds) + len(plan.changes) + len(accepted) + (len(plan.leavers) if leaving else 0)
    with _bar("写入花名册", total) as tick, house.database.transaction() as db:
        return roster.apply(db, OPERATOR, plan, keys_of(house), house.now(), leaving=leaving, accepted=accepted, tick=tick)


def export(house: House, file: Path, *, hide: bool) -> int:
    """Write the register to a csv file that spreadsheets open as it is meant; how many people are in it.

    UTF-8 with its mark; a cell that a spreadsheet would compute gets an apostrophe in front; nobody but its owner may read
    the file. Raises `NoSuchFile`.
    """
    with house.database.transaction() as db:
        rows = roster.export(db, OPERATOR, keys_of(house), house.now(), hide=hide)
        try:
            opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError:
            raise NoSuchFile(said=file.name) from None
        with os.fdopen(opened, "w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows([[_plain(cell) for cell in row] for row in rows])
    return len(rows) - 1


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


@contextmanager
def _bar(words: str, total: int) -> Iterator[Tick]:
    """A bar beside the answer, gone when done; only where somebody looks on."""
    screen = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task(words, total=max(total, 1))
        yield lambda done: progress.advance(task, done)


def _paper() -> Console:
    """The screen as wide as it is; a file or a pipe wide enough for whole sentences."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(width=_WIDE, highlight=False)


@contextmanager
def _refusals() -> Iterator[None]:
    """A refusal ends the command with its sentence."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(refusal.text) from None


@click.group(help="党员花名册：导入与导出。")
def command() -> None:
    return


_FILE = click.argument("file", type=click.Path(path_type=Path))


@command.command("import", help="导入党员名单（xlsx、xls、csv）：先预览，加 --yes 才改动（可重复执行）。")
@_FILE
@click.option("--yes", is_flag=True, help="确认导入；不加时只预览，不改动任何内容")
@click.option("--leavers", is_flag=True, help="名单所列支部里、名单上已没有的人，登记为离开")
@click.option("--accept", multiple=True, metavar="单元格", help="确认待确认的一行，例如 --accept A12，可写多次")
@click.option("--all", "whole", is_flag=True, help="预览列出全部的行")
def import_file(file: Path, yes: bool, leavers: bool, accept: tuple[str, ...], whole: bool) -> None:
    house, console = house_or_stop(), _paper()
    gc.freeze()  # all that was imported stays: looking through it for garbage took a fifth of the time
    with _refusals():
        plan = preview(house, read(house, file))
        for part in roster_report.report(plan, whole=whole, leaving=leavers):
            console.print(part)
        if yes:
            click.echo(roster_report.outcome(carry_out(house, plan, leaving=leavers, accepted=accept)))
        else:
            click.echo("以上是预览，还没有改动。核对无误后加 --yes 导入。")


@command.command("export", help="导出花名册为 csv（姓名、党支部、手机号、入党时间、党员类别）；每次导出留下记录。")
@_FILE
@click.option("--masked", is_flag=True, help="遮盖手机号中间四位，给不需要号码的人看")
def export_file(file: Path, masked: bool) -> None:
    with _refusals():
        count = export(house_or_stop(), file, hide=masked)
    click.echo(f"已导出{count}人。文件含个人信息，请妥善保管，用后删除。")
