"""draw: put on paper what was asked for at the console: claim, draw apart, record; only the middle step takes long (F19)."""

import io
import time
from contextlib import suppress
from datetime import timedelta

import structlog

from domain.errors import PaperChanged, Refusal
from domain.ports import House
from gateways import drawing
from gateways.typesetting import Paper
from services import print_jobs
from services.plate_faces import Imprint
from services.print_jobs import Claimed, Prepared

log = structlog.get_logger()
EVERY = timedelta(seconds=1)
_TRIES = 3
_BETWEEN_BEATS = 0.5


def draw(house: House) -> int:
    """All that wait, one after the other; how many there were."""
    drawn = 0
    while True:
        with house.database.transaction() as db:
            claimed = print_jobs.claim(db, house.now())
        if claimed is None:
            return drawn
        _carry_out(house, claimed)
        drawn += 1


def _carry_out(house: House, claimed: Claimed) -> None:
    """What changes while it is drawn is drawn again; what cannot be drawn is told to its person, and a bug to the log as well."""
    try:
        _until_it_stands(house, claimed)
    except Refusal as refusal:
        _fail(house, claimed, refusal.text)
    except Exception:
        log.exception("print job failed", job=claimed.id)
        _fail(house, claimed, "生成时出错，没有登记，请重新打印；仍不成功请告知运维人员。")


def _until_it_stands(house: House, claimed: Claimed) -> None:
    for _ in range(_TRIES - 1):
        with suppress(PaperChanged):
            return _once(house, claimed)
    return _once(house, claimed)


def _once(house: House, claimed: Claimed) -> None:
    imprint = Imprint(house.settings.bureau, house.settings.base_url)
    with house.database.reading() as db:
        prepared = print_jobs.prepare(db, claimed.actor, claimed.wish, imprint, house.now())
    paper = _drawn(house, claimed.id, prepared)
    kept = house.files.keep(f"{prepared.title}.pdf", io.BytesIO(paper.pdf))
    with house.database.transaction() as db:
        print_jobs.finish(db, claimed, prepared, kept, paper.pages, paper.notes, house.now())


def _drawn(house: House, job_id: int, prepared: Prepared) -> Paper:
    """With signs of life, but not one for every piece."""
    last = time.monotonic()

    def tell(done: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _BETWEEN_BEATS:
            last = time.monotonic()
            with house.database.transaction() as db:
                print_jobs.beat(db, job_id, done, house.now())

    return drawing.drawn_apart(prepared.content, tell)


def _fail(house: House, claimed: Claimed, sentence: str) -> None:
    with house.database.transaction() as db:
        print_jobs.fail(db, claimed, sentence, house.now())
