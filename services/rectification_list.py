"""整改台账: the orders one may see, and one of them with its rating as far as this reader may have it (F24, F28)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from domain.actor import About, Actor, Role
from domain.calendar import local_day
from domain.flows.rectifications import RECTIFICATIONS, RectificationState
from domain.marks import Mark
from domain.masking import masked_text
from domain.numbers import format_number
from domain.permissions import Can, admit, could, may
from domain.ratings import Privacy
from domain.rectifications import Shares, Verdict, shares, shown_note
from domain.waiting import Waiting
from models import people
from models import rectification_rounds as rounds
from models import rectifications as table
from models.rectification_rounds import RectificationRound
from services import rectification_contacts
from services import register as registers
from services.rectification_answers import about_of, rating_of, readable
from services.register import Register

S = RectificationState
TO_DO = (S.OPEN, S.REOPENED)
VIEWS = {"open": (*TO_DO, S.ANSWERED), "check": (S.ANSWERED,), "late": TO_DO, "ended": (S.CLOSED, S.WITHDRAWN)}
"""What the list can be asked for → states; 逾期 are those still to be answered after their day."""
_MOST = 200


@dataclass(frozen=True)
class Listed:
    """One order in the list."""

    id: int
    number: str
    window: str
    owner: str
    state: str
    chinese: str
    opened_on: date
    due: date
    late: bool


@dataclass(frozen=True)
class Round:
    """One answer and its fate."""

    no: int
    answer: str
    answered_on: date
    opinion: str
    checked_on: date | None
    verdict: str
    verdict_words: str


@dataclass(frozen=True)
class Looked:
    """One order as this reader has it; `note` is “” where the words are not for him, `verbs` what he may do now."""

    row: Listed
    level: str
    tags: tuple[str, ...]
    note: str
    has_note: bool
    privacy: str
    callback_due: date
    due_words: str
    rounds: tuple[Round, ...]
    verbs: tuple[tuple[str, str], ...]
    has_contact: bool


def listed(db: Session, actor: Actor, view: str, now: datetime, after: int = 0, most: int = 50) -> list[Listed]:
    """By number, a page at a time. Raises `NotAllowed`."""
    admit(actor, Can.READ_RECTIFICATION)
    states, today = [state.value for state in VIEWS.get(view, VIEWS["open"])], local_day(now)
    register = registers.current(db, today)
    before = today if view == "late" else None
    found = table.in_states(db, states, _windows(actor, register), due_before=before, after=after, most=most)
    names = people.people_by_id(db, sorted({row.owner_id for row in found if row.owner_id}))
    return [_listed(row, register, {key: one.name for key, one in names.items()}, today) for row in found]


def shares_of(db: Session, actor: Actor, now: datetime) -> Shares:
    """This year's figures of the windows this person may read. Raises `NotAllowed`."""
    admit(actor, Can.READ_RECTIFICATION)
    today = local_day(now)
    windows = _windows(actor, registers.current(db, today))
    return shares(rounds.ends(db, windows, today.replace(month=1, day=1)), today)


def look(db: Session, actor: Actor, number: str, now: datetime) -> Looked:
    """Raises `NoSuchRectification`, also for those that are not this person's to read."""
    order, today = readable(db, actor, number, now), local_day(now)
    rating, given = rating_of(db, order), rounds.of_order(db, order.id)
    owner = people.person(db, order.owner_id) if order.owner_id else None
    handles, privacy = _handles(actor, order, about_of(db, order, now)), Privacy(rating.privacy)
    return Looked(
        row=_listed(order, registers.current(db, today), {owner.id: owner.name} if owner else {}, today),
        level=Mark(rating.level).chinese,
        tags=tuple(rating.tags or ()),
        note=shown_note(rating.note, privacy, handles=handles),
        has_note=bool(rating.note),
        privacy=privacy.chinese,
        callback_due=order.callback_due,
        due_words=order.due_words,
        rounds=tuple(_round(one, handles=handles) for one in given),
        verbs=_verbs(actor, order, about_of(db, order, now, given[-1].answered_by if given else None)),
        has_contact=rectification_contacts.left(db, actor, order, rating, now),
    )


def waiting(db: Session, actor: Actor, now: datetime) -> list[Waiting]:
    """To answer: one's own, and as a secretary what is late or nobody's; to check: what others have answered, for the office."""
    if actor.person_id is None:
        return []
    today, states = local_day(now), [state.value for state in TO_DO]
    found = {row.id: _to_do(row) for row in table.owned_by(db, actor.person_id, states)}
    if not any(seat.role in (Role.BRANCH_SECRETARY, Role.LEADING_OFFICE) for seat in actor.seats):
        return list(found.values())
    windows = _windows(actor, registers.current(db, today))
    if actor.seat_of(Role.BRANCH_SECRETARY) is not None:
        rows = table.in_states(db, states, windows, most=_MOST)
        found |= {row.id: _to_do(row) for row in rows if row.owner_id is None or row.due < today}
    if actor.seat_of(Role.LEADING_OFFICE) is not None:
        rows = table.in_states(db, [S.ANSWERED.value], [one for one in windows if one not in actor.windows], most=_MOST)
        found |= {row.id: Waiting(RECTIFICATIONS.thing, format_number(row.id), "复核限期整改", row.due, format_number(row.id)) for row in rows}
    return list(found.values())


def _to_do(row: table.Rectification) -> Waiting:
    return Waiting(RECTIFICATIONS.thing, format_number(row.id), f"限期整改：{RECTIFICATIONS.name(row.state)}", row.due, format_number(row.id))


def _windows(actor: Actor, register: Register) -> list[int]:
    """The windows whose orders this person may read, by the by-law."""
    return [one.id for one in register.places.values() if may(actor, Can.READ_RECTIFICATION, About(branch_id=one.branch_id, window_id=one.id))]


def _handles(actor: Actor, order: table.Rectification, about: About) -> bool:
    """Whether this person answers for it or checks it; whoever merely serves at the window or looks on does not."""
    if actor.person_id is not None and actor.person_id == order.owner_id:
        return True
    return about.window_id not in actor.windows and (may(actor, Can.DO_RECTIFICATION, about) or could(actor, Can.VERIFY_RECTIFICATION))


def _verbs(actor: Actor, order: table.Rectification, about: About) -> tuple[tuple[str, str], ...]:
    lines = [line for line in RECTIFICATIONS.verbs_from(order.state) if line.who in (Can.DO_RECTIFICATION, Can.VERIFY_RECTIFICATION)]
    return tuple((line.verb, line.chinese) for line in lines if may(actor, line.who, about))


def _listed(row: table.Rectification, register: Register, names: dict[int, str], today: date) -> Listed:
    place = register.place(row.window_id)
    return Listed(
        id=row.id,
        number=format_number(row.id),
        window=place.spoken,
        owner=names.get(row.owner_id or 0, ""),
        state=row.state,
        chinese=RECTIFICATIONS.name(row.state),
        opened_on=row.opened_on,
        due=row.due,
        late=row.state in TO_DO and row.due < today,
    )


def _round(one: RectificationRound, *, handles: bool) -> Round:
    verdict = Verdict(one.verdict).chinese if one.verdict else ""
    words = masked_text(one.verdict_words) if handles else ""
    return Round(one.no, one.answer, one.answered_on, one.opinion, one.checked_on, verdict, words)
