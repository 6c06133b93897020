"""Letters: written once, claimed once, settled once; what is unknown is said to be unknown."""

from datetime import timedelta

from sqlalchemy import select

from domain.letters import Delivery, Outcome
from domain.ports import House
from models.letters import Letter
from models.people import Person
from services import letters
from services.letters import Circular, Claimed, Draft
from tests.bureau import Bureau
from tests.conftest import MONDAY


def write(house: House, once: str = "a", kind: str = "pledge_submit") -> None:
    with house.database.transaction() as db:
        letters.write(db, Draft(once, kind, {"pledge": "x"}, person_id=1), MONDAY)


def claim(house: House, who: str = "w1", later: timedelta = timedelta()) -> list[letters.Claimed]:
    with house.database.transaction() as db:
        letters.take_back_stale(db, MONDAY + later)
        return [one for one in letters.claim(db, who, MONDAY + later) if one.words.get("pledge") == "x"]


def settle(house: House, letter_id: int, outcome: Outcome, later: timedelta = timedelta(), who: str = "w1") -> None:
    letter = Claimed(letter_id, "pledge_submit", {}, 1, 0, 0, MONDAY)
    with house.database.transaction() as db:
        letters.settle(db, who, [(letter, Delivery(outcome, "chat"))], MONDAY + later)


def state(house: House) -> tuple[str, str]:
    with house.database.reading() as db:
        letter = db.scalars(select(Letter).where(Letter.once == "a")).one()
        return letter.state, letter.outcome


def test_a_letter_is_written_once(bureau: Bureau, house: House) -> None:
    write(house)
    write(house)
    assert len(claim(house)) == 1


def test_a_claimed_letter_is_nobody_elses(bureau: Bureau, house: House) -> None:
    write(house)
    (mine,) = claim(house)
    assert claim(house, "w2") == []
    settle(house, mine.id, Outcome.SENT)
    assert state(house)[0] == "sent"


def test_a_passing_failure_is_tried_again_later_and_slower(bureau: Bureau, house: House) -> None:
    write(house)
    (mine,) = claim(house)
    settle(house, mine.id, Outcome.PASSING)
    assert claim(house) == []
    (again,) = claim(house, later=timedelta(minutes=2))
    assert again.attempts == 2


def test_a_permanent_failure_stops(bureau: Bureau, house: House) -> None:
    write(house)
    (mine,) = claim(house)
    settle(house, mine.id, Outcome.FAILED)
    assert state(house)[0] == "failed"
    assert claim(house, later=timedelta(days=2)) == []


def test_a_claim_whose_sender_died_is_tried_once_more_and_then_called_unknown(bureau: Bureau, house: House) -> None:
    write(house)
    claim(house)
    assert [one.attempts for one in claim(house, "w2", timedelta(minutes=3))] == [2]
    assert claim(house, "w3", timedelta(minutes=6)) == []
    assert state(house) == ("unknown", "发送结果不明")


def test_a_result_is_not_repeated_when_its_outcome_is_unknown(bureau: Bureau, house: House) -> None:
    write(house, kind="vote_result")
    claim(house)
    assert claim(house, "w2", timedelta(minutes=3)) == []
    assert state(house)[0] == "unknown"


def test_a_late_sender_cannot_settle_what_was_taken_back(bureau: Bureau, house: House) -> None:
    write(house)
    (mine,) = claim(house)
    claim(house, "w2", timedelta(minutes=3))
    settle(house, mine.id, Outcome.SENT, who="w1")
    assert state(house)[0] == "sending"


def test_a_circular_reaches_each_of_a_branch_once_and_nobody_who_left(bureau: Bureau, house: House) -> None:
    with house.database.transaction() as db:
        left = db.get(Person, bureau.people["head"])
        assert left is not None
        left.left_on = MONDAY.date()
    for _ in range(2):
        with house.database.transaction() as db:
            letters.circulate(db, Circular("notice:1", "pledge_submit", {"pledge": "x"}, [bureau.branch]), MONDAY)
    with house.database.reading() as db:
        told = set(db.scalars(select(Letter.person_id).where(Letter.once.startswith("notice:1"))))
    assert told == {bureau.people["clerk"], bureau.people["secretary"]}
    assert len(claim(house)) == 2
