"""四明确 four_clears: 明确内容、明确措施、明确标准、明确时限 (平建党发[2010]8号, 第二阶段); what is missing, and hints while writing.

Missing clears stop a pledge. Hints never do: the reviewer sees them beside the text and decides (F12, X8).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.errors import ClearsMissing
from domain.pledge.wording import LABELS, Wording, spoken
from domain.quoting import inner

CLEARS = ("content", "measures", "standard", "deadline")
_SHORT = {"content": "内容", "measures": "措施", "standard": "标准", "deadline": "时限"}

_EMPTY = re.compile(
    "(?:不断|进一步|切实|努力|大力|扎实|着力|积极|认真|全面|持续)*"
    "(?:加强|增强|强化|提高|提升|改进|改善|优化|转变|深化|推进)[^，。；,;]{0,4}(?:意识|态度|作风|水平|能力|素质|学习|管理|服务|建设)"
    "|进一步|不断提高|热情服务|马上就办|尽职尽责|尽心尽力|争创一流|全力以赴|做好本职|高度重视|狠抓落实|听到就办"
)
"""Verbs without a thing done: 加强学习, 提高服务意识, 进一步……"""
_NUMBER = re.compile(
    "[0-9０-９]|[一二三四五六七八九十百千两零几成半][成天日次件人户个分小周月年项条份处台场遍元米倍名]|百分之|全部|全覆盖|零投诉|为零|减半|一半|翻番"
)
_SEEN = re.compile(
    "公开|公示|公布|张贴|签字|签名|登记|清单|台账|记录|录像|照片|回访|核对|逐[一件户项次人条]|当[日场天]|次日|不再|免[费交填去]"
    "|办结|竣工|验收|到位|到场|书面|通报|可查|销号"
)
"""Words for what another person can see or count."""
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)")
_SHORTEST, _LONGEST = {"content": 6, "measures": 6, "standard": 4}, {"content": 80, "measures": 120, "standard": 100, "slogan": 16}

SAMPLE = Wording(
    content="不动产登记材料一次性书面告知",
    measures="印制十二类业务材料清单，逐项打勾讲解后交群众带走",
    standard="因漏告知造成群众再跑的每月为零，发生一件公开道歉一件",
    deadline=None,
    slogan="一次告知，少跑一趟",
)
"""样表: the example that stands beside the form."""


@dataclass(frozen=True)
class Hint:
    """A word to the writer: which field, what to change, and how it could read. `needed`: without it nothing is submitted."""

    field: str
    label: str
    text: str
    example: str
    needed: bool = False


@dataclass(frozen=True)
class Course:
    """The days between which the campaign runs, and today; a campaign without days has None."""

    today: date
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def is_over(self) -> bool:
        """A campaign that has ended has no say in new dates."""
        return self.ends_on is not None and self.ends_on < self.today


def missing(wording: Wording) -> tuple[str, ...]:
    """Which of the four are empty, by field."""
    return tuple(name for name in CLEARS if not getattr(wording, name))


def check(wording: Wording) -> None:
    """Raise `ClearsMissing` naming every one of the four that is empty."""
    empty = missing(wording)
    if empty:
        refusal = ClearsMissing(missing="、".join(_SHORT[name] for name in empty))
        refusal.field = empty[0]
        raise refusal


def hints(wording: Wording, course: Course, scheduled: frozenset[str] = frozenset(), *, linked: bool = False) -> tuple[Hint, ...]:
    """All there is to say, in the form's order. `scheduled` are themes that ask for 工期; `linked`: a key work stands behind it."""
    found = [_hint(name, f"还没有写{LABELS[name]}。", needed=True) for name in missing(wording)]
    for name in ("content", "measures", "standard"):
        found += _of_text(name, getattr(wording, name))
    found += _of_standard(wording.standard)
    found += _of_deadline(wording.deadline, course)
    if len(wording.slogan) > _LONGEST["slogan"]:
        found.append(_hint("slogan", f"口号超过{_LONGEST['slogan']}个字，不容易记住，牌子上也印不下。"))
    if wording.theme in scheduled and not linked:
        found.append(Hint("theme", LABELS["theme"], "这个主题属于重点工程，需要排出工期，请关联一项重点工程。", "例如：文明路改造工程，10月底完工"))
    order = [*CLEARS, "slogan", "theme"]
    return tuple(sorted(found, key=lambda hint: order.index(hint.field)))


def _of_text(name: str, text: str) -> Iterator[Hint]:
    if not text:
        return
    empty = _EMPTY.search(text)
    if empty and not _NUMBER.search(text):
        yield _hint(name, f"“{inner(empty.group())}”说得太笼统，看不出要做哪件事，请写清做什么、对谁做。")
    elif len(text) < _SHORTEST[name]:
        yield _hint(name, f"{LABELS[name]}只有{len(text)}个字，别人看不明白，请再写具体些。")
    if len(text) > _LONGEST[name]:
        yield _hint(name, f"{LABELS[name]}有{len(text)}个字，公示栏上不好读，建议不超过{_LONGEST[name]}个字。")
    if _PHONE.search(text):
        yield _hint(name, "里面有电话号码。承诺会公开，请不要写私人电话。")


def _of_standard(text: str) -> Iterator[Hint]:
    if text and not _NUMBER.search(text) and not _SEEN.search(text):
        yield _hint("standard", "没有数字，也没有看得见的结果，到时候无法核对做到没有。")


def _of_deadline(deadline: date | None, course: Course) -> Iterator[Hint]:
    if deadline is None:
        return
    if deadline < course.today:
        yield _hint("deadline", f"{spoken(deadline)}已经过去了，请核对日期。")
    elif course.is_over:
        return
    elif (course.starts_on and deadline < course.starts_on) or (course.ends_on and deadline > course.ends_on):
        days = "至".join(spoken(day) for day in (course.starts_on, course.ends_on) if day)
        yield _hint("deadline", f"{spoken(deadline)}不在活动期间（{days}）。确有需要可以保留，请在措施里说明原因。")


_EXAMPLES = {"deadline": "选一个具体的日期，例如12月31日"}


def _hint(name: str, text: str, *, needed: bool = False) -> Hint:
    return Hint(name, LABELS[name], text, f"例如：{_EXAMPLES.get(name) or getattr(SAMPLE, name)}".replace("例如：选", "请选"), needed)
