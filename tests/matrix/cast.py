"""The nine of the permission matrix: a browser at the console and a mini-program for each, as far as the role has one (R25)."""

from dataclasses import dataclass
from typing import Any

from flask import Flask

from domain.actor import Actor, Role
from domain.ports import House
from models.people import Person, SeatRow
from services import desk_sessions, people, sessions
from services import register as registers
from services.people import Voice
from tests.bureau import SINCE, Bureau

PEOPLE = {
    Role.MEMBER: "clerk",
    Role.BRANCH_SECRETARY: "secretary",
    Role.COMMITTEE: "committee",
    Role.LEADING_OFFICE: "office",
    Role.INSPECTOR: "inspector",
    Role.AUDITOR: "auditor",
    Role.OPERATOR: "operator",
}
"""Role → who of the bureau holds it. 公众 and 群众 are nobody's."""
_NEW = {"inspector": "闻过则", "operator": "齐点灯"}


@dataclass(frozen=True)
class Player:
    """One role's way in: `actor` as the by-law sees him, `desk` and `token` empty where the role has no console or no mini-program."""

    role: Role
    actor: Actor
    desk: str
    token: str

    def ask(self, flask: Flask, method: str, path: str, **more: Any) -> Any:
        """The answer of the house to this player."""
        client = flask.test_client()
        if self.desk:
            client.set_cookie("liangnuo_desk", self.desk)
        headers = {"Origin": "http://localhost"} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
        network = {"REMOTE_ADDR": f"203.0.113.{list(Role).index(self.role)}"}
        return client.open(path, method=method, headers=headers, environ_overrides=network, **more)


def players(house: House, bureau: Bureau) -> dict[Role, Player]:
    """All nine, signed in."""
    _hire(house, bureau)
    return {role: _player(house, bureau, role) for role in Role}


def _hire(house: House, bureau: Bureau) -> None:
    """The small bureau has no inspector and no operator."""
    with house.database.transaction() as db:
        for role, name in _NEW.items():
            person = Person(name=name, branch_id=bureau.other_branch)
            db.add(person)
            db.flush()
            bureau.people[role] = person.id
            db.add(SeatRow(person_id=person.id, body_id=bureau.other_branch, role=role, from_day=SINCE))


def _player(house: House, bureau: Bureau, role: Role) -> Player:
    if role is Role.PUBLIC:
        return Player(role, Actor(), "", "")
    name, now = PEOPLE.get(role, ""), house.now()
    openid = f"o-{role.value}"
    if name:
        bureau.bind(name, openid, "mini")
    voice = Voice(house.pseudonyms.contact("mini", openid), house.pseudonyms.rater(openid), "mini", house.sealer.seal(openid), now)
    with house.database.transaction() as db:
        register = registers.current(db, now.date())
        token, _ = sessions.open_for(db, voice, register, now)
        desk = desk_sessions.open_for(db, bureau.people[name], now) if name else ""
        return Player(role, people.actor_of(db, voice, register, now), desk, token)
