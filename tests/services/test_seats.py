"""任职: proposed by one, decided by another, counted by the day; handing over moves everything in one deed (F09, R28, R29)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.actor import About, Role
from domain.errors import NotAllowed, NotNow
from domain.identity_refusals import NoSuchPerson
from domain.permissions import Can, may
from domain.seats import HoldsAlready, NothingToHandOver, SamePerson, SeatsClash, WrongRole, WrongTerm
from models.letters import Letter
from models.people import Body, Person
from models.rectifications import Rectification
from models.steps import Step
from models.windows import Duty, ServiceWindow
from services import handover, seat_list, seats
from services.seats import Wish
from tests.bureau import Bureau
from tests.conftest import MONDAY, Clock
from tests.phones import Phone

TODAY = date(2026, 11, 16)


class Office:
    """The office proposes, the committee decides."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau, self.house = bureau, bureau.house

    def do(self, verb: Callable[..., Any], by: str, *words: Any, **more: Any) -> Any:
        with self.house.database.transaction() as db:
            found = verb(db, self.bureau.actor(by), *words, self.house.now(), **more)
            return getattr(found, "id", found)

    def wish(self, name: str, role: str = "branch_secretary", since: date = TODAY, until: date | None = None) -> Wish:
        return Wish(self.bureau.people[name], self.bureau.branch, role, "", since, until)

    def seated(self, name: str) -> set[Role]:
        return {seat.role for seat in self.bureau.actor(name).seats}


@pytest.fixture
def office(bureau: Bureau) -> Office:
    with bureau.house.database.transaction() as db:  # a second member of the committee, as noise and as the one who may decide
        db.add(Person(name="闻东篱", branch_id=bureau.other_branch, public_form="post"))
    return Office(bureau)


def test_what_the_office_proposes_the_committee_decides(office: Office) -> None:
    proposal = office.do(seats.appoint, "office", office.wish("clerk"))
    assert office.seated("clerk") == set()
    office.do(seats.decide, "committee", proposal, "approve", "")
    assert office.seated("clerk") == {Role.BRANCH_SECRETARY}
    assert may(office.bureau.actor("clerk"), Can.REVIEW_PLEDGE, About(author_id=office.bureau.people["head"], branch_id=office.bureau.branch))


@pytest.mark.parametrize("by", ["office", "secretary", "auditor", "clerk"])
def test_nobody_else_decides(office: Office, by: str) -> None:
    proposal = office.do(seats.appoint, "office", office.wish("clerk"))
    with pytest.raises(NotAllowed):
        office.do(seats.decide, by, proposal, "approve", "")


def test_nobody_gives_himself_a_seat(office: Office) -> None:
    proposal = office.do(seats.appoint, "office", office.wish("committee"))
    with pytest.raises(NotAllowed):
        office.do(seats.decide, "committee", proposal, "approve", "")


@pytest.mark.parametrize("by", ["secretary", "committee", "clerk", "auditor"])
def test_only_the_office_proposes(office: Office, by: str) -> None:
    with pytest.raises(NotAllowed):
        office.do(seats.appoint, by, office.wish("clerk"))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"role": "committee"}, WrongRole),
        ({"role": "emperor"}, WrongRole),
        ({"body_id": 999}, WrongRole),
        ({"to_day": TODAY - timedelta(days=1)}, WrongTerm),
        ({"person_id": 999}, NoSuchPerson),
    ],
)
def test_a_wish_that_cannot_be(office: Office, change: dict[str, Any], refusal: type[Exception]) -> None:
    good = office.wish("clerk")
    with pytest.raises(refusal):
        office.do(seats.appoint, "office", Wish(**({name: getattr(good, name) for name in good.__slots__} | change)))


def test_who_keeps_the_records_and_who_runs_the_office_are_two(office: Office) -> None:
    body = next(seat.body_id for seat in office.bureau.actor("office").seats)
    with pytest.raises(SeatsClash, match="seats_clash"):
        office.do(seats.appoint, "office", Wish(office.bureau.people["auditor"], body, "leading_office", "", TODAY))


def test_the_same_seat_is_not_proposed_twice(office: Office) -> None:
    with pytest.raises(HoldsAlready):
        office.do(seats.appoint, "office", office.wish("secretary"))


def test_a_seat_that_ended_yesterday_gives_nothing_today(office: Office, clock: Clock) -> None:
    proposal = office.do(seats.appoint, "office", office.wish("clerk", until=TODAY))
    office.do(seats.decide, "committee", proposal, "approve", "")
    assert office.seated("clerk") == {Role.BRANCH_SECRETARY}
    clock.pass_(days=1)
    assert office.seated("clerk") == set()


