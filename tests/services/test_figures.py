"""Figures are honest: never live, nothing finer than the day, only in groups, and always equal to the rows."""

from collections.abc import Callable

from domain.marks import Mark
from services import figures
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.phones import Phone

Phones = Callable[..., Phone]


def shown(bureau: Bureau, number: int = 3) -> figures.Published | None:
    with bureau.house.database.reading() as db:
        return figures.published(db).get(bureau.windows[number])


def publish(bureau: Bureau, clock: Clock) -> int:
    with bureau.house.database.transaction() as db:
        return figures.publish(db, clock.now())


def rate(phone: Phones, many: int, said: str = "满意", prefix: str = "p") -> None:
    for n in range(many):
        phone(f"{prefix}{n}").say(f"评价 3号窗口 {said}")
    phone("noise").say("评价 5号窗口 不满意")


def test_four_ratings_are_not_published(phone: Phones, bureau: Bureau, clock: Clock) -> None:
    rate(phone, 4)
    clock.pass_(days=1)
    assert publish(bureau, clock) == 0
    assert shown(bureau) is None


def test_five_are_published_the_day_after(phone: Phones, bureau: Bureau, clock: Clock) -> None:
    rate(phone, 4)
    rate(phone, 1, "不满意", "q")
    assert publish(bureau, clock) == 0
    clock.pass_(days=1)
    assert publish(bureau, clock) == 1
    told = shown(bureau)
    assert told is not None
    assert (told.shares.n, told.shares.positive_rate, told.shares.by_level[Mark.DISSATISFIED]) == (5, 0.8, 1)


def test_the_next_few_wait_for_their_group(phone: Phones, bureau: Bureau, clock: Clock) -> None:
    rate(phone, 6)
    clock.pass_(days=1)
    publish(bureau, clock)
    rate(phone, 3, prefix="later")
    clock.pass_(days=1)
    assert publish(bureau, clock) == 0
    told = shown(bureau)
    assert told is not None
    assert told.shares.n == 6


def test_own_staff_are_shown_apart(phone: Phones, bureau: Bureau, clock: Clock) -> None:
    secretary = phone("secretary")
    bureau.bind("secretary", secretary.openid)
    secretary.say("评价 3号窗口 非常满意")
    rate(phone, 5)
    clock.pass_(days=1)
    publish(bureau, clock)
    told = shown(bureau)
    assert told is not None
    assert (told.shares.n, told.set_apart) == (5, 1)


def test_tallies_equal_rows_after_changes(phone: Phones, bureau: Bureau, clock: Clock) -> None:
    rate(phone, 7)
    rate(phone, 3, "非常不满意")
    with bureau.house.database.reading() as db:
        assert figures.differences(db, clock.now()) == 0
