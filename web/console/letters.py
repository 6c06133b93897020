"""提醒信件: what became of every letter, what will leave, who must be called; cancel and send again (F40–F43, F60)."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.calendar import local_day
from domain.letter_texts import spoken
from domain.letters import Channel, LetterState
from domain.listings import Format
from domain.permissions import Can, could
from domain.templates import Template
from domain.ways import Means
from gateways import listings
from services import letter_list, letters, reach
from services.letter_list import Wanted
from web import here
from web.codes import read_id
from web.console.drawing import done, download, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("letters", "提醒信件", rank=27)
_DAYS_AHEAD = 14


def appids() -> dict[str, str]:
    """Kind of account → appid, of those that are set up."""
    settings = here.house().settings
    return {name: section.appid for name, section in (("service", settings.wechat), ("mini", settings.miniprogram)) if section.appid}


def templates() -> dict[str, list[Template]]:
    """Kind of account → its templates."""
    settings = here.house().settings
    return {"service": settings.wechat.chosen("template"), "mini": settings.miniprogram.chosen("subscribe")}


def means() -> Means:
    """The accounts and templates of this house."""
    return Means(appids(), templates())


@room.page("/", needs=Can.SEE_LETTERS, entry="提醒信件")
def listed() -> Response:
    """Every letter and what became of it; above them what is stuck."""
    said, house = request.args, here.house()
    wanted = Wanted(said.get("state", ""), said.get("name", ""), read_id(said.get("before", "")))
    with house.database.reading() as db:
        rows, more = letter_list.page(db, me(), wanted, spoken)
        health = letter_list.health(db, me(), house.now())
    states = [(state.value, f"{state.chinese}（{health.counts.get(state, 0)}）") for state in LetterState]
    closed = [(Channel(one.way.partition(":")[2]).chinese, one.until) for one in health.closed]
    return draw("letters.html", rows=rows, more=more, health=health, states=states, closed=closed, may_act=could(me(), Can.CANCEL_LETTER))


@room.deed("/cancel", needs=Can.CANCEL_LETTER, page=listed)
def cancel() -> AnyResponse:
    """取消 those ticked, as far as they have not left."""
    with here.house().database.transaction() as db:
        n = letters.cancel(db, me(), request.form.getlist("letter", type=int), request.form.get("why", "").strip(), here.house().now())
    return done(f"已取消{n}封。已经领走的信件无法取消。" if n else "没有可以取消的信件：勾选的都已经发出或结束。", "/console/letters/")


@room.deed("/resend", needs=Can.CANCEL_LETTER, page=listed)
def resend() -> AnyResponse:
    """重新发送 those ticked that ended without having arrived."""
    with here.house().database.transaction() as db:
        n = letters.resend(db, me(), request.form.getlist("letter", type=int), here.house().now())
    return done(f"已重新排队{n}封。" if n else "没有可以重发的信件：只有结果不明、失败和送不到的可以重发。", "/console/letters/")


@room.page("/ahead", needs=Can.SEE_LETTERS)
def ahead() -> Response:
    """预览: who will be reminded of what in the coming fortnight, and by which way."""
    house = here.house()
    with house.database.reading() as db:
        found = reach.ahead(db, me(), _DAYS_AHEAD, house.settings.reminders.habits, means(), house.now())
    return draw("letters_ahead.html", rows=[(one, spoken(one.kind, one.words)) for one in found], days=_DAYS_AHEAD)


@room.page("/calls", needs=Can.SEE_LETTERS)
def calls() -> Response:
    """Who cannot be told in WeChat of what is due within ten days."""
    house, today = here.house(), local_day(here.house().now())
    with house.database.reading() as db:
        rows = reach.unreachable(db, me(), today, means(), house.sealer.open, house.now())
    return draw("letters_calls.html", rows=rows, may_take=could(me(), Can.READ_PHONE))


@room.deed("/calls/list", needs=Can.READ_PHONE, page=calls)
def call_list() -> Response:
    """The call list on paper, with whole numbers; that it was taken is recorded."""
    house = here.house()
    form = Format(request.form["form"]) if request.form.get("form") in list(Format) else Format.XLSX
    with house.database.transaction() as db:
        found = reach.call_list(db, me(), local_day(house.now()), means(), house.sealer.open, house.settings.bureau, house.now())
    return download(listings.file(found, form, house.settings.bureau, house.now()), f"{found.title}.{form.value}", form.mime)
