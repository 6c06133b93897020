"""One person: added by the list's own rules, moved with what is open, gone with a decision asked for, back again (F08, F09)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.actor import Role
from domain.bodies import NoSuchBody
from domain.errors import NotAllowed
from domain.identity_refusals import NoSuchPerson
from domain.pledge.wording import Wording
from domain.roster.changes import LeavingMissing, LeftAlready, ListedAlready, PerhapsListed, PersonUnreadable, SamePlace, StillHere
from domain.roster.records import Keys
from models.people import Body, Contact, Person, SeatRow
from models.pledges import Pledge
from models.seats import SeatProposal
from models.todos import Todo
from models.windows import Duty
from services import people_changes, pledge_desk, seats, steps
from services.people_changes import Newcomer
from services.pledges import draft, submit
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.services.test_todos import start

Do = Callable[..., Any]
PHONE = "13800001111"


@pytest.fixture
def do(bureau: Bureau) -> Do:
    """`do("move", "clerk", …)` as the office; the person by name."""

    def act(verb: str, name: str, *words: Any, by: str = "office") -> Any:
        with bureau.house.database.transaction() as db:
            return getattr(people_changes, verb)(db, bureau.actor(by), bureau.people.get(name, 99999), *words, MONDAY)

    return act


@pytest.fixture
def add(bureau: Bureau) -> Do:
    house = bureau.house

    def act(name: str, branch_id: int = 0, by: str = "office", sure: bool = False, **more: Any) -> tuple[int, list[str]]:
        keys = Keys(house.pseudonyms.phone, house.sealer.seal, house.sealer.open)
        with house.database.transaction() as db:
            new = Newcomer(name, branch_id or bureau.branch, **more)
            person_id, doubts = people_changes.add(db, bureau.actor(by), new, keys, MONDAY, sure=sure)
        return person_id, [note.text for note in doubts]

    return act


def person(bureau: Bureau, person_id: int) -> Person:
    with bureau.house.database.reading() as db:
        return db.get_one(Person, person_id)


def rows(bureau: Bureau, statement: Any) -> list[Any]:
    with bureau.house.database.reading() as db:
        return list(db.scalars(statement))


def verbs(bureau: Bureau, person_id: int) -> list[str]:
    with bureau.house.database.reading() as db:
        return [step.verb for step in steps.history(db, "person", person_id)]


def test_a_newcomer_is_written_down_as_the_list_would(add: Do, bureau: Bureau) -> None:
    person_id, doubts = add("江 𬍛", phone="１３８００００１１１１", joined="1998.7", category="预备党员")
    found = person(bureau, person_id)
    assert (found.name, found.branch_id, str(found.joined_on), found.category) == ("江𬍛", bureau.branch, "1998-07-01", "预备党员")
    assert found.phone_index == bureau.house.pseudonyms.phone(PHONE)
    assert doubts == ["只写了年月，按当月1日登记，请补上日"]
    assert (verbs(bureau, person_id), found.public_form) == (["add"], "post")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"name": ""}, "请填写姓名"),
        ({"name": "合计"}, "请填写姓名"),
        ({"name": "张"}, "姓名只有一个字"),
        ({"name": "江河", "phone": "138"}, "手机号应是11位数字"),
        ({"name": "江河", "joined": "1900-01-01"}, "早于建党时间"),
        ({"name": "江河", "category": "团员"}, "不是党员类别"),
    ],
)
def test_what_the_list_would_refuse_is_refused(add: Do, more: dict[str, str], says: str) -> None:
    with pytest.raises(PersonUnreadable) as refusal:
        add(**more)
    assert says in refusal.value.text


def test_somebody_who_may_be_there_already_is_asked_about(add: Do, bureau: Bureau) -> None:
    for name, branch in (("林知远", bureau.branch), ("林知远", bureau.other_branch)):
        with pytest.raises(PerhapsListed):
            add(name, branch)
    second, _ = add("林知远", bureau.other_branch, sure=True)
    assert second != bureau.people["head"]
    first, _ = add("江河", phone=PHONE)
    with pytest.raises(PerhapsListed) as refusal:
        add("江海", phone=PHONE)
    assert "手机号与花名册里的江河相同" in refusal.value.text
    with pytest.raises(ListedAlready) as twice:
        add("江河", bureau.other_branch, phone=PHONE, sure=True)
    assert f"编号{first}" in twice.value.text


@pytest.mark.parametrize("branch_id", [99999, -1])
def test_a_body_that_is_no_branch_takes_nobody(add: Do, bureau: Bureau, branch_id: int) -> None:
    committee = rows(bureau, select(Body.id).where(Body.kind == "committee"))[0]
    for wrong in (branch_id, committee):
        with pytest.raises(NoSuchBody):
            add("江河", wrong)


@pytest.mark.parametrize("by", ["secretary", "committee", "auditor", "clerk"])
def test_only_the_office_keeps_people(add: Do, do: Do, bureau: Bureau, by: str) -> None:
    with pytest.raises(NotAllowed):
        add("江河", by=by)
    for verb, words in (("move", (bureau.other_branch, None, None, "")), ("leave", ("transfer", None, "")), ("bring_back", (bureau.branch,))):
        with pytest.raises(NotAllowed):
            do(verb, "clerk", *words, by=by)


def test_open_pledges_go_along_and_the_new_secretary_reviews(do: Do, bureau: Bureau) -> None:
    with bureau.house.database.transaction() as db:
        pledge = draft(db, bureau.actor("clerk"), "demo", Wording("新的一条", "怎么做", "做到什么", MONDAY.date() + timedelta(days=30)), MONDAY)
        submit(db, bureau.actor("clerk"), pledge.code, MONDAY)
    assert do("move", "clerk", bureau.other_branch, None, None, "工作需要") == 0
    assert {row.branch_id for row in rows(bureau, select(Pledge).where(Pledge.author_id == bureau.people["clerk"]))} == {bureau.other_branch}
    with bureau.house.database.reading() as db:
        assert pledge_desk.waiting(db, bureau.actor("other_secretary"), MONDAY)
        assert pledge_desk.waiting(db, bureau.actor("secretary"), MONDAY) == []
    assert verbs(bureau, bureau.people["clerk"]) == ["move"]


def test_a_seat_left_behind_is_for_the_committee_to_end(do: Do, bureau: Bureau) -> None:
    assert do("move", "secretary", bureau.other_branch, None, None, "交流任职") == 1
    proposed = rows(bureau, select(SeatProposal))
    assert [(one.deed, one.role, one.state) for one in proposed] == [("end", "branch_secretary", "proposed")]
    assert bureau.actor("secretary").seat_of(Role.BRANCH_SECRETARY) is not None
    assert do("leave", "secretary", "retire", None, "") == 0, "what waits already is not proposed twice"


def test_work_goes_to_a_successor_once_the_committee_agrees(do: Do, bureau: Bureau) -> None:
    assert do("move", "head", bureau.other_branch, None, bureau.people["clerk"], "") == 1
    [proposal] = rows(bureau, select(SeatProposal))
    with bureau.house.database.transaction() as db:
        seats.decide(db, bureau.actor("committee"), proposal.id, "approve", "", MONDAY)
    with bureau.house.database.reading() as db:
        place = people_changes.place_of(db, bureau.actor("office"), bureau.people["clerk"], MONDAY)
    assert len(place.held.windows) == 3


def test_whoever_leaves_stands_at_no_post_and_has_no_phone_any_more(do: Do, bureau: Bureau) -> None:
    bureau.bind("clerk", "o-clerk")
    do("leave", "clerk", "transfer", None, "转到外地")
    today = MONDAY.date()
    assert person(bureau, bureau.people["clerk"]).left_on == today
    assert rows(bureau, select(Duty).where(Duty.person_id == bureau.people["clerk"], Duty.to_day.is_(None) | (Duty.to_day >= today))) == []
    assert rows(bureau, select(Contact).where(Contact.person_id == bureau.people["clerk"])) == []
    with pytest.raises(LeftAlready):
        do("leave", "clerk", "transfer", None, "")
    with pytest.raises(LeftAlready):
        do("move", "clerk", bureau.other_branch, None, None, "")


def test_a_successor_stands_at_the_post_from_today(do: Do, bureau: Bureau) -> None:
    do("leave", "clerk", "away", bureau.people["head"], "")
    here = rows(bureau, select(Duty.person_id).where(Duty.to_day.is_(None)))
    assert bureau.people["head"] in here
    assert bureau.people["clerk"] not in here


def test_whoever_is_away_keeps_the_phone_and_comes_back(do: Do, bureau: Bureau) -> None:
    bureau.bind("clerk", "o-clerk")
    do("leave", "clerk", "away", None, "借调一年")
    do("bring_back", "clerk", bureau.other_branch)
    found = person(bureau, bureau.people["clerk"])
    assert (found.left_on, found.branch_id) == (None, bureau.other_branch)
    assert len(rows(bureau, select(Contact).where(Contact.person_id == bureau.people["clerk"]))) == 1
    assert verbs(bureau, bureau.people["clerk"]) == ["leave", "return"]


def test_a_seat_of_who_leaves_waits_for_the_committee(do: Do, bureau: Bureau) -> None:
    assert do("leave", "secretary", "retire", bureau.people["clerk"], "") == 1
    [proposal] = rows(bureau, select(SeatProposal))
    with bureau.house.database.transaction() as db:
        seats.decide(db, bureau.actor("committee"), proposal.id, "approve", "", MONDAY)
    running = rows(
        bureau, select(SeatRow.person_id).where(SeatRow.role == "branch_secretary", SeatRow.body_id == bureau.branch, SeatRow.to_day.is_(None))
    )
    assert running == [bureau.people["clerk"]]


def test_wrong_moments_and_absent_people_get_a_sentence(do: Do, bureau: Bureau) -> None:
    for refusal, verb, name, words in (
        (StillHere, "bring_back", "clerk", (bureau.branch,)),
        (SamePlace, "move", "clerk", (bureau.branch, None, None, "")),
        (LeavingMissing, "leave", "clerk", ("", None, "")),
        (NoSuchPerson, "move", "nobody", (bureau.branch, None, None, "")),
        (NoSuchBody, "move", "clerk", (99999, None, None, "")),
        (NoSuchBody, "move", "clerk", (bureau.other_branch, bureau.branch, None, "")),
    ):
        with pytest.raises(refusal):
            do(verb, name, *words)


@pytest.fixture
def correct(bureau: Bureau) -> Do:
    house = bureau.house
    keys = Keys(house.pseudonyms.phone, house.sealer.seal, house.sealer.open)

    def act(name: str, by: str = "office", sure: bool = False, **said: str) -> str:
        new = Newcomer(said.pop("to", ""), 0, **said)
        with house.database.transaction() as db:
            return people_changes.correct(db, bureau.actor(by), bureau.people.get(name, 99999), new, keys, MONDAY, sure=sure)[0]

    return act


def test_what_is_filled_in_is_corrected_and_what_is_empty_stays(correct: Do, bureau: Bureau) -> None:
    assert correct("clerk", phone=PHONE, joined="1998-07-01") == "手机号、入党时间"
    assert correct("clerk", to="禾晓满", category="预备党员") == "姓名、党员类别"
    found = person(bureau, bureau.people["clerk"])
    assert (found.name, found.category, str(found.joined_on)) == ("禾晓满", "预备党员", "1998-07-01")
    assert found.phone_index == bureau.house.pseudonyms.phone(PHONE)
    assert correct("clerk", to="禾晓满") == ""
    assert verbs(bureau, bureau.people["clerk"]) == ["change", "change"]


def test_a_correction_to_somebody_elses_name_or_number_is_asked_about(correct: Do, bureau: Bureau) -> None:
    correct("head", phone=PHONE)
    with pytest.raises(PerhapsListed):
        correct("clerk", phone=PHONE)
    with pytest.raises(PerhapsListed):
        correct("clerk", to="林知远")
    assert correct("clerk", to="林知远", sure=True) == "姓名"
    with pytest.raises(PersonUnreadable):
        correct("clerk", phone="138")
    with pytest.raises(NoSuchPerson):
        correct("nobody", phone=PHONE)
    with pytest.raises(NotAllowed):
        correct("clerk", by="secretary", phone="13900000000")


def owed(bureau: Bureau, name: str) -> list[str]:
    """States of this person's own todos."""
    with bureau.house.database.reading() as db:
        return [row.state for row in db.scalars(select(Todo).where(Todo.person_id == bureau.people[name]))]


def test_what_only_he_could_hand_in_goes_and_comes_back_with_him(do: Do, bureau: Bureau) -> None:
    start(bureau)
    do("leave", "clerk", "away", None, "借调")
    assert owed(bureau, "clerk") == ["dropped"]
    assert owed(bureau, "head") == ["open"]
    do("bring_back", "clerk", bureau.branch)
    assert owed(bureau, "clerk") == ["open"]
