"""Bad JSON does nothing: no 5xx, no silence, no English, nothing coerced, nothing stored, the field named (R18, R19)."""

import gzip
import json
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.ports import House
from models.ratings import Rating
from models.sessions import SignedIn
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.miniapp_api.bodies import FIELDS, FITTING, TWICE, VALUES, WHOLE, bodies
from tests.miniapp_api.conftest import Mini


def told_well(answer: Any) -> None:
    """The one form, in Chinese."""
    assert set(answer) <= {"code", "message", "fields"}
    for sentence in [answer["message"], *(one["message"] for one in answer.get("fields", []))]:
        assert any("一" <= sign <= "鿿" for sign in sentence)
        assert sentence.endswith("。")


def nothing_stored(house: House) -> bool:
    with house.database.reading() as db:
        return int(db.query(Rating).count()) == 0


def test_every_wrong_value_in_every_field_is_refused_by_name(mini: Callable[[str], Mini], bureau: Bureau, house: House) -> None:
    wang, sent = mini("wang"), list(bodies())
    for name, body in sent:
        answer = wang.ask(422, "POST", "/ratings", data=body.encode(), content_type="application/json")
        told_well(answer)
        assert name in [one["field"] for one in answer["fields"]], (name, body[:100], answer)
        assert answer["code"] in ("invalid", "unknown_tag")
    assert len(sent) > 130
    assert nothing_stored(house)


def test_the_same_values_do_not_change_a_rating(mini: Callable[[str], Mini], bureau: Bureau, house: House) -> None:
    wang = mini("wang")
    rating = wang.rate(bureau.windows[1], 5, text="原话")
    for verb, name, kind in product(("PUT", "PATCH"), ("level", "tags", "text", "privacy"), VALUES):
        if (name, kind) not in FITTING:
            good = {"level": "4"} if verb == "PUT" else {}
            body = "{" + ", ".join(f'"{key}": {value}' for key, value in (good | {name: VALUES[kind]}).items()) + "}"
            answer = wang.ask(422, verb, f"/ratings/{rating['id']}", data=body.encode(), content_type="application/json")
            told_well(answer)
    [one] = wang.ask(200, "GET", "/ratings")["ratings"]
    assert (one["level"], one["text"]) == (5, "原话")


@pytest.mark.parametrize("which", WHOLE)
def test_a_body_that_is_no_rating_is_refused(mini: Callable[[str], Mini], bureau: Bureau, house: House, which: str) -> None:
    wang = mini("wang")

    for verb, path in (("POST", "/ratings"), ("PUT", "/ratings/1"), ("PATCH", "/ratings/1"), ("POST", "/sessions")):
        told_well(wang.ask(422, verb, path, data=WHOLE[which], content_type="application/json"))
    assert nothing_stored(house)


@pytest.mark.parametrize("which", TWICE)
def test_a_name_that_stands_twice_is_not_guessed(mini: Callable[[str], Mini], bureau: Bureau, house: House, which: str) -> None:
    answer = mini("wang").ask(422, "POST", "/ratings", data=TWICE[which], content_type="application/json")

    told_well(answer)
    assert "两次" in answer["message"]
    assert nothing_stored(house)


def test_unknown_names_are_sent_back_harmless(mini: Callable[[str], Mini], bureau: Bureau) -> None:
    for name in ("__proto__", "constructor", "\ud800", "<script>", "a" * 3000, "", "level ", "Level", "\u202elevel"):
        answer = mini("wang").ask(422, "POST", "/ratings", data=json.dumps({"window_id": 1, "level": 5, name: 1}), content_type="application/json")
        told_well(answer)
        assert "<" not in answer["message"]
        assert len(answer["message"]) < 120


@pytest.mark.parametrize(
    "kind",
    [
        None,
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/jsonp",
        "application/json-seq",
        "text/json",
    ],
)
def test_another_content_type_is_not_read(mini: Callable[[str], Mini], bureau: Bureau, house: House, kind: str | None) -> None:
    answer = mini("wang").ask(415, "POST", "/ratings", data=b'{"window_id":1,"level":5}', content_type=kind)

    told_well(answer)
    assert nothing_stored(house)


def test_json_with_a_charset_is_json(mini: Callable[[str], Mini], bureau: Bureau) -> None:
    mini("wang").ask(201, "POST", "/ratings", data=b'{"window_id":1,"level":5}', content_type="application/json; charset=utf-8")


