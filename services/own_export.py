"""导出本人数据: everything the list of personal data knows of me, complete by that list, nothing of others (R36, PIPL 45)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from domain import step_words
from domain.actor import Actor, Role
from domain.calendar import SHANGHAI
from domain.flows import FLOWS
from domain.identity_refusals import NotBound
from domain.names import FORMS
from domain.permissions import Can, ask
from domain.personal_data import ITEMS, LABELS, Item
from models import bodies, people
from models import identity as identity_table
from models import own_data as table
from services import steps
from services.identity_requests import Doubt
from services.own_data import Open

Told = dict[str, str]


@dataclass(frozen=True)
class Section:
    """One item of the list with what there is of mine under it; each row maps Chinese labels to words."""

    item: Item
    rows: tuple[Told, ...]


def take(db: Session, actor: Actor, opened: Open, now: datetime) -> tuple[Section, ...]:
    """All sections, in the list's order; taking them leaves a step. Raises `NotBound`."""
    ask(actor, Can.KEEP_OWN_DATA)
    person = people.person(db, actor.person_id) if actor.person_id else None
    if person is None:
        raise NotBound()
    names = bodies.names(db)
    steps.record(db, actor, "person", person.id, "take_out", now, why="本人导出个人信息")
    return tuple(Section(item, tuple(_rows(db, item, person, names, opened))) for item in ITEMS)


def _rows(db: Session, item: Item, person: people.Person, names: dict[int, str], opened: Open) -> list[Told]:
    found = [_own(item, person, names, opened)]
    if item.id == "P01":
        found += [{"已绑定": _ACCOUNTS.get(one.account, one.account)} for one in identity_table.bound(db, [person.id])]
    for place in item.places:
        if place == "steps.who":
            found += [_step(row) for row in table.rows(db, place, f"person:{person.id}")]
        elif not place.startswith(("people.", "contacts.")) and table.is_person(place):
            found += [_told(row, names) for row in table.rows(db, place, person.id)]
    return [row for row in found if row]


_STATES = {state.value: word for flow in FLOWS for state, word in flow.names.items()}
_SPOKEN: dict[str, dict[str, str]] = {
    "state": _STATES | {"waiting": "待办", "sent": "已发出", "failed": "没有送达"},
    "role": {role.value: role.chinese for role in Role},
    "public_form": FORMS,
    "form": FORMS | {"shown": "显示党员身份"},
    "doubt": {doubt.value: doubt.chinese for doubt in Doubt},
}
"""Column → code → what it is called."""
_ACCOUNTS = {"service": "服务号", "mini": "小程序"}


def _own(item: Item, person: people.Person, names: dict[int, str], opened: Open) -> Told:
    """What the row of the person itself says under this item."""
    fields = [place.partition(".")[2] for place in item.places if place.startswith("people.")]
    row = {name: getattr(person, name) for name in fields if name not in ("phone_sealed", "phone_index")}
    number = {"手机号": opened(person.phone_sealed)} if "phone_sealed" in fields and person.phone_sealed else {}
    return _told(row, names) | number


def _step(row: dict[str, Any]) -> Told:
    """What I did: not its reason, which may name others."""
    return {"时间": _words("at", row["at"], {}), "事项": step_words.thing(row["thing"]), "办理": step_words.verb(row["thing"], row["verb"])}


def _told(row: dict[str, Any], names: dict[int, str]) -> Told:
    return {LABELS.get(name, name): _words(name, value, names) for name, value in row.items() if name in LABELS and value not in (None, "", [])}


def _words(name: str, value: Any, names: dict[int, str]) -> str:
    if name in ("branch_id", "section_id", "body_id", "unit_id"):
        return names.get(value, "")
    if name in _SPOKEN:
        return _SPOKEN[name].get(str(value), "其他")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
