"""体检 doctor: every part of the installation, each with a sentence that says what to do."""

import sys
from collections.abc import Iterator

import click
from rich.console import Console
from rich.table import Table
from yaml import YAMLError

import app
from bot.accounts import Account
from domain.ports import House
from gateways.wechat import WechatError
from gateways.wechat_codes import WORDS
from models import migrations
from operations import backups, template_check
from operations.entrance import time_faults, zone_faults
from services import doctor
from settings import Settings, faults_of, unreadable

Row = tuple[str, bool, str]


def examine(settings: Settings, faults: list[str]) -> list[Row]:
    """(part, well, words) of every part that can be looked at."""
    rows: list[Row] = [("设置", not faults, "；".join(faults) or "齐全")]
    if faults and not settings.secret_key.get_secret_value():
        return rows
    house = app.build(settings)
    return [*rows, *_database(house), _store(house), *_accounts(house), *template_check.examine(house), _time(house)]


def _database(house: House) -> Iterator[Row]:
    try:
        here, head = migrations.standing(house.database.engine)  # type: ignore[attr-defined]
    except Exception as error:
        yield "数据库", False, f"连不上：请核对 database.url，确认数据库已启动（{type(error).__name__}）"
        return
    if here != head:
        yield "数据库", False, "结构不是本版本的：请运行 python manage.py migrate"
        return
    yield "数据库", True, f"已连接，版本 {here}"
    with house.database.reading() as db:
        found = doctor.findings(db, house.pseudonyms.steps_key, house.now())
    yield "办理记录与数据", not found, "；".join(found) or "校验一致"
    yield backups.examine(house)


def _store(house: House) -> Row:
    if not house.settings.redis.url:
        return "存储", True, "使用进程内存（单进程）"
    try:
        house.store.ready()
    except Exception as error:
        return "存储", False, f"Redis 不响应：请核对 redis.url，确认 Redis 已启动（{type(error).__name__}）；期间系统照常运行，只是不限流"
    return "存储", True, "Redis 已连接"


def _accounts(house: House) -> Iterator[Row]:
    for name, chinese, gateway in (("wechat", "服务号", house.wechat), ("miniprogram", "小程序", house.miniprogram)):
        section = getattr(house.settings, name)
        if not section.appid:
            yield chinese, True, f"未配置（需要时填写 {name}.appid 等）"
            continue
        Account.of("service", section)
        try:
            gateway.token()
        except WechatError as error:
            yield chinese, False, _trouble(error, name, section.api_base)
            continue
        yield chinese, True, "凭证有效"


def _trouble(error: WechatError, name: str, base: str) -> str:
    return WORDS[error.code] if error.code > 0 and error.code in WORDS else f"连不上微信接口 {base}：请核对网络和 {name}.api_base（{error.words}）"


def _time(house: House) -> Row:
    faults = [*zone_faults(), *time_faults(house.settings)]
    return "时钟", not faults, "；".join(faults) or f"{house.now():%Y-%m-%d %H:%M:%S} UTC"


@click.command(help="体检：设置、数据库、存储、微信、办理记录，逐项说明怎么办。")
def command() -> None:
    try:
        settings = Settings()
    except (ValueError, YAMLError) as error:
        raise click.ClickException("设置读取失败，请改正：\n" + "\n".join(unreadable(error))) from None
    rows = examine(settings, faults_of(settings))
    table = Table("项目", "结果", "说明", title="亮诺体检")
    for name, well, words in rows:
        table.add_row(name, "[green]正常[/]" if well else "[red]需处理[/]", words)
    Console().print(table)
    sys.exit(0 if all(well for _, well, _ in rows) else 1)
