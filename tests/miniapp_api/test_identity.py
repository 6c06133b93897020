"""Binding, “我”, invitations by the API: what the by-law grants, what a guesser learns (nothing), what a race leaves (one)."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from domain.ports import House
from models.people import Contact, Person
from services import invitations
from tests.bureau import Bureau
from tests.miniapp_api.conftest import PHONES, Mini

Minis = Callable[[str], Mini]


@pytest.fixture
def staff(mini: Minis, bureau: Bureau, house: House) -> Minis:
    """`staff("secretary")` is the secretary's own mini-program, bound."""
    with house.database.transaction() as db:
        for name, key in (("clerk", "own"), ("head", "shared"), ("stranger", "shared")):
            person = db.get(Person, bureau.people[name])
            person.phone_index, person.phone_sealed = house.pseudonyms.phone(PHONES[key]), house.sealer.seal(PHONES[key])

    def take(name: str) -> Mini:
        bureau.bind(name, f"o-{name}", "mini")
        return mini(name)

    return take


def owner(house: House, name: str) -> int | None:
    with house.database.reading() as db:
        return db.scalar(select(Contact.person_id).where(Contact.mark == house.pseudonyms.contact("mini", f"o-{name}")))


def test_the_secretary_invites_on_the_phone_and_the_member_is_bound(staff: Minis, mini: Minis, bureau: Bureau, house: House) -> None:
    invited = staff("secretary").ask(201, "POST", "/invitations", {"person_id": bureau.people["clerk"]})
    told = mini("new").ask(201, "POST", "/me/binding", {"code": invited["code"].lower()})
    assert told == {"state": "bound", "name": "禾小满", "message": "绑定成功，禾小满同志。"}
    assert invited["link"] == f"http://127.0.0.1:8000/i/{invited['code'].replace('-', '')}"
    assert owner(house, "new") == bureau.people["clerk"]


@pytest.mark.parametrize(
    ("who", "whom", "status"),
    [("secretary", "clerk", 201), ("secretary", "stranger", 404), ("office", "stranger", 201), ("committee", "clerk", 403), ("clerk", "clerk", 403)],
)
def test_whom_somebody_may_invite(staff: Minis, bureau: Bureau, who: str, whom: str, status: int) -> None:
    told = staff(who).ask(status, "POST", "/invitations", {"person_id": bureau.people[whom]})
    absent = staff(who).ask(404 if status == 201 else status, "POST", "/invitations", {"person_id": 99999})
    assert status != 404 or told == absent


def test_the_own_number_and_name_bind_at_once(staff: Minis, mini: Minis, bureau: Bureau, house: House) -> None:
    staff("secretary")
    assert mini("new").ask(201, "POST", "/me/binding/phone", {"phone_code": "phone-own", "name": "禾小满"})["state"] == "bound"
    assert owner(house, "new") == bureau.people["clerk"]


@pytest.mark.parametrize(
    ("code", "name"),
    [("phone-shared", "林知远"), ("phone-own", "张三"), ("phone-nobody", "苏明礼"), ("phone-nobody", "没有这个人")],
    ids=["two people have it", "another name", "another number", "nobody"],
)
def test_what_is_doubtful_reads_the_same_as_what_is_not_there(staff: Minis, mini: Minis, house: House, code: str, name: str) -> None:
    staff("secretary")
    told = mini("new").ask(202, "POST", "/me/binding/phone", {"phone_code": code, "name": name})
    assert told["message"].startswith("已提交核对。如果您是本单位党员")
    assert told["name"] is None
    assert owner(house, "new") is None


def test_the_secretary_sees_the_own_branch_only_and_confirms(staff: Minis, mini: Minis, bureau: Bureau, house: House) -> None:
    secretary, other = staff("secretary"), staff("other_secretary")
    mini("new").ask(202, "POST", "/me/binding/phone", {"phone_code": "phone-own", "name": "禾小漫"})
    [waits] = secretary.ask(200, "GET", "/binding-requests")["requests"]
    assert (waits["person"], waits["said_name"], waits["why"]) == ("禾小满", "禾小漫", "手机号与花名册一致，姓名不一致")
    assert other.ask(200, "GET", "/binding-requests")["requests"] == []
    address = f"/binding-requests/{waits['id']}/decision"
    assert other.ask(404, "POST", address, {"verb": "confirm"}) == other.ask(404, "POST", "/binding-requests/9999/decision", {"verb": "confirm"})
    secretary.ask(204, "POST", address, {"verb": "confirm"})
    assert secretary.ask(409, "POST", address, {"verb": "refuse"})["code"] == "not_now"
    assert owner(house, "new") == bureau.people["clerk"]


def test_nobody_confirms_himself(staff: Minis, mini: Minis, bureau: Bureau, house: House) -> None:
    mini("again").ask(202, "POST", "/me/binding/phone", {"phone_code": "phone-nobody", "name": "苏明礼"})
    assert staff("secretary").ask(200, "GET", "/binding-requests")["requests"] == []
    [waits] = staff("office").ask(200, "GET", "/binding-requests")["requests"]
    staff("secretary").ask(404, "POST", f"/binding-requests/{waits['id']}/decision", {"verb": "confirm"})


