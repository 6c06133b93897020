"""我的承诺: one's own pledges, each with its story; submit, withdraw, report, take down."""

from collections.abc import Callable
from datetime import datetime

from flask import Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from domain.actor import Actor
from domain.calendar import local_day
from domain.permissions import Can
from domain.pledge.refusals import PercentOutOfRange
from services import amendments, cause_releases, pledge_forms, pledge_progress, pledge_records, pledges
from services.pledge_progress import MOST_WORDS, Entry, Reported
from services.pledge_records import Record
from web import files, here
from web.codes import read_id
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("pledges", "我的承诺", rank=10)

_PER_PAGE = 20


@room.page("/", needs=Can.DRAFT_PLEDGE, entry="我的承诺")
def listed() -> Response:
    """One's own and one's units', the newest first; and where a new one begins."""
    now = here.house().now()
    with here.house().database.reading() as db:
        found = pledge_records.own(db, me(), now, read_id(request.args.get("before", "")), _PER_PAGE + 1)
        campaigns = pledge_forms.offered(db, local_day(now))
        units = pledge_forms.units_of(db, me())
    more = found[_PER_PAGE - 1].key if len(found) > _PER_PAGE else None
    return draw("pledges.html", lines=found[:_PER_PAGE], more=more, campaigns=campaigns, units=units, today=local_day(now))


@room.deed("/begin", needs=Can.DRAFT_PLEDGE, page=listed)
def begin() -> AnyResponse:
    """An empty draft to write in; an earlier one that is still empty is taken up again."""
    unit = read_id(request.form.get("unit", "")) or None
    with here.house().database.transaction() as db:
        pledge = pledges.open_draft(db, me(), request.form.get("campaign", ""), here.house().now(), unit_id=unit)
    return done("草稿已建好，写的内容会自动保存。", f"/console/pledges/{pledge.code}/edit")


@room.page("/<code>", needs=Can.READ_UNPUBLISHED)
def shown(code: str) -> Response:
    """A pledge with its versions, progress and story, and what this person may do with it."""
    with here.house().database.reading() as db:
        record = record_of(db, code)
        number = cause_releases.number_to_propose(db, me(), record.line.key, here.house().now())
    return draw("pledge.html", record=record, link=files.link, most_words=MOST_WORDS, to_release=number)


@room.deed("/<code>/submit", needs=Can.SUBMIT_PLEDGE, page=shown)
def submit(code: str) -> AnyResponse:
    return _done(code, "已提交审核，结果会通知您。", lambda db, actor, now: pledges.submit(db, actor, code, now, seen=seen()))


@room.deed("/<code>/withdraw", needs=Can.SUBMIT_PLEDGE, page=shown)
def withdraw(code: str) -> AnyResponse:
    return _done(code, "已撤回，可以继续修改。", lambda db, actor, now: pledges.withdraw(db, actor, code, now))


@room.deed("/<code>/retract", needs=Can.RETRACT_PLEDGE, page=shown)
def retract(code: str) -> AnyResponse:
    return _done(code, "已撤下公示。", lambda db, actor, now: pledges.retract(db, actor, code, why(), now))


@room.deed("/<code>/withdraw-change", needs=Can.SUBMIT_PLEDGE, page=shown)
def withdraw_change(code: str) -> AnyResponse:
    return _done(code, "变更已撤回，公示的内容照旧。", lambda db, actor, now: amendments.withdraw(db, actor, code, now))


@room.deed("/<code>/report", needs=Can.REPORT_FULFILMENT, page=shown)
def report(code: str) -> AnyResponse:
    """进展, 报告兑现 or 说明客观原因, with pictures or papers as evidence."""
    kept = [file.code for file in files.take(me(), "evidence")]
    kind = request.form.get("kind", "")
    entry = Entry(Reported(kind) if kind in set(Reported) else Reported.PROGRESS, request.form.get("words", ""), _percent(), kept)
    return _done(code, f"已记下：{entry.kind.chinese}。", lambda db, actor, now: pledge_progress.report(db, actor, code, entry, now, seen=seen()))


def _percent() -> int:
    said = request.form.get("percent", "").strip().removesuffix("%") or "0"
    if not (said.isascii() and said.isdigit() and len(said) <= 3):
        raise PercentOutOfRange()
    return int(said)


def record_of(db: Session, code: str) -> Record:
    return pledge_records.one(db, me(), code, here.house().now())


def seen() -> int | None:
    """The version that this form was drawn from."""
    return read_id(request.form.get("version", "")) or None


def why() -> str:
    return request.form.get("why", "")


def _done(code: str, words: str, deed: Callable[[Session, Actor, datetime], object]) -> AnyResponse:
    with here.house().database.transaction() as db:
        deed(db, me(), here.house().now())
    return done(words, f"/console/pledges/{code}")
