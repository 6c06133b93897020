"""承诺: 提诺、审诺、亮诺 as verbs; the text that is published is the text that was reviewed (A6–A9)."""

import secrets
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain import four_clears
from domain.actor import About, Actor
from domain.calendar import local_day
from domain.errors import LostRace, NoSuchPledge, NotNow
from domain.flows.pledges import OPEN_STATES, PLEDGES, PUBLIC_STATES, PledgeState
from domain.permissions import Can, ask
from domain.pledge.refusals import AlreadyCompiled, DecidedInBatch, MeetingMissing, TextChanged, TooManyItems
from domain.pledge.wording import NOTHING_WRITTEN, Kind, Wording, clean
from models import batches, editions
from models import pledges as table
from services import board, campaigns, pledge_forms, pledge_works, steps
from services import pledge_rows as rows
from services import register as registers
from services.pledge_forms import Form
from services.pledge_hands import about

_EDITABLE = frozenset({PledgeState.DRAFT, PledgeState.RETURNED})


def draft(
    db: Session,
    actor: Actor,
    campaign: str,
    wording: Wording,
    now: datetime,
    *,
    window_id: int | None = None,
    unit_id: int | None = None,
    kind: Kind = Kind.POST,
    meeting: str = "",
) -> table.Pledge:
    """起草: a pledge of one's own or of one's unit, not yet to be seen by others."""
    if unit_id is None:
        ask(actor, Can.DRAFT_PLEDGE)
    else:
        pledge_forms.unit_of(db, actor, unit_id)
        ask(actor, Can.DRAFT_UNIT_PLEDGE, About(branch_id=actor.branch_id, assigned=True))
    pledge = table.Pledge(
        code=secrets.token_hex(6),
        campaign=campaign,
        author_id=actor.person_id,
        branch_id=actor.branch_id,
        unit_id=unit_id,
        window_id=window_id,
        kind=kind.value,
        meeting=clean("meeting", meeting, 60, "党员大会"),
        state=PLEDGES.start.value,
    )
    rows.put(pledge, rows.form_of(db, pledge, now).checked(wording))
    db.add(pledge)
    db.flush()
    steps.record(db, actor, PLEDGES.thing, pledge.id, "draft", now, target=PLEDGES.start.value)
    return pledge


def open_draft(
    db: Session,
    actor: Actor,
    campaign: str,
    now: datetime,
    *,
    wording: Wording = NOTHING_WRITTEN,
    unit_id: int | None = None,
    window_id: int | None = None,
    kind: Kind = Kind.POST,
    meeting: str = "",
) -> table.Pledge:
    """A draft in a campaign that there is; one that was begun and is still empty is taken up again. Raises `NoSuchCampaign`, `NoSuchWindow`."""
    campaigns.definition(db, campaign)
    if window_id is not None:
        registers.current(db, local_day(now)).serving(window_id)
    empty = [one for one in table.of_author(db, actor.person_id or 0, [PledgeState.DRAFT.value]) if rows.wording_of(one) == NOTHING_WRITTEN]
    again = next((one for one in empty if (one.campaign, one.unit_id) == (campaign, unit_id)), None)
    if again is not None and wording == NOTHING_WRITTEN:
        return again
    return draft(db, actor, campaign, wording, now, window_id=window_id, unit_id=unit_id, kind=kind, meeting=meeting)


def save(
    db: Session,
    actor: Actor,
    code: str,
    wording: Wording,
    now: datetime,
    *,
    seen: int | None = None,
    kind: Kind | None = None,
    window_id: int | None = None,
    meeting: str | None = None,
    work: str | None = None,
) -> table.Pledge:
    """Write a draft or a returned pledge anew, as often as one likes. `seen` is the version it was written over; what is None stays."""
    pledge = rows.own_or_unknown(db, actor, code)
    if pledge.state not in _EDITABLE:
        raise NotNow(state=PLEDGES.name(pledge.state), verb="修改")
    rows.is_as_seen(pledge, seen, LostRace())
    before = pledge.version
    rows.put(pledge, rows.form_of(db, pledge, now).checked(wording))
    pledge.kind = (kind or Kind(pledge.kind)).value
    pledge.window_id = window_id if window_id is not None else pledge.window_id
    pledge.meeting = pledge.meeting if meeting is None else clean("meeting", meeting, 60, "党员大会")
    rows.flush(db)
    if work is not None:
        pledge_works.tie(db, pledge, work)
    if pledge.version != before:
        steps.record(db, actor, PLEDGES.thing, pledge.id, "save", now, source=pledge.state, target=pledge.state)
    return pledge


