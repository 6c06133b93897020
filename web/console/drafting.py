"""从通知起草活动: paste a notice, correct the draft line by line with the sentence beside it, load it as a campaign (X6, F01)."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.campaign_file import read_campaign, render_findings
from domain.errors import Invalid
from domain.notice.reading import read_notice
from domain.notice.records import DraftPhase, DraftSchedule, DraftTask
from domain.notice.roles import NAMES
from domain.notice.writing import campaign_file
from domain.permissions import Can
from domain.quoting import inner
from services import campaigns
from web import here
from web.console.drawing import done, download, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("drafting", "从通知起草活动", rank=25)

_MOST_ROWS = 200
_MOST_PARTS = 5000
_YEAR = re.compile(r"19[5-9]\d|20\d\d")


class YearUnreadable(Invalid):
    code = "draft_year_unreadable"
    sentence = "年份“{said}”读不懂，请写成四位数字，例如：2027。"
    field = "year"


class DayUnreadable(Invalid):
    code = "draft_day_unreadable"
    sentence = "日期“{said}”读不懂，请写成 2027-03-01 这样，或留空。"
    field = "day"


class DraftNotSound(Invalid):
    code = "draft_not_sound"
    sentence = "草稿还不能载入：{findings}"
    field = "draft"


@room.page("/", needs=Can.LOAD_CAMPAIGN, entry="从通知起草活动")
def pasting() -> Response:
    """Where the text is pasted; or the table as it was filled in, when it could not be loaded or the session had ended."""
    return _table(_from_form()) if "task-rows" in request.form else draw("drafting.html")


@room.deed("/draft", needs=Can.LOAD_CAMPAIGN, page=pasting)
def drafted() -> Response:
    """The draft of what was pasted, to be corrected."""
    said = request.form.get("year", "").strip()
    return _table(read_notice(request.form.get("text", ""), _year(said) if said else None))


@room.deed("/load", needs=Can.LOAD_CAMPAIGN, page=pasting)
def load() -> AnyResponse:
    """Load the corrected draft, or hand it out as a file. Raises `DraftNotSound` with every finding."""
    _check()
    draft = _from_form()
    text = campaign_file(draft, request.form.get("key", "").strip())
    if "as_file" in request.form:
        return download(text.encode(), f"{draft.title}.yaml", "application/yaml; charset=utf-8")
    campaign, findings = read_campaign(text, "草稿")
    if campaign is None:
        raise DraftNotSound(findings=render_findings(findings))
    with here.house().database.transaction() as db:
        loaded = campaigns.load(db, me(), campaign, here.house().now())
    return done(f"“{inner(campaign.title)}”已载入：{loaded.summary}。核对无误后，再启动活动。", "/console/")


def _table(draft: DraftSchedule) -> Response:
    key = request.form.get("key", "") or f"campaign_{draft.year}"
    return draw("draft_table.html", draft=draft, key=key, roles=NAMES.items(), dated=sum(task.dated for task in draft.tasks))


def _check() -> None:
    """Raise `YearUnreadable`, `DayUnreadable` for what no browser's own field would send."""
    request.max_form_parts = _MOST_PARTS
    _year(_said("year"))
    for name in request.form:
        if name.endswith(("-from", "-to", "-due")) and _said(name) and _day(name) is None:
            raise DayUnreadable(said=_said(name)[:20])


def _from_form() -> DraftSchedule:
    """The draft out of the table's fields; rows whose box was cleared are left out, an unreadable date is none."""
    kept = [n for n in _rows("phase") if _said(f"phase-{n}-keep")]
    places = {n: at for at, n in enumerate(kept)}
    tasks = tuple(_task(n, places) for n in _rows("task") if _said(f"task-{n}-keep"))
    phases = tuple(_phase(n) for n in kept)
    year = int(_said("year")) if _YEAR.fullmatch(_said("year")) else 0
    return DraftSchedule(_said("title"), _said("document_no"), year, phases, tasks, _roles(tasks))


def _roles(tasks: Iterable[DraftTask]) -> dict[str, str]:
    return {role: NAMES[role] for task in tasks for role in (task.by, task.report_to, task.approver) if role in NAMES}


def _rows(kind: str) -> range:
    said = _said(f"{kind}-rows")
    return range(min(int(said), _MOST_ROWS) if said.isascii() and said.isdecimal() and len(said) < 5 else 0)


def _phase(n: int) -> DraftPhase:
    at = f"phase-{n}"
    return DraftPhase(
        name=_said(f"{at}-name"),
        when=_said(f"{at}-when"),
        starts_on=_day(f"{at}-from"),
        ends_on=_day(f"{at}-to"),
        whole_course=bool(_said(f"{at}-whole")),
        source=_said(f"{at}-source"),
        place=n,
        doubt=_said(f"{at}-doubt"),
    )


def _task(n: int, places: dict[int, int]) -> DraftTask:
    at = f"task-{n}"
    phase: Any = _said(f"{at}-phase")
    by = _said(f"{at}-by")
    return DraftTask(
        title=_said(f"{at}-title"),
        when=_said(f"{at}-when"),
        starts_on=_day(f"{at}-from"),
        ends_on=_day(f"{at}-to"),
        due_on=_day(f"{at}-due"),
        by=by if by in NAMES else "",
        report_to=_role(f"{at}-report_to"),
        approver=_role(f"{at}-approver"),
        deliverable=_said(f"{at}-deliverable"),
        where=_said(f"{at}-where"),
        phase=places.get(int(phase)) if phase.isascii() and phase.isdecimal() else None,
        source=_said(f"{at}-source"),
        place=n,
    )


def _said(name: str) -> str:
    return " ".join(request.form.get(name, "").split())


def _role(name: str) -> str:
    said = _said(name)
    return said if said in NAMES else ""


def _day(name: str) -> date | None:
    said = _said(name)
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None


def _year(said: str) -> int:
    if not _YEAR.fullmatch(said):
        raise YearUnreadable(said=said[:10])
    return int(said)
