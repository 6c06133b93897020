"""What the bot says about 待办 and 报送."""

from collections.abc import Sequence
from datetime import date

from domain.quoting import inner
from domain.spoken_days import near, spoken
from domain.waiting import Group, Waiting
from services.submissions import Receipt
from services.todos import Shown

NOT_BOUND = "您还没有绑定身份，没有待办事项。是党员的，请向所在党支部书记索取邀请码，发送“绑定”加邀请码；评价窗口请发送“我要评价”。"
NOTHING_WAITS = "您目前没有待办事项。有新的任务或差评时，会在这里和服务通知里提醒您。"
NO_SUCH_CHOICE = "请回复1到{n}之间的序号，或发送“待办”重新看清单。"
ELSEWHERE = "{words}\n请打开工作台办理：{site}/console/"
ORDER = "{words}\n请打开工作台办理：{site}/console/rectifications/{number}"
TAKEN_BACK = "已撤回。改好后回复“交”加文字重新报送，或在工作台上传文件。"
ASKED_FOR = "延期申请已提交，申请延期到{day}。批复前仍按原期限准备，结果会通知您。"
_HOW = (
    "回复“交”加文字直接报送，例如：交 细则已印发，共五条。\n"
    "有文件请打开：{site}/console/todos/{id}\n"
    "需要延期，回复：延期 12月5日 原因\n"
    "回复 0 返回清单。"
)
_WAITS = "正在等待审核。要换材料，回复“撤回”。\n查看材料：{site}/console/todos/{id}"


def list_of(groups: Sequence[Group], n: int, lines: int, today: date) -> str:
    """Numbered, with what is left of each one's time; `n` things on `lines` lines, of which these are the first."""
    shown = [f"{at} {_line(group, today)}" for at, group in enumerate(groups, 1)]
    more = "\n其余的请打开工作台查看。" if lines > len(groups) else ""
    return f"您有{n}件待办：\n" + "\n".join(shown) + f"{more}\n回复序号，查看要求和办理。"


def _line(group: Group, today: date) -> str:
    one = group.first
    if group.several:
        return f"{group.words}{_left(one.due, today, '最早的')}"
    return f"{f'{one.number} ' if one.number else ''}{one.words}{_left(one.due, today)}"


def group_of(some: Sequence[Waiting], today: date, *, cut: bool) -> str:
    """What one line of the list stood for, numbered anew; `cut` when there may be more."""
    shown = [f"{at} {one.who}{_left(one.due, today)}" for at, one in enumerate(some, 1)]
    more = "\n其余的请打开工作台查看。" if cut else ""
    return f"{some[0].group}：\n" + "\n".join(shown) + f"{more}\n回复序号办理，回复 0 返回清单。"


def _left(due: date | None, today: date, which: str = "") -> str:
    if due is None:
        return ""
    days = (due - today).days
    return f"，{which}{f'已逾期{-days}天' if days < 0 else f'{near(due, today)}截止' if days else '今天截止'}"


def one_of(todo: Shown, site: str) -> str:
    """What is asked, until when and why then, how far it is, and what to do next."""
    lines = [f"{todo.task}（{todo.who}）"]
    lines += [f"要交：{todo.deliverable}"] if todo.deliverable else []
    lines += [f"请写{todo.items}，每项一行"] if todo.items else []
    lines += [f"期限：{todo.due_words}", f"状态：{todo.chinese}{f'，{todo.lateness}' if todo.lateness else ''}"]
    lines += [f"编号：{todo.receipt}"] if todo.receipt else []
    lines += [f"退回原因：{todo.why}"] if todo.why else []
    how = {"open": _HOW, "returned": _HOW, "handed_in": _WAITS}.get(todo.state, "")
    return "\n".join([*lines, *([how.format(site=site, id=todo.id)] if how else [])])


def received(receipt: Receipt) -> str:
    """The receipt: keep this message."""
    late = f"截止日期是{spoken(receipt.due_on)}，已登记为逾期报送。" if receipt.late else ""
    again = f"这是第{receipt.no}次报送。" if receipt.no > 1 else ""
    return f"已收到“{inner(receipt.task)}”，回执编号{receipt.number}。{again}{late}审核结果会通知您；要换材料，回复“撤回”。"
