"""Every change leaves a step, and no hand that touches a step goes unseen."""

import random
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from domain.ports import House
from services import steps
from tests.bureau import Bureau
from tests.phones import Phone

Phones = Callable[..., Phone]
_TRIGGERS = {"sqlite": ["steps_no_update", "steps_no_delete"], "postgresql": ["steps_append_only ON steps"]}
FIELDS = ["who", "seat", "thing", "verb", "source", "target", "why"]


def verdict(house: House) -> steps.Verdict:
    with house.database.reading() as db:
        return steps.verify(db, house.pseudonyms.steps_key)


def without_triggers(house: House, deed: Callable[[Session], object]) -> None:
    """What somebody with the database's own password can do."""
    with house.database.transaction() as db:
        for trigger in _TRIGGERS[db.get_bind().dialect.name]:
            db.execute(text(f"DROP TRIGGER IF EXISTS {trigger}"))
        deed(db)


def test_an_untouched_record_is_sound(phone: Phones, bureau: Bureau, house: House) -> None:
    phone().say("评价 3号窗口 不满意")
    found = verdict(house)
    assert found.sound
    assert found.steps >= 10


def test_two_hundred_edits_are_found_two_hundred_times(bureau: Bureau, house: House) -> None:
    chance, last = random.Random(200), verdict(house).steps
    found = 0
    for _ in range(200):
        no, field = chance.randint(1, last), chance.choice(FIELDS)
        with house.database.reading() as db:
            before = db.execute(text(f"SELECT {field} FROM steps WHERE no = :no"), {"no": no}).scalar_one()
        change(house, no, field, f"{before}x")
        found += not verdict(house).sound
        change(house, no, field, before)
    assert found == 200
    assert verdict(house).sound


def change(house: House, no: int, field: str, value: object) -> None:
    without_triggers(house, lambda db: db.execute(text(f"UPDATE steps SET {field} = :value WHERE no = :no"), {"no": no, "value": value}))


@pytest.mark.parametrize(
    "deed",
    [
        "DELETE FROM steps WHERE no = 5",
        "DELETE FROM steps WHERE no = (SELECT max(no) FROM steps)",
        "UPDATE steps SET at = '2020-01-01 00:00:00' WHERE no = 3",
        "INSERT INTO steps SELECT no + 1, at, who, seat, thing, thing_id, verb, source, target, why, digest FROM steps ORDER BY no DESC LIMIT 1",
    ],
    ids=["cut out", "tail cut off", "back-dated", "added"],
)
def test_cuts_and_additions_are_found(bureau: Bureau, house: House, deed: str) -> None:
    without_triggers(house, lambda db: db.execute(text(deed)))
    assert not verdict(house).sound


@pytest.mark.parametrize("rater", ["", "stranger"], ids=["a citizen", "one of the staff"])
def test_a_ratings_step_names_nobody_and_no_hour(phone: Phones, bureau: Bureau, house: House, rater: str) -> None:
    writer = phone()
    if rater:
        bureau.bind(rater, writer.openid)
    writer.say("评价 3号窗口 满意")
    with house.database.reading() as db:
        (row,) = db.execute(text("SELECT who, at FROM steps WHERE thing = 'rating'")).all()
    assert row.who == "citizen"
    assert str(row.at)[11:19] == "04:00:00"
