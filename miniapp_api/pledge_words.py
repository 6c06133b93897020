"""承诺 as it is sent and shown: forms that come in, records that go out."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from domain.four_clears import Hint
from domain.pledge.wording import LABELS, MOST, Difference, Kind, Wording
from miniapp_api.answers import Answer
from miniapp_api.files import FileAnswer, answer_of
from miniapp_api.reading import NO_NUL, Form
from services.pledge_progress import Told
from services.pledge_records import Change, Line, Record, Version

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
KindWord = Literal["common", "post", "practical"]


def _day(value: object) -> object:
    """A day as people send it in JSON; nothing else is one."""
    if not isinstance(value, str):
        return value
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("day", "“完成时限”应为日期，例如 2026-12-31。", {"field": "deadline"})


Day = Annotated[date | None, BeforeValidator(_day, json_schema_input_type=date | None)]


def _text(name: str) -> Any:
    return Field(title=LABELS[name], max_length=MOST[name], pattern=NO_NUL, default_factory=str)


class PledgeWords(Form):
    """The text; whatever is left out is empty."""

    content: str = _text("content")
    measures: str = _text("measures")
    standard: str = _text("standard")
    deadline: Day = Field(title=LABELS["deadline"], default_factory=lambda: None)
    theme: str = _text("theme")
    slogan: str = _text("slogan")
    dimension: str = _text("dimension")
    addressees: list[Annotated[str, Field(max_length=40, pattern=NO_NUL)]] = Field(title=LABELS["addressees"], max_length=9, default_factory=list)

    @property
    def wording(self) -> Wording:
        texts = {name: getattr(self, name) for name in MOST}
        return Wording(deadline=self.deadline, addressees=tuple(self.addressees), **texts)


class Said(Answer):
    """A wording as it is shown."""

    content: str
    measures: str
    standard: str
    deadline: date | None
    theme: str
    slogan: str
    dimension: str
    addressees: list[str]


class HintAnswer(Answer):
    field: str = Field(description="哪一栏")
    label: str
    text: str = Field(description="怎么改，可直接显示")
    example: str
    needed: bool = Field(description="不改就不能提交；其余只是建议")


class DifferenceAnswer(Answer):
    field: str
    label: str
    before: str
    after: str


class LineAnswer(Answer):
    """One pledge in a list."""

    code: str
    content: str
    deadline: date | None
    unit: str = Field(description="单位承诺的单位；个人承诺为空")
    state: str
    state_words: str
    percent: int
    opinion: str = Field(description="审核人最近的意见")
    version: int = Field(description="修改、审核时带回，表示看过的是哪一稿")


class VersionAnswer(Answer):
    no: int
    published_on: date
    why: str = Field(description="变更原因；第一版为空")
    wording: Said
    changes: list[DifferenceAnswer]


class ChangeAnswer(Answer):
    state: str
    state_words: str
    why: str
    opinion: str
    wording: Said
    version: int
    changes: list[DifferenceAnswer]


class EntryAnswer(Answer):
    day: date
    kind: str
    kind_words: str
    percent: int
    words: str
    files: list[FileAnswer]


class HappeningAnswer(Answer):
    at: datetime
    who: str
    seat: str
    what: str
    why: str


class VerbAnswer(Answer):
    verb: str
    words: str


class RecordAnswer(Answer):
    """One pledge, whole, as far as the reader may know it."""

    line: LineAnswer
    wording: Said
    author: str
    kind: KindWord
    kind_words: str
    meeting: str
    window_id: int | None
    campaign: str
    campaign_title: str
    is_own: bool
    hints: list[HintAnswer]
    verbs: list[VerbAnswer] = Field(description="现在可以办的事")
    versions: list[VersionAnswer]
    change: ChangeAnswer | None
    entries: list[EntryAnswer]
    story: list[HappeningAnswer]
    works: list[str] = Field(description="关联的重点工程")


def said_of(wording: Wording) -> dict[str, Any]:
    return {name: getattr(wording, name) for name in MOST} | {"deadline": wording.deadline, "addressees": list(wording.addressees)}


def hint_of(hint: Hint) -> dict[str, Any]:
    return {"field": hint.field, "label": hint.label, "text": hint.text, "example": hint.example, "needed": hint.needed}


def difference_of(one: Difference) -> dict[str, Any]:
    return {"field": one.field, "label": one.label, "before": one.before, "after": one.after}


def line_of(line: Line) -> dict[str, Any]:
    return {
        "code": line.code,
        "content": line.wording.content,
        "deadline": line.wording.deadline,
        "unit": line.unit,
        "state": line.state,
        "state_words": line.state_words,
        "percent": line.percent,
        "opinion": line.opinion,
        "version": line.version,
    }


def record_of(record: Record) -> dict[str, Any]:
    return {
        "line": line_of(record.line),
        "wording": said_of(record.line.wording),
        "author": record.author,
        "kind": record.kind.value,
        "kind_words": Kind(record.kind).chinese,
        "meeting": record.meeting,
        "window_id": record.window_id,
        "campaign": record.form.campaign,
        "campaign_title": record.form.title,
        "is_own": record.is_own,
        "hints": [hint_of(one) for one in record.hints],
        "verbs": [{"verb": row.verb, "words": row.chinese} for row in record.verbs],
        "versions": [_version(one) for one in record.versions],
        "change": _change(record.change) if record.change else None,
        "entries": [_entry(one) for one in record.entries],
        "story": [{"at": one.at.replace(microsecond=0), "who": one.who, "seat": one.seat, "what": one.what, "why": one.why} for one in record.story],
        "works": [name for _code, name in record.works],
    }


def _version(one: Version) -> dict[str, Any]:
    changes = [difference_of(change) for change in one.changes]
    return {"no": one.no, "published_on": one.published_on, "why": one.why, "wording": said_of(one.wording), "changes": changes}


def _change(one: Change) -> dict[str, Any]:
    told = {"state": one.state, "state_words": one.state_words, "why": one.why, "opinion": one.opinion, "version": one.seen}
    return told | {"wording": said_of(one.wording), "changes": [difference_of(change) for change in one.changes]}


def _entry(one: Told) -> dict[str, Any]:
    told = {"day": one.day, "kind": one.kind.value, "kind_words": one.kind.chinese, "percent": one.percent, "words": one.words}
    return told | {"files": [answer_of(file) for file in one.files]}
