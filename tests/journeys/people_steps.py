"""Steps of a journey that concern people: the list comes in, seats are given by two, members bind; each as a person does it."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.phones import Phone
from tests.web.conftest import Browser, words_of

_STAMP = re.compile(r'name="stamp" value="([^"]+)"')
_PERSON = re.compile(r'href="/console/people/(\d+)">([^<]+)<')
_CODE = re.compile(r'invitation__code">([2-9A-Z-]{9})<')
_APPROVE = re.compile(r"/console/seats/proposals/\d+/approve")


@dataclass
class People:
    """`staff(name)` is the browser of somebody who is signed in to the console; `phone(name)` somebody's phone."""

    staff: Callable[[str], Browser]
    phone: Callable[..., Phone]

    def bring_in(self, office: Browser, rows: Sequence[str]) -> str:
        """花名册导入: upload, look at the preview, say yes; what the house answered."""
        sheet = ("\n".join(("姓名,党支部,手机号,入党时间,党员类别", *rows))).encode("utf-8-sig")
        form: dict[str, Any] = {"data": {"file": (io.BytesIO(sheet), "党员名单.csv")}, "headers": {"Origin": "http://localhost"}}
        preview = office.open("POST", "/console/roster/upload", 303, **form).headers["Location"]
        stamp = _STAMP.search(office.get(preview))
        assert stamp is not None
        office.post(f"{preview}/apply", 303, stamp=stamp[1])
        return words_of(office.get("/console/people/"))

    def id_of(self, office: Browser, name: str) -> int:
        """The number of the one person of this name."""
        [(number, _name)] = [one for one in _PERSON.findall(office.get(f"/console/people/?name={name}")) if one[1] == name]
        return int(number)

    def seat(self, office: Browser, committee: Browser, person_id: int, body_id: int, role: str, since: str, title: str = "") -> None:
        """任职: the office proposes, the committee approves."""
        office.post("/console/seats/appoint/send", 303, person=str(person_id), body=str(body_id), role=role, title=title, from_day=since, to_day="")
        approve = _APPROVE.search(committee.get("/console/seats/"))
        assert approve is not None
        committee.post(approve[0], 303)

    def bind(self, secretary: Browser, person_id: int, name: str) -> Phone:
        """绑定: the secretary shows a code, the member sends it; the member's phone."""
        code = _CODE.search(secretary.post(f"/console/people/{person_id}/invite", 200).get_data(as_text=True))
        assert code is not None
        taken = self.phone(name)
        assert "绑定成功" in taken.say(f"绑定 {code[1]}")
        return taken
