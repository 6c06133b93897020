"""What holds for every route: a deed it needs, an owner for every right, one form for every no; and the description."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pydantic import BaseModel
from structlog.testing import capture_logs
from werkzeug.exceptions import ImATeapot

import app
from domain import errors as refusals
from domain.actor import NOBODY
from domain.errors import Refusal
from domain.permissions import Can, may
from domain.ports import House
from miniapp_api import errors, texts
from models.database import Database
from tests.bureau import Bureau
from tests.miniapp_api.conftest import Mini

Minis = Callable[[str], Mini]
ROUTES = {
    ("POST", "/api/v1/sessions"): Can.SIGN_IN,
    ("DELETE", "/api/v1/sessions/current"): Can.SIGN_IN,
    ("GET", "/api/v1/posts/<string:code>"): Can.BE_ANYONE,
    ("GET", "/api/v1/windows"): Can.BE_ANYONE,
    ("GET", "/api/v1/message-consents"): Can.ALLOW_MESSAGES,
    ("POST", "/api/v1/message-consents"): Can.ALLOW_MESSAGES,
    ("GET", "/api/v1/rating-options"): Can.BE_ANYONE,
    ("POST", "/api/v1/ratings"): Can.RATE_WINDOW,
    ("GET", "/api/v1/ratings"): Can.SEE_OWN_RATINGS,
    ("PUT", "/api/v1/ratings/<string:id>"): Can.RATE_WINDOW,
    ("PATCH", "/api/v1/ratings/<string:id>"): Can.RATE_WINDOW,
    ("GET", "/api/v1/progress/<string:number>"): Can.ASK_PROGRESS,
    ("POST", "/api/v1/progress/<string:number>/verdict"): Can.JUDGE_RECTIFICATION,
    ("GET", "/api/v1/pledges"): Can.BE_ANYONE,
    ("GET", "/api/v1/pledges/<string:code>"): Can.BE_ANYONE,
    ("GET", "/api/v1/pledge-choices"): Can.BE_ANYONE,
    ("GET", "/api/v1/objection-options"): Can.BE_ANYONE,
    ("POST", "/api/v1/objections"): Can.OBJECT,
    ("GET", "/api/v1/objections/<string:number>"): Can.ASK_PROGRESS,
    ("GET", "/api/v1/works"): Can.BE_ANYONE,
    ("GET", "/api/v1/works/<string:code>"): Can.BE_ANYONE,
    ("POST", "/api/v1/files"): Can.KEEP_FILE,
    ("GET", "/api/v1/me/pledge-form"): Can.DRAFT_PLEDGE,
    ("POST", "/api/v1/me/pledge-hints"): Can.DRAFT_PLEDGE,
    ("GET", "/api/v1/me/pledges"): Can.DRAFT_PLEDGE,
    ("POST", "/api/v1/me/pledges"): Can.DRAFT_PLEDGE,
    ("GET", "/api/v1/me/pledges/<string:code>"): Can.DRAFT_PLEDGE,
    ("PUT", "/api/v1/me/pledges/<string:code>"): Can.SUBMIT_PLEDGE,
    ("POST", "/api/v1/me/pledges/<string:code>/submission"): Can.SUBMIT_PLEDGE,
    ("DELETE", "/api/v1/me/pledges/<string:code>/submission"): Can.SUBMIT_PLEDGE,
    ("POST", "/api/v1/me/pledges/<string:code>/retraction"): Can.RETRACT_PLEDGE,
    ("POST", "/api/v1/me/pledges/<string:code>/amendment"): Can.SUBMIT_PLEDGE,
    ("DELETE", "/api/v1/me/pledges/<string:code>/amendment"): Can.SUBMIT_PLEDGE,
    ("POST", "/api/v1/me/pledges/<string:code>/progress"): Can.REPORT_FULFILMENT,
    ("GET", "/api/v1/reviews"): Can.HANDLE_REVIEWS,
    ("POST", "/api/v1/reviews/decisions"): Can.HANDLE_REVIEWS,
    ("GET", "/api/v1/batches"): Can.READ_UNPUBLISHED,
    ("GET", "/api/v1/batches/open"): Can.COMPILE_PLEDGES,
    ("POST", "/api/v1/batches"): Can.COMPILE_PLEDGES,
    ("POST", "/api/v1/batches/open/<string:code>/return"): Can.COMPILE_PLEDGES,
    ("POST", "/api/v1/batches/<string:code>/decision"): Can.APPROVE_UNIT_PLEDGE,
    ("GET", "/api/v1/me/todos"): Can.SEE_TODOS,
    ("GET", "/api/v1/me/todos/<string:id>"): Can.SEE_TODOS,
    ("POST", "/api/v1/me/todos/<string:id>/submissions"): Can.HAND_IN,
    ("DELETE", "/api/v1/me/todos/<string:id>/submissions"): Can.HAND_IN,
    ("POST", "/api/v1/me/todos/<string:id>/extensions"): Can.ASK_EXTENSION,
    ("POST", "/api/v1/me/todos/<string:id>/decision"): Can.DECIDE_SUBMISSION,
    ("GET", "/api/v1/submissions"): Can.DECIDE_SUBMISSION,
    ("GET", "/api/v1/me"): Can.KEEP_OWN_DATA,
    ("PUT", "/api/v1/me/public-name"): Can.KEEP_OWN_DATA,
    ("PUT", "/api/v1/me/identity-display"): Can.KEEP_OWN_DATA,
    ("GET", "/api/v1/me/data"): Can.KEEP_OWN_DATA,
    ("DELETE", "/api/v1/me/data"): Can.KEEP_OWN_DATA,
    ("POST", "/api/v1/me/binding"): Can.KEEP_OWN_DATA,
    ("DELETE", "/api/v1/me/binding"): Can.KEEP_OWN_DATA,
    ("POST", "/api/v1/me/binding/phone"): Can.KEEP_OWN_DATA,
    ("GET", "/api/v1/invitations"): Can.INVITE_MEMBER,
    ("POST", "/api/v1/invitations"): Can.INVITE_MEMBER,
    ("DELETE", "/api/v1/invitations/<string:id>"): Can.INVITE_MEMBER,
    ("GET", "/api/v1/binding-requests"): Can.CONFIRM_BINDING,
    ("POST", "/api/v1/binding-requests/<string:id>/decision"): Can.CONFIRM_BINDING,
}
OPEN_DESCRIPTION = ("GET", "/api/openapi.json")


def routes(flask: Flask) -> Iterator[tuple[str, str, Any]]:
    for rule in flask.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            yield next(iter((rule.methods or set()) - {"HEAD", "OPTIONS"})), rule.rule, flask.view_functions[rule.endpoint]


def test_every_route_states_the_deed_it_needs(flask: Flask) -> None:
    stated = {(verb, rule): view.needs for verb, rule, view in routes(flask) if (verb, rule) != OPEN_DESCRIPTION}

    assert stated == ROUTES


@pytest.mark.parametrize(("verb", "rule"), [one for one, deed in ROUTES.items() if not may(NOBODY, deed)])
def test_what_not_everybody_may_needs_a_session(mini: Minis, verb: str, rule: str) -> None:
    body: dict[str, Any] = {"data": b'{"window_id":1,"level":5}', "content_type": "application/json"} if verb == "POST" else {}

    assert mini("").ask(401, verb, rule.removeprefix("/api/v1").replace("<string:id>", "1"), **body)["code"] == "not_signed_in"


@pytest.fixture
def description(flask: Flask) -> Any:
    return flask.test_client().get("/api/openapi.json").json


def test_the_description_knows_every_route_and_its_deed(description: Any) -> None:
    told = {(verb.upper(), path): operation["x-needs"] for path, verbs in description["paths"].items() for verb, operation in verbs.items()}

    assert told == {(verb, rule.replace("<string:", "{").replace(">", "}")): deed.value for (verb, rule), deed in ROUTES.items()}


def test_the_description_is_openapi_31_with_every_reference_at_home(description: Any) -> None:
    def references(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            yield from [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            node = list(node.values())
        if isinstance(node, list):
            for one in node:
                yield from references(one)

    assert description["openapi"].startswith("3.1")
    assert description["info"]["title"] == "亮诺"
    known = {f"#/components/schemas/{name}" for name in description["components"]["schemas"]}
    assert set(references(description)) <= known
    assert description["components"]["securitySchemes"]["session"]["scheme"] == "bearer"


def test_no_two_operations_share_a_name(description: Any) -> None:
    names = [operation["operationId"] for verbs in description["paths"].values() for operation in verbs.values()]

    assert len(set(names)) == len(names)


def forms(kind: type[BaseModel] = BaseModel) -> Iterator[type[BaseModel]]:
    for one in kind.__subclasses__():
        if one.__module__.startswith("miniapp_api"):
            yield one
        yield from forms(one)


def test_no_two_forms_share_a_name_in_the_description(description: Any) -> None:
    names = [one.__name__ for one in set(forms())]

    assert [name for name in description["components"]["schemas"] if names.count(name) > 1] == []


def every_refusal(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for one in kind.__subclasses__():
        if one.__module__ == refusals.__name__:
            yield one
            yield from every_refusal(one)


EXPECTED = {
    refusals.Unknown: {404},
    refusals.NotAllowed: {401, 403},
    refusals.WrongMoment: {409, 410, 503},
    refusals.Invalid: {422},
    refusals.AlreadyDone: {409},
    refusals.TooOften: {429},
}


@pytest.mark.parametrize("kind", list(every_refusal()), ids=lambda kind: kind.__name__)
def test_every_refusal_becomes_its_status_and_a_chinese_sentence(flask: Flask, kind: type[Refusal]) -> None:
    words = dict.fromkeys(("said", "tag", "most", "length", "days", "state", "verb", "missing", "seconds"), 7)
    with flask.test_request_context("/api/v1/ratings"):
        answer = errors.answer_to(kind(**words))

    told = answer.json
    assert isinstance(told, dict)
    assert next(statuses for base, statuses in EXPECTED.items() if issubclass(kind, base)) >= {answer.status_code}
    assert told["code"] == kind.code
    assert told["message"].endswith("。")
    assert "{" not in told["message"]
    assert ("Retry-After" in answer.headers) == (answer.status_code in (429, 503) or kind is refusals.StillWorking)


def test_a_status_of_the_frame_without_a_sentence_of_its_own_still_speaks(flask: Flask) -> None:
    with flask.test_request_context("/api/v1/ratings"):
        answer = errors.answer_to(ImATeapot())

    assert (answer.status_code, answer.json) == (418, {"code": "refused", "message": texts.GENERAL})


def test_a_bug_is_logged_without_a_word_of_anybodys_and_answered(house: House, bureau: Bureau) -> None:
    broken = replace(house, sealer=None)  # type: ignore[arg-type]

    with capture_logs() as logs:
        answer = Mini(app.create_flask(broken)).ask(500, "POST", "/sessions", {"code": "code-canary"})

    assert answer == {"code": "bug", "message": texts.BUG}
    [line] = logs
    assert (line["event"], line["error"]) == ("bug", "AttributeError")
    assert "sessions.py" in line["trace"]
    assert "canary" not in str(line)


def test_a_database_that_is_away_is_busy_not_broken(house: House, bureau: Bureau, mini: Minis, tmp_path: Path) -> None:
    away = replace(house, database=Database(f"sqlite:///{tmp_path}/nothing/here.db", lambda _db: None))
    phone = Mini(app.create_flask(away))
    phone.headers = mini("wang").headers

    for verb, path, words in (("GET", "/windows", None), ("GET", "/ratings", None), ("POST", "/ratings", {"window_id": 1, "level": 5})):
        assert phone.ask(503, verb, path, words)["code"] == "busy"
        assert phone.last.headers["Retry-After"] == "5"


class Away:
    """A store that does not answer."""

    def count(self, key: str, seconds: int) -> int | None:
        return None


def test_without_the_store_ratings_pass_and_log_ins_are_counted_in_the_database(house: House, bureau: Bureau) -> None:
    flask = app.create_flask(replace(house, store=Away()))  # type: ignore[arg-type]
    phones = [Mini(flask).sign_in(f"citizen{at}") for at in range(30)]

    assert Mini(flask).ask(429, "POST", "/sessions", {"code": "code-late"})["code"] == "too_often"
    for at in range(70):
        phones[0].rate(bureau.windows[1], 1 + at % 5)


def test_private_answers_are_not_kept_on_the_way(mini: Minis, bureau: Bureau) -> None:
    wang = mini("wang")
    for verb, path, words in (("GET", "/ratings", None), ("POST", "/ratings", {"window_id": bureau.windows[1], "level": 5})):
        wang.ask(201 if words else 200, verb, path, words)
        assert wang.last.headers["Cache-Control"] == "no-store"
