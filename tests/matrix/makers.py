"""How the things of the matrix are made: mine, my branch's, another branch's, each with what the by-law is told of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from secrets import token_hex

from domain.actor import About, Actor
from domain.calendar import local_day
from domain.marks import Mark
from domain.objections import Objection
from domain.policy import STANDARD
from domain.ports import House
from domain.publicity import Channel, Showing
from domain.works import Milestone
from models import campaigns as campaign_table
from models import todos as todo_table
from models import windows
from models.batches import Batch, BatchRow
from models.cause_releases import CauseRelease
from models.identity import BindingRequest
from models.people import Contact
from models.pledges import Pledge
from models.windows import Post, ServiceWindow
from services import accountable, binding, campaigns, objections, pledges, publicity, ratings, register, works
from services.pledges import Wording
from services.works import Facts
from tests.bureau import Bureau
from tests.services.test_todos import spring

_ELSEWHERE = "另一支部的窗口"


class Whose(StrEnum):
    OWN = "own"
    BRANCH = "same branch"
    OTHER = "other branch"


@dataclass(frozen=True)
class Stage:
    """Where a thing is made, for whom."""

    house: House
    bureau: Bureau
    actor: Actor


def author(stage: Stage, whose: Whose) -> Actor:
    """Who of the bureau is mine, beside me, elsewhere."""
    at_home = stage.actor.branch_id == stage.bureau.branch
    mine = next((name for name, key in stage.bureau.people.items() if key == stage.actor.person_id), "head")
    beside = next(name for name in (("head", "clerk") if at_home else ("stranger", "committee")) if name != mine)
    return stage.bureau.actor({Whose.OWN: mine, Whose.BRANCH: beside, Whose.OTHER: "stranger" if at_home else "head"}[whose])


def _branch(stage: Stage, whose: Whose) -> int:
    """Mine, or the other one."""
    branches = {stage.bureau.branch, stage.bureau.other_branch}
    mine = stage.actor.branch_id if stage.actor.branch_id in branches else stage.bureau.branch
    return mine if whose is not Whose.OTHER else next(iter(branches - {mine}))


def _window(stage: Stage, whose: Whose) -> tuple[int, int]:
    """(window, its branch): two of the first branch, one that the clerk serves; a new one of the other."""
    if whose is not Whose.OTHER:
        return stage.bureau.windows[3 if whose is Whose.OWN else 1], stage.bureau.branch
    with stage.house.database.transaction() as db:
        found = windows.named(db, _ELSEWHERE) or ServiceWindow(name=_ELSEWHERE, branch_id=stage.bureau.other_branch)
        db.add(found)
        db.flush()
        register.grow(db)
        return found.id, stage.bureau.other_branch


def pledge(stage: Stage, whose: Whose) -> tuple[str, About]:
    """A draft: nobody but those whom the by-law names knows of it."""
    writer = author(stage, whose)
    with stage.house.database.transaction() as db:
        made = pledges.draft(db, writer, "demo", Wording("一件还没有公示的事", "", "", None), stage.house.now())
    return made.code, About(author_id=writer.person_id, branch_id=writer.branch_id)


def person(stage: Stage, whose: Whose) -> tuple[str, About]:
    """Somebody of the roster; to the by-law his page is his own."""
    found = author(stage, whose)
    return str(found.person_id), About(author_id=found.person_id, branch_id=found.branch_id)


def rectification(stage: Stage, whose: Whose) -> tuple[str, About]:
    """A bad rating's order, still to be answered."""
    window_id, branch_id = _window(stage, whose)
    with stage.house.database.transaction() as db:
        rated = ratings.rate_window(db, Actor(rater=token_hex(8)), window_id, Mark.DISSATISFIED, "等了两个小时", stage.house.now())
    return str(rated.number), About(window_id=window_id, branch_id=branch_id)


def release(stage: Stage, whose: Whose) -> tuple[str, About]:
    """A pledge that was not kept, proposed to be told in public."""
    writer, today = author(stage, whose), local_day(stage.house.now())
    office = stage.bureau.people["office"]
    with stage.house.database.transaction() as db:
        words = {"campaign": "demo", "content": "没有做到的事", "state": "excuse_confirmed"}
        kept = Pledge(code=token_hex(6), author_id=writer.person_id, branch_id=writer.branch_id, **words)
        db.add(kept)
        db.flush()
        row = CauseRelease(
            pledge_id=kept.id, form="surname", words="没有做到", scope="page", until=today, hear_until=today, state="proposed",
            proposer_id=office, proposed_at=stage.house.now(),
        )  # fmt: skip
        db.add(row)
        db.flush()
        return str(row.id), About(author_id=writer.person_id, branch_id=writer.branch_id, doer_id=office)


def objection(stage: Stage, whose: Whose) -> tuple[str, About]:
    """One against a published pledge, still to be answered."""
    writer, today = author(stage, whose), local_day(stage.house.now())
    with stage.house.database.transaction() as db:
        row = Pledge(code=token_hex(6), campaign="demo", author_id=writer.person_id, branch_id=writer.branch_id, state="published")
        row.content, row.published_on = "窗口材料一次告知", today
        db.add(row)
        db.flush()
        said = Objection(Actor(rater=token_hex(8)), row.code, "说好一次告知，我跑了两趟")
        taken = objections.object_to(db, said, stage.house.now(), STANDARD)
    return taken.number, About(author_id=writer.person_id, branch_id=writer.branch_id)


