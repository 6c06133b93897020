"""写承诺: the form by the four clears with the 样表 beside it, hints and saving while one writes; the same form for a change."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import Response, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from domain.calendar import SHANGHAI, local_day
from domain.errors import Invalid, Refusal
from domain.four_clears import SAMPLE
from domain.permissions import Can
from domain.pledge.refusals import KindUnknown
from domain.pledge.wording import LABELS, MOST, Kind, Wording
from services import amendments, pledge_records, pledge_works, pledges
from services.pledge_records import Record
from web import here
from web.console import errors
from web.console.drawing import done, draw
from web.console.pledges import seen, why
from web.console.room import Room
from web.console.signed_in import me
from web.drawing import fresh

room = Room("pledge_writing", "写承诺", rank=11, at="/console/pledges")

_AUTOSAVE = "autosave"


class DayUnreadable(Invalid):
    code = "deadline_unreadable"
    sentence = "完成时限“{said}”读不懂，请写成 2026-12-31 这样的日期。"
    field = "deadline"


@room.page("/<code>/edit", needs=Can.SUBMIT_PLEDGE)
def edit(code: str) -> Response:
    """A draft, or one that came back, with the reviewer's word on top."""
    with here.house().database.reading() as db:
        record, works = _own(db, code), pledge_works.offered(db)
    return _form(record, record.line.wording, works)


@room.page("/<code>/change", needs=Can.SUBMIT_PLEDGE)
def change(code: str) -> Response:
    """The text as it is published, or as the last proposal had it, to be written anew with a reason."""
    with here.house().database.reading() as db:
        record = _own(db, code)
    return _form(record, record.change.wording if record.change else record.line.wording)


@room.deed("/<code>/save", needs=Can.SUBMIT_PLEDGE, page=edit)
def save(code: str) -> AnyResponse:
    """Save, and with the button 提交审核 hand in as well."""
    handed_in = "submit" in request.form
    now = here.house().now()
    with here.house().database.transaction() as db:
        pledges.save(db, me(), code, _wording(), now, seen=seen(), **_beside())
        if handed_in:
            pledges.submit(db, me(), code, now)
    return done("已提交审核，结果会通知您。" if handed_in else "草稿已保存。", f"/console/pledges/{code}")


@room.deed("/<code>/change/send", needs=Can.SUBMIT_PLEDGE, page=change)
def send_change(code: str) -> AnyResponse:
    with here.house().database.transaction() as db:
        amendments.propose(db, me(), code, _wording(), why(), here.house().now(), seen=seen())
    return done("变更已提交审核，通过之前公示的内容不变。", f"/console/pledges/{code}")


@room.deed("/<code>/hints", needs=Can.SUBMIT_PLEDGE, page=change)
def hints(code: str) -> AnyResponse:
    """What htmx asks for while a change is being written: nothing is kept."""
    with here.house().database.reading() as db:
        return _told(_own(db, code), _wording())


@room.deed(f"/<code>/{_AUTOSAVE}", needs=Can.SUBMIT_PLEDGE, page=edit)
def autosave(code: str) -> AnyResponse:
    """What htmx sends while one writes: kept, and answered with the hints."""
    now = here.house().now()
    with here.house().database.transaction() as db:
        pledges.save(db, me(), code, _wording(), now, seen=seen(), **_beside())
    with here.house().database.reading() as db:
        record = _own(db, code)
    return _told(record, record.line.wording, f"{now.astimezone(SHANGHAI):%H:%M:%S} 已自动保存。")


@room.errorhandler(Refusal)
def refused(refusal: Refusal) -> AnyResponse:
    """While one writes a no is a line beside the form: what stands in the fields stays there."""
    if "HX-Request" not in request.headers:
        return errors.of_refusal(refusal)
    return fresh(render_template("console/_pledge_hints.html", hints=(), saved="", fault=refusal.text).encode())


def _own(db: Session, code: str) -> Record:
    """What this person may write on. Raises `NoSuchPledge`."""
    return pledge_records.own_one(db, me(), code, here.house().now())


def _form(record: Record, wording: Wording, works: list[tuple[str, str]] | None = None) -> Response:
    """`works` are offered for a draft; without them it is the form of a change."""
    today = local_day(here.house().now())
    return draw(
        "pledge_writing.html",
        record=record,
        wording=wording,
        is_change=works is None,
        works=works or [],
        hints=record.form.hints(wording, linked=bool(record.works)),
        sample=replace(SAMPLE, deadline=date(today.year, 12, 31)),
        labels=LABELS,
        most=MOST,
        kinds=[(kind.value, kind.chinese) for kind in Kind],
    )


def _told(record: Record, wording: Wording, saved: str = "") -> Response:
    told: dict[str, Any] = {
        "hints": record.form.hints(wording, linked=bool(record.works)),
        "saved": saved,
        "version": record.line.version,
        "fault": "",
    }
    return fresh(render_template("console/_pledge_hints.html", **told).encode())


def _wording() -> Wording:
    """The form's text. Raises `DayUnreadable`."""
    said = request.form.get("deadline", "").strip()
    texts = {name: request.form.get(name, "") for name in MOST}
    return Wording(deadline=_day(said), addressees=tuple(request.form.getlist("addressees")[:9]), **texts)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise DayUnreadable(said=said[:12]) from None


def _beside() -> dict[str, Any]:
    """What goes with the text; what the form does not hold stays as it is. Raises `KindUnknown`."""
    return {"kind": _kind(), "meeting": request.form.get("meeting"), "work": request.form.get("work")}


def _kind() -> Kind:
    said = request.form.get("kind", Kind.POST.value)
    if said not in set(Kind):
        raise KindUnknown()
    return Kind(said)