def test_a_packed_body_is_not_unpacked(mini: Callable[[str], Mini], bureau: Bureau) -> None:
    bomb = gzip.compress(b"0" * 10_000_000)

    mini("wang").ask(415, "POST", "/ratings", data=bomb, content_type="application/json", headers={"Content-Encoding": "gzip"})


@pytest.mark.parametrize("size", [65537, 300_000_000])
def test_an_oversize_body_is_refused_unread(mini: Callable[[str], Mini], bureau: Bureau, size: int) -> None:
    class Unread:
        def read(self, *_: Any) -> bytes:
            raise AssertionError("read")

        readline = readlines = __iter__ = read

    sent = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(size)}
    answer = mini("wang").ask(413, "POST", "/ratings", content_type="application/json", environ_overrides=sent)

    assert answer["code"] == "too_large"


def test_an_oversize_body_without_a_length_is_cut_off(mini: Callable[[str], Mini], bureau: Bureau) -> None:
    class Endless:
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += (size := 65536 if size < 0 else size)
            assert self.given < 1_000_000
            return b" " * size

    sent = {"wsgi.input": Endless(), "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    mini("wang").ask(413, "POST", "/ratings", content_type="application/json", environ_overrides=sent, headers={"Transfer-Encoding": "chunked"})


def test_64_kib_is_still_read(mini: Callable[[str], Mini], bureau: Bureau) -> None:
    body = b'{"window_id":1,"level":5}'

    mini("wang").ask(201, "POST", "/ratings", data=body + b" " * (65536 - len(body)), content_type="application/json")


@pytest.mark.parametrize(
    ("verb", "path", "allow"),
    [
        ("POST", "/windows", "GET, HEAD, OPTIONS"),
        ("GET", "/sessions", "OPTIONS, POST"),
        ("DELETE", "/ratings/1", "OPTIONS, PATCH, PUT"),
        ("FOO", "/ratings", "GET, HEAD, OPTIONS, POST"),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(mini: Callable[[str], Mini], verb: str, path: str, allow: str) -> None:
    phone = mini("")

    answer = phone.ask(405, verb, path)

    told_well(answer)
    assert answer["code"] == "wrong_method"
    assert phone.last.headers["Allow"] == allow


@pytest.mark.parametrize("path", ["/nothing", "/", "", "/ratings/1/2", "//windows", "/windows/", "/%00", "/../../etc/passwd", "/" + "x" * 5000])
def test_a_lost_request_is_answered_in_this_doors_form(mini: Callable[[str], Mini], path: str) -> None:
    answer = mini("").ask(404, "GET", path)

    told_well(answer)
    assert answer["code"] == "no_such_route"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*FIELDS, "x"]) | st.text(max_size=8), inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    words=JSON
    | st.fixed_dictionaries({"window_id": st.just(99), "level": st.integers(0, 6)}, optional=dict.fromkeys(("tags", "text", "privacy"), JSON)),
    raw=st.none() | st.binary(max_size=40),
)
def test_whatever_is_sent_nothing_breaks_and_nothing_is_stored(
    mini: Callable[[str], Mini], house: House, clock: Clock, words: Any, raw: bytes | None
) -> None:
    wang = _once(mini)
    clock.pass_(minutes=1)
    body = raw if raw is not None else json.dumps(words).encode()

    answer = wang.client.post("/api/v1/ratings", data=body, content_type="application/json", headers=wang.headers)

    assert answer.status_code in (404, 422)
    told_well(answer.json)
    assert nothing_stored(house)


def _once(mini: Callable[[str], Mini], kept: dict[int, Mini] = {}) -> Mini:  # noqa: B006
    """One log-in for all the examples of one test."""
    if id(mini) not in kept:
        kept.clear()
        kept[id(mini)] = mini("wang")
    return kept[id(mini)]


@pytest.mark.parametrize(
    "body",
    [
        '{"code":""}',
        '{"code":"a b"}',
        '{"code":"码"}',
        '{"code":"x\\n"}',
        '{"code":5}',
        '{"code":null}',
        '{"code":"' + "x" * 129 + '"}',
        '{"code":"a","openid":"o-wang"}',
        "{}",
    ],
)
def test_a_log_in_that_cannot_be_read_reaches_no_server(mini: Callable[[str], Mini], house: House, body: str) -> None:
    told_well(mini("").ask(422, "POST", "/sessions", data=body.encode(), content_type="application/json"))

    with house.database.reading() as db:
        assert db.query(SignedIn).count() == 0
