"""Things named in forms and bodies, not in addresses: one that is not yours is answered as one that is not there (R25, R26)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

import pytest
from flask import Flask

from domain.actor import About, Role
from domain.files import Kept, Kind
from domain.permissions import Can, could, may
from domain.ports import House
from models.pledges import Pledge
from services import badges, files
from tests.bureau import Bureau
from tests.matrix import makers as make
from tests.matrix.cast import Player
from tests.matrix.makers import Stage, Whose
from tests.matrix.things import Line


@dataclass(frozen=True)
class Ask:
    """One form: `says` makes its fields from a thing's id; `deed` is what its service asks of the thing."""

    path: str
    deed: Can
    line: Line
    says: Callable[[str], dict[str, Any]]


def submitted(stage: Stage, whose: Whose) -> tuple[str, About]:
    """A member's pledge that waits for the reviewer."""
    code, about = make.pledge(stage, whose)
    with stage.house.database.transaction() as db:
        row = db.query(Pledge).filter(Pledge.code == code).one()
        row.content, row.measures, row.standard, row.deadline = "写什么", "怎么做", "做到什么", stage.house.now().date()
        row.state = "submitted"
    return code, about


def upload(stage: Stage, whose: Whose) -> tuple[str, About]:
    """A file that somebody has just sent."""
    owner = make.author(stage, whose)
    with stage.house.database.transaction() as db:
        kept = files.add(db, owner, Kept(token_hex(32), "清单.pdf", Kind.PDF, 10), stage.house.now())
    return kept.code, About(author_id=owner.person_id, assigned=owner.person_id == stage.actor.person_id)


def plate(stage: Stage, whose: Whose) -> tuple[str, About]:
    """A code that counts, of a window of whose branch."""
    post_id, about = make.post(stage, whose)
    with stage.house.database.transaction() as db:
        return badges.issue(db, stage.bureau.actor("office"), int(post_id), stage.house.now()).code, about


_SENTENCE = re.compile(r'role="alert">(.*?)</div>', re.S)
_PLEDGE = Line(submitted, "0" * 12, Can.READ_UNPUBLISHED)
ASKED = (
    Ask("/console/reviews/decide", Can.REVIEW_PLEDGE, _PLEDGE, lambda code: {"chosen": f"review:{code}:1", "verdict": "yes"}),
    Ask(
        "/api/v1/reviews/decisions",
        Can.REVIEW_PLEDGE,
        _PLEDGE,
        lambda code: {"chosen": [{"code": code, "version": 1, "turn": "review"}], "verdict": "approve"},
    ),
    Ask("/api/v1/invitations", Can.INVITE_MEMBER, Line(make.person, "999999", Can.INVITE_MEMBER), lambda one: {"person_id": int(one)}),
    Ask(
        "/console/batches/compile",
        Can.COMPILE_PLEDGES,
        Line(make.unit_pledge, "0" * 12, Can.COMPILE_PLEDGES),
        lambda code: {"campaign": "demo", "branch": "3", "chosen": code},
    ),
    Ask("/console/posts/print", Can.ISSUE_PLATE, Line(make.post, "999999", Can.ISSUE_PLATE), lambda one: {"post": one, "layout": "tent"}),
)


def told(answer: Any, thing: str) -> tuple[int, str, str]:
    """Status, where to, and what is said; the list below the sentence is the asker's own and grows."""
    words = answer.get_data(as_text=True)
    if answer.mimetype == "text/html":
        words = "".join(_SENTENCE.findall(words))
    return answer.status_code, answer.headers.get("Location", ""), words.replace(f"“{thing}”", "“…”").replace(f'"{thing}"', '"…"')


def ask(flask: Flask, player: Player, one: Ask, thing: str) -> tuple[int, str, str]:
    body = {"json": one.says(thing)} if one.path.startswith("/api") else {"data": one.says(thing)}
    return told(player.ask(flask, "POST", one.path, **body), thing)


@pytest.mark.parametrize("one", ASKED, ids=lambda one: one.path)
def test_in_a_form_absent_and_not_yours_look_the_same(
    flask: Flask,
    house: House,
    bureau: Bureau,
    cast: dict[Role, Player],
    one: Ask,
) -> None:
    wrong, differs = [], False
    for role, player in cast.items():
        if not (player.token if one.path.startswith("/api") else player.desk) or not could(player.actor, one.deed):
            continue
        absent = ask(flask, player, one, one.line.absent)
        for whose in Whose:
            thing, about = one.line.make(Stage(house, bureau, player.actor), whose)
            answer = ask(flask, player, one, thing)
            granted = may(player.actor, one.deed, about)
            differs = differs or (granted and answer != absent)
            if not (granted or one.line.seen(player.actor, about) or answer == absent):
                wrong.append((role.value, whose.value, answer[0], absent[0]))
    assert wrong == []
    assert differs, "what is granted is done"


@pytest.mark.parametrize("whose", [Whose.BRANCH, Whose.OTHER])
def test_anothers_file_is_handed_in_by_nobody(flask: Flask, house: House, bureau: Bureau, cast: dict[Role, Player], whose: Whose) -> None:
    player = cast[Role.BRANCH_SECRETARY]
    stage = Stage(house, bureau, player.actor)
    todo, _ = make.todo(stage, Whose.OWN)
    path = f"/api/v1/me/todos/{todo}/submissions"
    answers = [told(player.ask(flask, "POST", path, json={"words": "细则", "files": [code]}), code) for code in ("A" * 22, upload(stage, whose)[0])]
    assert answers[0] == answers[1]
    assert answers[0][0] in (403, 422)


def test_a_plate_of_another_post_is_revoked_from_none_of_mine(flask: Flask, house: House, bureau: Bureau, cast: dict[Role, Player]) -> None:
    player = cast[Role.BRANCH_SECRETARY]
    stage = Stage(house, bureau, player.actor)
    mine, _ = make.post(stage, Whose.OWN)
    asked = [
        told(player.ask(flask, "POST", f"/console/posts/{mine}/revoke", data={"code": code, "why": "遗失"}), code)
        for code in ("2" * 13, plate(stage, Whose.OTHER)[0], plate(stage, Whose.BRANCH)[0])
    ]
    assert {answer[0] for answer in asked} == {404}
    assert asked[0] == asked[1] == asked[2]
