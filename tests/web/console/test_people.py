"""人员、绑定、机构、任职 and “我” in the console: what each sees, what each may do, and bad input in a sentence."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, select

from domain.ports import House
from models.people import Contact, Person
from models.steps import Step
from models.windows import ServiceWindow
from services import identity
from tests.bureau import Bureau
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]
CODE = re.compile(r"invitation__code\">([2-9A-Z]{4}-[2-9A-Z]{4})<")
PHONE = "13800138000"


@pytest.fixture(autouse=True)
def number(house: House, bureau: Bureau) -> None:
    """The clerk has a number."""
    with house.database.transaction() as db:
        person = db.get(Person, bureau.people["clerk"])
        person.phone_index, person.phone_sealed = house.pseudonyms.phone(PHONE), house.sealer.seal(PHONE)


@pytest.mark.parametrize(
    ("who", "sees", "not_"),
    [("secretary", "禾小满", "安可期"), ("office", "安可期", "nobody"), ("committee", "禾小满", "nobody"), ("auditor", "安可期", "nobody")],
)
def test_everybody_sees_the_people_that_are_theirs(staff: Browsers, who: str, sees: str, not_: str) -> None:
    page = staff(who).get("/console/people/")
    assert sees in page
    assert not_ not in page
    assert "138****8000" in page
    assert PHONE not in page


def test_a_clerk_has_no_list(staff: Browsers) -> None:
    staff("clerk").get("/console/people/", 403)


def test_another_branchs_person_and_an_absent_one_look_the_same(staff: Browsers, bureau: Bureau) -> None:
    secretary = staff("secretary")
    pages = {words_of(secretary.get(f"/console/people/{id}", 404)) for id in (bureau.people["stranger"], 99999)}
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("name=禾", {"禾小满"}),
        ("bound=yes", {"苏明礼"}),
        ("name=%25", set()),
        ("state=left", {"林知远"}),
        ("branch=99", set()),
        ("after=zz", None),
        ("bound=no&name=苏", set()),
    ],
)
def test_the_list_is_filtered(staff: Browsers, house: House, bureau: Bureau, query: str, names: set[str] | None) -> None:
    bureau.bind("secretary", "o-sec")
    with house.database.transaction() as db:
        db.get(Person, bureau.people["head"]).left_on = house.now().date()
    page = staff("secretary").get(f"/console/people/?{query}")
    shown = set(re.findall(r'href="/console/people/\d+">([^<]+)<', page))
    assert names is None or shown == names


def test_ten_thousand_people_are_paged_by_key_in_a_few_statements(staff: Browsers, house: House, bureau: Bureau) -> None:
    with house.database.transaction() as db:
        db.add_all([Person(name=f"人{n:05d}", branch_id=bureau.branch, public_form="post") for n in range(10_000)])
    office, asked = staff("office"), list[str]()
    event.listen(house.database._readers, "before_cursor_execute", lambda *words: asked.append(words[2]))  # type: ignore[attr-defined]
    office.get("/console/people/?name=禾小满")
    for_one = len(asked)
    first = office.get("/console/people/?name=人")
    assert len(asked) <= 2 * for_one
    last = re.search(r'href="([^"]*after=\d+[^"]*)"[^>]*>下一页', first)
    assert last is not None
    second = office.get(last[1].replace("&amp;", "&"))
    assert ("人00049" in first, "人00050" in second, "人00049" in second) == (True, True, False)
    assert "10000人" in words_of(first)


def test_an_invitation_is_shown_once_and_binds(staff: Browsers, house: House, bureau: Bureau, phone: Any) -> None:
    secretary, person = staff("secretary"), f"/console/people/{bureau.people['clerk']}"
    shown = secretary.post(f"{person}/invite", 200).get_data(as_text=True)
    found = CODE.search(shown)
    assert found is not None
    assert found[1] not in secretary.get(person)
    assert "绑定成功" in phone("clerk").say(f"绑定 {found[1]}")
    assert "服务号" in words_of(secretary.get(person))


def test_an_open_number_needs_a_reason_and_leaves_a_step(staff: Browsers, house: House, bureau: Bureau) -> None:
    office, address = staff("office"), f"/console/people/{bureau.people['clerk']}/phone"
    assert "请写明为什么要看完整手机号" in words_of(office.post(address, 422, why=" ").get_data(as_text=True))
    assert PHONE in office.post(address, 200, why="紧急联系").get_data(as_text=True)
    staff("secretary").post(address, 404, why="好奇")
    with house.database.reading() as db:
        assert db.scalars(select(Step.why).where(Step.verb == "read_phone")).all() == ["紧急联系"]


def test_the_secretary_settles_a_doubtful_binding(staff: Browsers, house: House, bureau: Bureau, phone: Any) -> None:
    new = phone("new")
    new.say("你好")
    with house.database.transaction() as db:
        actor = identity.Actor(contact=house.pseudonyms.contact("service", new.openid), rater="r")
        identity.by_phone(db, actor, "禾小漫", house.pseudonyms.phone(PHONE), house.now())
    secretary = staff("secretary")
    assert "核对绑定申请1件" in words_of(secretary.get("/console/"))
    page = secretary.get("/console/binding/")
    assert "是不是禾小满本人？" in page
    number = re.search(r"/console/binding/(\d+)/confirm", page)
    assert number is not None
    staff("other_secretary").post(f"/console/binding/{number[1]}/confirm", 404)
    secretary.post(f"/console/binding/{number[1]}/confirm", 303)
    with house.database.reading() as db:
        assert db.scalar(select(Contact.person_id).where(Contact.person_id.is_not(None))) == bureau.people["clerk"]


def test_the_tree_is_kept_and_a_wrong_name_comes_back_filled_in(staff: Browsers, bureau: Bureau) -> None:
    office = staff("office")
    refused = office.post("/console/bodies/add", 409, kind="branch", name="窗口党支部", parent="1").get_data(as_text=True)
    assert "已有名为“窗口党支部”的机构" in refused
    assert 'value="窗口党支部"' in refused
    office.post("/console/bodies/add", 303, kind="branch", name="新支部", parent="1")
    assert "新支部" in office.get("/console/bodies/")
    assert "还有人员3人" in words_of(office.post(f"/console/bodies/{bureau.branch}/close", 409).get_data(as_text=True))
    staff("committee").post("/console/bodies/add", 403, kind="branch", name="又一个", parent="1")


def test_handing_over_from_proposal_to_the_window(staff: Browsers, house: House, bureau: Bureau) -> None:
    office, person = staff("office"), str(bureau.people["head"])
    form = office.get(f"/console/seats/hand-over?person={person}")
    assert "窗口负责人：1号窗口、3号窗口、5号窗口" in form
    office.post("/console/seats/hand-over/send", 404, person=person, successor="没有这人", from_day="2026-11-16")
    assert "任期的起止日期不对" in words_of(
        office.post("/console/seats/hand-over/send", 422, person=person, successor="禾小满", from_day="昨天").get_data(as_text=True)
    )
    office.post("/console/seats/hand-over/send", 303, person=person, successor="禾小满", from_day="2026-11-16", why="调离")
    committee = staff("committee")
    assert "林知远的工作移交给禾小满" in words_of(committee.get("/console/"))
    page = committee.get("/console/seats/")
    approve = re.search(r"/console/seats/proposals/\d+/approve", page)
    assert approve is not None
    office.post(approve[0], 403)
    committee.post(approve[0], 303)
    with house.database.reading() as db:
        assert set(db.scalars(select(ServiceWindow.head_id))) == {bureau.people["clerk"]}


def test_me_chooses_the_name_takes_out_the_data_and_unbinds(staff: Browsers, bureau: Bureau) -> None:
    bureau.bind("clerk", "o-clerk")
    clerk = staff("clerk")
    clerk.post("/console/me/name", 303, form="full")
    assert "禾小满" in clerk.get(f"/p/{bureau.codes[3]}")
    assert PHONE in clerk.get("/console/me/data")
    assert "请在方框里写“解绑”" in words_of(clerk.post("/console/me/unbind", 422, word="").get_data(as_text=True))
    clerk.post("/console/me/unbind", 303, word="解绑")
    clerk.get("/console/me/", 401)


def test_the_invitation_page_is_the_same_for_every_code(browser: Browsers) -> None:
    page = browser().get("/i/K7Q2M9XA")
    assert "绑定 K7Q2-M9XA" in page
    assert page.replace("K7Q2-M9XA", "") == browser().get("/i/ABCD2345").replace("ABCD-2345", "")
    assert "这个链接不完整" in browser().get("/i/x%3Cscript%3E")


def test_one_person_is_added_moved_marked_as_gone_and_brought_back(staff: Browsers, bureau: Bureau) -> None:
    office = staff("office")
    form = {"name": "江河", "branch": str(bureau.branch), "phone": PHONE, "joined": "1998-07-01", "category": "正式党员"}
    refused = office.post("/console/people/add/send", 422, **form).get_data(as_text=True)
    assert "手机号与花名册里的禾小满相同" in refused
    assert 'value="1998-07-01"' in refused
    page = office.post("/console/people/add/send", 303, sure="1", **form).headers["Location"]
    assert "窗口党支部" in words_of(office.get(page))
    assert "手机号应是11位数字" in office.post(f"{page}/correct", 422, name="江河", phone="138").get_data(as_text=True)
    assert "已更正：党员类别" in words_of(office.get(office.post(f"{page}/correct", 303, name="江河", category="预备党员").headers["Location"]))
    office.post(f"{page}/move", 303, branch=str(bureau.other_branch), why="工作需要")
    assert "机关党支部" in words_of(office.get(page))
    assert "请选择离开的原因" in office.post(f"{page}/leave", 422).get_data(as_text=True)
    office.post(f"{page}/leave", 303, how="transfer")
    assert "转出" in words_of(office.get(page))
    office.post(f"{page}/return", 303, back=str(bureau.branch))
    assert "登记离开" in words_of(office.get(f"{page}/changes"))


@pytest.mark.parametrize(("field", "says"), [("branch", "没有找到这个机构"), ("section", "没有找到这个机构"), ("successor", "没有找到这个人")])
def test_an_id_that_is_nobodys_gets_a_sentence(staff: Browsers, bureau: Bureau, field: str, says: str) -> None:
    form = {"branch": str(bureau.other_branch)} | {field: "99999"}
    assert says in staff("office").post(f"/console/people/{bureau.people['clerk']}/move", 404, **form).get_data(as_text=True)


def test_readers_see_no_way_to_change_people(staff: Browsers, bureau: Bureau) -> None:
    for who in ("secretary", "committee", "auditor"):
        assert "/changes" not in staff(who).get(f"/console/people/{bureau.people['clerk']}")
        staff(who).get("/console/people/add", 403)


def test_the_tree_shows_windows_and_tracks_and_leads_to_their_pages(staff: Browsers, bureau: Bureau) -> None:
    office = staff("office")
    assert f'href="/console/windows/{bureau.windows[3]}"' in office.get("/console/bodies/")
    home = f"/console/bodies/{bureau.branch}"
    assert "待办不变" in words_of(office.get(f"{home}/track?to=enterprise"))
    office.post(f"{home}/track/change", 303, to="enterprise")
    assert "企业" in words_of(office.get("/console/bodies/"))
    assert "不用改" in office.post(f"{home}/track/change", 409, to="enterprise").get_data(as_text=True)
    assert "请从“机关事业单位”" in office.post(f"{home}/track/change", 422, to="<b>").get_data(as_text=True)


@pytest.mark.parametrize("deed", ["rename", "move", "close", "track/change"])
def test_a_body_that_is_not_there_gets_a_sentence(staff: Browsers, bureau: Bureau, deed: str) -> None:
    page = staff("office").post(f"/console/bodies/99999/{deed}", 404, name="新名", parent=str(bureau.branch), to="").get_data(as_text=True)
    assert "没有找到这个机构" in page


@pytest.mark.parametrize("parent", ["99999", "", "x", "²", "9" * 30])
def test_a_parent_that_is_not_there_gets_a_sentence(staff: Browsers, bureau: Bureau, parent: str) -> None:
    office = staff("office")
    assert "没有找到这个机构" in office.post(f"/console/bodies/{bureau.branch}/move", 404, parent=parent).get_data(as_text=True)
    page = office.post("/console/bodies/add", 404 if parent == "99999" else 422, kind="branch", name="新支部", parent=parent).get_data(as_text=True)
    assert "没有找到这个机构" in page or "不能设在" in page


def test_a_window_is_moved_and_closed_from_its_page(staff: Browsers, bureau: Bureau) -> None:
    office, home = staff("office"), f"/console/windows/{bureau.windows[3]}"
    version = re.search(r'name="version" value="(\d+)"', office.get(home))
    assert version is not None
    assert "没有找到这个机构" in office.post(f"{home}/move", 404, version=version[1], branch="99999").get_data(as_text=True)
    office.post(f"{home}/move", 303, version=version[1], branch=str(bureau.other_branch))
    assert "还有在用座牌1个" in office.post(f"{home}/close", 409, close_why="并入综合窗口").get_data(as_text=True)
