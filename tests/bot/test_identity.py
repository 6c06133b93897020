"""绑定、我、解绑 in chat: the code works once, for its person, for a while; what is wrong is never told apart (F08)."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from domain.letter_texts import spoken
from domain.ports import House
from models.letters import Letter
from models.people import Contact
from models.steps import Step
from services import identity, identity_requests, invitations
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.phones import Phone

Phones = Callable[..., Phone]
WRONG = "邀请码无效"


@pytest.fixture
def invite(bureau: Bureau, house: House) -> Callable[[str], str]:
    """`invite("clerk")` is a fresh code from the secretary."""

    def issue(name: str, by: str = "secretary") -> str:
        with house.database.transaction() as db:
            return invitations.issue(db, bureau.actor(by), bureau.people[name], house.pseudonyms.invitation, house.now()).code

    return issue


def owner(house: House, openid: str) -> int | None:
    with house.database.reading() as db:
        return db.scalar(select(Contact.person_id).where(Contact.mark == house.pseudonyms.contact("service", openid)))


@pytest.mark.parametrize("said", ["绑定 {}", "绑定{}", "绑定：{}", "绑定 {} ", "绑定党员 {}"])
def test_the_code_from_the_secretary_binds_the_phone(phone: Phones, bureau: Bureau, invite: Callable[[str], str], said: str) -> None:
    clerk = phone("clerk")
    assert clerk.say(said.format(invite("clerk"))).startswith("绑定成功，禾小满同志")
    assert "禾小满，窗口党支部" in clerk.say("我")
    assert owner(bureau.house, clerk.openid) == bureau.people["clerk"]


def test_a_code_is_read_however_it_is_typed(phone: Phones, invite: Callable[[str], str]) -> None:
    code = invite("clerk").lower()
    assert "绑定成功" in phone("clerk").say(f"绑定 {code[:4]} — {code[4:]}")


def test_a_code_works_once(phone: Phones, bureau: Bureau, invite: Callable[[str], str]) -> None:
    code = invite("clerk")
    phone("clerk").say(f"绑定 {code}")
    thief = phone("thief")
    assert WRONG in thief.say(f"绑定 {code}")
    assert owner(bureau.house, thief.openid) is None


def test_an_expired_an_older_and_a_withdrawn_code_are_all_just_wrong(
    phone: Phones, bureau: Bureau, house: House, clock: Clock, invite: Callable[[str], str]
) -> None:
    older, expired, withdrawn = invite("clerk"), invite("clerk"), invite("stranger", "office")  # type: ignore[call-arg]
    with house.database.transaction() as db:
        invitations.withdraw(db, bureau.actor("office"), bureau.people["stranger"], house.now())
    answers = {phone("a").say(f"绑定 {older}"), phone("b").say(f"绑定 {withdrawn}"), phone("c").say("绑定 ZZZZZZZZ")}
    clock.pass_(days=8)
    answers.add(phone("d").say(f"绑定 {expired}"))
    assert len(answers) == 1
    assert WRONG in answers.pop()


def test_whoever_left_cannot_bind_any_more(phone: Phones, bureau: Bureau, house: House, invite: Callable[[str], str]) -> None:
    code = invite("clerk")
    with house.database.transaction() as db:
        db.get(identity.people.Person, bureau.people["clerk"]).left_on = house.now().date()
    assert WRONG in phone("clerk").say(f"绑定 {code}")


def test_guessing_is_stopped_and_the_right_code_waits_too(phone: Phones, clock: Clock, invite: Callable[[str], str]) -> None:
    code, guesser = invite("clerk"), phone("guesser")
    for n in range(5):
        assert WRONG in guesser.say(f"绑定 GUESS{n}AA")
    assert "请15分钟后再试" in guesser.say(f"绑定 {code}")
    clock.pass_(minutes=16)
    assert "绑定成功" in guesser.say(f"绑定 {code}")


def test_one_phone_is_one_person(phone: Phones, invite: Callable[[str], str]) -> None:
    clerk = phone("clerk")
    clerk.say(f"绑定 {invite('clerk')}")
    assert clerk.say(f"绑定 {invite('head')}") == "这个微信已经绑定了禾小满。如要改绑，请先解绑。"


def test_a_second_phone_waits_for_the_secretary_and_then_takes_the_place_of_the_first(
    phone: Phones, bureau: Bureau, house: House, invite: Callable[[str], str]
) -> None:
    first, second = phone("first"), phone("second")
    first.say(f"绑定 {invite('clerk')}")
    assert "已提交核对" in second.say(f"绑定 {invite('clerk')}")
    with house.database.transaction() as db:
        [waits] = identity_requests.waiting(db, bureau.actor("secretary"))
        identity.confirm(db, bureau.actor("secretary"), waits.id, house.now())
    assert waits.why == "已绑定另一个微信，确认后改绑到这一个"
    assert (owner(house, first.openid), owner(house, second.openid)) == (None, bureau.people["clerk"])


def test_the_person_and_whoever_invited_are_told(phone: Phones, bureau: Bureau, house: House, invite: Callable[[str], str]) -> None:
    phone("clerk").say(f"绑定 {invite('clerk')}")
    with house.database.reading() as db:
        told = {(one.person_id, spoken(one.kind, one.words)) for one in db.scalars(select(Letter).where(Letter.kind.startswith("binding")))}
        verbs = db.scalars(select(Step.verb).where(Step.thing == "person", Step.thing_id == bureau.people["clerk"])).all()
    assert told == {
        (bureau.people["clerk"], "11月16日，您的身份“禾小满”绑定了一个微信。如不是您本人操作，请立即告诉党支部书记。"),
        (bureau.people["secretary"], "禾小满已用您开具的邀请码绑定微信。"),
    }
    assert verbs == ["invite", "bind"]


@pytest.mark.parametrize(("event", "key"), [("subscribe", "qrscene_b:{}"), ("SCAN", "b:{}")])
def test_the_invitations_qr_binds_by_one_scan(phone: Phones, invite: Callable[[str], str], event: str, key: str) -> None:
    assert "绑定成功" in phone("clerk").do(event, key.format(invite("clerk")))


def test_the_link_scanned_from_the_menu_binds_too(phone: Phones, invite: Callable[[str], str]) -> None:
    scanned = {"ScanType": "qrcode", "ScanResult": f"http://127.0.0.1:8000/i/{invite('clerk')}"}
    assert "绑定成功" in phone("clerk").do("scancode_waitmsg", "RATE", ScanCodeInfo=scanned)


def test_unbinding_says_what_follows_asks_once_more_and_ends_it(phone: Phones, bureau: Bureau, house: House, invite: Callable[[str], str]) -> None:
    clerk = phone("clerk")
    clerk.say(f"绑定 {invite('clerk')}")
    assert "手机号30天后删除" in clerk.say("解绑")
    assert owner(house, clerk.openid) == bureau.people["clerk"]
    assert clerk.say("确认解绑").startswith("已解绑")
    assert owner(house, clerk.openid) is None
    assert clerk.say("我").startswith("您还没有绑定身份")
    assert clerk.say("评价 3号窗口 满意").startswith("谢谢您")


def test_the_name_in_public_follows_one_word(phone: Phones, bureau: Bureau, application: object, invite: Callable[[str], str]) -> None:
    clerk = phone("clerk")
    clerk.say(f"绑定 {invite('clerk')}")
    page = f"/p/{bureau.codes[3]}"
    for said, shown, hidden in (("公开姓名", "禾小满", "禾同志"), ("公开姓氏", "禾同志", "禾小满"), ("不公开姓名", "值守人员", "禾同志")):
        assert shown in clerk.say(said)
        seen = clerk.client.get(page).text
        assert shown in seen
        assert hidden not in seen


def test_the_party_mark_follows_one_word_and_is_off_until_then(
    phone: Phones, bureau: Bureau, application: object, invite: Callable[[str], str]
) -> None:
    clerk, page = phone("clerk"), f"/p/{bureau.codes[3]}"
    clerk.say(f"绑定 {invite('clerk')}")
    assert "值守时不显示党员身份" in clerk.say("我")
    assert "共产党员" not in clerk.client.get(page).text
    for said, shown in (("显示党员身份", True), ("显示党员身份", True), ("不显示党员身份", False), ("公开党员身份", True), ("撤回党员身份", False)):
        assert "党员身份" in clerk.say(said)
        assert ("共产党员" in clerk.client.get(page).text) is shown


@pytest.mark.parametrize("said", ["解绑", "确认解绑", "公开姓名", "显示党员身份", "我", "绑定"])
def test_whoever_is_not_bound_is_told_how(phone: Phones, said: str) -> None:
    assert "绑定" in phone("wang").say(said)
