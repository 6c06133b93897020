"""The daily round: one letter a person, each moment once, whatever the clocks do; missed days are made good in order (R06, R07)."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from domain.letter_texts import spoken
from domain.ports import House
from models.letters import Letter
from models.reminders import Reminder
from models.slots import Slot
from models.todos import Todo
from models.windows import ServiceWindow
from scheduler.jobs.remind import remind
from services import duty, rectification_reminders, register
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.services.test_rectifications import do, rated
from tests.services.test_todos import start


def rounds(house: House, clock: Clock, days: int) -> None:
    """The clock runs through these days, looking every six hours."""
    for _ in range(days * 4):
        remind(house)
        clock.pass_(hours=6)


def letters(house: House, kind: str = "reminder") -> list[Letter]:
    with house.database.reading() as db:
        return list(db.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))


def reminders(house: House, **what: Any) -> list[Reminder]:
    with house.database.reading() as db:
        return list(db.scalars(select(Reminder).filter_by(**what).order_by(Reminder.day, Reminder.id)))


def of_t1(house: House, person_id: int) -> list[tuple[str, str, str]]:
    """The reminders of the implementing rules, due on 24 November."""
    due_on = datetime(2026, 11, 24).date()
    return [(row.day.isoformat(), row.moment, row.passed) for row in reminders(house, person_id=person_id, due_on=due_on)]


def test_a_secretary_is_reminded_at_each_moment_once_and_the_office_when_it_does_not_help(bureau: Bureau, house: House, clock: Clock) -> None:
    start(bureau)
    rounds(house, clock, 20)
    found = of_t1(house, bureau.people["secretary"])
    assert [(day, moment) for day, moment, _ in found] == [
        ("2026-11-17", "before:7"),
        ("2026-11-20", "before:3"),
        ("2026-11-23", "before:1"),
        ("2026-11-24", "due"),
        ("2026-11-25", "overdue:1"),
        ("2026-11-27", "overdue:3"),
        ("2026-12-03", "overdue:7"),
    ]
    assert {passed for _, _, passed in found} == {""}
    assert [row.person_id for row in reminders(house, moment="above:3")][:2] == [bureau.people["office"]] * 2


def test_several_things_of_one_day_come_in_one_letter(bureau: Bureau, house: House, clock: Clock) -> None:
    start(bureau)
    rounds(house, clock, 40)
    a_day = Counter((letter.person_id, letter.once.split(":")[1]) for letter in letters(house))
    assert set(a_day.values()) == {1}
    many = [letter for letter in letters(house) if letter.words["n"] > 1]
    assert "；" in spoken("reminder", many[0].words)


def test_all_letters_leave_at_decent_hours(bureau: Bureau, house: House, clock: Clock) -> None:
    start(bureau)
    rounds(house, clock, 20)
    assert {letter.due_at.hour for letter in letters(house)} <= set(range(1, 10))


def test_what_was_handed_in_is_not_called_again(bureau: Bureau, house: House, clock: Clock) -> None:
    start(bureau)
    rounds(house, clock, 3)
    with house.database.transaction() as db:
        for todo in db.query(Todo):
            todo.state = "handed_in"
    before = len(reminders(house))
    rounds(house, clock, 20)
    assert len(reminders(house)) == before


def test_a_second_clock_changes_nothing(bureau: Bureau, house: House, clock: Clock) -> None:
    start(bureau)
    for _ in range(10):
        remind(house)
        remind(house)
        clock.pass_(days=1)
    with house.database.reading() as db:
        assert len(db.scalars(select(Slot)).all()) == 10


def test_a_clock_that_was_down_a_day_reminds_the_next_day(bureau: Bureau, house: House, clock: Clock) -> None:
    start(bureau)
    remind(house)
    clock.pass_(days=2)  # down over the 17th, when seven days were left
    remind(house)
    assert of_t1(house, bureau.people["secretary"]) == [("2026-11-17", "before:7", "")]


def test_a_clock_that_was_down_over_three_moments_sends_the_last_and_marks_the_others(bureau: Bureau, house: House, clock: Clock) -> None:
    start(bureau)
    remind(house)
    clock.pass_(days=7)
    remind(house)
    superseded = "过期未发：已有更近的一次提醒"
    assert of_t1(house, bureau.people["secretary"]) == [
        ("2026-11-17", "before:7", superseded),
        ("2026-11-20", "before:3", superseded),
        ("2026-11-23", "before:1", ""),
    ]


def test_a_clock_that_was_down_forty_days_makes_good_in_order_and_says_what_came_too_late(bureau: Bureau, house: House, clock: Clock) -> None:
    start(bureau)
    remind(house)
    clock.pass_(days=40)
    remind(house)
    remind(house)
    found = of_t1(house, bureau.people["secretary"])
    assert [moment for _, moment, _ in found] == ["before:7", "before:3", "before:1", "due", "overdue:1", "overdue:3", "overdue:7", "overdue:15"]
    assert [passed for _, _, passed in found][:4] == ["过期未发：截止日期已过"] * 4
    assert [passed for _, _, passed in found].count("") == 1
    with house.database.reading() as db:
        due = list(db.scalars(select(Slot.due_at).order_by(Slot.done_at, Slot.due_at)))
    assert due == sorted(due)
    assert len(due) == 41


def test_a_standby_takes_over_within_five_seconds(house: House, clock: Clock) -> None:
    def asks(who: str) -> bool:
        with house.database.transaction() as db:
            return duty.on_duty(db, who, clock.now())

    assert [asks("one"), asks("two"), asks("one")] == [True, False, True]
    clock.pass_(seconds=2.9)
    assert not asks("two")
    clock.pass_(seconds=0.2)
    assert [asks("two"), asks("one")] == [True, False]
    assert timedelta(seconds=5) > duty.TERM


def called(house: House) -> list[tuple[str, str, int | None]]:
    """(kind, day, person) of the calls about rectifications."""
    with house.database.reading() as db:
        rows = db.scalars(select(Letter).where(Letter.once.like("rectification:1:%:2026-%")).order_by(Letter.due_at, Letter.id))
        return [(row.kind.removeprefix("rectification_"), f"{row.due_at:%m-%d}", row.person_id) for row in rows]


def test_an_order_nobody_answers_calls_the_head_then_the_secretary_and_the_office(bureau: Bureau, house: House, clock: Clock) -> None:
    rated(bureau)
    rounds(house, clock, 14)
    head, secretary, office = (bureau.people[name] for name in ("head", "secretary", "office"))
    assert called(house) == [
        ("due", "11-20", head),
        ("due", "11-23", head),
        ("late", "11-24", head),
        ("above", "11-26", secretary),
        ("above", "11-26", office),
        ("late", "11-26", head),
    ]


def test_an_order_that_was_answered_is_called_no_more_and_a_second_round_calls_nobody_twice(bureau: Bureau, house: House, clock: Clock) -> None:
    number = rated(bureau)
    rounds(house, clock, 5)
    before = called(house)
    with house.database.transaction() as db:
        day, habits = clock.now().date() - timedelta(days=1), house.settings.reminders.habits
        rectification_reminders.queue(db, day, clock.now(), habits)
    assert called(house) == before
    do(bureau, "answer", "head", number, "已增开一个窗口")
    rounds(house, clock, 14)
    assert called(house) == before


def test_a_window_without_a_head_calls_the_secretary(bureau: Bureau, house: House, clock: Clock) -> None:
    with house.database.transaction() as db:
        db.get_one(ServiceWindow, bureau.windows[3]).head_id = None
        register.grow(db)
    rated(bureau)
    rounds(house, clock, 5)
    assert called(house) == [("due", "11-20", bureau.people["secretary"])]