def test_a_seat_of_next_month_gives_nothing_yet(office: Office, clock: Clock) -> None:
    proposal = office.do(seats.appoint, "office", office.wish("clerk", since=date(2026, 12, 1)))
    office.do(seats.decide, "committee", proposal, "approve", "")
    assert office.seated("clerk") == set()
    clock.pass_(days=20)
    assert office.seated("clerk") == {Role.BRANCH_SECRETARY}


def test_an_end_counts_at_once_and_is_decided_once(office: Office) -> None:
    with office.house.database.reading() as db:
        seat = next(one.id for one in seat_list.listed(db, MONDAY) if one.name == "苏明礼")
    proposal = office.do(seats.end, "office", seat, TODAY - timedelta(days=1), "工作调动")
    office.do(seats.decide, "committee", proposal, "approve", "")
    assert office.seated("secretary") == set()
    with pytest.raises(NotNow):
        office.do(seats.decide, "committee", proposal, "refuse", "")


def rate_badly(phone: Callable[..., Phone]) -> None:
    for n in range(2):
        phone(f"citizen{n}").say("评价 3号窗口 不满意 等太久了")


def test_handing_over_moves_windows_posts_and_rectifications_in_one_deed(office: Office, phone: Callable[..., Phone]) -> None:
    rate_badly(phone)
    people = office.bureau.people
    with office.house.database.transaction() as db:
        db.add(Duty(post_id=office.bureau.windows[1], person_id=people["head"], from_day=date(2026, 1, 1)))
    proposal = office.do(seats.hand_over, "office", people["head"], people["clerk"], None, TODAY, "调离")
    with office.house.database.reading() as db:
        takes = seat_list.proposals(db, office.bureau.actor("committee"), MONDAY)[0].takes
    assert [line.partition("：")[0] for line in takes] == ["窗口负责人", "值守岗位", "未办结的整改"]
    office.do(seats.decide, "committee", proposal, "approve", "")
    with office.house.database.reading() as db:
        assert set(db.scalars(select(ServiceWindow.head_id))) == {people["clerk"]}
        assert set(db.scalars(select(Rectification.owner_id))) == {people["clerk"]}
        duties = db.execute(
            select(Duty.person_id, Duty.from_day, Duty.to_day).where(Duty.post_id == office.bureau.windows[1]).order_by(Duty.id)
        ).all()
        things = sorted(db.scalars(select(Step.thing).where(Step.verb == "hand_over")))
        told = set(db.scalars(select(Letter.person_id).where(Letter.kind == "seat_proposal_carry_out")))
    assert duties[-2:] == [(people["head"], date(2026, 1, 1), date(2026, 11, 15)), (people["clerk"], TODAY, None)]
    assert things == ["post", "rectification", "rectification", "window", "window", "window"]
    assert told == {people["head"], people["clerk"]}


def test_a_secretarys_seat_goes_over_on_its_day_not_before(office: Office, clock: Clock) -> None:
    people = office.bureau.people
    with office.house.database.reading() as db:
        seat = next(one.id for one in seat_list.listed(db, MONDAY) if one.name == "苏明礼")
    proposal = office.do(seats.hand_over, "office", people["secretary"], people["clerk"], seat, date(2026, 12, 1), "换届")
    office.do(seats.decide, "committee", proposal, "approve", "")
    assert (office.seated("secretary"), office.seated("clerk")) == ({Role.BRANCH_SECRETARY}, set())
    clock.pass_(days=15)
    assert (office.seated("secretary"), office.seated("clerk")) == (set(), {Role.BRANCH_SECRETARY})
    with office.house.database.transaction() as db:
        assert (seats.carry_out_due(db, clock.now()), seats.carry_out_due(db, clock.now())) == (1, 0)


def test_what_makes_no_sense_is_not_handed_over(office: Office) -> None:
    people = office.bureau.people
    with pytest.raises(SamePerson):
        office.do(seats.hand_over, "office", people["head"], people["head"], None, TODAY, "")
    with pytest.raises(NothingToHandOver):
        office.do(seats.hand_over, "office", people["auditor"], people["clerk"], None, TODAY, "")


def test_noise_keeps_its_things(office: Office) -> None:
    with office.house.database.reading() as db:
        assert handover.held(db, office.bureau.people["other_secretary"], TODAY).lines == []
        assert db.scalars(select(Body.closed_on)).all() == [None] * 4
