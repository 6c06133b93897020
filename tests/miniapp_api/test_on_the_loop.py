"""The short way on the event loop and the route in a thread are one: the same bytes, the same refusals, the same effects."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from flask import Flask

from domain.ports import House
from miniapp_api import Ratings, refused
from models.ratings import Rating
from services import figures
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.miniapp_api.bodies import TWICE, WHOLE, bodies
from tests.miniapp_api.conftest import Mini

T = TypeVar("T")
Minis = Callable[[str], Mini]
KIND = {"content-type": "application/json"}
GOOD = b'{"window_id": 1, "level": 5}'


@pytest.fixture
def counted() -> list[tuple[str, int]]:
    return []


@pytest.fixture
def ratings(flask: Flask, counted: list[tuple[str, int]]) -> Ratings:
    return Ratings(flask, lambda route, status: counted.append((route, status)))


def on_a_loop(work: Coroutine[Any, Any, T]) -> T:
    """The work on an event loop of its own thread: a browser test may have left one running in this."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, work).result()


def send(ratings: Ratings, headers: Mapping[str, str], *sent: bytes) -> list[tuple[int, bytes]]:
    """Each body in its own request, all at once."""

    async def all_at_once() -> list[Any]:
        return await asyncio.gather(*(ratings.respond(headers, body) for body in sent))

    return [(status, body) for status, _headers, body in on_a_loop(all_at_once())]


def signed(phone: Mini) -> dict[str, str]:
    return KIND | {"authorization": phone.headers["Authorization"]}


def test_a_rating_on_the_loop_is_a_rating(mini: Minis, bureau: Bureau, house: House, ratings: Ratings, counted: list[tuple[str, int]]) -> None:
    wang = mini("wang")

    [(status, body)] = send(ratings, signed(wang), GOOD)

    assert (status, json.loads(body)["chinese"]) == (201, "非常满意")
    assert wang.ask(200, "GET", "/ratings")["ratings"][0]["id"] == json.loads(body)["id"]
    assert counted == [("/api/v1/ratings", 201)]


def test_a_key_used_on_the_loop_is_known_to_the_route_and_back(mini: Minis, bureau: Bureau, ratings: Ratings) -> None:
    wang, key = mini("wang"), "deed-0001"

    [(_, on_the_loop)] = send(ratings, signed(wang) | {"idempotency-key": key}, GOOD)
    wang.ask(201, "POST", "/ratings", data=GOOD, content_type="application/json", headers={"Idempotency-Key": key})

    assert wang.last.data == on_the_loop


def test_every_hostile_body_is_refused_in_the_same_words(mini: Minis, bureau: Bureau, house: House, ratings: Ratings, clock: Clock) -> None:
    wang = mini("wang")
    hostile = [body.encode() for _, body in bodies()] + list(WHOLE.values()) + [body.encode() for body in TWICE.values()]
    for body in hostile:
        clock.pass_(minutes=1)
        [(status, words)] = send(ratings, signed(wang), body)
        wang.ask(status, "POST", "/ratings", data=body, content_type="application/json")
        assert (status, wang.last.data) == (422, words)
    with house.database.reading() as db:
        assert db.query(Rating).count() == 0


HEADERS = {
    "no token": (KIND, 401),
    "an invented token": (KIND | {"authorization": "Bearer " + "x" * 32}, 401),
    "another kind": ({"content-type": "text/plain"}, 415),
    "packed": (KIND | {"content-encoding": "gzip"}, 415),
    "a bad key": (KIND | {"idempotency-key": "short"}, 422),
}


@pytest.mark.parametrize("case", HEADERS)
def test_headers_are_read_as_the_route_reads_them(mini: Minis, bureau: Bureau, ratings: Ratings, case: str) -> None:
    headers, expected = HEADERS[case]
    wang = mini("wang")
    own = {} if expected == 401 else {"authorization": wang.headers["Authorization"]}

    [(status, words)] = send(ratings, own | headers, GOOD)
    mini("").ask(expected, "POST", "/ratings", data=GOOD, headers=own | headers)

    assert status == expected
    assert json.loads(words)["message"].endswith("。")


def test_a_crowd_on_the_loop_counts_once_each(mini: Minis, bureau: Bureau, house: House, ratings: Ratings, clock: Clock) -> None:
    people = [signed(mini(f"citizen{at}")) for at in range(20)]

    async def crowd() -> list[Any]:
        return await asyncio.gather(*(ratings.respond(people[at % 20], GOOD) for at in range(100)))

    assert {status for status, _, _ in on_a_loop(crowd())} == {201}
    with house.database.reading() as db:
        assert db.query(Rating).count() == 20
        assert figures.differences(db, clock.now()) == 0


def test_one_person_is_limited_over_both_ways(mini: Minis, bureau: Bureau, ratings: Ratings) -> None:
    wang = mini("wang")
    send(ratings, signed(wang), *[GOOD] * 30)
    for _ in range(30):
        wang.rate(bureau.windows[1], 5)

    [(status, _)] = send(ratings, signed(wang), GOOD)

    assert status == 429


@pytest.mark.parametrize("status", [408, 413])
def test_what_never_reached_a_route_is_told_in_the_same_form(status: int) -> None:
    said, headers, body = refused(status)

    assert (said, headers["Content-Type"]) == (status, "application/json")
    assert set(json.loads(body)) == {"code", "message"}
