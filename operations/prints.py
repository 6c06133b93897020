"""公示板、电子屏文字、承诺书、名单: the commands `print board`, `print screen`, `print form`, `print list` (F15, F55, X5)."""

from hashlib import sha256
from typing import Any

import click
from sqlalchemy.orm import Session

from domain import screen_lines
from domain.calendar import local_day
from domain.listings import Format, Size
from domain.notice_boards import Hanging, NoticeBoard
from domain.papers import Document
from domain.ports import House
from domain.screen_lines import Encoding
from gateways import form_templates as form_files
from gateways import listings as listing_files
from gateways import notice_boards as board_files
from operations.asking import house_or_stop
from operations.handing_out import OFFICE, beside, in_words, place_for
from services import form_templates, listings, notice_boards, prints, windows
from services import register as registers
from services.listings import Asked, Kind
from services.notice_boards import Scope
from services.plate_faces import Imprint
from services.prints import Made

_KINDS = {"board": Document.BOARD, "poster": Document.POSTER, "slogans": Document.SLOGANS}
_BRANCH = click.option("--branch", default="", metavar="党支部", help="这个党支部的承诺；写全称")
_WINDOW = click.option("--window", default="", metavar="窗口号", help="这个窗口的承诺")
_OUT = click.option("--out", default="", metavar="文件", help="存到哪里；不写则存在当前文件夹")


@click.group(help="公示板、海报、标语、电子屏文字、承诺书、名单。")
def command() -> None:
    return


@command.command("board", help="公示板、承诺海报、标语条幅：A4 或 A3 的 PDF；不写范围则是全局。")
@_BRANCH
@_WINDOW
@click.option("--pledge", "code", default="", metavar="承诺码", help="只要这一条（承诺页网址末尾的码）")
@click.option("--kind", type=click.Choice(list(_KINDS)), default="board", help="board 公示板（默认）、poster 海报、slogans 标语")
@click.option("--size", type=click.Choice([size.value for size in Size]), default="A4", help="纸张")
@click.option("--period", default="", metavar="公示期", help="印在公示板下方")
@_OUT
def board(**given: Any) -> None:
    click.echo(_board(house_or_stop(), **given))


def _board(house: House, *, branch: str, window: str, code: str, kind: str, size: str, period: str, out: str) -> str:
    with in_words():
        document, now = _KINDS[kind], house.now()
        place = place_for(out, document.chinese, (".pdf",), house)
        with house.database.reading() as db:
            found = _laid_out(db, house, branch, window, code)
        paper = board_files.draw(document, found, Hanging(Size(size), period), now)
        made = Made(document, found.scope, len(found.entries), found.edition, sha256(paper.pdf).hexdigest())
        with beside(place, paper.pdf), house.database.transaction() as db:
            prints.note(db, OFFICE, made, now)
        told = f"{place}：{found.scope}{document.chinese}，{len(found.entries)}条承诺，{paper.pages}页，公开版次第{found.edition}版，已登记。"
        return "\n".join([told, *(f"注意：{note}" for note in paper.notes)])


@command.command("screen", help="电子屏文字：已公示的承诺，每条一行。")
@_BRANCH
@_WINDOW
@click.option(
    "--limit", type=click.IntRange(screen_lines.SHORTEST, screen_lines.LONGEST), default=screen_lines.USUAL, metavar="字数", help="每行最多几个字"
)
@click.option("--encoding", type=click.Choice(["utf-8", "gb18030"]), default="utf-8", help="老的电子屏软件用 gb18030")
@_OUT
def screen(branch: str, window: str, limit: int, encoding: str, out: str) -> None:
    house = house_or_stop()
    with in_words():
        place = place_for(out, "电子屏文字", (".txt",), house)
        with house.database.reading() as db:
            lines = notice_boards.screen_lines(_laid_out(db, house, branch, window, ""), limit)
        place.write_bytes(screen_lines.file(lines, Encoding.GB18030 if encoding == "gb18030" else Encoding.UTF8))
    click.echo(f"{place}：{len(lines)}行。")


@command.command("form", help="承诺书样表（Word 或 PDF）：不写范围则是空白样表和填写说明。")
@_BRANCH
@click.option("--pledge", "code", default="", metavar="承诺码", help="按这一条承诺填好")
@_OUT
def form(branch: str, code: str, out: str) -> None:
    house = house_or_stop()
    with in_words():
        place = place_for(out, "承诺书", (".docx", ".pdf"), house)
        imprint = Imprint(house.settings.bureau, house.settings.base_url)
        with house.database.reading() as db:
            if code:
                pages = form_templates.of_pledge(db, OFFICE, code, imprint)
            elif branch:
                pages = form_templates.of_branch(db, OFFICE, _branch(db, branch), imprint)
            else:
                pages = form_templates.blank(db, local_day(house.now()))
        place.write_bytes(form_files.file(pages, Format(place.suffix[1:].lower()), house.settings.bureau, house.now()))
    click.echo(f"{place}：{len(pages)}张表。")


@command.command("list", help="台账、名单（xlsx、docx 或 pdf），手机号遮盖，每次导出留下记录。")
@click.argument("kind", type=click.Choice([kind.value for kind in Kind]))
@_OUT
def listing(kind: str, out: str) -> None:
    house = house_or_stop()
    with in_words():
        place = place_for(out, Kind(kind).chinese, tuple(f".{form.value}" for form in Format), house)
        asked = Asked(Kind(kind), OFFICE, house.settings.bureau, house.sealer.open, house.now())
        with house.database.reading() as db:
            found = listings.draw_up(db, asked)
        with house.database.transaction() as db:
            listings.note(db, asked, found)
        content = listing_files.file(found, Format(place.suffix[1:].lower()), house.settings.bureau, house.now())
        place.write_bytes(content)
        place.chmod(0o600)
    click.echo(f"{place}：{found.title}，{len(found.rows)}行。文件含个人信息，请妥善保管，用后删除。")


def _laid_out(db: Session, house: House, branch: str, window: str, code: str) -> NoticeBoard:
    branch_id = _branch(db, branch) if branch else None
    window_id = _window(db, house, window) if window else None
    imprint = Imprint(house.settings.bureau, house.settings.base_url)
    return notice_boards.lay_out(db, OFFICE, Scope(branch_id, window_id, code), imprint, house.now())


def _branch(db: Session, said: str) -> int:
    found = [key for key, name in windows.branches(db) if name == said.strip()]
    if not found:
        raise click.ClickException(f"没有“{said}”这个党支部。现有：{'、'.join(name for _, name in windows.branches(db))}。")
    return found[0]


def _window(db: Session, house: House, said: str) -> int:
    found = registers.current(db, local_day(house.now())).index.find(said).exact
    if found is None:
        raise click.ClickException(f"没有“{said}”这个窗口：请写窗口号或名称。")
    return int(found.id)
