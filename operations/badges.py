"""座牌、胸牌、海报: the commands `badge print`, `badge revoke`, `badge list` (F19)."""

from typing import Any

import click
from rich.console import Console
from rich.table import Column, Table

from domain.calendar import SHANGHAI
from operations import plates
from operations.asking import house_or_stop

_BY = click.option("--by", default="", metavar="姓名", help="经办人；不写则登记为领导小组办公室")


@click.group(help="座牌、胸牌、海报：打印，停用，清单。")
def command() -> None:
    return


@command.command("print", help="打印成 PDF，按毫米精确，打印登记自动留存。")
@click.option("--window", "windows", multiple=True, metavar="窗口号", help="这个窗口的全部岗位，可写多次")
@click.option("--post", "posts", multiple=True, metavar="岗位", help="岗位编号（印在牌上，如 0003-01）或名称，可写多次")
@click.option("--all", "everything", is_flag=True, help="全部岗位；还没有牌的岗位发第一块")
@click.option("--layout", default="tent", metavar="版式", help="tent 折叠座牌（默认）、stand 立式座牌、badge 胸牌、poster 窗口海报")
@click.option("--out", default="", metavar="文件.pdf", help="存到哪里；不写则存在当前文件夹")
@click.option("--reprint", is_flag=True, help="补发：换新编号，旧牌停用，须写 --why")
@click.option("--why", default="", metavar="原因", help="补发的原因，如：遗失")
@_BY
@click.option("--logo", default="", metavar="图片", help="二维码中间的标志，宽为四分之一；不写则没有")
def print_out(**given: Any) -> None:
    click.echo(plates.print_out(house_or_stop(), plates.Wanted(**given)))


@command.command("revoke", help="停用一块牌：扫码的人马上看到提示。")
@click.argument("code", default="", metavar="码")
@click.option("--why", default="", metavar="原因", help="停用的原因，如：遗失")
@_BY
def revoke(code: str, why: str, by: str) -> None:
    click.echo(plates.revoke(house_or_stop(), code, why, by))


@command.command("list", help="所有牌：编号、窗口、岗位、码、状态、打印次数。")
def show() -> None:
    whole = [Column(name, no_wrap=True) for name in ("编号", "码", "状态", "发放")]
    table = Table(*whole, *(Column(name, overflow="fold") for name in ("窗口", "岗位", "打印")))
    for row in plates.listed(house_or_stop()):
        printed = f"{row.printed}次，{row.last.astimezone(SHANGHAI):%Y-%m-%d}" if row.last else "没有"
        table.add_row(row.plate_number, row.code, row.state, f"{row.issued_on}", row.window, row.post, printed)
    Console().print(table)
