"""The entrance: what must be right around the house before `serve` and `clock` open it in production; what is wrong ends them, in words (R42)."""

import os
from datetime import timedelta
from zoneinfo import ZoneInfo

import click

from gateways import clock
from gateways.wire import Patience, Wire
from operations.asking import settings_or_stop
from operations.places import told
from settings import Settings

_MOST = timedelta(minutes=5)
_SHANGHAI = timedelta(hours=8)


def enter() -> Settings:
    """The settings of a house that may open. Raises `click.ClickException` that names every fault."""
    settings = settings_or_stop()
    faults = [*zone_faults(), *time_faults(settings)] if settings.production else []
    if faults:
        raise click.ClickException(told("这台机器还不能正式运行，请改正后重新启动：", faults))
    return settings


def time_faults(settings: Settings) -> list[str]:
    """Whether the machine's clock agrees with WeChat's. A server that cannot be asked proves nothing: the house opens all the same."""
    if not settings.wechat.appid:
        return []
    there, here = Wire(settings.wechat.api_base, Patience(2, 2)).time_there(), clock.now()
    if there is None or abs(here - there) <= _MOST:
        return []
    way, minutes = ("快" if here > there else "慢"), round(abs(here - there) / timedelta(minutes=1))
    return [f"系统时间比微信服务器{way}{minutes}分钟：请校准时间（timedatectl set-ntp true），否则微信消息会因过期被拒绝，提醒会发错日子"]


def zone_faults() -> list[str]:
    """A zone that is not there is silently UTC; one that is neither ours nor UTC misleads whoever reads logs and sets a crontab."""
    name, offset = os.environ.get("TZ", "").removeprefix(":"), clock.offset()
    if offset == timedelta(0) and not _known(name or "UTC"):
        return [f"环境变量 TZ 写的“{name}”没有这个时区：请改为 TZ=Asia/Shanghai"]
    if offset not in (timedelta(0), _SHANGHAI):
        remedy = "把环境变量 TZ 改为 Asia/Shanghai" if name else "运行 timedatectl set-timezone Asia/Shanghai"
        return [f"系统时区与北京时间差{abs(offset - _SHANGHAI) / timedelta(hours=1):g}小时：请{remedy}，否则日志和定时任务的时间会看错"]
    return []


def _known(name: str) -> bool:
    try:
        return name == "UTC0" or bool(ZoneInfo(name))
    except (KeyError, OSError, ValueError):
        return False
