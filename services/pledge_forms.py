"""承诺表 form: what a campaign offers to this person or unit: chain, themes of the track, addressees, days; and the hints (A5, B6, B22)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from domain.actor import Actor, Role
from domain.campaign.records import Campaign
from domain.errors import NoSuchCampaign
from domain.four_clears import Course, Hint, hints
from domain.pledge.chains import USUAL, USUAL_UNIT, Hands, hands_of
from domain.pledge.refusals import NoSuchUnit, ThemeNotOffered
from domain.pledge.wording import Wording
from models import people
from models.people import Body
from services import campaigns


@dataclass(frozen=True)
class Unit:
    """A body for which this person may pledge."""

    id: int
    name: str


@dataclass(frozen=True)
class Form:
    """The form as it lies before the writer."""

    campaign: str
    title: str
    hands: Hands
    course: Course
    unit_id: int | None = None

    def hints(self, wording: Wording, *, linked: bool = False) -> tuple[Hint, ...]:
        """`linked`: the pledge speaks of a key work."""
        return hints(wording, self.course, self.hands.scheduled, linked=linked)

    def checked(self, wording: Wording) -> Wording:
        """The wording as it is kept. Raises `TextUnfit`, `ThemeNotOffered`: what the form does not offer was never chosen from it."""
        hands = self.hands
        for said, offered in ((wording.theme, hands.themes), (wording.dimension, hands.dimensions)):
            if said and offered and said not in offered:
                raise ThemeNotOffered(said=said[:20])
        strange = [one for one in wording.addressees if hands.addressees and one not in hands.addressees]
        if strange:
            raise ThemeNotOffered(said=strange[0][:20])
        return wording.cleaned()


def form(db: Session, campaign: str, today: date, branch_id: int | None, unit_id: int | None = None) -> Form:
    """The form of this campaign for a member of the branch, or for the unit. A campaign that is not loaded offers the usual one."""
    found = _definition(db, campaign)
    usual = USUAL if unit_id is None else USUAL_UNIT
    if found is None:
        return Form(campaign, "", usual, Course(today), unit_id)
    hands = hands_of(found, of_unit=unit_id is not None, track=_track(db, branch_id)) or usual
    return Form(campaign, found.title, hands, Course(today, found.starts_on, found.ends_on), unit_id)


def offered(db: Session, today: date) -> Sequence[tuple[str, str]]:
    """(key, title) of the campaigns one can pledge in: those of today; when none runs, the last ones, so that nobody finds a dead end."""
    return [(row.key, row.title) for row in campaigns.current(db, today) or campaigns.latest(db)]


def units_of(db: Session, actor: Actor) -> tuple[Unit, ...]:
    """Units whose pledges this person may draft: the own section, and the branch one is secretary of."""
    found = people.person(db, actor.person_id) if actor.person_id else None
    ids = [found.section_id] if found and found.section_id else []
    ids += [seat.body_id for seat in actor.seats if seat.role is Role.BRANCH_SECRETARY]
    return tuple(Unit(body.id, body.name) for body in people.bodies_by_id(db, ids).values())


def unit_of(db: Session, actor: Actor, unit_id: int) -> Unit:
    """One of them. Raises `NoSuchUnit`."""
    for unit in units_of(db, actor):
        if unit.id == unit_id:
            return unit
    raise NoSuchUnit()


def _definition(db: Session, campaign: str) -> Campaign | None:
    try:
        return campaigns.definition(db, campaign)
    except NoSuchCampaign:
        return None


def _track(db: Session, branch_id: int | None) -> str:
    found: Body | None = people.bodies_by_id(db, [branch_id]).get(branch_id) if branch_id else None
    return (found.track or "") if found else ""
