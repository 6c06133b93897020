"""任职: who sits where until when; the office proposes, the committee decides; handing over shows what goes along (F09)."""

from datetime import date

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain.actor import Role
from domain.calendar import local_day
from domain.permissions import Can, could
from domain.seats import ROLES, WrongTerm
from services import bodies, handover, people_list, seat_list, seats
from services.seats import Wish
from web import here
from web.codes import read_id
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("seats", "任职", rank=53)
_HOME = "/console/seats/"


@room.page("/", needs=Can.READ_PEOPLE, entry="任职")
def listed() -> Response:
    """Proposals that wait, those settled, and every seat body by body."""
    house = here.house()
    with house.database.reading() as db:
        proposals = seat_list.proposals(db, me(), house.now())
        sitting = seat_list.listed(db, house.now())
    return draw("seats.html", proposals=proposals, sitting=sitting, may_propose=could(me(), Can.PROPOSE_SEAT))


@room.page("/appoint", needs=Can.PROPOSE_SEAT)
def appoint_form() -> Response:
    """提名任职 of the person in the address."""
    house, person_id = here.house(), read_id(request.values.get("person", ""))
    with house.database.reading() as db:
        one = people_list.one(db, me(), person_id, house.sealer.open, house.now())
        places = [(node.id, f"{node.name}（{node.chinese}）") for node in bodies.tree(db, local_day(house.now())) if node.kind in ROLES]
    roles = [(role.value, "不带权限的职务（如组长、委员）" if role is Role.MEMBER else role.chinese) for role in _roles()]
    return draw("appoint.html", one=one, places=places, roles=roles, today=local_day(house.now()))


def _roles() -> list[Role]:
    return list(dict.fromkeys(role for roles in ROLES.values() for role in roles))


@room.deed("/appoint/send", needs=Can.PROPOSE_SEAT, page=appoint_form)
def appoint() -> AnyResponse:
    house, said = here.house(), request.form
    since, until = _day("from_day"), _day("to_day") if said.get("to_day", "").strip() else None
    person_id, body_id = read_id(said.get("person", "")), read_id(said.get("body", ""))
    wish = Wish(person_id, body_id, said.get("role", ""), said.get("title", ""), since, until, said.get("why", ""))
    with house.database.transaction() as db:
        seats.appoint(db, me(), wish, house.now())
    return done("已提名，等局党委批准。", _HOME)


@room.page("/<int:seat_id>/end", needs=Can.PROPOSE_SEAT)
def end_form(seat_id: int) -> Response:
    """提名免职."""
    house = here.house()
    with house.database.reading() as db:
        one = seat_list.sitting(db, seat_id, house.now())
    return draw("seat_end.html", one=one, today=local_day(house.now()))


@room.deed("/<int:seat_id>/end/send", needs=Can.PROPOSE_SEAT, page=end_form)
def end(seat_id: int) -> AnyResponse:
    house = here.house()
    with house.database.transaction() as db:
        seats.end(db, me(), seat_id, _day("last_day"), request.form.get("why", ""), house.now())
    return done("已提名免职，等局党委批准。", _HOME)


@room.page("/hand-over", needs=Can.PROPOSE_SEAT)
def hand_over_form() -> Response:
    """移交: a seat and all that is in the person's hands."""
    house, person_id = here.house(), read_id(request.values.get("person", ""))
    with house.database.reading() as db:
        one = people_list.one(db, me(), person_id, house.sealer.open, house.now())
        held = handover.held(db, person_id, local_day(house.now()))
        own = [(seat.id, f"{seat.body} {seat.title}") for seat in seat_list.listed(db, house.now()) if seat.person_id == person_id]
    return draw("hand_over.html", one=one, held=held, own=own, today=local_day(house.now()))


@room.deed("/hand-over/send", needs=Can.PROPOSE_SEAT, page=hand_over_form)
def hand_over() -> AnyResponse:
    house, said = here.house(), request.form
    with house.database.transaction() as db:
        successor = seat_list.person_said(db, said.get("successor", ""), house.now())
        seat_id = read_id(said.get("seat", "")) or None
        seats.hand_over(db, me(), read_id(said.get("person", "")), successor, seat_id, _day("from_day"), said.get("why", ""), house.now())
    return done("已提名移交，等局党委批准。", _HOME)


@room.deed("/proposals/<int:proposal_id>/approve", needs=Can.DECIDE_SEAT, page=listed)
def approve(proposal_id: int) -> AnyResponse:
    house = here.house()
    with house.database.transaction() as db:
        seats.decide(db, me(), proposal_id, "approve", "", house.now())
    return done("已批准，有关的人会收到通知。", _HOME)


@room.deed("/proposals/<int:proposal_id>/refuse", needs=Can.DECIDE_SEAT, page=listed)
def refuse(proposal_id: int) -> AnyResponse:
    house = here.house()
    with house.database.transaction() as db:
        seats.decide(db, me(), proposal_id, "refuse", request.form.get("why", "")[:200], house.now())
    return done("已记为不批准。", _HOME)


@room.deed("/proposals/<int:proposal_id>/withdraw", needs=Can.PROPOSE_SEAT, page=listed)
def withdraw(proposal_id: int) -> AnyResponse:
    house = here.house()
    with house.database.transaction() as db:
        seats.withdraw(db, me(), proposal_id, house.now())
    return done("已撤回。", _HOME)


def _day(name: str) -> date:
    """Raises `WrongTerm` for what is no day."""
    try:
        return date.fromisoformat(request.form.get(name, "").strip())
    except ValueError:
        raise WrongTerm() from None