def work(stage: Stage, whose: Whose) -> tuple[str, About]:
    """A key work that nobody sees yet but who keeps it."""
    branch_id, today = _branch(stage, whose), local_day(stage.house.now())
    facts = Facts("文明路改造", branch_id, "市政科", "拓宽1.2公里", 40, "", (Milestone("竣工", today + timedelta(days=30)),), ())
    with stage.house.database.transaction() as db:
        return works.write_down(db, stage.bureau.actor("office"), facts, stage.house.now()).code, About(branch_id=branch_id)


def window(stage: Stage, whose: Whose) -> tuple[str, About]:
    window_id, branch_id = _window(stage, whose)
    return str(window_id), About(branch_id=branch_id, window_id=window_id)


def post(stage: Stage, whose: Whose) -> tuple[str, About]:
    """A post where nobody stands yet."""
    window_id, branch_id = _window(stage, whose)
    with stage.house.database.transaction() as db:
        row = Post(window_id=window_id, title="查询岗")
        db.add(row)
        db.flush()
        register.grow(db)
        return str(row.id), About(branch_id=branch_id, window_id=window_id)


def batch(stage: Stage, whose: Whose) -> tuple[str, About]:
    """Units' pledges that lie before the committee; written by somebody who decides nothing."""
    branch_id = _branch(stage, whose)
    with stage.house.database.transaction() as db:
        author_id = stage.bureau.people["clerk"]
        row = Pledge(code=token_hex(6), campaign="demo", author_id=author_id, branch_id=branch_id, unit_id=branch_id, state="submitted")
        made = Batch(code=token_hex(6), campaign="demo", branch_id=branch_id, state="sent", sent_on=local_day(stage.house.now()))
        db.add_all([row, made])
        db.flush()
        db.add(BatchRow(batch_id=made.id, pledge_id=row.id, rank=1))
        return made.code, About(branch_id=branch_id)


def unit_pledge(stage: Stage, whose: Whose) -> tuple[str, About]:
    """A unit's pledge that lies free to be compiled."""
    branch_id = _branch(stage, whose)
    with stage.house.database.transaction() as db:
        author_id = stage.bureau.people["clerk"]
        row = Pledge(code=token_hex(6), campaign="demo", author_id=author_id, branch_id=branch_id, unit_id=branch_id, state="submitted")
        db.add(row)
        return row.code, About(branch_id=branch_id)


def binding_request(stage: Stage, whose: Whose) -> tuple[str, About]:
    """A phone that says it is this person's."""
    found, mark = author(stage, whose), token_hex(16)
    with stage.house.database.transaction() as db:
        db.add(Contact(mark=mark, account="service", openid_sealed=b"x", follows=True, heard_at=stage.house.now()))
        db.flush()
        row = BindingRequest(contact=mark, person_id=found.person_id, said_name="某人", doubt="name_differs", asked_at=stage.house.now())
        db.add(row)
        db.flush()
        return str(row.id), About(author_id=found.person_id, branch_id=found.branch_id)


def showing(stage: Stage, whose: Whose) -> tuple[str, About]:
    """What the office has put up for a branch."""
    branch_id, today = _branch(stage, whose), local_day(stage.house.now())
    hung = Showing(channel=Channel.NOTICE_BOARD, place="一楼大厅公告栏", from_day=today, to_day=today + timedelta(days=5), branch_id=branch_id)
    with stage.house.database.transaction() as db:
        return str(publicity.put_up(db, stage.bureau.actor("office"), hung, (), stage.house.now())), About(branch_id=branch_id)


def todo(stage: Stage, whose: Whose) -> tuple[str, About]:
    """What a branch owes, or a member: 实施细则 of mine, my branch's member's, the other branch's."""
    _run_a_campaign(stage)
    subject = f"person:{author(stage, whose).person_id}" if whose is Whose.BRANCH else f"body:{_branch(stage, whose)}"
    with stage.house.database.reading() as db:
        row = next(one for one in todo_table.of_campaign(db, _campaign(db)) if one.subject == subject and one.state == "open")
        at = accountable.on(db, local_day(stage.house.now()))
        return str(row.id), at.about(stage.actor, row, accountable.branches_of(db, [row]))


def _run_a_campaign(stage: Stage) -> None:
    """Once a house."""
    with stage.house.database.transaction() as db:
        if campaign_table.campaign(db, "spring") is None:
            office = stage.bureau.actor("office")
            campaigns.load(db, office, spring(), stage.house.now())
            binding.start(db, office, "spring", stage.house.now())


def _campaign(db: object) -> int:
    found = campaign_table.campaign(db, "spring")  # type: ignore[arg-type]
    assert found is not None
    assert found.starts_on >= date(2026, 1, 1)
    return found.id
