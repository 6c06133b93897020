"""变更承诺 amendments: published text is frozen; a change has a reason, is reviewed, and becomes the next version (design.md 5.6)."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain import four_clears
from domain.actor import Actor, Role
from domain.calendar import local_day
from domain.errors import LostRace, NotNow
from domain.flow import Flow
from domain.flows.amendments import AMENDMENTS, COMMITTEE_AMENDMENTS, AmendmentState
from domain.flows.pledges import PLEDGES, PledgeState
from domain.pledge.refusals import AmendmentOpen, NoSuchAmendment, NothingAmended, TextChanged, WhyMissing
from domain.pledge.wording import Wording, clean
from models import amendments as table
from models import pledges as pledge_table
from models.pledges import Pledge
from services import pledge_rows, pledges
from services.moves import Hearers, move
from services.pledge_forms import Form
from services.pledge_hands import about, deciders


def propose(db: Session, actor: Actor, code: str, wording: Wording, why: str, now: datetime, *, seen: int | None = None) -> table.Amendment:
    """提交变更: the whole new text and the reason; one at a time. What was returned or withdrawn is written anew."""
    pledge = pledge_rows.own_or_unknown(db, actor, code)
    if pledge.state != PledgeState.PUBLISHED:
        raise NotNow(state=PLEDGES.name(pledge.state), verb="变更")
    pledge_rows.is_as_seen(pledge, seen, LostRace())
    form, why = pledge_rows.form_of(db, pledge, now), clean("why", why, 300, "变更原因")
    wording = form.checked(wording)
    four_clears.check(wording)
    if not why:
        raise WhyMissing(what="变更的原因")
    if wording == pledge_rows.wording_of(pledge):
        raise NothingAmended()
    row = _row(db, pledge)
    pledge_rows.put(row, wording)
    row.why, row.opinion = why, ""
    _move(db, actor, row, pledge, form, "submit", now, why)
    return row


def withdraw(db: Session, actor: Actor, code: str, now: datetime) -> table.Amendment:
    """撤回变更: the published text goes on as it is."""
    pledge = pledge_rows.own_or_unknown(db, actor, code)
    row = _open(db, pledge)
    _move(db, actor, row, pledge, pledge_rows.form_of(db, pledge, now), "withdraw", now)
    return row


def review(db: Session, actor: Actor, code: str, verb: str, why: str, now: datetime, *, seen: int | None = None) -> table.Amendment:
    """`publish` the change as the next version, or `return` it with a reason; only what was read (`seen`); never one's own."""
    pledge = pledge_rows.readable(db, actor, code)
    row, why = _open(db, pledge), clean("why", why, 300, "审核意见")
    if seen is not None and row.state == AmendmentState.SUBMITTED and row.version != seen:
        raise TextChanged()
    if verb == "return" and not why:
        raise WhyMissing(what="退回的原因")
    if verb == "publish" and pledge.state != PledgeState.PUBLISHED:
        raise NotNow(state=PLEDGES.name(pledge.state), verb="公示变更")
    row.opinion = why
    _move(db, actor, row, pledge, pledge_rows.form_of(db, pledge, now), verb, now, why)
    if verb == "publish":
        pledge_rows.put(pledge, pledge_rows.wording_of(row))
        pledges.publish_text(db, pledge, local_day(now), row.why)
    return row


def waits(row: table.Amendment | None) -> bool:
    """Whether the pledge stands as 变更: its amendment is with the reviewer."""
    return row is not None and row.state == AmendmentState.SUBMITTED


def _row(db: Session, pledge: Pledge) -> table.Amendment:
    """The one amendment of the present version, new or to be written anew."""
    base = len(pledge_table.versions(db, pledge.id))
    row = table.of_base(db, pledge.id, base)
    if row is not None:
        if waits(row):
            raise AmendmentOpen()
        return row
    row = table.Amendment(pledge_id=pledge.id, base_no=base, why="", state=AMENDMENTS.start.value)
    db.add(row)
    try:
        db.flush()
    except IntegrityError as twin:
        raise AmendmentOpen() from twin
    return row


def _open(db: Session, pledge: Pledge) -> table.Amendment:
    row = table.latest(db, [pledge.id]).get(pledge.id)
    if row is None:
        raise NoSuchAmendment()
    return row


def _move(db: Session, actor: Actor, row: table.Amendment, pledge: Pledge, form: Form, verb: str, now: datetime, why: str = "") -> None:
    with db.no_autoflush:
        hearers: Hearers = {"author": pledge.author_id, "reviewer": deciders(db, actor, pledge, form, local_day(now))}
        known = about(db, actor, pledge)
    words = {"pledge": pledge.content[:20], "code": pledge.code, "no": row.base_no + 1}
    move(db, actor, _flow(form), row, verb, now, about=known, why=why, hearers=hearers, words=words)


def _flow(form: Form) -> Flow:
    return COMMITTEE_AMENDMENTS if form.hands.decides is Role.COMMITTEE else AMENDMENTS
