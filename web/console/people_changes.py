"""逐人办理: one person is added, moved, marked as gone, brought back; what waits for the committee is said (F08, F09)."""

from collections.abc import Sequence
from typing import Any

from flask import Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from domain.permissions import Can, could
from domain.roster.changes import LEAVING
from domain.roster.records import FULL, PROBATIONARY, Keys, Note
from services import people_changes, seat_list
from services.people_changes import Newcomer
from web import here
from web.console import fields
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

_CATEGORIES = [(FULL, FULL), (PROBATIONARY, PROBATIONARY)]
room = Room("people_changes", "人员办理", rank=21, at="/console/people")


@room.page("/add", needs=Can.KEEP_REGISTER)
def new() -> Response:
    """An empty form."""
    with here.house().database.reading() as db:
        branches, sections = people_changes.places(db, "branch"), people_changes.places(db, "section")
    return draw("person_new.html", branches=branches, sections=sections, categories=_CATEGORIES)


@room.deed("/add/send", needs=Can.KEEP_REGISTER, page=new)
def add() -> AnyResponse:
    """By the rules of the list: what it would ask about is asked here."""
    house, said = here.house(), _said()
    with house.database.transaction() as db:
        person_id, doubts = people_changes.add(db, me(), said, _keys(), house.now(), sure="sure" in request.form)
    return done(f"已登记{said.name}。{_doubtful(doubts)}", _home(person_id))


@room.page("/<int:person_id>/changes", needs=Can.KEEP_REGISTER)
def page(person_id: int) -> Response:
    """Where he is and what is in his hands, with the forms. Raises `NoSuchPerson`."""
    house = here.house()
    with house.database.reading() as db:
        one = people_changes.place_of(db, me(), person_id, house.now())
        branches, sections = people_changes.places(db, "branch"), people_changes.places(db, "section")
    told: dict[str, Any] = {"branches": branches, "sections": sections, "ways": list(LEAVING.items()), "categories": _CATEGORIES}
    return draw("person_changes.html", one=one, home=_home(person_id), **told)


@room.deed("/<int:person_id>/correct", needs=Can.KEEP_REGISTER, page=page)
def correct(person_id: int) -> AnyResponse:
    """更正: an empty field changes nothing."""
    house = here.house()
    with house.database.transaction() as db:
        what, doubts = people_changes.correct(db, me(), person_id, _said(), _keys(), house.now(), sure="sure" in request.form)
    return done(f"已更正：{what}。{_doubtful(doubts)}" if what else "与登记的一致，没有改动。", _home(person_id))


@room.deed("/<int:person_id>/move", needs=Can.KEEP_REGISTER, page=page)
def move(person_id: int) -> AnyResponse:
    house = here.house()
    with house.database.transaction() as db:
        place = (fields.number("branch") or 0, fields.number("section"))
        proposed = people_changes.move(db, me(), person_id, *place, _successor(db, "successor"), fields.words("why", 200), house.now())
    return done(f"已调动，本人未办结的承诺随人走。{_proposed(proposed)}", _home(person_id))


@room.deed("/<int:person_id>/leave", needs=Can.KEEP_REGISTER, page=page)
def leave(person_id: int) -> AnyResponse:
    house = here.house()
    with house.database.transaction() as db:
        successor = _successor(db, "taker")
        proposed = people_changes.leave(db, me(), person_id, fields.words("how", 20), successor, fields.words("leave_why", 200), house.now())
    return done(f"已登记离开，从今天起不再值守。{_proposed(proposed)}", _home(person_id))


@room.deed("/<int:person_id>/return", needs=Can.KEEP_REGISTER, page=page)
def bring_back(person_id: int) -> AnyResponse:
    house = here.house()
    with house.database.transaction() as db:
        people_changes.bring_back(db, me(), person_id, fields.number("back") or 0, house.now())
    return done("已转回。职务、岗位请重新提名、安排；微信已解绑的，请重新开具邀请码。", _home(person_id))


def _said() -> Newcomer:
    said = {name: fields.words(name, 60) for name in ("name", "phone", "joined", "category")}
    return Newcomer(branch_id=fields.number("branch") or 0, section_id=fields.number("section"), **said)


def _keys() -> Keys:
    house = here.house()
    return Keys(house.pseudonyms.phone, house.sealer.seal, house.sealer.open)


def _doubtful(doubts: Sequence[Note]) -> str:
    return f"请核对：{'；'.join(note.text for note in doubts)}。" if doubts else ""


def _successor(db: Session, field: str) -> int | None:
    """Raises `NoSuchPerson`, `NamedTwice`; None for an empty field."""
    said = fields.words(field, 40)
    return seat_list.person_said(db, said, here.house().now()) if said else None


def _proposed(n: int) -> str:
    return f"职务和工作的移交、免职{n}项已提名，等局党委批准。" if n else ""


def _home(person_id: int) -> str:
    """The person's page, for who may read it."""
    return f"/console/people/{person_id}" if could(me(), Can.READ_PEOPLE) else f"/console/people/{person_id}/changes"
