"""打印与导出: boards, posters, slogans, LED texts, pledge forms, lists; and the print log with digests (F15, F19, F55, X5)."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain import screen_lines
from domain.actor import About
from domain.calendar import local_day
from domain.listings import Format, Size
from domain.paper_refusals import NoSuchPaper
from domain.papers import Document
from domain.permissions import Can, could, may
from domain.print_jobs import Wish
from domain.screen_lines import Encoding
from gateways import form_templates as form_files
from gateways import listings as listing_files
from services import form_templates, listings, notice_boards, print_jobs, print_log, schedule_paper, schedule_table, windows
from services.listings import Asked, Kind
from services.notice_boards import Scope
from web import here
from web.codes import read_id
from web.console import fields
from web.console.drawing import download, draw
from web.console.print_jobs import imprint, put_in_line
from web.console.room import Room
from web.console.signed_in import me

room = Room("prints", "打印与导出", rank=42)
_TEXT = "text/plain; charset="


@room.page("/", needs=Can.EXPORT_LISTS, entry="打印与导出")
def everything() -> Response:
    """All papers that this person may have."""
    actor = me()
    with here.house().database.reading() as db:
        branches = windows.branches(db)
        jobs = print_jobs.latest(db, actor)
    return draw(
        "prints.html",
        jobs=jobs,
        branches=[(key, name) for key, name in branches if may(actor, Can.EXPORT_LISTS, About(branch_id=key))],
        places=_places(),
        whole=may(actor, Can.PRINT_BOARD),
        may_print=could(actor, Can.PRINT_BOARD),
        kinds=[(document.value, document.chinese) for document in Document],
        sizes=[(size.value, size.value) for size in Size],
        lists=listings.takable(actor),
    )


def _places() -> list[tuple[int, str]]:
    """Windows whose boards this person may print."""
    found = here.register().open_places
    return [(place.id, place.spoken) for place in found if may(me(), Can.PRINT_BOARD, About(branch_id=place.branch_id, window_id=place.id))]


@room.deed("/board", needs=Can.PRINT_BOARD, page=everything)
def board() -> AnyResponse:
    """A board, posters or slogans of the chosen pledges."""
    scope = _scope(fields.words("scope"))
    size, period = fields.choice("size", Size, "纸张"), fields.words("period", 60)
    return put_in_line(
        Wish(fields.choice("kind", Document, "版式"), branch_id=scope.branch_id, window_id=scope.window_id, code=scope.code, size=size, period=period)
    )


def _scope(said: str) -> Scope:
    """“branch:3”, “window:5”, “pledge:a1b2”; anything else is the whole bureau."""
    kind, _, key = said.partition(":")
    if kind == "pledge":
        return Scope(code=key)
    return Scope(branch_id=read_id(key) if kind == "branch" else None, window_id=read_id(key) if kind == "window" else None)


@room.page("/screen", needs=Can.PRINT_BOARD)
def screen() -> Response:
    """电子屏文字: only what is published, one line a pledge."""
    house, said = here.house(), request.args
    limit = min(max(read_id(said.get("limit", "")) or screen_lines.USUAL, screen_lines.SHORTEST), screen_lines.LONGEST)
    encoding = Encoding.GB18030 if said.get("encoding") == Encoding.GB18030 else Encoding.UTF8
    with house.database.reading() as db:
        found = notice_boards.lay_out(db, me(), _scope(said.get("scope", "")), imprint(), house.now())
    lines = notice_boards.screen_lines(found, limit)
    return download(screen_lines.file(lines, encoding), f"{found.scope}电子屏文字.txt", _TEXT + encoding.value.removesuffix("-sig"))


@room.page("/forms/<which>.<ending>", needs=Can.EXPORT_LISTS)
def forms(which: str, ending: str) -> Response:
    """承诺书: `blank`, or `branch-3` for all that a branch has handed in."""
    house, form = here.house(), _format(ending)
    with house.database.reading() as db:
        if which == "blank":
            name, pages = "承诺书样表", form_templates.blank(db, local_day(house.now()))
        else:
            name, pages = "承诺书", form_templates.of_branch(db, me(), read_id(which.removeprefix("branch-")), imprint())
    return download(form_files.file(pages, form, house.settings.bureau, house.now()), f"{name}.{form.value}", form.mime)


@room.page("/pledges/<code>.<ending>", needs=Can.SEE_DESK)
def pledge_form(code: str, ending: str) -> Response:
    """The form of one pledge, for whoever may read it. Raises `NoSuchPledge`."""
    house, form = here.house(), _format(ending)
    with house.database.reading() as db:
        pages = form_templates.of_pledge(db, me(), code, imprint())
    return download(form_files.file(pages, form, house.settings.bureau, house.now()), f"承诺书-{code}.{form.value}", form.mime)


@room.page("/lists/<kind>.<ending>", needs=Can.EXPORT_LISTS)
def listing(kind: str, ending: str) -> Response:
    """A list as a file; that it was taken is on record. Raises `NotAllowed`."""
    house = here.house()
    if kind not in list(Kind) or ending not in list(Format):
        raise NoSuchPaper()
    asked = Asked(Kind(kind), me(), house.settings.bureau, house.sealer.open, house.now())
    with house.database.reading() as db:
        found = listings.draw_up(db, asked)
    with house.database.transaction() as db:
        listings.note(db, asked, found)
    form = Format(ending)
    name = f"{found.title}-{house.now():%Y%m%d}.{form.value}"
    return download(listing_files.file(found, form, house.settings.bureau, house.now()), name, form.mime)


@room.page("/schedule/<key>.<ending>", needs=Can.SEE_SCHEDULE)
def schedule(key: str, ending: str) -> Response:
    """配档表, the same as on the screen; `size` A3 when it is to hang on a wall. Raises `NoSuchCampaign`."""
    house = here.house()
    if ending not in list(Format):
        raise NoSuchPaper()
    with house.database.reading() as db:
        table = schedule_table.table(db, me(), key, house.now())
    size, form = Size.A3 if request.args.get("size") == Size.A3 else Size.A4, Format(ending)
    found = schedule_paper.listing(table, house.settings.bureau, local_day(house.now()), size)
    return download(listing_files.file(found, form, house.settings.bureau, house.now()), f"{found.title}.{form.value}", form.mime)


@room.page("/log", needs=Can.EXPORT_LISTS)
def log() -> Response:
    """What was printed, when, by whom, with the digest of the very file."""
    with here.house().database.reading() as db:
        rows = print_log.entries(db, me(), read_id(request.args.get("before", "")))
    return draw("print_log.html", rows=rows, more=rows[-1].id if len(rows) == print_log.PER_PAGE else None)


def _format(ending: str) -> Format:
    """Of a form: a Word document or a PDF."""
    if ending not in (Format.DOCX.value, Format.PDF.value):
        raise NoSuchPaper()
    return Format(ending)
