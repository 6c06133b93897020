"""待办 and 报送 as the client gets and sends them."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from domain.meetings import Meeting
from domain.quoting import inner
from miniapp_api.answers import Answer
from miniapp_api.files import FileAnswer, answer_of
from miniapp_api.reading import NO_NUL, Form
from services.submissions import MOST_WORDS, Receipt, Version
from services.todos import Shown

Text = Annotated[str, Field(max_length=MOST_WORDS, pattern=NO_NUL)]


class TodoLine(Answer):
    id: str
    campaign: str
    task: str
    who: str = Field(description="责任单位或本人")
    deliverable: str = Field(description="要交什么，空为文件没有写明")
    state: str
    state_words: str
    due_on: date
    due_words: str = Field(description="这个期限怎么来的")
    firm: bool = Field(description="文件写明的期限；false 为最迟日期")
    lateness: str = Field(description="还有几天、逾期几天、逾期报送，可直接显示")
    overdue: bool
    late: bool = Field(description="逾期报送过，以后一直显示")
    wants_meeting: bool = Field(description="要交的是会议记录")
    receipt: str = Field(description="最近一次的回执编号")
    why: str = Field(description="退回原因")


class MeetingAnswer(Answer):
    level: str
    organiser: str
    held_at: str
    place: str
    attendees: str
    minutes: str


class HandedInAnswer(Answer):
    no: int
    receipt: str
    words: str
    meeting: MeetingAnswer | None
    by: str
    at: datetime
    late: bool
    decision: str = Field(description="空：还没有审核；accepted、returned")
    why: str
    files: list[FileAnswer]


class TodoAnswer(Answer):
    todo: TodoLine
    versions: list[HandedInAnswer] = Field(description="历次报送，最早的在前")
    may: list[str] = Field(description="现在可以做的：hand_in、take_back、extend、decide …")


class TodosAnswer(Answer):
    todos: list[TodoLine]


class ReceiptAnswer(Answer):
    receipt: str = Field(description="回执编号，请保存")
    no: int = Field(description="第几次报送")
    late: bool
    message: str = Field(description="可直接显示")


class MeetingForm(Form):
    level: Text = Field(title="会议层次", default_factory=str)
    organiser: Text = Field(title="召集人", default_factory=str)
    held_at: Text = Field(title="时间", default_factory=str)
    place: Text = Field(title="地点", default_factory=str)
    attendees: Text = Field(title="参加人员", default_factory=str)
    minutes: Text = Field(title="会议内容", default_factory=str)


class HandInForm(Form):
    words: str = Field(title="说明", max_length=MOST_WORDS, pattern=NO_NUL, default_factory=str)
    files: list[Annotated[str, Field(max_length=32, pattern=NO_NUL)]] = Field(title="附件", max_length=9, default_factory=list)
    meeting: MeetingForm | None = Field(title="会议记录", default=None)


class DecisionForm(Form):
    no: int = Field(title="第几次报送", ge=1, le=2**31 - 1, description="看过的是哪一次；对方又换过则为 409")
    accept: bool = Field(title="意见", description="true 审核通过，false 退回")
    why: str = Field(title="原因", max_length=300, pattern=NO_NUL, default_factory=str, description="退回时必填")


class ExtensionForm(Form):
    until: str = Field(title="延期到", max_length=10, pattern=r"^\d{4}-\d{2}-\d{2}$", description="例如 2026-12-05")
    why: str = Field(title="原因", max_length=300, pattern=NO_NUL)


class ExtensionAnswer(Answer):
    until: date
    message: str = Field(description="可直接显示")


def line_of(todo: Shown) -> dict[str, Any]:
    """A todo in a list."""
    alike = ("campaign", "task", "who", "deliverable", "state", "due_on", "due_words", "firm")
    more = ("lateness", "overdue", "late", "wants_meeting", "receipt", "why")
    return {"id": str(todo.id), "state_words": todo.chinese} | {name: getattr(todo, name) for name in (*alike, *more)}


def version_of(one: Version) -> dict[str, Any]:
    """One hand-in with its files behind checked links."""
    return {
        "no": one.no,
        "receipt": one.receipt,
        "words": one.words,
        "meeting": one.meeting.kept() if one.meeting else None,
        "by": one.by,
        "at": one.at.replace(microsecond=0),
        "late": one.late,
        "decision": one.decision,
        "why": one.why,
        "files": [answer_of(file) for file in one.files],
    }


def receipt_of(receipt: Receipt) -> dict[str, Any]:
    """The receipt and what to say."""
    late = "已过截止日期，登记为逾期报送。" if receipt.late else ""
    message = f"已收到“{inner(receipt.task)}”，回执编号{receipt.number}。{late}审核结果会通知您。"
    return {"receipt": receipt.number, "no": receipt.no, "late": receipt.late, "message": message}


def meeting_of(form: MeetingForm | None) -> Meeting | None:
    """Raises `MeetingIncomplete`."""
    return Meeting.of(form.model_dump()) if form is not None else None
