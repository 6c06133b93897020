"""Found the bureau: everything in one transaction, so that there is all of it or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random

from sqlalchemy.orm import Session

from domain.calendar import local_day
from domain.flows.plates import PlateState
from domain.ports import House
from models import people as people_table
from models import windows as windows_table
from models.windows import Plate, Post
from operations import campaigns
from operations.bureau import flags, identity, letters, objections, people, pledges, publicity, rectifications, todos, unit_pledges, windows, works
from operations.bureau.ground import Ground
from operations.bureau.ratings import Fortnight
from services import campaigns as campaign_verbs
from services import figures

SEED = 2010
"""The year of the first campaign."""
_CAMPAIGNS = Path(__file__).parent.parent.parent / "campaigns"


@dataclass(frozen=True)
class PrintedPlate:
    """A code as printed: at which window, of which post, and whether it counts: issued, revoked or expired."""

    code: str
    number: int
    post: str
    state: PlateState


@dataclass(frozen=True)
class Found:
    """What there is: window number → id, name → person, and every plate ever printed."""

    windows: Mapping[int, int]
    people: Mapping[str, int]
    plates: tuple[PrintedPlate, ...]
    is_new: bool

    def codes(self, number: int) -> list[str]:
        """Codes in use at this window, the first desk's first."""
        return [plate.code for plate in self.plates if plate.number == number and plate.state is PlateState.ISSUED]

    def in_state(self, state: PlateState) -> list[str]:
        return [plate.code for plate in self.plates if plate.state is state]


def found(house: House, now: datetime, seed: int = SEED) -> Found:
    """Write the bureau down unless a bureau is there already; either way say what there is. The schema must be up."""
    with house.database.reading() as db:
        is_new = not (people_table.everyone(db) or windows_table.windows(db))
    if is_new:
        with house.database.transaction() as db:
            _write(Ground(house, db, now, Random(seed)))
    with house.database.reading() as db:
        return _told(db, local_day(now), is_new)


def _write(ground: Ground) -> None:
    people.settle(ground)
    windows.open_all(ground)
    windows.issue_plates(ground)
    load_campaigns(ground.db, ground.moment(90))
    todos.run_campaigns(ground)
    pledges.make_all(ground)
    pledges.propose_release(ground)
    unit_pledges.make_all(ground)
    works.begin_all(ground)
    fortnight = Fortnight(ground)
    fortnight.pass_by()
    rectifications.go_on(ground, fortnight.orders)
    flags.check_one(ground)
    objections.raise_all(ground)
    identity.invite(ground)
    identity.consent(ground)
    identity.propose(ground)
    publicity.log_all(ground)
    letters.deliver_past(ground)
    figures.publish(ground.db, ground.now, ground.house.settings.policy)


def load_campaigns(db: Session, now: datetime) -> None:
    """Both campaigns of the source documents; the template only explains."""
    for file in sorted(_CAMPAIGNS.glob("*.yaml")):
        campaign, report, _ = campaigns.read(file)
        if campaign is None:
            raise ValueError(report)
        if file.stem != "template":
            campaign_verbs.load(db, campaigns.OPERATOR, campaign, now)


def _told(db: Session, today: date, is_new: bool) -> Found:
    numbers = {row.id: row.number for row in windows_table.windows(db) if row.number is not None}
    posts = {post.id: post for post in windows_table.posts(db)}
    printed = sorted(windows_table.plates(db), key=lambda plate: (plate.post_id, plate.serial))
    return Found(
        windows={number: window for window, number in numbers.items()},
        people={person.name: person.id for person in people_table.everyone(db)},
        plates=tuple(_printed(plate, posts[plate.post_id], numbers, today) for plate in printed),
        is_new=is_new,
    )


def _printed(plate: Plate, post: Post, numbers: Mapping[int, int], today: date) -> PrintedPlate:
    over = plate.expires_on is not None and plate.expires_on < today
    return PrintedPlate(plate.code, numbers.get(post.window_id, 0), post.title, PlateState.EXPIRED if over else PlateState(plate.state))
