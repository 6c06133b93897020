"""打印任务 from the wish to the file: who may ask, what is recorded, what becomes of a race, a crash, a person who left."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from domain.errors import NotAllowed, NothingToPrint, ReasonMissing, Refusal
from domain.flows.print_jobs import PrintJobState
from domain.listings import Size
from domain.paper_refusals import NoSuchPrintJob, TooManyPieces, TooManyPrintJobs
from domain.papers import Document, Layout
from domain.ports import House
from domain.print_jobs import Wish
from models import prints as log
from models.people import Person
from models.print_jobs import PrintJob
from scheduler.jobs import draw, tidy
from services import badges, print_jobs, register
from services.plate_faces import Imprint
from services.print_jobs import Shown
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.scanning import pages_of, sizes_of, zbar, zxing

HERE = Imprint("青禾县住房和城乡建设局", "https://ln.qinghe.gov.cn")
TENTS, BOARD = Wish(Layout.TENT), Wish(Document.BOARD, size=Size.A3, period="公示期：2026年11月16日至30日")


@pytest.fixture
def given(tmp_path: Path) -> dict[str, Any]:
    return {"base_url": "https://ln.qinghe.gov.cn", "files": {"folder": str(tmp_path / "files")}}


def asked(bureau: Bureau, wish: Wish, who: str = "office") -> int:
    with bureau.house.database.transaction() as db:
        prepared = print_jobs.prepare(db, bureau.actor(who), wish, HERE, bureau.house.now())
        return print_jobs.ask_for(db, bureau.actor(who), prepared, bureau.house.now())


def shown(bureau: Bureau, job: int, who: str = "office") -> Shown:
    with bureau.house.database.reading() as db:
        return print_jobs.shown(db, bureau.actor(who), job)


def file_of(bureau: Bureau, job: int, who: str = "office") -> bytes:
    found = shown(bureau, job, who).file
    assert found is not None
    return Path(bureau.house.files.path(found.digest)).read_bytes()


def test_plates_are_drawn_recorded_and_handed_to_whoever_asked(bureau: Bureau, house: House) -> None:
    job = asked(bureau, TENTS)
    assert shown(bureau, job).state is PrintJobState.QUEUED
    assert draw.draw(house) == 1
    pdf = file_of(bureau, job)
    assert [zbar(page)[0] for page in pages_of(pdf)] == [f"https://ln.qinghe.gov.cn/p/{bureau.codes[number]}" for number in (1, 3, 5)]
    with house.database.reading() as db:
        (entry,) = log.latest(db)
    assert (entry.digest, entry.pieces, entry.who) == (sha256(pdf).hexdigest(), 3, f"person:{bureau.people['office']}")
    told = shown(bureau, job)
    assert (told.state, told.done, told.total, told.pages) == (PrintJobState.READY, 3, 3, 3)


def test_a_board_is_drawn_and_stands_in_the_log(bureau: Bureau, house: House) -> None:
    job = asked(bureau, replace(BOARD, branch_id=bureau.branch), "secretary")
    draw.draw(house)
    pdf = file_of(bureau, job, "secretary")
    assert sizes_of(pdf) == [(420, 297)]
    (page,) = pages_of(pdf)
    assert zbar(page) == zxing(page) == [f"https://ln.qinghe.gov.cn/board?branch={bureau.branch}"]
    with house.database.reading() as db:
        (entry,) = log.latest(db)
    assert (entry.layout, entry.about, entry.digest) == ("board", "窗口党支部", sha256(pdf).hexdigest())


def test_printed_before_and_new_numbers_are_told(bureau: Bureau, house: House) -> None:
    asked(bureau, TENTS)
    again = asked(bureau, TENTS)
    reprint = asked(bureau, replace(TENTS, posts=(bureau.windows[3],), reprint=True, why="遗失"))
    assert draw.draw(house) == 3
    assert "已打印过" in shown(bureau, again).told[0]
    assert "其中1块是新编号，旧牌已停用" in shown(bureau, reprint).told[0]


REFUSED: dict[str, tuple[Wish, str, type[Refusal]]] = {
    "a clerk": (replace(TENTS, posts=(1,)), "clerk", NotAllowed),
    "another branch": (TENTS, "other_secretary", NothingToPrint),
    "the whole bureau's board": (BOARD, "secretary", NotAllowed),
    "no reason": (replace(TENTS, reprint=True), "office", ReasonMissing),
}


@pytest.mark.parametrize(("wish", "who", "refusal"), REFUSED.values(), ids=REFUSED.keys())
def test_what_may_not_be_printed_never_gets_into_the_queue(bureau: Bureau, wish: Wish, who: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        asked(bureau, wish, who)


def test_too_many_pieces_and_too_many_jobs_are_told(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        asked(bureau, TENTS)
    with pytest.raises(TooManyPrintJobs):
        asked(bureau, TENTS)
    monkeypatch.setattr(print_jobs, "MOST_PLATES", 2)
    with pytest.raises(TooManyPieces):
        asked(bureau, TENTS, "secretary")


def test_anothers_job_looks_absent(bureau: Bureau) -> None:
    job = asked(bureau, TENTS)
    for number in (job, 999):
        with pytest.raises(NoSuchPrintJob):
            shown(bureau, number, "secretary")


def test_who_left_meanwhile_prints_nothing(bureau: Bureau, house: House) -> None:
    job = asked(bureau, TENTS)
    with house.database.transaction() as db:
        db.get(Person, bureau.people["office"]).left_on = house.now().date()
        register.grow(db)
    assert draw.draw(house) == 0
    with house.database.reading() as db:
        assert db.get(PrintJob, job).state == "failed"
        assert log.latest(db) == []


def test_a_job_whose_drawer_fell_silent_is_taken_again(bureau: Bureau, house: House, clock: Clock) -> None:
    job = asked(bureau, TENTS)
    with house.database.transaction() as db:
        print_jobs.claim(db, house.now())
    clock.pass_(minutes=4)
    assert draw.draw(house) == 0
    clock.pass_(minutes=2)
    assert draw.draw(house) == 1
    assert shown(bureau, job).state is PrintJobState.READY


class Meddled:
    """A database in which somebody issues a new plate as often as told, each time after it was read."""

    def __init__(self, bureau: Bureau, times: int) -> None:
        self.bureau, self.real, self.left = bureau, bureau.house.database, times

    @contextmanager
    def reading(self) -> Iterator[Any]:
        with self.real.reading() as db:
            yield db
        if self.left:
            self.left -= 1
            with self.real.transaction() as db:
                badges.issue(db, self.bureau.actor("office"), self.bureau.windows[3], self.bureau.house.now())

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


@pytest.mark.parametrize(("times", "state"), [(2, PrintJobState.READY), (9, PrintJobState.FAILED)])
def test_what_changes_while_it_is_drawn_is_drawn_again_but_not_for_ever(bureau: Bureau, house: House, times: int, state: PrintJobState) -> None:
    job = asked(bureau, replace(TENTS, posts=(bureau.windows[3],)))
    draw.draw(replace(house, database=Meddled(bureau, times)))
    assert shown(bureau, job).state is state
    with house.database.reading() as db:
        assert len(log.latest(db)) == (state is PrintJobState.READY)


def test_a_finished_file_is_gone_after_a_week(bureau: Bureau, house: House, clock: Clock) -> None:
    job = asked(bureau, TENTS)
    draw.draw(house)
    place = Path(house.files.path(shown(bureau, job).file.digest))  # type: ignore[union-attr]
    os.utime(place, (0, 0))
    clock.pass_(days=print_jobs.KEEPS / timedelta(days=1) + 1)
    tidy.tidy(house)
    assert (shown(bureau, job).state, shown(bureau, job).file) == (PrintJobState.GONE, None)
    assert not place.exists()
