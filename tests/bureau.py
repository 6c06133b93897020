"""A small bureau for stories: three windows, a few people with invented names, one plate each, and noise beside them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain.actor import Actor, Role
from domain.calendar import local_day
from domain.pledge.wording import Wording
from domain.ports import House
from models.people import Body, Contact, Person, SeatRow
from models.windows import Duty, Post, ServiceWindow, WindowService
from services import badges, people
from services import register as registers
from services.pledges import draft, publish, review, submit

SINCE = date(2026, 1, 1)
WINDOWS = (
    (1, "综合受理窗口", ["综窗"]),
    (3, "不动产登记窗口", ["房产登记", "办证窗口"]),
    (5, "房管服务窗口", ["房管窗口", "公房"]),
)


@dataclass
class Bureau:
    """What stories refer to by name."""

    house: House
    windows: dict[int, int] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    branch: int = 0
    other_branch: int = 0

    def actor(self, name: str) -> Actor:
        """Somebody of the staff, as acting today."""
        with self.house.database.reading() as db:
            found = people.person_actor(db, self.people[name], registers.current(db, local_day(self.house.now())))
        assert found is not None
        return found

    def seat(self, name: str, role: Role) -> None:
        """Give somebody a further seat."""
        with self.house.database.transaction() as db:
            db.add(SeatRow(person_id=self.people[name], body_id=self.branch, role=role.value, from_day=SINCE))

    def bind(self, name: str, openid: str, account: str = "service") -> None:
        """The person's own phone."""
        mark = self.house.pseudonyms.contact(account, openid)
        with self.house.database.transaction() as db:
            db.merge(
                Contact(
                    mark=mark,
                    account=account,
                    openid_sealed=self.house.sealer.seal(openid),
                    person_id=self.people[name],
                    follows=True,
                    heard_at=self.house.now(),
                )
            )


def found(house: House, now: datetime) -> Bureau:
    """Write the bureau down."""
    bureau = Bureau(house)
    with house.database.transaction() as db:
        _bodies_and_people(db, bureau)
        for number, name, aliases in WINDOWS:
            _window(db, bureau, number, name, aliases)
        registers.grow(db)
    office = bureau.actor("office")
    with house.database.transaction() as db:
        for number in bureau.windows:
            bureau.codes[number] = badges.issue(db, office, bureau.windows[number], now).code
    _pledge(house, bureau, now)
    return bureau


def _bodies_and_people(db: Any, bureau: Bureau) -> None:
    committee, office = Body(kind="committee", name="局党委"), Body(kind="leading_office", name="领导小组办公室")
    branch, other = Body(kind="branch", name="窗口党支部"), Body(kind="branch", name="机关党支部")
    db.add_all([committee, office, branch, other])
    db.flush()
    bureau.branch, bureau.other_branch = branch.id, other.id
    cast = [
        ("head", "林知远", branch, None, None),
        ("clerk", "禾小满", branch, None, None),
        ("secretary", "苏明礼", branch, Role.BRANCH_SECRETARY, branch),
    ]
    cast += [("stranger", "安可期", other, None, None), ("other_secretary", "宋望舒", other, Role.BRANCH_SECRETARY, other)]
    cast += [
        ("committee", "石开泰", other, Role.COMMITTEE, committee),
        ("office", "叶知秋", other, Role.LEADING_OFFICE, office),
        ("auditor", "钟正言", other, Role.AUDITOR, office),
    ]
    for key, name, home, role, body in cast:
        person = Person(name=name, branch_id=home.id, public_form="surname")
        db.add(person)
        db.flush()
        bureau.people[key] = person.id
        if role is not None:
            db.add(SeatRow(person_id=person.id, body_id=body.id, role=role.value, from_day=SINCE))


def _window(db: Any, bureau: Bureau, number: int, name: str, aliases: list[str]) -> None:
    window = ServiceWindow(
        number=number,
        name=name,
        aliases=aliases,
        place=f"一楼大厅{number}号",
        hours="工作日 9:00–17:00",
        branch_id=bureau.branch,
        head_id=bureau.people["head"],
    )
    db.add(window)
    db.flush()
    bureau.windows[number] = window.id
    post = Post(window_id=window.id, title=f"{name}受理岗", is_pioneer=True)
    db.add_all([post, WindowService(window_id=window.id, name="业务受理", standard="材料齐全当场受理，缺件一次告知", promised_limit="3个工作日")])
    db.flush()
    db.add(Duty(post_id=post.id, person_id=bureau.people["clerk" if number == 3 else "stranger"], from_day=SINCE))


def _pledge(house: House, bureau: Bureau, now: datetime) -> None:
    wording = Wording("办证材料一次告知", "印制清单，逐项讲解", "群众少跑一趟，差评为零", date(2026, 12, 31), slogan="一次告知，少跑一趟")
    with house.database.transaction() as db:
        pledge = draft(db, bureau.actor("clerk"), "demo", wording, now, window_id=bureau.windows[3])
        draft(db, bureau.actor("stranger"), "demo", Wording("还在起草，不应公开", "", "", None), now)
        submit(db, bureau.actor("clerk"), pledge.code, now)
        review(db, bureau.actor("secretary"), pledge.code, "approve", "", now)
        publish(db, bureau.actor("office"), pledge.code, now)
