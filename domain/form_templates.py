"""样表 form_template: the pledge form of a member and the pledge table of a unit, blank and filled in (A6, A7; 样表附后).

A form is pages of boxes; gateways put the same boxes into a Word document and a PDF.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.listings import spoken

SIGNED = "签字：　　　　　　　　年　　月　　日"
SEALED = "签字（盖章）：　　　　　年　　月　　日"


@dataclass(frozen=True)
class Box:
    """`across` columns wide and at least `tall` millimetres high; `foot` stands at its lower right, to be signed."""

    words: str = ""
    across: int = 1
    tall: int = 11
    is_head: bool = False
    centred: bool = False
    foot: str = ""


Row = tuple[Box, ...]


@dataclass(frozen=True)
class Page:
    """One ruled sheet. `widths` are relative; `link` is the public page of a published pledge, “” for none."""

    title: str
    widths: tuple[int, ...]
    rows: tuple[Row, ...]
    under: str = ""
    notes: tuple[str, ...] = ()
    landscape: bool = False
    link: str = ""


@dataclass(frozen=True)
class Filled:
    """What a member's form says; empty fields are to be written by hand."""

    name: str = ""
    branch: str = ""
    post: str = ""
    theme: str = ""
    addressees: str = ""
    slogan: str = ""
    content: str = ""
    measures: str = ""
    standard: str = ""
    deadline: date | None = None
    opinion: str = ""
    link: str = ""


@dataclass(frozen=True)
class UnitForm:
    """What a unit's table says: one row for each of its pledges. `meeting` is the meeting that discussed them."""

    unit: str = ""
    branch: str = ""
    meeting: str = ""
    opinion: str = ""
    rows: tuple[Filled, ...] = ()
    link: str = ""


def member_page(campaign: str, form: Filled) -> Page:
    """党员承诺书."""
    rows = (
        (_head("姓名"), Box(form.name, centred=True), _head("所在党支部"), Box(form.branch, centred=True)),
        (_head("岗位（窗口）"), Box(form.post, centred=True), _head("承诺主题"), Box(form.theme, centred=True)),
        (_head("承诺对象"), Box(form.addressees, 3)),
        (_head("承诺口号"), Box(form.slogan, 3)),
        (_head("明确内容"), Box(form.content, 3, 46)),
        (_head("明确措施"), Box(form.measures, 3, 46)),
        (_head("明确标准"), Box(form.standard, 3, 36)),
        (_head("明确时限"), Box(spoken(form.deadline), 3)),
        (_head("承诺人"), Box("以上承诺，本人认真履行，自觉接受组织和群众监督。", 3, 24, foot=SIGNED)),
        (_head("党支部\n审核意见"), Box(form.opinion, 3, 34, foot=SEALED)),
    )
    return Page("党员承诺书", (22, 40, 22, 40), rows, under=campaign, link=form.link)


_UNIT_HEADS = ("序号", "承诺内容", "落实措施", "达到标准", "完成时限", "责任人", "责任人签字")
_LEAST_ROWS = 5


def unit_page(campaign: str, form: UnitForm) -> Page:
    """单位承诺表: discussed by the members' meeting, compiled by the branch, decided by the committee."""
    lines = [*form.rows, *[Filled()] * (_LEAST_ROWS - len(form.rows))]
    rows: list[Row] = [
        (Box("单位", is_head=True), Box(form.unit, 2, centred=True), Box("所在党支部", is_head=True), Box(form.branch, 3, centred=True)),
        (Box("党员大会\n讨论", is_head=True), Box(form.meeting or "时间：　　年　　月　　日　　　应到　　人，实到　　人　　　主持人：", 6)),
        tuple(_head(name) for name in _UNIT_HEADS),
    ]
    rows += [_unit_row(number, line) for number, line in enumerate(lines, 1)]
    rows += [
        (
            Box("单位\n负责人", is_head=True),
            Box("", 2, 21, foot=SEALED),
            Box("党支部\n汇总意见", is_head=True),
            Box("", 3, 21, foot=SEALED),
        ),
        (Box("局党委\n审定意见", is_head=True), Box(form.opinion, 6, 21, foot=SEALED)),
    ]
    return Page("单位承诺表", (20, 50, 44, 38, 22, 18, 22), tuple(rows), under=campaign, landscape=True, link=form.link)


def _unit_row(number: int, line: Filled) -> Row:
    words = (line.content, line.measures, line.standard)
    return (
        Box(str(number), tall=13, centred=True),
        *(Box(one, tall=13) for one in words),
        Box(spoken(line.deadline), tall=13, centred=True),
        Box(line.name, tall=13, centred=True),
        Box(tall=13),
    )


def guide_page(examples: Sequence[tuple[str, str, str, str]] = ()) -> Page:
    """填写说明: the four clears explained, each with an example and what would be returned."""
    heads = tuple(_head(name) for name in ("四明确", "怎样写", "示例", "会被退回的写法"))
    rows = tuple((Box(name, is_head=True), *(Box(words, tall=24) for words in rest)) for name, *rest in examples or _GUIDE)
    return Page("填写说明", (16, 38, 42, 34), (heads, *rows), under="承诺要做到“四明确”：好懂、好记、好监督", notes=_GUIDE_NOTES)


_GUIDE = (
    (
        "明确内容",
        "写清为谁、办什么事。一份承诺写一至两件，选本岗位办得到的。",
        "来3号窗口办不动产登记的群众，材料一次告知、一次收齐。",
        "努力做好本职工作，全心全意为人民服务。（没有具体的事）",
    ),
    (
        "明确措施",
        "写清怎样办到：做哪几步、谁来做、隔多久做一次。",
        "印制材料清单，当面逐项讲解；每周五抽查十件，当周改正。",
        "进一步加强学习，提高认识，改进作风。（没有做法）",
    ),
    (
        "明确标准",
        "写清做到什么程度算兑现，最好有数字，或旁人看得见的结果。",
        "一次告知率100%；因材料反复来跑的，全年不超过两件。",
        "让群众满意。（没有办法检验）",
    ),
    (
        "明确时限",
        "写清到哪一天，应在活动期限以内；长期坚持的，写明每次检查的日子。",
        "2026年12月31日前；每季度末公布一次结果。",
        "尽快、长期坚持。（没有日子）",
    ),
)
_GUIDE_NOTES = (
    "一、承诺书由党员本人填写，报所在党支部审核；单位承诺表经党员大会讨论，由党支部汇总，报局党委审定。",
    "二、审核后公示的内容不再改动；确需变更的，说明理由，重新审核，公示时新旧对照。",
    "三、因客观原因没有兑现的，如实说明；年老体弱党员量力而行。",
)


def _head(words: str) -> Box:
    return Box(words, is_head=True)
