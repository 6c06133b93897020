"""Bodies, people and their seats with terms: 局党委, 办公室, 八个党支部, 科室, 党员."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from domain.actor import Role
from models.people import Body, Person, SeatRow
from operations.bureau.ground import Ground, plan
from operations.bureau.names import invent

_TERM_BEGAN = 400
"""Days since the present terms of office began."""


def settle(ground: Ground) -> None:
    """Write them all down; names lead to ids afterwards."""
    facts = plan("people")
    _bodies(ground, facts)
    named = list(_named(facts))
    _people(ground, named, facts["members"] - len(named))
    _seats(ground, facts)
    ground.db.flush()


def _bodies(ground: Ground, facts: dict[str, Any]) -> None:
    committee = Body(kind="committee", name=facts["committee"])
    ground.db.add(committee)
    ground.db.flush()
    below = [Body(kind="leading_office", name=facts["office"], parent_id=committee.id)]
    below += [Body(kind="branch", name=row["name"], parent_id=committee.id, track=row["track"]) for row in facts["branches"]]
    below += [Body(kind="section", name=row["name"], parent_id=committee.id) for row in facts["sections"]]
    below += [Body(kind="leading_group", name=facts["group"], parent_id=committee.id)]
    ground.db.add_all(below)
    ground.db.flush()
    ground.bodies = {body.name: body.id for body in (committee, *below)}


def _named(facts: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(name, branch, form of the name in public) of everybody the facts name."""
    for row in facts["branches"]:
        yield row["secretary"], row["name"], "full"
        if "former" in row:
            yield row["former"], row["name"], "post"
    once = {row["name"]: row for row in (*facts["seats"], *facts["named"])}
    for row in once.values():
        yield row["name"], row["branch"], row.get("shown", "post")


def _people(ground: Ground, named: list[tuple[str, str, str]], more: int) -> None:
    """The named ones, and invented ones so that the branches come out even."""
    branches = [row["name"] for row in plan("people")["branches"]]
    size = {branch: sum(one[1] == branch for one in named) for branch in branches}
    everybody = list(named)
    for name in invent(ground.dice, more, {one[0] for one in named}):
        branch = min(branches, key=lambda one: size[one])
        size[branch] += 1
        ground.rest.setdefault(branch, []).append(name)
        everybody.append((name, branch, ground.dice.choice(("post", "surname"))))
    rows = [_person(ground, number, *one) for number, one in enumerate(everybody, 1)]
    ground.db.add_all(rows)
    ground.db.flush()
    ground.people = {row.name: row.id for row in rows}


def _person(ground: Ground, number: int, name: str, branch: str, shown: str) -> Person:
    phone = f"1380001{number:04d}"
    sections = [row["name"] for row in plan("people")["sections"] if row["branch"] == branch]
    new = number % 30 == 0
    joined = ground.day(200) if new else date(1986, 7, 1) + timedelta(days=ground.dice.randrange(13_500))
    return Person(
        name=name,
        branch_id=ground.bodies[branch],
        section_id=ground.bodies[sections[number % len(sections)]],
        category="预备党员" if new else "正式党员",
        joined_on=joined,
        phone_sealed=ground.house.sealer.seal(phone),
        phone_index=ground.house.pseudonyms.phone(phone),
        public_form=shown,
    )


def _seats(ground: Ground, facts: dict[str, Any]) -> None:
    began, secretary = ground.day(_TERM_BEGAN), Role.BRANCH_SECRETARY.value
    for row in facts["branches"]:
        _seat(ground, row["secretary"], row["name"], secretary, "党支部书记", began)
        if "former" in row:
            _seat(ground, row["former"], row["name"], secretary, "党支部书记", ground.day(_TERM_BEGAN + 1000), ground.day(_TERM_BEGAN + 1))
    for row in facts["seats"]:
        _seat(ground, row["name"], row["body"], row["role"], row["title"], began)


def _seat(ground: Ground, name: str, body: str, role: str, title: str, began: date, ended: date | None = None) -> None:
    row = SeatRow(person_id=ground.people[name], body_id=ground.bodies[body], role=Role(role).value, title=title, from_day=began, to_day=ended)
    ground.db.add(row)
