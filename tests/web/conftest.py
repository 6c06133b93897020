"""A browser in front of the small bureau: what every story of the web door starts from."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from domain.ports import House
from services import desk_sessions
from tests.bureau import Bureau
from tests.frames import flask_of

_TEXT = re.compile(r"<(?:style|title)[^>]*>.*?</(?:style|title)>|<[^>]+>", re.S)


class Browser:
    """One citizen's browser: keeps cookies, sends forms from our own pages, states the status it expects."""

    def __init__(self, client: FlaskClient, address: str) -> None:
        self.client, self.address = client, address

    def get(self, path: str, expect: int = 200, **headers: str) -> str:
        return str(self.open("GET", path, expect, headers=headers).get_data(as_text=True))

    def post(self, path: str, expect: int = 303, headers: dict[str, str] | None = None, **form: Any) -> Any:
        return self.open("POST", path, expect, data=form, headers={"Origin": "http://localhost", **(headers or {})})

    def rate(self, path: str, **form: Any) -> str:
        """Send the form and follow to the result page; its address."""
        return str(self.post(path, **form).headers["Location"])

    def open(self, method: str, path: str, expect: int, **more: Any) -> Any:
        answer = self.client.open(path, method=method, environ_overrides={"REMOTE_ADDR": self.address}, **more)
        assert answer.status_code == expect, (answer.status_code, words_of(answer.get_data(as_text=True))[:300])
        return answer


def words_of(page: str) -> str:
    """What a person reads, without marks and blanks."""
    return re.sub(r"\s+", "", _TEXT.sub("", page))


@pytest.fixture
def staff(browser: Callable[..., Browser], bureau: Bureau, house: House) -> Callable[[str], Browser]:
    """`staff("secretary")` is the browser of somebody of the bureau who is signed in to the console."""

    def sign_in(name: str) -> Browser:
        with house.database.transaction() as db:
            token = desk_sessions.open_for(db, bureau.people[name], house.now())
        taken = browser()
        taken.client.set_cookie("liangnuo_desk", token)
        return taken

    return sign_in


@pytest.fixture
def flask(house: House, bureau: Bureau) -> Flask:
    return flask_of(house)


@pytest.fixture
def browser(flask: Flask) -> Callable[..., Browser]:
    """`browser()` is a new browser of somebody; each from another address unless said."""
    known: list[Browser] = []

    def take(address: str = "") -> Browser:
        known.append(Browser(flask.test_client(), address or f"203.0.113.{len(known) + 1}"))
        return known[-1]

    return take
