"""承诺: 提诺、审诺、亮诺 as verbs; the text that is published is the text that was reviewed (A6–A9)."""

import secrets
from dataclasses import fields
from datetime import date, datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from domain import four_clears
from domain.actor import About, Actor
from domain.calendar import local_day
from domain.errors import LostRace, NoSuchPledge, NotNow
from domain.flow import Flow
from domain.flows.pledges import COMMITTEE_PLEDGES, OPEN_STATES, PLEDGES, PUBLIC_STATES, PledgeState
from domain.permissions import Can, ask, may
from domain.pledge.refusals import AlreadyCompiled, AuthorLeft, DecidedInBatch, MeetingMissing, TextChanged, TooManyItems, WhyMissing
from domain.pledge.wording import NOTHING_WRITTEN, Kind, Wording, clean
from models import batches, editions, people
from models import pledges as table
from services import board, campaigns, pledge_forms, pledge_works, steps
from services import register as registers
from services.moves import Hearers, move
from services.pledge_forms import Form
from services.pledge_hands import about, belongs, decides_by_committee, next_hands

_EDITABLE = frozenset({PledgeState.DRAFT, PledgeState.RETURNED})
_REASONED = {"return": "退回的原因", "give_back": "退回的原因", "retract": "撤下的原因", "excuse": "客观原因", "doubt": "核实不符的地方"}
"""Verbs that say nothing without a reason → what is asked for."""


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
    put(pledge, form_of(db, pledge, now).checked(wording))
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
        registers.current(db, local_day(now)).place(window_id)
    empty = [one for one in table.of_author(db, actor.person_id or 0, [PledgeState.DRAFT.value]) if wording_of(one) == NOTHING_WRITTEN]
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
    pledge = own_or_unknown(db, actor, code)
    if pledge.state not in _EDITABLE:
        raise NotNow(state=PLEDGES.name(pledge.state), verb="修改")
    is_as_seen(pledge, seen, LostRace())
    before = pledge.version
    put(pledge, form_of(db, pledge, now).checked(wording))
    pledge.kind = (kind or Kind(pledge.kind)).value
    pledge.window_id = window_id if window_id is not None else pledge.window_id
    pledge.meeting = pledge.meeting if meeting is None else clean("meeting", meeting, 60, "党员大会")
    flush(db)
    if work is not None:
        pledge_works.tie(db, pledge, work)
    if pledge.version != before:
        steps.record(db, actor, PLEDGES.thing, pledge.id, "save", now, source=pledge.state, target=pledge.state)
    return pledge


def submit(db: Session, actor: Actor, code: str, now: datetime, *, seen: int | None = None) -> table.Pledge:
    """提交审核: all four clears must be there. Whoever comes next in the chain hears of it."""
    pledge = own_or_unknown(db, actor, code)
    is_as_seen(pledge, seen, LostRace())
    four_clears.check(wording_of(pledge))
    if pledge.unit_id is None:
        pledge.branch_id = actor.branch_id
    else:
        _as_a_unit(db, pledge, form_of(db, pledge, now))
    return move_on(db, actor, pledge, "submit", now)


def withdraw(db: Session, actor: Actor, code: str, now: datetime) -> table.Pledge:
    """撤回: back to the draft, as long as nobody has decided."""
    pledge = own_or_unknown(db, actor, code)
    if batches.open_row(db, pledge.id) is not None:
        raise AlreadyCompiled()
    return move_on(db, actor, pledge, "withdraw", now)


def review(
    db: Session, actor: Actor, code: str, verb: str, why: str, now: datetime, *, seen: int | None = None, in_batch: bool = False
) -> table.Pledge:
    """审核把关: `approve`, or `return` with a reason; never one's own; only the text that was read (`seen`: its version).

    What a branch compiles is decided `in_batch` (`services.batches.decide`) and nowhere else.
    """
    pledge = readable(db, actor, code)
    form = form_of(db, pledge, now)
    ask(actor, flow_of(form).line("approve", PledgeState.SUBMITTED).who, about(db, actor, pledge))
    if form.hands.compiled and not in_batch:
        raise DecidedInBatch()
    if verb == "approve":
        is_here(db, pledge, now)
    if pledge.state == PledgeState.SUBMITTED:
        is_as_seen(pledge, seen, TextChanged())
    return move_on(db, actor, pledge, verb, now, why, is_opinion=True)


def give_back(db: Session, actor: Actor, pledge: table.Pledge, why: str, now: datetime, *, seen: int | None = None) -> table.Pledge:
    """The branch returns a unit's pledge before it compiles it (`services.batches.send_back`)."""
    is_as_seen(pledge, seen, TextChanged())
    return move_on(db, actor, pledge, "give_back", now, why, is_opinion=True)


def publish(db: Session, actor: Actor, code: str, now: datetime) -> table.Pledge:
    """公示: from now on the board, the landing page and the printed sheet show this version."""
    pledge = readable(db, actor, code)
    is_here(db, pledge, now)
    move_on(db, actor, pledge, "publish", now)
    publish_text(db, pledge, local_day(now))
    return pledge


