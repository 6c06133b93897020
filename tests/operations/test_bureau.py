"""The demo bureau: the same for the same seed, whole, honest in its counts, and never founded twice."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

import app
from domain import step_words
from domain.calendar import local_day
from domain.flows.plates import PlateState
from domain.flows.pledges import PledgeState
from domain.letter_texts import spoken
from domain.ports import House
from models.letters import Letter
from operations.bureau import Found, ask, bind, found
from operations.schema import migrate
from services import desk, figures, landing, people, rectification_list, register, steps
from tests.bureau import Bureau
from tests.conftest import MONDAY, Clock, settings_for

RARE = ("云㛃", "江𬍛", "柳䶮", "白𫖯", "石犇", "叶垚", "花翀", "苏玥", "青𣲗", "秦𨱇")
PEOPLE = "SELECT name, branch_id, category, joined_on, public_form FROM people ORDER BY id"
PLEDGES = "SELECT code, author_id, state, content, deadline FROM pledges ORDER BY id"
RATINGS = "SELECT window_id, day, level, note, channel, standing FROM ratings ORDER BY event"


def house_at(url: str) -> House:
    built = app.build(settings_for(url), Clock().now)
    migrate(built)
    return built


def rows(house: House, statement: str) -> list[tuple[Any, ...]]:
    with house.database.reading() as db:
        return [tuple(row) for row in db.execute(text(statement))]


def sizes(house: House) -> dict[str, int]:
    tables = inspect(house.database.engine).get_table_names()  # type: ignore[attr-defined]
    return {name: rows(house, f"SELECT count(*) FROM {name}")[0][0] for name in tables}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Found]]:
    """Founded once for all who only look."""
    house = house_at(f"sqlite:///{tmp_path_factory.mktemp('demo')}/demo.db")
    yield house, found(house, MONDAY)
    house.database.close()  # type: ignore[attr-defined]


def test_the_same_seed_founds_the_same_bureau(demo: tuple[House, Found], tmp_path: Path) -> None:
    first, twin = demo[0], house_at(f"sqlite:///{tmp_path}/twin.db")
    assert found(twin, MONDAY) == demo[1]
    for statement in (PEOPLE, PLEDGES, RATINGS):
        assert rows(twin, statement) == rows(first, statement)


def test_another_seed_founds_another_bureau(demo: tuple[House, Found], tmp_path: Path) -> None:
    other = found(house_at(f"sqlite:///{tmp_path}/other.db"), MONDAY, seed=2014)
    assert other.windows == demo[1].windows
    assert {plate.code for plate in other.plates}.isdisjoint(plate.code for plate in demo[1].plates)


def test_founding_twice_changes_nothing(demo: tuple[House, Found]) -> None:
    house, first = demo
    before, edition = sizes(house), house.database.edition()
    again = found(house, MONDAY)
    assert (again.is_new, again.plates, again.people) == (False, first.plates, first.people)
    assert (sizes(house), house.database.edition()) == (before, edition)


def test_a_bureau_that_is_there_is_left_alone(house: House, bureau: Bureau, clock: Clock) -> None:
    before = sizes(house)
    told = found(house, clock.now())
    assert (told.is_new, told.codes(3)) == (False, [bureau.codes[3]])
    assert sizes(house) == before


@pytest.mark.parametrize(
    ("table", "where", "n"),
    [
        ("bodies", "kind = 'branch'", 8),
        ("bodies", "kind = 'branch' AND track = 'enterprise'", 2),
        ("people", "1 = 1", 120),
        ("service_windows", "1 = 1", 12),
        ("service_windows", "is_model", 2),
        ("posts", "is_pioneer", 11),
        ("plates", "state = 'revoked'", 1),
        ("campaigns", "1 = 1", 4),
        ("campaigns", "state = 'running'", 2),
        ("todos", "late", 2),
        ("pledges", "unit_id IS NULL", 42),
        ("pledges", "unit_id IS NOT NULL", 7),
        ("pledge_batches", "state = 'sent'", 1),
        ("pledge_batches", "state = 'decided'", 1),
        ("pledge_batch_rows", "decision = 'return'", 1),
        ("pledge_amendments", "state = 'submitted'", 1),
        ("pledge_versions", "no = 2", 1),
        ("pledge_progress", "kind = 'progress'", 9),
        ("flags", "state = 'raised'", 1),
        ("flags", "state = 'suspect'", 1),
        ("cause_releases", "state = 'proposed' AND reply <> ''", 1),
        ("seats", "role = 'branch_secretary' AND to_day IS NULL", 8),
        ("duties", "to_day IS NOT NULL", 1),
    ],
)
def test_the_bureau_has(demo: tuple[House, Found], table: str, where: str, n: int) -> None:
    assert rows(demo[0], f"SELECT count(*) FROM {table} WHERE {where}") == [(n,)]


def test_every_state_of_a_pledge_is_there_to_be_seen(demo: tuple[House, Found]) -> None:
    states = Counter(row[2] for row in rows(demo[0], PLEDGES))
    assert set(states) == {state.value for state in PledgeState}
    assert states["published"] > 15


def test_every_state_of_a_rectification_is_there_to_be_seen(demo: tuple[House, Found]) -> None:
    assert {row[0] for row in rows(demo[0], "SELECT state FROM rectifications")} == {"open", "answered", "closed", "reopened", "withdrawn"}


def test_names_with_rare_characters_stand_on_the_desks(demo: tuple[House, Found]) -> None:
    assert set(RARE) <= set(demo[1].people)
    assert any(ord(sign) > 0x20000 for name in RARE for sign in name)
    with demo[0].database.reading() as db:
        shown = {holder.shown for code in demo[1].in_state(PlateState.ISSUED) for holder in landing.page(db, code, MONDAY).holders}
    assert {"江𬍛", "青𣲗", "秦𨱇"} <= shown


def test_two_weeks_of_ratings_came_by_every_channel(demo: tuple[House, Found]) -> None:
    ratings = rows(demo[0], RATINGS)
    assert 300 < len(ratings) < 900
    assert {row[4] for row in ratings} == {"chat", "miniprogram", "browser", "paper"}
    assert {row[5] for row in ratings} == {"counted", "browser", "own_staff", "default"}
    assert all(str(row[1]) < "2026-11-16" for row in ratings)


def test_tallies_equal_the_rows_and_the_chain_verifies(demo: tuple[House, Found]) -> None:
    house = demo[0]
    with house.database.reading() as db:
        assert figures.differences(db, MONDAY) == 0
        assert steps.verify(db, house.pseudonyms.steps_key).sound


def test_every_window_that_is_busy_has_published_figures(demo: tuple[House, Found]) -> None:
    with demo[0].database.reading() as db:
        told = figures.published(db)
    assert all(told[demo[1].windows[number]].shares.shown for number in (1, 3, 5, 7, 12))


def test_a_bound_phone_finds_its_todo(demo: tuple[House, Found]) -> None:
    house, there = demo
    phones = {"吴秋分": {"service": "o" + "w" * 27, "mini": "o" + "m" * 27}, "无名氏": {"service": "o" + "x" * 27}}
    assert bind(house, there, phones) == bind(house, there, phones) == ["吴秋分"]
    voice = people.Voice(house.pseudonyms.contact("service", "o" + "w" * 27), "rater", "service", b"", MONDAY)
    with house.database.transaction() as db:
        actor = people.actor_of(db, voice, register.current(db, MONDAY.date()), MONDAY)
        assert actor.name == "吴秋分"
        assert rectification_list.waiting(db, actor, MONDAY)


def test_only_the_last_day_waits_for_the_clock(demo: tuple[House, Found]) -> None:
    waiting = rows(demo[0], "SELECT due_at FROM letters WHERE state = 'waiting'")
    assert waiting
    assert min(str(row[0])[:10] for row in waiting) == "2026-11-13"


def test_it_is_founded_on_either_database(both_urls: str) -> None:
    there = found(house_at(both_urls), MONDAY)
    assert (there.is_new, len(there.people), len(there.in_state(PlateState.ISSUED))) == (True, 120, 17)


def test_every_step_of_the_demo_has_words_of_its_own(demo: tuple[House, Found]) -> None:
    done = rows(demo[0], "SELECT DISTINCT thing, verb FROM steps")
    assert [one for one in done if one[0] not in step_words.THINGS or step_words.verb(*one) == "办理"] == []


def test_somebody_asks_once_to_be_bound_however_often_the_demo_starts(tmp_path: Path) -> None:
    house = house_at(f"sqlite:///{tmp_path}/asks.db")
    bureau = found(house, MONDAY)
    for _ in range(2):
        ask(house, bureau, "o-asker")
    assert rows(house, "SELECT said_name, doubt, state FROM binding_requests") == [("程立夏", "number_differs", "waiting")]


def test_nobody_reads_marks_within_the_same_marks(demo: tuple[House, Found]) -> None:
    house, founded = demo
    with house.database.reading() as db:
        today = register.current(db, local_day(MONDAY))
        actors = [people.person_actor(db, key, today) for key in founded.people.values()]
        told = [one.words for actor in actors if actor and actor.seats for one in desk.waiting(db, actor, MONDAY)]
        told += [spoken(row.kind, row.words) for row in db.query(Letter)]
    assert any("‘双承诺’" in one for one in told)
    assert [one for one in told if re.search("“[^”]*“", one)] == []
