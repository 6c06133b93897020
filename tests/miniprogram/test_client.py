"""小程序: the client's own tests pass, and client and server mean the same by every call and every answer."""

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from sqlalchemy import text

from domain.ports import House
from tests.bureau import Bureau
from tests.frames import flask_of
from tests.miniprogram.node import CLIENT, Node

ANSWERS = json.loads((CLIENT / "tests/support/answers.json").read_text(encoding="utf-8"))


@pytest.fixture
def spec(house: House) -> dict[str, Any]:
    """The service's own description."""
    found: dict[str, Any] = flask_of(house).test_client().get("/api/openapi.json").get_json()
    return found


def examples() -> Iterator[tuple[str, str, int, Any]]:
    """(method, path, status, body) of every answer the client's tests were written against."""
    for group in ("open", "signedIn"):
        for call, (status, body) in ANSWERS[group].items():
            method, path, *_level = call.split(" ")
            yield method, path.partition("?")[0], status, body
    yield "POST", "/sessions", 201, ANSWERS["session"]
    yield "POST", "/sessions", *ANSWERS["codeUsed"]
    yield "GET", "/posts/foreign", *ANSWERS["foreign"]


def operation(spec: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    """The operation of the description that serves this path; the most exact one first."""
    for rule in sorted(spec["paths"], key=lambda rule: rule.count("{")):
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", rule), f"/api/v1{path}") and method.lower() in spec["paths"][rule]:
            found: dict[str, Any] = spec["paths"][rule][method.lower()]
            return found
    raise LookupError(f"the service has no {method} {path}")


@pytest.mark.sdk
def test_the_clients_own_tests_pass(node: Node) -> None:
    done = node.run(*node.npm, "test")
    assert done.returncode == 0, done.stderr


@pytest.mark.sdk
def test_every_call_of_the_client_is_served(node: Node, spec: dict[str, Any]) -> None:
    done = node.run(*node.node, "-p", "JSON.stringify(require('./services/calls'))")
    for method, path, needs_log_in in json.loads(done.stdout).values():
        assert bool(operation(spec, method, path).get("security")) is needs_log_in, (method, path)


@pytest.mark.parametrize(("method", "path", "status", "body"), [pytest.param(*one, id=f"{one[0]}-{one[1]}-{one[2]}") for one in examples()])
def test_the_answers_the_client_was_tested_with_are_the_services_own(spec: dict[str, Any], method: str, path: str, status: int, body: Any) -> None:
    answer = operation(spec, method, path)["responses"][str(status)]
    if body is None:
        assert "content" not in answer
        return
    schema = answer["content"]["application/json"]["schema"]
    # A name the service does not promise is a mistake, too: the client would wait for it in vain.
    jsonschema_rs.validate({**schema, "components": spec["components"]}, body)
    shape = spec["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    assert set(body) <= set(shape["properties"])


@pytest.mark.sdk
def test_a_citizen_walks_through_the_real_service(node: Node, service: str, bureau: Bureau, house: House) -> None:
    done = node.run(*node.node, "tests/support/walk.js", service, bureau.codes[3])
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["post"]["window"] == "3号窗口（不动产登记窗口）"
    assert told["rated"]["number"] in told["rated"]["message"]
    assert told["progress"]["number"] == told["listed"][0]["number"] == told["rated"]["number"]
    assert told["changed"]["chinese"] == "满意"
    assert told["same"] is True
    assert told["refused"] == {"status": 422, "message": "“满意程度”不能大于5。"}
    with house.database.reading() as db:
        assert db.execute(text("SELECT count(*), max(level) FROM ratings")).one() == (1, 4)
