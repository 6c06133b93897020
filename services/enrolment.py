"""入册 enrolment: writes people of a list down, hundreds at once, and a step for each of them (design.md 5.8)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.calendar import local_day
from domain.roster.matching import Known, Member
from domain.roster.plan import BACK, PHONE, Change
from domain.roster.records import FULL, Keys
from domain.schedule.binding import Subject
from models import roster as table
from services import binding, pledge_moves, steps

Tick = Callable[[int], None]


@dataclass(frozen=True)
class Enrolment:
    """Writes and records. Steps say which fields changed, never a number or a day: the chain is kept longer than they are."""

    db: Session
    actor: Actor
    keys: Keys
    now: datetime
    tick: Tick
    why: str = "花名册导入"

    def branches(self, names: Mapping[int, str]) -> dict[int, int]:
        """Write new branches; their number below 0 → their id."""
        bodies = table.bodies(self.db)
        parent = next((body for body, kind, _, _ in bodies if kind == "committee"), None)
        places: dict[int, int] = {}
        for number, name in names.items():
            places[number] = table.add_branch(self.db, name, parent)
        self._record("body", "add", [_step(body, self.why, target=f"branch:{body}") for body in places.values()])
        return places

    def add(self, members: Sequence[Member], places: Mapping[int, int]) -> list[int]:
        """Write newcomers; their numbers."""
        rows, ids = [self._row(member, places) for member in members], list[int]()
        for added in table.add_people(self.db, rows):
            self._record("person", "add", [_step(person_id, self.why, target=f"branch:{branch_id}") for person_id, branch_id in added])
            ids += [person_id for person_id, _ in added]
            self.tick(len(added))
        return ids

    def change(self, changed: Sequence[Change], places: Mapping[int, int]) -> None:
        """Write what differs."""
        rows = [self._changed(change, places) for change in changed]
        table.change_people(self.db, rows)
        for change, row in zip(changed, rows, strict=True):
            old, new = (f"branch:{change.known.branch_id or 0}", f"branch:{row['branch_id']}") if change.is_move else ("", "")
            verb = "return" if BACK in change.fields else "move" if change.is_move else "change"
            self._record("person", verb, [_step(change.known.id, f"{self.why}：{'、'.join(change.fields)}", old, new)])
        moved = {change.known.id: row["branch_id"] for change, row in zip(changed, rows, strict=True) if change.is_move}
        pledge_moves.follow(self.db, self.actor, moved, self.now)
        self.tick(len(rows))

    def mark_left(self, gone: Sequence[Known]) -> None:
        """They left today."""
        binding.let_go(self.db, self.actor, [Subject(person_id=one.id) for one in gone], "本人已登记离开", self.now)
        table.mark_left(self.db, [one.id for one in gone], local_day(self.now))
        self._record("person", "leave", [_step(one.id, f"{self.why}：名单中已没有此人", f"branch:{one.branch_id}") for one in gone])
        self.tick(len(gone))

    def _row(self, member: Member, places: Mapping[int, int]) -> dict[str, Any]:
        branch = member.branch_id
        return {
            "name": member.name,
            "branch_id": places[branch] if branch < 0 else branch,
            "category": member.category or FULL,
            "joined_on": member.joined_on,
            "phone_sealed": self.keys.seal(member.phone) if member.phone else None,
            "phone_index": member.phone_index,
        }

    def _changed(self, change: Change, places: Mapping[int, int]) -> dict[str, Any]:
        """All columns of a person as they will be: what the list does not say stays."""
        row, known = self._row(change.member, places), change.known
        if not change.member.category:
            row["category"] = known.category
        if PHONE not in change.fields:
            row["phone_sealed"], row["phone_index"] = known.phone_sealed, known.phone_index
        row["joined_on"] = row["joined_on"] or known.joined_on
        return {**row, "id": known.id, "left_on": None}

    def _record(self, thing: str, verb: str, changed: Sequence[Mapping[str, Any]]) -> None:
        seat = self.actor.seats[0].role if self.actor.seats else None
        steps.record_all(self.db, self.actor, thing, verb, self.now, changed, seat)


def _step(thing_id: int, why: str, source: str = "", target: str = "") -> dict[str, Any]:
    return {"thing_id": thing_id, "source": source, "target": target, "why": why}
