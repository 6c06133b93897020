"""The description is true: a machine that believes every word of it finds nothing wrong, with all its checks on, on all routes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from threading import Thread
from typing import Any

import pytest
import schemathesis
from flask import Flask
from schemathesis.engine import events, from_schema
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.bureau import Bureau
from tests.conftest import Clock
from tests.miniapp_api.conftest import Mini

BOUNDED = {"seed": 2010, "generation": {"max-examples": 12, "deterministic": True, "database": "none"}}
MUST_SUCCEED = {"POST /api/v1/sessions", "POST /api/v1/ratings", "GET /api/v1/ratings", "DELETE /api/v1/sessions/current", "GET /api/v1/pledges"}
"""Routes whose success schemathesis can reach by itself: without a session none of these would."""


class RunningClock(Clock):
    """Each look is two seconds later, so that nobody is ever too often."""

    def now(self) -> datetime:
        self.pass_(seconds=2)
        return self.time


@pytest.fixture
def clock() -> Clock:
    return RunningClock()


class Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Quietly."""


@pytest.fixture
def served(flask: Flask) -> Iterator[str]:
    """The API on a loopback port: in one process schemathesis hands its network settings on to werkzeug, which knows none."""
    server = make_server("127.0.0.1", 0, flask, threaded=True, request_handler=Silent)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def signing_in(flask: Flask) -> type:
    """A fresh log-in for each case: one of the routes signs out."""

    class SignedIn:
        def get(self, _case: Any, _context: Any) -> dict[str, str]:
            return Mini(flask).sign_in("wang").headers

        def set(self, case: Any, headers: dict[str, str], _context: Any) -> None:
            case.headers = {**(case.headers or {}), **headers}

    return SignedIn


@dataclass
class Run:
    """What came of it: how many requests, which routes answered with success, what was found wrong."""

    asked: int = 0
    succeeded: set[str] = field(default_factory=set)
    found: list[str] = field(default_factory=list)

    def note(self, event: Any) -> None:
        if isinstance(event, events.NonFatalError | events.FatalError):
            self.found.append(repr(event))
        if isinstance(event, events.ScenarioFinished):
            self.asked += len(event.recorder.cases)
            for key, case in event.recorder.cases.items():
                self._note_case(case.value.operation.label, event.recorder.interactions.get(key), event.recorder.checks.get(key, []))

    def _note_case(self, label: str, interaction: Any, checks: list[Any]) -> None:
        if interaction is not None and interaction.response is not None and interaction.response.status_code < 300:
            self.succeeded.add(label)
        self.found += [f"{label}: {check.name}: {check.failure_info.failure}" for check in checks if check.failure_info]


@pytest.mark.long
def test_schemathesis_finds_nothing(flask: Flask, bureau: Bureau, served: str) -> None:
    schema = schemathesis.openapi.from_url(f"{served}/api/openapi.json", config=schemathesis.Config.from_dict(BOUNDED))
    schema.auth(refresh_interval=None)(signing_in(flask))
    run = Run()

    for event in from_schema(schema).execute():
        run.note(event)

    assert run.found == []
    assert run.asked > 500
    assert run.succeeded >= MUST_SUCCEED


def test_the_description_is_valid_openapi(flask: Flask) -> None:
    description: Any = flask.test_client().get("/api/openapi.json").json

    assert description["openapi"].startswith("3.1.")
    schemathesis.openapi.from_dict(description).validate()
