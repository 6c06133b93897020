"""Idempotency-Key: a repeated request gives the first answer, byte for byte, and does nothing twice (R02)."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import text

import app
from domain.ports import House
from models.ratings import Rating
from models.rectifications import Rectification
from operations.schema import migrate
from services import figures, sessions
from tests.bureau import Bureau, found
from tests.conftest import Clock, settings_for
from tests.miniapp_api.conftest import MINIPROGRAM, Mini

Minis = Callable[[str], Mini]
KEY = {"Idempotency-Key": "deed-0001"}


def effects(house: House) -> tuple[int, int]:
    """(ratings, rectifications)."""
    with house.database.reading() as db:
        return db.query(Rating).count(), db.query(Rectification).count()


def send(mini: Mini, window: int, level: int = 1, status: int = 201, key: dict[str, str] = KEY) -> bytes:
    mini.rate(window, level, status, headers=key)
    return bytes(mini.last.data)


def test_the_same_key_and_body_give_the_same_bytes(mini: Minis, bureau: Bureau, house: House) -> None:
    wang = mini("wang")
    first = send(wang, bureau.windows[3])

    assert [send(wang, bureau.windows[3]) for _ in range(3)] == [first] * 3
    assert effects(house) == (1, 1)


def test_the_first_answer_stands_though_the_rating_was_changed_since(mini: Minis, bureau: Bureau) -> None:
    wang = mini("wang")
    first = send(wang, bureau.windows[3])
    wang.rate(bureau.windows[3], 5)

    assert send(wang, bureau.windows[3]) == first
    assert wang.ask(200, "GET", "/ratings")["ratings"][0]["level"] == 5


def test_the_same_key_for_another_body_is_refused(mini: Minis, bureau: Bureau, house: House) -> None:
    wang = mini("wang")
    send(wang, bureau.windows[3], level=1)

    answer = wang.rate(bureau.windows[3], 2, 422, headers=KEY)

    assert (answer["code"], answer["fields"][0]["field"]) == ("key_reused", "Idempotency-Key")
    assert effects(house) == (1, 1)


def test_two_people_may_happen_on_the_same_key(mini: Minis, bureau: Bureau, house: House) -> None:
    assert send(mini("wang"), bureau.windows[3]) != send(mini("li"), bureau.windows[3])
    assert effects(house) == (2, 2)


def test_a_key_belongs_to_the_person_not_to_the_log_in(mini: Minis, bureau: Bureau) -> None:
    assert send(mini("wang"), bureau.windows[3]) == send(mini("wang"), bureau.windows[3])


def test_a_key_holds_for_23_hours_and_through_a_restart(mini: Minis, bureau: Bureau, house: House, clock: Clock) -> None:
    wang = mini("wang")
    first = send(wang, bureau.windows[3])
    clock.pass_(hours=23)
    with house.database.transaction() as db:
        sessions.tidy(db, clock.now())
    after_restart = Mini(app.create_flask(app.build(house.settings, clock.now)))
    after_restart.headers = wang.headers

    assert send(after_restart, bureau.windows[3]) == first
    assert effects(house) == (1, 1)


def test_a_refused_wish_leaves_its_key_free(mini: Minis, bureau: Bureau) -> None:
    wang = mini("wang")
    wang.rate(99, 5, 404, headers=KEY)

    send(wang, bureau.windows[3])


BAD_KEYS = {"short": "1234567", "long": "k" * 65, "blank": "deed 0001", "colon": "deed:0001", "empty": "", "line end": "deed-0001\x0b"}


@pytest.mark.parametrize("which", BAD_KEYS)
def test_a_key_that_is_none_is_named(mini: Minis, bureau: Bureau, which: str) -> None:
    answer = mini("wang").rate(bureau.windows[3], 5, 422, headers={"Idempotency-Key": BAD_KEYS[which]})

    assert answer["fields"][0]["field"] == "Idempotency-Key"
    assert "提交编号" in answer["message"]


def test_eight_twins_at_the_same_instant_are_one_deed(mini: Minis, bureau: Bureau, house: House, flask: Flask) -> None:
    headers = mini("wang").headers
    for round_ in range(6):
        start, key = Barrier(8), {"Idempotency-Key": f"twin-{round_:04}"}

        def press(
            _: int, start: Barrier = start, key: dict[str, str] = key, window: int = bureau.windows[(1, 3, 5)[round_ % 3]]
        ) -> tuple[int, bytes]:
            phone = Mini(flask)
            start.wait()
            answer = phone.client.post("/api/v1/ratings", json={"window_id": window, "level": 2}, headers=headers | key)
            return answer.status_code, answer.data

        with ThreadPoolExecutor(8) as pool:
            [(status, _body)] = set(pool.map(press, range(8)))
        assert status == 201
    assert effects(house) == (3, 3)


def test_twins_with_other_words_leave_one_deed_and_refusals(mini: Minis, bureau: Bureau, house: House, flask: Flask) -> None:
    headers = mini("wang").headers | KEY
    start = Barrier(5)

    def press(level: int) -> int:
        start.wait()
        return Mini(flask).client.post("/api/v1/ratings", json={"window_id": bureau.windows[1], "level": level}, headers=headers).status_code

    with ThreadPoolExecutor(5) as pool:
        assert Counter(pool.map(press, range(1, 6))) == {201: 1, 422: 4}
    assert effects(house)[0] == 1


def test_a_crowd_rates_at_once_and_every_voice_counts_once(mini: Minis, bureau: Bureau, house: House, flask: Flask, clock: Clock) -> None:
    people = [mini(f"citizen{at}").headers for at in range(24)]

    def press(at: int) -> int:
        headers = people[at % 24] | {"Idempotency-Key": f"crowd-{at % 48:04}"}
        return (
            Mini(flask)
            .client.post("/api/v1/ratings", json={"window_id": bureau.windows[(1, 3)[at % 48 // 24]], "level": 1 + at % 24 % 5}, headers=headers)
            .status_code
        )

    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(press, range(144))) == {201}
    assert effects(house)[0] == 48
    with house.database.reading() as db:
        assert figures.differences(db, clock.now()) == 0


def test_kept_answers_tell_nobody_who_rated_what_or_when(mini: Minis, bureau: Bureau, house: House, clock: Clock) -> None:
    clock.pass_(minutes=17, seconds=23)
    rating = mini("wang").rate(bureau.windows[3], 1, headers=KEY)

    with house.database.reading() as db:
        [row] = db.execute(text("SELECT mark, request, answer, at FROM repeatables")).all()

    assert rating["id"].encode() not in row.answer
    assert b"level" not in row.answer
    assert str(row.at).startswith("2026-11-16 02:00:00")


def test_two_processes_give_one_answer(both_urls: str, jscode2session: str, clock: Clock) -> None:
    settings = settings_for(both_urls, miniprogram=MINIPROGRAM | {"api_base": jscode2session})
    houses = [app.build(settings, clock.now) for _ in range(2)]
    migrate(houses[0])
    bureau = found(houses[0], clock.now())
    phones = [Mini(app.create_flask(house)) for house in houses]
    phones[1].headers = phones[0].sign_in("wang").headers

    for round_, number in enumerate((1, 3, 5)):
        start, key = Barrier(2), {"Idempotency-Key": f"process-{round_}"}

        def press(phone: Mini, start: Barrier = start, window: int = bureau.windows[number], key: dict[str, str] = key) -> bytes:
            start.wait()
            return send(phone, window, key=key)

        with ThreadPoolExecutor(2) as pool:
            one, two = pool.map(press, phones)
        assert one == two
    assert effects(houses[0]) == (3, 3)
    for house in houses:
        house.database.close()  # type: ignore[attr-defined]
