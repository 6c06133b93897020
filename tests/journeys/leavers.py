"""A hundred people who use everything once and leave, and the search for what is left of them (R35)."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import redis
from PIL import Image
from sqlalchemy import select, text

from domain.actor import Actor
from domain.invitations import spaced
from domain.ports import House
from domain.roster.records import Keys
from models import migrations
from models.letters import Letter
from models.objections import ObjectionRow
from models.windows import Duty
from services import (
    binding,
    desk_sessions,
    files,
    invitations,
    letters,
    message_consents,
    objection_answers,
    own_data,
    people,
    people_changes,
    pledge_progress,
    pledges,
    seats,
    submissions,
    todos,
)
from services.people_changes import Newcomer
from services.pledge_progress import Entry, Reported
from services.pledges import Wording
from services.seats import Wish
from tests.bureau import Bureau
from tests.miniapp_api.conftest import Mini
from tests.phones import Phone

JOINED = date(1987, 3, 19)
"""A day that no other date of the story is."""


@dataclass
class Leaver:
    """Somebody and what is his: openids, name, number. `person_id` is 0 for a citizen."""

    key: str
    name: str
    number: str
    phone: Phone
    mini: Mini
    person_id: int = 0

    @property
    def mini_openid(self) -> str:
        return f"o-{self.key}"

    def marks(self, house: House) -> Iterator[str]:
        """What must be found nowhere once the addresses' term is over: openids and all that is made of them."""
        for account, openid in (("service", self.phone.openid), ("mini", self.mini_openid)):
            yield openid
            yield house.pseudonyms.contact(account, openid)
            yield house.pseudonyms.rater(openid)

    def said(self, house: House) -> Iterator[str]:
        """What must be found nowhere once all terms are over."""
        yield from self.marks(house)
        yield from (self.name, self.number, str(house.pseudonyms.phone(self.number)))


@dataclass
class Crowd:
    """The leavers of a story, and what they do."""

    bureau: Bureau
    citizens: list[Leaver] = field(default_factory=list)
    members: list[Leaver] = field(default_factory=list)

    @property
    def house(self) -> House:
        return self.bureau.house

    def act(self, verb: Any, by: Actor | str, *words: Any, **more: Any) -> Any:
        """One deed of a service in a transaction of its own, as somebody of the bureau or as this actor."""
        actor = self.bureau.actor(by) if isinstance(by, str) else by
        with self.house.database.transaction() as db:
            return verb(db, actor, *words, self.house.now(), **more)

    # --- citizens ----------------------------------------------------------------------------------------------------

    def visit(self, one: Leaver) -> None:
        """A citizen rates, asks, objects, follows, allows a message, and breaks off a talk."""
        one.phone.say("评价 3号窗口 不满意 等太久了")
        one.phone.say("通知 A0001")
        assert "已登记" in one.phone.say("异议 1 保密 说好一次告知，我跑了两趟")
        one.mini.rate(self.bureau.windows[1], 2, text="等了两个小时")
        said = {"pledge": self._public_code(), "text": f"第{len(self.citizens)}次来也没有办成", "privacy": "confidential", "phone": one.number}
        one.mini.ask(201, "POST", "/objections", said)
        with self.house.database.transaction() as db:
            mark = self.house.pseudonyms.contact("service", one.phone.openid)
            message_consents.accept(db, mark, "template", self.house.now(), proved=True)
        one.phone.say("我要评价")
        self.citizens.append(one)

    def _public_code(self) -> str:
        with self.house.database.reading() as db:
            return str(db.execute(text("SELECT code FROM pledges WHERE state = 'published' ORDER BY id LIMIT 1")).scalar_one())

    def answer_all(self) -> None:
        """Every objection is answered and released; what still lies with the clock is settled."""
        with self.house.database.reading() as db:
            numbers = [f"异{row:04d}" for row in db.scalars(select(ObjectionRow.id))]
        for number in numbers:
            self.act(objection_answers.answer, "secretary", number, "已补印清单")
            self.act(objection_answers.release, "office", number)
        with self.house.database.transaction() as db:
            ids = list(db.scalars(select(Letter.id)))
            letters.cancel(db, self.bureau.actor("office"), ids, "故事到此为止", self.house.now())

    # --- members -----------------------------------------------------------------------------------------------------

    def join(self, one: Leaver) -> None:
        """A member is written down, bound on two phones, pledges with a picture, hands in, serves, and signs in."""
        house = self.house
        keys = Keys(house.pseudonyms.phone, house.sealer.seal, house.sealer.open)
        newcomer = Newcomer(one.name, self.bureau.branch, one.number, JOINED.isoformat(), "正式党员")
        one.person_id, _ = self.act(people_changes.add, "office", newcomer, keys, sure=True)
        issued = self.act(invitations.issue, "secretary", one.person_id, house.pseudonyms.invitation)
        assert "绑定成功" in one.phone.say(f"绑定 {spaced(issued.code)}")
        self.bureau.people[one.name] = one.person_id
        self.bureau.bind(one.name, one.mini_openid, "mini")
        me = self.bureau.actor(one.name)
        for form in ("surname", "full"):
            self.act(own_data.show_name, me, form)
        self.act(own_data.show_membership, me, True)
        self._pledge(one, me)
        self._serve(one, me)
        self.members.append(one)

    def _pledge(self, one: Leaver, me: Actor) -> None:
        wording = Wording("窗口材料一次告知", "印制清单逐项讲解", "因漏告知再跑的每月为零", self.house.now().date() + timedelta(days=30))
        code = self.act(lambda db, actor, now: pledges.draft(db, actor, "demo", wording, now), me).code
        self.act(pledges.submit, me, code)
        self.act(pledges.review, "secretary", code, "approve", "")
        self.act(pledges.publish, "office", code)
        kept = self.house.files.keep(f"{one.name}的照片.jpg", io.BytesIO(_picture(one.name)))
        attached = self.act(files.add, me, kept)
        self.act(pledge_progress.report, me, code, Entry(Reported.PROGRESS, "印好六类", 50, [attached.code]))

    def _serve(self, one: Leaver, me: Actor) -> None:
        house, today = self.house, self.house.now().date()
        with house.database.transaction() as db:
            binding.keep_up_all(db, house.now())
        owed = self.act(todos.of_person, me)
        self.act(submissions.hand_in, me, owed[0].id, "本人的措施")
        with house.database.transaction() as db:
            post = db.execute(text("SELECT min(id) FROM posts")).scalar_one()
            db.add(Duty(post_id=post, person_id=one.person_id, from_day=today))
            desk_sessions.open_for(db, one.person_id, house.now())
        wish = Wish(one.person_id, self.bureau.branch, "member", "组织委员", today, None, "换届")
        self.act(seats.appoint, "office", wish)
        self.act(invitations.issue, "secretary", one.person_id, house.pseudonyms.invitation)

    # --- leaving -----------------------------------------------------------------------------------------------------

    def leave(self, at: int, one: Leaver) -> None:
        """Unsubscribe, withdraw or delete, by turns; a member's membership ends with it."""
        if at % 2:
            one.mini.ask(204, "DELETE", "/me/data")
        if one.person_id:
            one.phone.say("解绑")
            one.phone.say("确认解绑")
            self.act(people_changes.leave, "office", one.person_id, "transfer", None, "")
        one.phone.do("unsubscribe")
        with self.house.database.transaction() as db:
            people.forget(db, self.house.pseudonyms.contact("mini", one.mini_openid), self.house.now())  # 撤回授权