def test_two_phones_race_for_one_code(staff: Minis, mini: Minis, bureau: Bureau, house: House) -> None:
    with house.database.transaction() as db:
        code = invitations.issue(db, bureau.actor("secretary"), bureau.people["clerk"], house.pseudonyms.invitation, house.now()).code
    phones = [mini(f"racer{n}") for n in range(6)]
    seen: list[int] = []
    threads = [Thread(target=lambda one=one: seen.append(_try(one, code))) for one in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == [201, *[404] * 5]
    assert [owner(house, f"racer{n}") for n in range(6)].count(bureau.people["clerk"]) == 1


def _try(phone: Mini, code: str) -> int:
    return phone.client.post("/api/v1/me/binding", headers=phone.headers, json={"code": code}).status_code


def test_guessing_is_slowed_down(mini: Minis) -> None:
    guesser = mini("guesser")
    for n in range(5):
        assert guesser.ask(404, "POST", "/me/binding", {"code": f"GUESS{n}AA"})["code"] == "invitation_refused"
    assert guesser.ask(429, "POST", "/me/binding", {"code": "GUESS9AA"})["code"] == "too_many_tries"
    assert guesser.last.headers["Retry-After"] == "900"


def test_a_phone_code_that_wechat_does_not_know_is_told_so(mini: Minis) -> None:
    assert mini("new").ask(422, "POST", "/me/binding/phone", {"phone_code": "code-used", "name": "禾小满"})["code"] == "phone_code_refused"


def test_me_shows_me_and_the_public_name_follows(staff: Minis, bureau: Bureau) -> None:
    clerk = staff("clerk")
    me = clerk.ask(200, "GET", "/me")
    assert (me["name"], me["branch"], me["phone"], me["accounts"]) == ("禾小满", "窗口党支部", "138****8000", ["mini"])
    assert [(one["form"], one["shown_as"], one["chosen"]) for one in me["name_forms"]] == [
        ("full", "禾小满", False),
        ("surname", "禾同志", True),
        ("post", "值守人员", False),
    ]
    clerk.ask(200, "PUT", "/me/public-name", {"form": "full"})
    assert clerk.ask(200, "GET", f"/posts/{bureau.codes[3]}")["holders"][0]["shown"] == "禾小满"


def test_the_party_mark_stands_only_while_its_own_consent_does(staff: Minis, bureau: Bureau) -> None:
    clerk, post = staff("clerk"), f"/posts/{bureau.codes[3]}"
    clerk.ask(200, "PUT", "/me/public-name", {"form": "full"})
    assert clerk.ask(200, "GET", post)["holders"] == [{"shown": "禾小满", "is_member": False}]
    for shown in (True, False):
        clerk.ask(200, "PUT", "/me/identity-display", {"shown": shown})
        assert clerk.ask(200, "GET", "/me")["shows_membership"] is shown
        assert clerk.ask(200, "GET", post)["holders"][0]["is_member"] is shown
    told = {one["id"]: one["rows"] for one in clerk.ask(200, "GET", "/me/data")["sections"]}
    assert any(row.get("形式") == "显示党员身份" and row.get("撤回时间") for row in told["P18"])


def test_my_own_data_is_complete_in_chinese_and_holds_nobody_else(staff: Minis, bureau: Bureau) -> None:
    clerk = staff("clerk")
    clerk.ask(200, "PUT", "/me/public-name", {"form": "full"})
    told = {one["id"]: one["rows"] for one in clerk.ask(200, "GET", "/me/data")["sections"]}
    assert {"手机号": "13800138000"} in told["P07"]
    assert any(row.get("承诺内容") == "办证材料一次告知" for row in told["P11"])
    assert any(row.get("形式") == "公开姓名" for row in told["P18"])
    assert any(row.get("岗位编号") for row in told["P05"])
    words = clerk.last.text
    for other in ("林知远", "安可期", "苏明礼", "还在起草", "13800138001", "o-clerk"):
        assert other not in words


def test_after_unbinding_every_session_is_over(staff: Minis) -> None:
    first, second = staff("clerk"), staff("clerk")
    first.ask(204, "DELETE", "/me/binding")
    for phone in (first, second):
        assert phone.ask(401, "GET", "/me")["code"] == "not_signed_in"


def test_after_deleting_the_phone_is_a_strangers(staff: Minis, mini: Minis, house: House) -> None:
    staff("clerk").ask(204, "DELETE", "/me/data")
    assert owner(house, "clerk") is None
    assert mini("clerk").ask(403, "GET", "/me")["code"] == "not_bound"


def test_a_secretary_whose_seat_ended_yesterday_invites_nobody(staff: Minis, bureau: Bureau, house: House, clock: Any) -> None:
    secretary = staff("secretary")
    with house.database.transaction() as db:
        db.connection().exec_driver_sql(f"UPDATE seats SET to_day = '2026-11-15' WHERE person_id = {bureau.people['secretary']}")
    secretary.ask(403, "POST", "/invitations", {"person_id": bureau.people["clerk"]})
