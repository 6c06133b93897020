"""演练 rehearse: a whole campaign in less than a minute, in a database and a WeChat of its own; what would be sent goes into a workbook."""

from pathlib import Path

import click

from domain.actor import Actor, Role, Seat
from domain.errors import Refusal
from domain.letter_briefs import brief
from domain.letter_texts import spoken
from domain.listings import Format
from domain.ports import House
from domain.ways import Means
from gateways import listings
from gateways.rehearsal_post import rehearsal_post
from operations.asking import house_or_stop
from services import rehearsal, rehearsal_report

_OPERATOR = Actor(seats=(Seat(Role.OPERATOR, 0),))
_MOST_LINES = 40


def rehearse(house: House, key: str) -> rehearsal.Rehearsed:
    """Raises `NoSuchCampaign`, `CampaignUnreadable`, `NoEmulator`."""
    settings = house.settings
    appids = {name: section.appid for name, section in (("service", settings.wechat), ("mini", settings.miniprogram)) if section.appid}
    templates = {"service": settings.wechat.chosen("template"), "mini": settings.miniprogram.chosen("subscribe")}
    with house.database.reading() as db:
        rehearsal.check(db, _OPERATOR, key)
    with house.database.reading() as db, rehearsal_post(appids, templates, house.sealer, spoken, brief) as post:
        return rehearsal.rehearse(db, _OPERATOR, key, Means(appids, templates), settings.reminders.habits, post)


@click.command(help="演练：快进走完一个已载入的活动，信件发给本机临时的模拟微信，列出每封信件、冲突的日子和始终送不到的人；不动真数据，不连微信。")
@click.argument("campaign")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="信件清单写到哪个 xlsx 文件，默认 var/演练-活动编号.xlsx。")
def command(campaign: str, out: Path | None) -> None:
    house = house_or_stop()
    try:
        found = rehearse(house, campaign)
    except Refusal as refusal:
        raise click.ClickException(refusal.text) from None
    lines = rehearsal_report.report(found)
    click.echo("\n".join(lines[:_MOST_LINES]))
    if len(lines) > _MOST_LINES:
        click.echo(f"……其余{len(lines) - _MOST_LINES}条见清单末尾。")
    place = out or Path("var") / f"演练-{campaign}.xlsx"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(listings.file(rehearsal_report.listing(found, house.settings.bureau), Format.XLSX, house.settings.bureau, house.now()))
    click.echo(f"全部信件的清单：{place}")
