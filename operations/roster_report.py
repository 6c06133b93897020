"""The preview of a roster as the operator reads it: adds, moves, changes, leavers, rows that wait, errors by cell."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from domain.roster.phones import masked
from domain.roster.records import FULL
from services.roster import Done, Preview

SHOWN = 20
"""Lines of each list, unless all are asked for."""


def report(plan: Preview, *, whole: bool, leaving: bool) -> Iterator[RenderableType]:
    """Tables and sentences, the gravest last, where the eye ends up."""
    most = None if whole else SHOWN
    names = plan.branches
    adds = [(one.at, one.name, names[one.branch_id], _number(one.phone), str(one.joined_on or ""), one.category or FULL) for one in plan.adds]
    yield from _table("新增", ("单元格", "姓名", "党支部", "手机号", "入党时间", "党员类别"), adds, most)
    branches = [(one.name, str(one.members), one.doubt) for one in plan.new_branches]
    yield from _table("新的党支部（将一并建立）", ("名称", "人数", "请核对"), branches, None)
    moved = [(one.member.at, one.member.name, names.get(one.known.branch_id or 0, ""), names[one.member.branch_id]) for one in plan.moved]
    yield from _table("转支部", ("单元格", "姓名", "从", "到"), moved, most)
    yield from _table("修改", ("单元格", "姓名", "改什么"), [(one.member.at, one.member.name, one.words) for one in plan.changed], most)
    note = "将登记离开" if leaving else "只列出，加 --leavers 才登记离开"
    gone = [(one.name, names.get(one.branch_id or 0, ""), "仍有任职，请先移交" if one.id in plan.serving else "") for one in plan.leavers]
    yield from _table(f"名单中没有的人（{note}）", ("姓名", "党支部", "请注意"), gone, most)
    yield from _table("没有读的行", ("单元格", "说明"), plan.left_out, most)
    yield from _table("请核对（已按所写登记）", ("单元格", "说明"), plan.doubts, most)
    held = [(one.member.at, one.member.name, one.why) for one in plan.held]
    yield from _table("待确认（这次不登记；确认后加 --accept 单元格）", ("单元格", "姓名", "说明"), held, most)
    yield from _table("错误（改好后重新导入，这些行这次不登记）", ("单元格", "请改"), plan.faults, most)
    yield summary(plan)


def summary(plan: Preview) -> str:
    """All counts in one line."""
    counts = {
        "新增": len(plan.adds),
        "转支部": len(plan.moved),
        "修改": len(plan.changed),
        "不变": plan.same,
        "名单中没有": len(plan.leavers),
        "待确认": len(plan.held),
        "错误": len(plan.faults),
    }
    return "，".join(f"{word}{n}{'处' if word == '错误' else '人'}" for word, n in counts.items()) + "。"


def outcome(done: Done) -> str:
    """What was done."""
    if not (done.added or done.changed or done.left):
        return "花名册与名单一致，没有改动。"
    branches = f"，新建党支部{done.branches}个" if done.branches else ""
    return f"已导入：新增{done.added}人，修改{done.changed}人，登记离开{done.left}人{branches}。"


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], most: int | None) -> Iterator[RenderableType]:
    if not rows:
        return
    yield f"\n{title}：{len(rows)}"
    table = Table(*head)
    for row in rows[:most]:
        table.add_row(*map(escape, row))
    yield table
    if most and len(rows) > most:
        yield f"另有{len(rows) - most}行未列出，加 --all 全部列出。"


def _number(phone: str | None) -> str:
    return masked(phone) if phone else ""
