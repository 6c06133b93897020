"""打印任务: how far a paper is, and fetching it; htmx asks again each second while the clock draws (F19)."""

from datetime import timedelta

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from domain.flows.print_jobs import PrintJobState
from domain.permissions import Can
from domain.print_jobs import Wish
from services import print_jobs
from services.plate_faces import Imprint
from web import files, here
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("print_jobs", "打印任务")
_WAITING = frozenset({PrintJobState.QUEUED, PrintJobState.DRAWING})
_LONG = timedelta(seconds=20)
"""After this long in line the clock is probably not running: say so."""


@room.page("/<int:job_id>", needs=Can.PRINT_BOARD)
def job(job_id: int) -> Response:
    """One's own job. Raises `NoSuchPrintJob`."""
    house = here.house()
    with house.database.reading() as db:
        found = print_jobs.shown(db, me(), job_id)
    stuck = found.state is PrintJobState.QUEUED and house.now() - found.asked_at > _LONG
    link = files.link(found.file.code) if found.file else ""
    return draw("print_job.html", job=found, waits=found.state in _WAITING, stuck=stuck, link=link, keeps=print_jobs.KEEPS.days)


def put_in_line(wish: Wish) -> AnyResponse:
    """Ask the clock to draw it, and go where one sees how far it is."""
    house = here.house()
    with house.database.reading() as db:
        prepared = print_jobs.prepare(db, me(), wish, imprint(), house.now())
    with house.database.transaction() as db:
        job_id = print_jobs.ask_for(db, me(), prepared, house.now())
    return done("已交给后台生成，完成后在这里下载。", f"/console/print_jobs/{job_id}")


def imprint() -> Imprint:
    """What is the same on every paper of this bureau."""
    settings = here.house().settings
    return Imprint(settings.bureau, settings.base_url)
