"""公示登记: what hangs where and until when, with its photo, and how many objected meanwhile."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from domain.errors import NotAllowed, NotNow, Refusal
from domain.files import NotYourFile
from domain.papers import Document
from domain.ports import House
from domain.publicity import Channel, NoSuchPublicity, PeriodWrong, PlaceNeeded, Showing
from models.objections import ObjectionRow
from models.pledges import Pledge
from services import files, prints, publicity, steps
from services.prints import Made
from services.publicity import Shown
from tests.bureau import Bureau
from tests.conftest import MONDAY, Clock


@pytest.fixture
def given(tmp_path: Path) -> dict[str, Any]:
    return {"files": {"folder": str(tmp_path / "files")}}


def showing(bureau: Bureau, **more: Any) -> Showing:
    usual = {"channel": Channel.NOTICE_BOARD, "place": "一楼大厅公告栏", "from_day": date(2026, 11, 16), "to_day": date(2026, 11, 20)}
    return Showing(**usual | {"branch_id": bureau.branch} | more)


def put_up(bureau: Bureau, who: str = "secretary", photos: tuple[str, ...] = (), **more: Any) -> int:
    with bureau.house.database.transaction() as db:
        return publicity.put_up(db, bureau.actor(who), showing(bureau, **more), photos, bureau.house.now())


def end(bureau: Bureau, number: int, verb: str, who: str = "secretary") -> None:
    with bureau.house.database.transaction() as db:
        publicity.end(db, bureau.actor(who), number, verb, "", bureau.house.now())


def listed(bureau: Bureau, who: str = "secretary") -> tuple[Shown, ...]:
    with bureau.house.database.reading() as db:
        return publicity.listed(db, bureau.actor(who), bureau.house.now())


def photo(bureau: Bureau, who: str) -> str:
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(picture, "PNG")
    kept = bureau.house.files.keep("公告栏.png", io.BytesIO(picture.getvalue()))
    with bureau.house.database.transaction() as db:
        return files.add(db, bureau.actor(who), kept, bureau.house.now()).code


def test_what_hangs_stands_in_the_log_with_paper_edition_and_photo(bureau: Bureau, house: House) -> None:
    with house.database.transaction() as db:
        paper = prints.note(db, bureau.actor("secretary"), Made(Document.BOARD, "窗口党支部", 1, 3, "ab" * 32), MONDAY)
    put_up(bureau, photos=(photo(bureau, "secretary"),), print_id=paper.id)
    (line,) = listed(bureau)
    assert (line.channel.chinese, line.place, line.branch, line.digest) == ("公告栏", "一楼大厅公告栏", "窗口党支部", "ab" * 32)
    assert (line.chinese, line.by, [one.name for one in line.photos]) == ("正在公示", "苏明礼", ["公告栏.png"])
    with house.database.reading() as db:
        assert steps.history(db, "publicity", line.id)[0].why.startswith("公告栏，一楼大厅公告栏，2026-11-16至2026-11-20，第")


def test_the_period_is_over_until_somebody_takes_it_down(bureau: Bureau, clock: Clock) -> None:
    number = put_up(bureau)
    assert listed(bureau)[0].is_over is False
    clock.pass_(days=5)
    assert listed(bureau)[0].is_over is True
    end(bureau, number, "take_down")
    line = listed(bureau)[0]
    assert (line.is_over, line.chinese, line.ended_on) == (False, "已撤下", date(2026, 11, 21))
    with pytest.raises(NotNow):
        end(bureau, number, "void")


def test_objections_raised_meanwhile_are_counted(bureau: Bureau, house: House) -> None:
    number = put_up(bureau)
    with house.database.transaction() as db:
        pledge = db.query(Pledge).filter(Pledge.state == "published").one()
        days = (date(2026, 11, 15), date(2026, 11, 16), date(2026, 11, 20), date(2026, 11, 21))
        same = {"pledge_id": pledge.id, "branch_id": bureau.branch, "privacy": "anonymous", "channel": "page", "text": "没有做到", "due": days[-1]}
        db.add_all(ObjectionRow(event=bytes([n]) * 16, opened_on=day, **same) for n, day in enumerate(days))
    assert [(line.id, line.objections) for line in listed(bureau)] == [(number, 2)]


REFUSED: dict[str, tuple[dict[str, Any], type[Refusal]]] = {
    "no place": ({"place": " "}, PlaceNeeded),
    "an end before the beginning": ({"to_day": date(2026, 11, 15)}, PeriodWrong),
    "for ever": ({"to_day": date(2036, 11, 15)}, PeriodWrong),
    "a paper that is none": ({"print_id": 99}, NoSuchPublicity),
    "another branch": ({"branch_id": 4}, NotAllowed),
    "the whole bureau": ({"branch_id": None}, NotAllowed),
    "a clerk": ({"who": "clerk"}, NotAllowed),
    "a photo that is nobody's": ({"photos": ("x",)}, NotYourFile),
}


@pytest.mark.parametrize(("more", "refusal"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_logged_is_refused(bureau: Bureau, more: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        put_up(bureau, **more)
    assert listed(bureau, "office") == ()


def test_another_branchs_line_looks_absent(bureau: Bureau) -> None:
    number = put_up(bureau)
    assert listed(bureau, "other_secretary") == ()
    for wanted in (number, 999):
        with pytest.raises(NoSuchPublicity):
            end(bureau, wanted, "take_down", "other_secretary")


def test_a_photo_may_come_later(bureau: Bureau, house: House) -> None:
    number = put_up(bureau)
    code = photo(bureau, "secretary")
    with house.database.transaction() as db:
        publicity.add_photos(db, bureau.actor("secretary"), number, [code], house.now())
    assert len(listed(bureau)[0].photos) == 1
