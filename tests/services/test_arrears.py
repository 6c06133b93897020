"""报送情况: submitted, late and missing per branch; urging writes one letter a day (A3, F04, F41)."""

from datetime import timedelta

import pytest

from domain.errors import NotAllowed
from domain.schedule.refusals import NobodyToUrge, NoSuchTodo
from models import letters as letters_table
from services import arrears, submissions
from services.arrears import Overview, Unit
from tests.bureau import Bureau
from tests.services.test_submissions import hand_in
from tests.services.test_todos import mine, start


def overview(bureau: Bureau, days: int = 0, by: str = "office") -> Overview:
    with bureau.house.database.reading() as db:
        return arrears.overview(db, bureau.actor(by), "spring", bureau.house.now() + timedelta(days=days))


def unit(seen: Overview, name: str) -> Unit:
    return next(one for one in seen.units if one.name == name)


def urge(bureau: Bureau, ids: list[int], by: str = "office", days: int = 0) -> int:
    with bureau.house.database.transaction() as db:
        return arrears.urge(db, bureau.actor(by), ids, "明天开会要用", bureau.house.now() + timedelta(days=days))


def urged(bureau: Bureau, name: str) -> int:
    with bureau.house.database.reading() as db:
        return sum(letter.kind == "todo_urge" for letter in letters_table.of_person(db, bureau.people[name]))


def test_each_branch_is_one_line_and_its_members_another(bureau: Bureau) -> None:
    start(bureau)
    hand_in(bureau, mine(bureau, "secretary")[0].id)
    seen = overview(bureau, days=9)
    ours, theirs = unit(seen, "窗口党支部"), unit(seen, "机关党支部")
    assert (ours.handed_in, ours.overdue, len(ours.owed)) == (1, 0, 1)
    assert (theirs.handed_in, theirs.overdue, len(theirs.owed)) == (0, 1, 2)
    assert len(unit(seen, "窗口党支部党员").todos) == 3


def test_a_member_sees_no_arrears_of_others(bureau: Bureau) -> None:
    start(bureau)
    with pytest.raises(NotAllowed):
        overview(bureau, by="clerk")


def test_urging_reaches_the_secretary_once_a_day(bureau: Bureau) -> None:
    start(bureau)
    owed = [todo.id for todo in overview(bureau).all if todo.task == "制定实施细则并报送"]
    assert urge(bureau, owed) == 2
    urge(bureau, owed)
    assert urged(bureau, "secretary") == 1
    urge(bureau, owed, days=1)
    assert urged(bureau, "secretary") == 2


def test_nobody_is_urged_for_what_is_done(bureau: Bureau) -> None:
    start(bureau)
    todo = mine(bureau, "secretary")[0]
    hand_in(bureau, todo.id)
    with pytest.raises(NobodyToUrge):
        urge(bureau, [todo.id, 999_999])


def test_a_secretary_urges_his_members_and_nobody_elses(bureau: Bureau) -> None:
    start(bureau)
    clerk, stranger = mine(bureau, "clerk")[0], mine(bureau, "stranger")[0]
    assert urge(bureau, [clerk.id], by="secretary") == 1
    with pytest.raises(NoSuchTodo):
        urge(bureau, [stranger.id], by="secretary")


def test_the_review_queue_holds_what_each_may_decide_on(bureau: Bureau) -> None:
    start(bureau)
    hand_in(bureau, mine(bureau, "secretary")[0].id)
    hand_in(bureau, mine(bureau, "clerk")[0].id, by="clerk")

    def queue(name: str) -> list[str]:
        with bureau.house.database.reading() as db:
            return [one.task for one in submissions.queue(db, bureau.actor(name), bureau.house.now())]

    assert queue("secretary") == ["党员制定措施"]
    assert queue("office") == ["制定实施细则并报送", "党员制定措施"]
    assert queue("clerk") == []


def test_the_days_list_has_every_unit_with_its_state(bureau: Bureau) -> None:
    start(bureau)
    listing = arrears.listing(overview(bureau, days=9), "青禾县住房和城乡建设局")
    assert listing.title == "春季示范活动报送情况"
    assert ("窗口党支部", "制定实施细则并报送", "逾期1天") in [(row[0], row[1], row[6]) for row in listing.rows]
