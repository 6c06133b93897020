"""活动文件: check it, load it."""

import sys
from pathlib import Path

import click

from domain.actor import Actor, Role, Seat
from domain.campaign_file import Campaign, read_campaign, render_findings
from domain.ports import House
from operations.asking import house_or_stop
from services import campaigns

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
