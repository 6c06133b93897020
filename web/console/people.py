"""人员名单: whom I may see, page by page; a person's page invites, withdraws, opens the number for a reason (F08, P07)."""

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from domain import invitations as rules
from domain.permissions import Can, could
from gateways import qr
from services import handover, invitations, people_list
from services.invitations import Issued
from services.people_list import Wanted
from web import here
from web.codes import read_id
from web.console.drawing import done, draw
from web.console.room import Room
from web.console.signed_in import me

room = Room("people", "人员名单", rank=50)
_STATES = (("present", "在册"), ("left", "已转出"))
_BOUND = (("yes", "已绑定"), ("no", "未绑定"))


@room.page("/", needs=Can.READ_PEOPLE, entry="人员名单")
def listed() -> Response:
    """People by branch, name, binding and state."""
    house, said = here.house(), request.args
    branch, after = read_id(said.get("branch", "")), read_id(said.get("after", ""))
    wanted = Wanted(branch, said.get("name", ""), said.get("bound", ""), said.get("state", ""), after)
    with house.database.reading() as db:
        page = people_list.page(db, me(), wanted, house.sealer.open, house.now())
        branches = people_list.branches(db, me())
    return draw("people.html", page=page, branches=branches, states=_STATES, bound=_BOUND, wanted=wanted, may_import=could(me(), Can.KEEP_REGISTER))


@room.page("/<int:person_id>", needs=Can.READ_PEOPLE)
def person(person_id: int) -> Response:
    """One person."""
    return _page(person_id)


@room.deed("/<int:person_id>/invite", needs=Can.INVITE_MEMBER, page=person)
def invite(person_id: int) -> Response:
    """A code, shown once: on this very page, kept nowhere."""
    house = here.house()
    with house.database.transaction() as db:
        issued = invitations.issue(db, me(), person_id, house.pseudonyms.invitation, house.now())
    return _page(person_id, issued=issued)


@room.deed("/<int:person_id>/uninvite", needs=Can.INVITE_MEMBER, page=person)
def withdraw(person_id: int) -> AnyResponse:
    """收回: the open code is void."""
    house = here.house()
    with house.database.transaction() as db:
        invitations.withdraw(db, me(), person_id, house.now())
    return done("邀请码已收回。", f"/console/people/{person_id}")


@room.deed("/<int:person_id>/phone", needs=Can.READ_PHONE, page=person)
def unmask(person_id: int) -> Response:
    """The whole number, on this very page, for a reason."""
    house = here.house()
    with house.database.transaction() as db:
        number = people_list.unmask(db, me(), person_id, request.form.get("why", ""), house.sealer.open, house.now())
    return _page(person_id, number=number)


def _page(person_id: int, issued: Issued | None = None, number: str = "") -> Response:
    house = here.house()
    with house.database.reading() as db:
        found = people_list.one(db, me(), person_id, house.sealer.open, house.now())
        held = handover.held(db, person_id, here.register().day)
    invitation = None
    if issued:
        link = f"{house.settings.base_url.rstrip('/')}/i/{issued.code}"
        invitation = {"code": rules.spaced(issued.code), "ends_at": issued.ends_at, "link": link, "drawing": qr.drawing_of(link)}
    rights = {"may_read_phone": could(me(), Can.READ_PHONE), "may_propose": could(me(), Can.PROPOSE_SEAT), "may_keep": could(me(), Can.KEEP_REGISTER)}
    return draw("person.html", one=found, held=held, invitation=invitation, number=number or found.phone, shown_whole=bool(number), rights=rights)
