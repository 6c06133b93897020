"""Every route × nine roles × own, same branch, other branch, absent, as the by-law says: generated from the route map (R25, R26)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from domain.actor import Role
from domain.permissions import Can, could, may
from domain.ports import House
from tests.bureau import Bureau
from tests.matrix.cast import Player
from tests.matrix.routes import WRITES, address, deed_of, mapped, unlined
from tests.matrix.things import ASKED_WITH_THE_THING, NARROWED_BY_A_QUESTION, NEEDS_MORE, ONLY_BOUND, Line, Stage, Whose, line_of

ROUTES = list(mapped())
IDS = [f"{method} {rule.rule}" for method, rule in ROUTES]


def told(answer: Any, thing: str) -> tuple[int, str]:
    """What somebody can learn from an answer, its own address taken out."""
    words = answer.get_data(as_text=True) if "text" in answer.content_type or "json" in answer.content_type else ""
    return answer.status_code, re.sub(rf"/{thing}(?=[/?\"'<]|$)", "/…", words.replace(f"“{thing}”", "“…”"))


@pytest.mark.parametrize(("method", "rule"), ROUTES, ids=IDS)
def test_a_route_admits_whom_the_by_law_names(flask: Flask, cast: dict[Role, Player], method: str, rule: Rule) -> None:
    deed = deed_of(flask, rule)
    assert deed is not None or rule.endpoint == "miniapp_api.openapi", "this route states no deed"
    answers = {role: player.ask(flask, method, address(rule)).status_code for role, player in cast.items()}
    assert max(answers.values()) < 500
    if rule.endpoint.startswith("web_console") and deed is not Can.SIGN_IN:
        assert answers == {
            role: _at_the_console(player, deed, answers[role], may_refuse=method != "GET" or rule.endpoint in NARROWED_BY_A_QUESTION)
            for role, player in cast.items()
        }
    elif not rule.endpoint.startswith("miniapp"):
        assert len(set(answers.values())) == 1, "a public page does not look at who comes"


def _at_the_console(player: Player, deed: Can | None, status: int, *, may_refuse: bool) -> int:
    """401 without a session, 403 without the deed, else anything but these two; an empty form may be about nobody's thing, and be told so."""
    if not player.desk:
        return 401
    if deed is None or not could(player.actor, deed):
        return 403
    return -1 if status == 401 or (status == 403 and not may_refuse) else status


@pytest.mark.parametrize(
    ("method", "rule"), [one for one in ROUTES if one[1].endpoint.startswith("miniapp") and one[1].endpoint != "miniapp_api.openapi"], ids=str
)
def test_the_api_asks_for_a_session_and_the_deed(flask: Flask, cast: dict[Role, Player], method: str, rule: Rule) -> None:
    deed = deed_of(flask, rule)
    assert deed is not None
    for role, player in cast.items():
        status = player.ask(flask, method, address(rule), json={} if method in WRITES else None).status_code
        if role is Role.PUBLIC:
            assert status != 403
        elif not could(player.actor, deed):
            assert status in (403, 404, 415, 422), f"{role} got {status}"
        elif rule.endpoint not in ONLY_BOUND or player.actor.person_id:
            assert status not in (401, 403), f"{role} got {status}"


def test_every_id_in_an_address_has_a_line() -> None:
    assert unlined() == [], "add these to LINES in tests/matrix/things.py"


def _leads_to_its_page(method: str, rule: Rule) -> bool:
    """A deed's address opened by hand says nothing of the thing."""
    return method == "GET" and "POST" in (rule.methods or ()) and rule.endpoint.startswith("web_console")


def lined() -> Iterator[Any]:
    for method, rule in ROUTES:
        for name in rule.arguments if not _leads_to_its_page(method, rule) else ():
            line = line_of(rule, name)
            if line is not None:
                yield pytest.param(method, rule, line, id=f"{method} {rule.rule}")


@pytest.mark.parametrize(("method", "rule", "line"), list(lined()))
def test_absent_and_not_yours_look_the_same(
    flask: Flask, house: House, bureau: Bureau, cast: dict[Role, Player], method: str, rule: Rule, line: Line
) -> None:
    """Granted things are found; others answer as if they were not there, or, to who may read them, say no."""
    deed = deed_of(flask, rule)
    assert deed is not None
    wrong = []
    body = {"json": {}} if rule.endpoint.startswith("miniapp") and method in WRITES else {}
    for role, player in cast.items():
        if not player.desk or not could(player.actor, deed):
            continue
        absent = told(player.ask(flask, method, address(rule, line.absent), **body), line.absent)
        for whose in Whose:
            thing, about = line.make(Stage(house, bureau, player.actor), whose)
            answer = told(player.ask(flask, method, address(rule, thing), **body), thing)
            granted = may(player.actor, ASKED_WITH_THE_THING.get(rule.endpoint, deed), about)
            if granted and rule.endpoint in NEEDS_MORE:
                continue
            if not _right(answer, absent, granted=granted, seen=line.seen(player.actor, about)):
                wrong.append((role.value, whose.value, answer[0]))
    assert wrong == []


def _right(answer: tuple[int, str], absent: tuple[int, str], *, granted: bool, seen: bool) -> bool:
    if granted:
        return answer[0] < 500 and answer[0] not in (401, 403, 404)
    return answer == absent or (seen and answer[0] in (403, 409, 422))
