"""座牌 on the command line: draw, record, hand out the file; every fault is one Chinese sentence (F19)."""

import re
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.errors import PaperChanged
from domain.papers import Layout, day
from domain.permissions import Can, may
from domain.ports import House
from gateways import pdf
from gateways.typesetting import Paper
from models import people as people_table
from operations.handing_out import OFFICE, beside, in_words, place_for
from services import badges, people, plate_list, prints
from services import register as registers
from services.plate_faces import Imprint
from services.plate_list import Listed
from services.prints import Batch, Order
from services.register import Register
from web.codes import read_code

_TRIES = 3
_MOST_TOLD = 10


@dataclass(frozen=True)
class Wanted:
    """The command line, as given."""

    layout: str
    windows: tuple[str, ...]
    posts: tuple[str, ...]
    everything: bool
    reprint: bool
    why: str
    by: str
    out: str
    logo: str


def print_out(house: House, wanted: Wanted) -> str:
    """Print what is wanted into a file; what became of it, in words. Raises `click.ClickException`."""
    with in_words():
        layout, logo = _layout(wanted.layout), Path(wanted.logo).read_bytes() if wanted.logo else b""
        _check_choice(wanted)
        out = place_for(wanted.out, layout.chinese, (".pdf",), house)
        for _ in range(_TRIES - 1):
            with suppress(PaperChanged):
                return _print_once(house, wanted, layout, out, logo)
        return _print_once(house, wanted, layout, out, logo)


def _layout(said: str) -> Layout:
    for layout in Layout:
        if said.strip() in (layout.value, layout.chinese):
            return layout
    names = "、".join(f"{layout.value}（{layout.chinese}）" for layout in Layout)
    raise click.ClickException(f"没有“{said}”这种版式。可选：{names}。")


def _check_choice(wanted: Wanted) -> None:
    if wanted.everything == bool(wanted.windows or wanted.posts):
        raise click.ClickException("请写明打印哪些：--window 窗口号、--post 岗位编号或名称，或 --all 全部（全部时不要再写窗口和岗位）。")
    if wanted.why and not wanted.reprint:
        raise click.ClickException("--why 是补发的原因，请和 --reprint 一起用；只是再打印一份，不用写原因。")


def _print_once(house: House, wanted: Wanted, layout: Layout, out: Path, logo: bytes) -> str:
    """Read, draw, write beside, record, then put in place: no paper without its entry, no plate revoked without its paper."""
    now = house.now()
    imprint = Imprint(house.settings.bureau, house.settings.base_url)
    with house.database.reading() as db:
        register = registers.current(db, local_day(now))
        actor = _acting(db, register, wanted.by)
        posts = plate_list.posts_meant(register, wanted.windows, wanted.posts)
        batch = prints.lay_out(db, actor, Order(layout, posts, wanted.reprint, wanted.why), imprint, now)
    paper = _drawn(batch, logo)
    with beside(out, paper.pdf), house.database.transaction() as db:
        prints.record(db, actor, batch, sha256(paper.pdf).hexdigest())
    return _told(batch, paper, out)


def _acting(db: Session, register: Register, name: str) -> Actor:
    """The person of that name who may issue plates somewhere; without a name, the office."""
    if not name:
        return OFFICE
    found = [people.person_actor(db, person.id, register) for person in people_table.everyone(db) if person.name == name.strip()]
    able = [actor for actor in found if actor and (may(actor, Can.ISSUE_PLATE) or plate_list.issuable(actor, register))]
    if len(able) != 1:
        words = "不在办公室或支部书记名单里，不能发放座牌" if not able else "有几位同名的，请改由办公室办理（不写 --by）"
        raise click.ClickException(f"“{name}”{words}。")
    return able[0]


def _drawn(batch: Batch, logo: bytes) -> Paper:
    """With a bar on a terminal: it fills as codes are made; setting the pages takes about as long again."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    terminal = Console(stderr=True)
    with Progress(*columns, console=terminal, transient=True, disable=not terminal.is_terminal) as bar:
        total = len(batch.faces)
        task = bar.add_task("生成二维码", total=total)

        def tell(done: int) -> None:
            bar.update(task, completed=done, description="生成二维码" if done < total else "正在排版…")

        return pdf.draw(batch.order.layout, batch.faces, batch.at, logo=logo, tell=tell)


def _told(batch: Batch, paper: Paper, out: Path) -> str:
    """What is in the file, and what to look at before it goes on a desk."""
    lines = [f"{out}：{batch.order.layout.chinese}{len(batch.faces)}块，{paper.pages}页，公开版次第{batch.edition}版，已登记。"]
    if batch.fresh:
        revoked = "，旧牌已停用，请收回销毁" if batch.order.reprint else ""
        lines.append(f"其中{len(batch.fresh)}块是新编号{revoked}。")
    lines += _told_earlier(batch)
    if batch.stopped:
        lines.append(f"没有打印（牌已停用或过期，要换发请加 --reprint --why 原因）：{_some(batch.stopped)}。")
    return "\n".join([*lines, *(f"注意：{note}" for note in paper.notes)])


def _told_earlier(batch: Batch) -> list[str]:
    if not batch.earlier:
        return []
    lines = [
        f"{one.face.spoken}（{one.face.plate_number}）打印过{one.times}次，最近一次是{day(local_day(one.last))}" for one in batch.earlier[:_MOST_TOLD]
    ]
    more = f"；……共{len(batch.earlier)}块" if len(batch.earlier) > _MOST_TOLD else ""
    return [f"注意：已打印过。{'；'.join(lines)}{more}。桌上已有的牌照常有效；如是遗失或损坏，请改用 --reprint --why 原因，换新编号并停用旧牌。"]


def _some(names: tuple[str, ...]) -> str:
    return "、".join(names[:_MOST_TOLD]) + (f"等{len(names)}个岗位" if len(names) > _MOST_TOLD else "")


def revoke(house: House, said: str, why: str, by: str) -> str:
    """停用 one plate; what became of it, in words."""
    code = read_code(re.sub(r"\s", "", said))
    if not code:
        raise click.ClickException("请写明座牌的码：印在二维码下面，例如 python manage.py badge revoke abcd-efgh-jkmnp --why 遗失。")
    if not why.strip():
        raise click.ClickException("请写明停用原因，例如：--why 遗失。")
    with in_words(), house.database.transaction() as db:
        register = registers.current(db, local_day(house.now()))
        if code not in register.plates:
            raise click.ClickException(f"没有“{said}”这个码的牌，请核对；badge list 列出全部。")
        actor = _acting(db, register, by)
        plate = badges.revoke(db, actor, code, why.strip(), house.now())
        return f"{plate.code} 已停用，现在起扫码会提示换用新牌。请收回旧牌销毁；要补发请用 badge print --post {plate.post_id} --reprint --why 原因。"


def listed(house: House) -> tuple[Listed, ...]:
    """All plates, for the list."""
    with in_words(), house.database.reading() as db:
        return plate_list.listed(db, OFFICE, house.now())