def _picture(words: str) -> bytes:
    """A photo whose EXIF names somebody."""
    raw, image = io.BytesIO(), Image.new("RGB", (32, 32), (200, 16, 46))
    exif = Image.Exif()
    exif[0x010E] = f"photo of {words}"
    image.save(raw, "JPEG", exif=exif)
    return raw.getvalue()


def everything(house: House, folder: Path) -> str:
    """Every row of every table with what lies sealed in it opened, every key and value of the store, every byte of every file."""
    parts: list[str] = []
    with house.database.reading() as db:
        for table in sorted(migrations.whole_metadata().tables):
            for row in db.execute(text(f'SELECT * FROM "{table}"')):
                parts.append(f"{table}: {tuple(row)}")
                parts += [_opened(house, cell) for cell in row if isinstance(cell, bytes | memoryview)]
    parts += _stored(house)
    parts += [path.read_bytes().decode("latin-1") + path.name for path in folder.rglob("*") if path.is_file()]
    return "\n".join(sorted(parts))


def _opened(house: House, cell: Any) -> str:
    try:
        return house.sealer.open(bytes(cell))
    except ValueError:
        return str(bytes(cell))


def _stored(house: House) -> list[str]:
    url = house.settings.redis.url
    if not url:
        return [str(house.store.__dict__.get("_kept", ""))]
    server = redis.Redis.from_url(url)
    return [f"{key!r} {server.get(key)!r}" for key in server.scan_iter() if server.type(key) == b"string"]


def found(words: Sequence[str], where: str) -> list[str]:
    """Those of the words that are there; latin-1 for what stands in files and logs as bytes."""
    return [word for word in words if word in where or word.encode().decode("latin-1") in where]


def rows(house: House) -> dict[str, int]:
    """What counts, and must not change by forgetting."""
    told = ("ratings", "rectifications", "objections", "pledges", "pledge_progress", "submissions", "steps", "people")
    with house.database.reading() as db:
        return {table: int(db.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()) for table in told}
