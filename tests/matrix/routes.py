"""The route map of the house: every method and rule with its deed, and the addresses that the matrix asks for (R25)."""

import re
import tempfile
from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

import app
from domain.actor import NOBODY
from domain.permissions import Can, may
from tests.conftest import settings_for
from tests.matrix.things import LINES, NOBODYS, OF_ENDPOINTS, TOLD_APART_ELSEWHERE
from web.deeds import DEED

WRITES = ("POST", "PUT", "PATCH", "DELETE")
ABSENT = "2222222222222222"
_FIXED = {"ending": "docx"}
"""Arguments beside the one that names the thing."""
GONE = frozenset({"web_console_signing_in.out", "web_console_signing_in.by_password", "miniapp_sessions.sign_out"})
GONE |= {"miniapp_me.delete", "miniapp_identity.unbind"}
"""What ends the session that the next question needs: signing out, a lock after five wrong passwords, leaving."""
_SETTINGS = settings_for(f"sqlite:///{tempfile.gettempdir()}/never-opened.db")


def mapped() -> Iterator[tuple[str, Rule]]:
    """(method, rule) of every route of the house."""
    for rule in rules(app.create_flask(app.build(_SETTINGS))):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if rule.endpoint not in GONE:
                yield method, rule


def rules(flask: Flask) -> Iterator[Rule]:
    """Of the public application, and of the console beside it."""
    yield from flask.url_map.iter_rules()
    yield from flask.extensions["web_console"].flask.url_map.iter_rules()


def room_of(rule: Rule) -> str:
    return rule.endpoint.rpartition(".")[0]


def deed_of(flask: Flask, rule: Rule) -> Can | None:
    console: Flask = flask.extensions["web_console"].flask
    view = flask.view_functions.get(rule.endpoint) or console.view_functions[rule.endpoint]
    found = getattr(view, DEED, None) or getattr(view, "needs", None)
    return found if isinstance(found, Can) else None


def address(rule: Rule, thing: str = ABSENT) -> str:
    """The rule with every argument filled: the first that names a thing by `thing`, numbers by a number nobody has."""

    def filled(found: re.Match[str]) -> str:
        if found[2] in _FIXED and thing != ABSENT:
            return _FIXED[found[2]]
        return thing if thing != ABSENT or found[1] != "int" else "999999"

    return re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>", filled, rule.rule)


def unlined() -> list[str]:
    """(room, argument) of addresses behind a session that have no line. Public ones open alike for everybody."""
    flask = app.create_flask(app.build(_SETTINGS))
    behind = [rule for _, rule in mapped() if not _is_public(flask, rule)]
    found = {(room_of(rule), name) for rule in behind for name in rule.arguments if rule.endpoint not in OF_ENDPOINTS}
    return sorted(map(str, found - LINES.keys() - NOBODYS - TOLD_APART_ELSEWHERE.keys()))


def _is_public(flask: Flask, rule: Rule) -> bool:
    deed = deed_of(flask, rule)
    return not rule.endpoint.startswith(("web_console", "miniapp")) or (deed is not None and may(NOBODY, deed))
