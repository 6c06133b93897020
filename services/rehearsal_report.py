"""What the rehearsal found, as the operator reads it and as a workbook of every message (X2)."""

from collections.abc import Sequence
from datetime import date

from domain.calendar import SHANGHAI, local_day
from domain.listings import Column, Listing
from domain.quoting import inner
from services.rehearsal import Rehearsed


def listing(found: Rehearsed, bureau: str) -> Listing:
    """Every message, for a workbook."""
    columns = (
        Column("时间", 9, centred=True),
        Column("收信人", 6, centred=True),
        Column("党支部", 9, centred=True),
        Column("内容", 34),
        Column("通道", 8, centred=True),
        Column("送不到的原因", 12),
    )
    rows = tuple((f"{one.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}", one.name, one.branch, one.text, one.way, one.why) for one in found.messages)
    notes = tuple(f"{one.day}　{one.what}" for one in found.clashes) + tuple(
        f"始终送不到：{name}（{branch}）{why}" for name, branch, why in found.unreached
    )
    notes += found.astray
    return Listing(f"{found.title}演练", columns, rows, f"{bureau}\u3000共{len(rows)}封", notes, landscape=True)


def report(found: Rehearsed) -> Sequence[str]:
    """What the operator reads first."""
    by_day: dict[date, int] = {}
    for message in found.messages:
        by_day[local_day(message.at)] = by_day.get(local_day(message.at), 0) + 1
    busiest = max(by_day.items(), key=lambda one: one[1], default=(found.first, 0))
    return [
        f"“{inner(found.title)}”从{found.first}到{found.last}，共{len(found.messages)}封信件，微信能送到{found.delivered}封。",
        f"最忙的一天是{busiest[0]}：{busiest[1]}封。",
        f"与模拟微信里各人手机上的记录核对：{'、'.join(found.astray) or '逐条相符'}。",
        *(f"没有对应机构或人员的任务：{title}" for title in found.unbound),
        *(f"冲突　{one.day}　{one.what}" for one in found.clashes),
        *(f"始终送不到　{name}（{branch or '未编入支部'}）　{why}" for name, branch, why in found.unreached),
    ]