def retract(db: Session, actor: Actor, code: str, why: str, now: datetime) -> table.Pledge:
    """撤下公示: with a reason; its versions stay in the record, the public sees none of them."""
    pledge = move_on(db, actor, readable(db, actor, code), "retract", now, why)
    editions.grow(db)
    return pledge


def publish_text(db: Session, pledge: table.Pledge, day: date, why: str = "") -> None:
    """The present text becomes the next version, unless it is the last one published again."""
    earlier = table.versions(db, pledge.id)
    pledge.published_on = day
    if not earlier or wording_of(earlier[-1]) != wording_of(pledge):
        version = table.PledgeVersion(pledge_id=pledge.id, no=len(earlier) + 1, published_on=day, why=why)
        put(version, wording_of(pledge))
        db.add(version)
    flush(db)
    board.enter(db, pledge)
    editions.grow(db)


def published_place(db: Session, code: str) -> int:
    """Where a list goes on after this published pledge. Raises `NoSuchPledge`."""
    pledge = table.pledge(db, code)
    if pledge is None or pledge.state not in PUBLIC_STATES:
        raise NoSuchPledge()
    return pledge.id


# --- what the other verbs about pledges stand on ---------------------------------------------------------------------


def wording_of(row: table.Worded) -> Wording:
    """The text of a pledge, a version or an amendment."""
    given = {one.name: getattr(row, one.name) for one in fields(Wording)}
    return Wording(**given | {"addressees": tuple(row.addressees or ())})


def put(row: table.Worded, wording: Wording) -> None:
    """Write the text into a row."""
    for one in fields(Wording):
        value = getattr(wording, one.name)
        setattr(row, one.name, list(value) if isinstance(value, tuple) else value)


def form_of(db: Session, pledge: table.Pledge, now: datetime) -> Form:
    return pledge_forms.form(db, pledge.campaign, local_day(now), pledge.branch_id, pledge.unit_id)


def flow_of(form: Form) -> Flow:
    """Which of the two chains it goes through."""
    return COMMITTEE_PLEDGES if decides_by_committee(form) else PLEDGES


def move_on(db: Session, actor: Actor, pledge: table.Pledge, verb: str, now: datetime, why: str = "", *, is_opinion: bool = False) -> table.Pledge:
    """One line of its flow; those concerned hear of it. `is_opinion`: the reason stays beside the text as the reviewer's word."""
    why = clean("why", why, 300, "说明")
    if verb in _REASONED and not why:
        raise WhyMissing(what=_REASONED[verb])
    with db.no_autoflush:  # what is asked here must not store half of the deed, where a lost race has no sentence
        form = form_of(db, pledge, now)
        hearers: Hearers = {"author": pledge.author_id, "reviewer": next_hands(db, actor, pledge, form, local_day(now))}
        known = about(db, actor, pledge)
    if is_opinion:
        pledge.opinion = why
    move(
        db, actor, flow_of(form), pledge, verb, now, about=known, why=why, hearers=hearers, words={"pledge": pledge.content[:20], "code": pledge.code}
    )
    return pledge


def own_or_unknown(db: Session, actor: Actor, code: str) -> table.Pledge:
    """One's own, or one's unit's. Absent and not yours look the same (R26)."""
    pledge = table.pledge(db, code)
    if pledge is None or not (actor.person_id and pledge.author_id == actor.person_id or belongs(db, actor, pledge.unit_id)):
        raise NoSuchPledge()
    return pledge


def readable(db: Session, actor: Actor, code: str) -> table.Pledge:
    """Any that this person may read before it is published. Raises `NoSuchPledge`."""
    pledge = table.pledge(db, code)
    if pledge is None or not may(actor, Can.READ_UNPUBLISHED, about(db, actor, pledge)):
        raise NoSuchPledge()
    return pledge


def is_as_seen(row: table.Pledge, seen: int | None, refusal: Exception) -> None:
    """Raise the refusal unless the row is the one that was read; None: whoever calls holds the row itself."""
    if seen is not None and row.version != seen:
        raise refusal


def is_here(db: Session, pledge: table.Pledge, now: datetime) -> None:
    """Raise `AuthorLeft` when a person's own pledge has nobody any more to keep it."""
    author = people.person(db, pledge.author_id)
    gone = author is None or (author.left_on is not None and author.left_on <= local_day(now))
    if gone and pledge.unit_id is None:
        raise AuthorLeft()


def flush(db: Session) -> None:
    """Raise `LostRace` when another changed the row meanwhile."""
    try:
        db.flush()
    except StaleDataError as lost:
        raise LostRace() from lost


def _as_a_unit(db: Session, pledge: table.Pledge, form: Form) -> None:
    """What holds for a unit beside the clears: the meeting that discussed it, and how many it may hand in (A7, B19)."""
    if not pledge.meeting:
        raise MeetingMissing()
    handed_in = table.handed_in(db, pledge.campaign, pledge.unit_id or 0, sorted(OPEN_STATES), pledge.id) if form.hands.most else 0
    if form.hands.most and handed_in >= form.hands.most:
        raise TooManyItems(most=form.hands.most, n=handed_in)