def submit(db: Session, actor: Actor, code: str, now: datetime, *, seen: int | None = None) -> table.Pledge:
    """提交审核: all four clears must be there. Whoever comes next in the chain hears of it."""
    pledge = rows.own_or_unknown(db, actor, code)
    rows.is_as_seen(pledge, seen, LostRace())
    four_clears.check(rows.wording_of(pledge))
    if pledge.unit_id is None:
        pledge.branch_id = actor.branch_id
    else:
        _as_a_unit(db, pledge, rows.form_of(db, pledge, now))
    return rows.move_on(db, actor, pledge, "submit", now)


def withdraw(db: Session, actor: Actor, code: str, now: datetime) -> table.Pledge:
    """撤回: back to the draft, as long as nobody has decided."""
    pledge = rows.own_or_unknown(db, actor, code)
    if batches.open_row(db, pledge.id) is not None:
        raise AlreadyCompiled()
    return rows.move_on(db, actor, pledge, "withdraw", now)


def review(
    db: Session, actor: Actor, code: str, verb: str, why: str, now: datetime, *, seen: int | None = None, in_batch: bool = False
) -> table.Pledge:
    """审核把关: `approve`, or `return` with a reason; never one's own; only the text that was read (`seen`: its version).

    What a branch compiles is decided `in_batch` (`services.batches.decide`) and nowhere else.
    """
    pledge = rows.readable(db, actor, code)
    form = rows.form_of(db, pledge, now)
    ask(actor, rows.flow_of(form).line("approve", PledgeState.SUBMITTED).who, about(db, actor, pledge))
    if form.hands.compiled and not in_batch:
        raise DecidedInBatch()
    if verb == "approve":
        rows.is_here(db, pledge, now)
    if pledge.state == PledgeState.SUBMITTED:
        rows.is_as_seen(pledge, seen, TextChanged())
    return rows.move_on(db, actor, pledge, verb, now, why, is_opinion=True)


def give_back(db: Session, actor: Actor, pledge: table.Pledge, why: str, now: datetime, *, seen: int | None = None) -> table.Pledge:
    """The branch returns a unit's pledge before it compiles it (`services.batches.send_back`)."""
    rows.is_as_seen(pledge, seen, TextChanged())
    return rows.move_on(db, actor, pledge, "give_back", now, why, is_opinion=True)


def publish(db: Session, actor: Actor, code: str, now: datetime) -> table.Pledge:
    """公示: from now on the board, the landing page and the printed sheet show this version."""
    pledge = rows.readable(db, actor, code)
    rows.is_here(db, pledge, now)
    rows.move_on(db, actor, pledge, "publish", now)
    publish_text(db, pledge, local_day(now))
    return pledge


def retract(db: Session, actor: Actor, code: str, why: str, now: datetime) -> table.Pledge:
    """撤下公示: with a reason; its versions stay in the record, the public sees none of them."""
    pledge = rows.move_on(db, actor, rows.readable(db, actor, code), "retract", now, why)
    editions.grow(db)
    return pledge


def publish_text(db: Session, pledge: table.Pledge, day: date, why: str = "") -> None:
    """The present text becomes the next version, unless it is the last one published again."""
    earlier = table.versions(db, pledge.id)
    pledge.published_on = day
    if not earlier or rows.wording_of(earlier[-1]) != rows.wording_of(pledge):
        version = table.PledgeVersion(pledge_id=pledge.id, no=len(earlier) + 1, published_on=day, why=why)
        rows.put(version, rows.wording_of(pledge))
        db.add(version)
    rows.flush(db)
    board.enter(db, pledge)
    editions.grow(db)


def published_place(db: Session, code: str) -> int:
    """Where a list goes on after this published pledge. Raises `NoSuchPledge`."""
    pledge = table.pledge(db, code)
    if pledge is None or pledge.state not in PUBLIC_STATES:
        raise NoSuchPledge()
    return pledge.id


def _as_a_unit(db: Session, pledge: table.Pledge, form: Form) -> None:
    """What holds for a unit beside the clears: the meeting that discussed it, and how many it may hand in (A7, B19)."""
    if not pledge.meeting:
        raise MeetingMissing()
    handed_in = table.handed_in(db, pledge.campaign, pledge.unit_id or 0, sorted(OPEN_STATES), pledge.id) if form.hands.most else 0
    if form.hands.most and handed_in >= form.hands.most:
        raise TooManyItems(most=form.hands.most, n=handed_in)
