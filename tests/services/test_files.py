"""A file belongs to whoever sent it, until a deed takes it in; what no deed took in is forgotten."""

import io

import pytest

from domain import file_links
from domain.errors import NotAllowed
from domain.files import NoSuchFile, NotYourFile, TooManyFiles
from domain.ports import House
from scheduler.jobs.tidy import tidy
from services import files
from services.files import Attached
from tests.bureau import Bureau
from tests.conftest import Clock


def sent(bureau: Bureau, name: str, words: bytes = b"%PDF-1.7 plan") -> Attached:
    house = bureau.house
    kept = house.files.keep("方案.pdf", io.BytesIO(words))
    with house.database.transaction() as db:
        return files.add(db, bureau.actor(name), kept, house.now())


def test_a_report_takes_its_files_in_once(house: House, bureau: Bureau) -> None:
    mine = sent(bureau, "secretary")
    with house.database.transaction() as db:
        files.attach(db, bureau.actor("secretary"), [mine.code, mine.code], "report", 7)
    with house.database.reading() as db:
        assert [one.code for one in files.of_things(db, "report", [7, 8])[7]] == [mine.code]
    with house.database.transaction() as db, pytest.raises(NotYourFile):
        files.attach(db, bureau.actor("secretary"), [mine.code], "report", 8)


def test_nobody_hands_in_another_persons_file(house: House, bureau: Bureau) -> None:
    theirs = sent(bureau, "other_secretary")
    with house.database.transaction() as db, pytest.raises(NotYourFile):
        files.attach(db, bureau.actor("secretary"), [theirs.code], "report", 7)


def test_ten_files_at_once_are_too_many(house: House, bureau: Bureau) -> None:
    with house.database.transaction() as db, pytest.raises(TooManyFiles):
        files.attach(db, bureau.actor("secretary"), [f"f{n}" for n in range(10)], "report", 7)


def test_a_citizen_keeps_no_files(house: House, bureau: Bureau) -> None:
    kept = house.files.keep("方案.pdf", io.BytesIO(b"%PDF-1.7"))
    citizen = bureau.actor("clerk").__class__(contact="c", rater="r")
    with house.database.transaction() as db, pytest.raises(NotAllowed):
        files.add(db, citizen, kept, house.now())


def test_what_no_deed_took_in_is_forgotten_after_a_day(house: House, bureau: Bureau, clock: Clock) -> None:
    free, used = sent(bureau, "secretary"), sent(bureau, "secretary", b"%PDF-1.7 used")
    with house.database.transaction() as db:
        files.attach(db, bureau.actor("secretary"), [used.code], "report", 7)
    clock.pass_(days=400)
    tidy(house)
    with house.database.reading() as db:
        assert files.find(db, used.code).name == "方案.pdf"
        with pytest.raises(NoSuchFile):
            files.find(db, free.code)
    assert house.files.path(used.digest).exists()
    assert not house.files.path(free.digest).exists()


def test_equal_files_share_their_bytes_and_neither_takes_them_from_the_other(house: House, bureau: Bureau, clock: Clock) -> None:
    first, second = sent(bureau, "secretary"), sent(bureau, "other_secretary")
    with house.database.transaction() as db:
        files.attach(db, bureau.actor("secretary"), [first.code], "report", 7)
    clock.pass_(days=400)
    tidy(house)
    assert first.digest == second.digest
    assert house.files.path(first.digest).exists()


@pytest.mark.parametrize("said", ["", "x", "a.b", "a.b.c", "..", "码.1.0", "a.zz.00"])
def test_a_made_up_link_opens_nothing(house: House, said: str) -> None:
    with pytest.raises(NoSuchFile):
        file_links.read(house.pseudonyms, said, house.now())


def test_a_link_ends_after_half_an_hour(house: House, clock: Clock) -> None:
    link = file_links.make(house.pseudonyms, "abc", clock.now())
    clock.pass_(minutes=29)
    assert file_links.read(house.pseudonyms, link, clock.now()) == "abc"
    clock.pass_(minutes=2)
    with pytest.raises(NoSuchFile):
        file_links.read(house.pseudonyms, link, clock.now())
