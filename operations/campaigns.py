"""活动文件: check it, load it."""

import sys
from pathlib import Path

import click

from domain.actor import Actor, Role, Seat
from domain.campaign_file import Campaign, read_campaign, render_findings
from domain.errors import Refusal
from domain.ports import House
from operations import drafting
from operations.asking import house_or_stop
from services import binding, campaigns

OPERATOR = Actor(person_id=None, name="运维人员", seats=(Seat(Role.OPERATOR, 0),))
"""Whoever has the machine's command line acts in the operator's seat."""


def read(file: Path) -> tuple[Campaign | None, str, bool]:
    """(campaign, what to tell, whether it may be loaded)."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return None, f"{file.name} 不是 UTF-8 编码：请用 UTF-8 另存后再试。", False
    campaign, findings = read_campaign(text, file.name)
    lines = [render_findings(findings)] if findings else []
    if campaign is not None:
        lines.append(f"{campaign.title}：{len(campaign.phases)}个阶段，{len(campaign.tasks)}项任务，可以载入。")
    return campaign, "\n".join(lines), campaign is not None


def load(house: House, campaign: Campaign, _file: Path) -> str:
    """Load it; what changed, in words."""
    with house.database.transaction() as db:
        return campaigns.load(db, OPERATOR, campaign, house.now()).summary


@click.group(help="活动文件：检查与载入。")
def command() -> None:
    return


_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@command.command("check", help="检查活动文件，逐行说明哪里要改。")
@_FILE
def check(file: Path) -> None:
    _, report, sound = read(file)
    click.echo(report)
    sys.exit(0 if sound else 1)


@command.command("load", help="检查并载入活动文件（可重复执行，同一文件不会重复增加）。")
@_FILE
def load_file(file: Path) -> None:
    loaded, report, sound = read(file)
    if loaded is None or not sound:
        raise click.ClickException(report)
    click.echo(load(house_or_stop(), loaded, file))


@command.command("start", help="启动已载入的活动：把任务分到各支部、科室和党员；启动前已过期的交办公室确认。")
@click.argument("key")
@click.option("--yes", is_flag=True, help="确认启动；不加时只预览。")
def start(key: str, yes: bool) -> None:
    house = house_or_stop()
    try:
        click.echo(started(house, key) if yes else previewed(house, key))
    except Refusal as refusal:
        raise click.ClickException(refusal.text) from None


def previewed(house: House, key: str) -> str:
    """What starting would do, task by task."""
    with house.database.reading() as db:
        found = binding.preview(db, OPERATOR, key, house.now())
    lines = [f"{one.task.title}：{len(one.subjects)}个对象，{one.due.due_on}截止{'（已过期，交办公室确认）' if one.overdue else ''}" for one in found]
    return "\n".join([*lines, "确认启动请加 --yes。"])


def started(house: House, key: str) -> str:
    """Start it; what was opened, in words."""
    with house.database.transaction() as db:
        done = binding.start(db, OPERATOR, key, house.now())
    unbound = f"\n没有对应机构或人员的任务：{'、'.join(done.unbound)}。" if done.unbound else ""
    return f"活动已启动：待办{done.opened}项，启动前已过期、待办公室确认{done.asked}项。{unbound}"


command.add_command(drafting.draft)
