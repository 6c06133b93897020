"""Files from the command line: who prints, where the file goes, and every fault as one Chinese sentence."""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from domain.actor import Actor, Role, Seat
from domain.calendar import SHANGHAI
from domain.errors import Refusal
from domain.ports import House

OFFICE = Actor(name="领导小组办公室", seats=(Seat(Role.LEADING_OFFICE, 0),))
"""Whoever prints at the machine does it for the office, unless `--by` names the person; the log says which."""


@contextmanager
def in_words() -> Iterator[None]:
    """Whatever goes wrong inside ends the command with one sentence."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(refusal.text) from None
    except SQLAlchemyError as fault:
        words = f"数据库用不了：请核对 database.url，并先运行 python manage.py migrate（{type(fault).__name__}）。"
        raise click.ClickException(words) from None
    except OSError as fault:
        raise click.ClickException(f"文件 {fault.filename} 读写不了：请检查路径、权限和磁盘空间。") from None


def place_for(said: str, name: str, endings: Collection[str], house: House) -> Path:
    """Where the file goes: as said, else under its name and the moment, here. Raises `click.ClickException`."""
    moment = house.now().astimezone(SHANGHAI)
    out = Path(said or f"{name}-{moment:%Y%m%d-%H%M%S}{next(iter(endings))}")
    if out.suffix.lower() not in endings:
        raise click.ClickException(f"{out} 的文件名不对：请写成以 {' 或 '.join(endings)} 结尾。")
    if not out.parent.is_dir():
        raise click.ClickException(f"文件夹 {out.parent} 不存在：请先建好，或换一个位置。")
    if out.is_dir():
        raise click.ClickException(f"{out} 是文件夹：请写一个文件名。")
    return out


def write(path: Path, content: bytes) -> None:
    """On the disk before anything else is done."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def beside(out: Path, content: bytes) -> Iterator[None]:
    """The file beside its place while the deed is recorded, in its place afterwards: no paper without its entry."""
    part = out.with_name(f".{out.name}.part")
    try:
        write(part, content)
        yield
        os.replace(part, out)
    finally:
        part.unlink(missing_ok=True)
