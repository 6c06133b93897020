"""活动: start one after seeing whom it binds, copy one into the next year with its lessons, end one (A1, F02, F07, B24)."""

from datetime import date

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.permissions import Can
from domain.schedule.refusals import DayUnread
from services import binding, campaign_copies, campaigns, schedule_table
from services.campaign_copies import Draft, Wish
from web import here
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("campaigns", "活动", rank=22, at="/console/schedule")


@room.page("/<key>/start", needs=Can.LOAD_CAMPAIGN)
def starting(key: str) -> Response:
    """Whom it would bind, what is overdue already, which tasks bind nobody."""
    now = here.house().now()
    with here.house().database.reading() as db:
        bindings = binding.preview(db, me(), key, now)
        table = schedule_table.table(db, me(), key, now)
    return draw("campaign_start.html", table=table, bindings=bindings, overdue=sum(len(one.subjects) for one in bindings if one.overdue))


@room.deed("/<key>/start/now", needs=Can.LOAD_CAMPAIGN, page=starting)
def start(key: str) -> AnyResponse:
    """启动: from now on it binds."""
    with here.house().database.transaction() as db:
        started = binding.start(db, me(), key, here.house().now())
    asked = f"另有{started.asked}项启动前已过期，请在“报送情况”中逐项确认。" if started.asked else ""
    return done(f"活动已启动，下达任务{started.opened}项。{asked}", f"/console/schedule/{key}")


@room.page("/<key>/close", needs=Can.LOAD_CAMPAIGN)
def closing(key: str) -> Response:
    """What ending it means."""
    with here.house().database.reading() as db:
        table = schedule_table.table(db, me(), key, here.house().now())
    return draw("campaign_close.html", table=table, owed=sum(one.tally.missing for one in table.entries))


@room.deed("/<key>/close/now", needs=Can.LOAD_CAMPAIGN, page=closing)
def close(key: str) -> AnyResponse:
    """结束: nobody is reminded any more."""
    with here.house().database.transaction() as db:
        binding.close(db, me(), key, here.house().now())
    return done("活动已结束，不再提醒；报送材料都保留着。", f"/console/schedule/{key}")


@room.page("/<key>/copy", needs=Can.LOAD_CAMPAIGN)
def copying(key: str) -> Response:
    """How the next year begins: the same days later, or from a new first day."""
    with here.house().database.reading() as db:
        table = schedule_table.table(db, me(), key, here.house().now())
    return draw("campaign_copy.html", table=table, draft=None)


@room.deed("/<key>/copy/preview", needs=Can.LOAD_CAMPAIGN, page=copying)
def copy_preview(key: str) -> AnyResponse:
    """The copy before it is loaded: its days and the lessons beside its tasks."""
    with here.house().database.reading() as db:
        table = schedule_table.table(db, me(), key, here.house().now())
    return draw("campaign_copy.html", table=table, draft=_draft(key), said=request.form)


@room.deed("/<key>/copy/load", needs=Can.LOAD_CAMPAIGN, page=copying)
def copy(key: str) -> AnyResponse:
    """Load the copy; it waits to be started."""
    draft = _draft(key)
    if draft.campaign is None:
        return draw("notice.html", 422, words=draft.findings)
    with here.house().database.transaction() as db:
        campaigns.load(db, me(), draft.campaign, here.house().now())
    return done("新的活动已经建好，核对日期和经验后即可启动。", f"/console/schedule/{draft.campaign.id}")


def _draft(key: str) -> Draft:
    first = request.form.get("first", "").strip()
    try:
        day = date.fromisoformat(first) if first else None
    except ValueError:
        raise DayUnread() from None
    wish = Wish(key, request.form.get("key", "").strip(), request.form.get("title", ""), request.form.get("years", 1, type=int), day)
    with here.house().database.reading() as db:
        return campaign_copies.copy(db, me(), wish, here.house().now())
