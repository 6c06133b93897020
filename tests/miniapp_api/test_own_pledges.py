"""我的承诺 and 审核 on the phone: a member writes, the secretary decides, nobody overwrites or repeats the other."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from models.letters import Letter
from models.pledge_progress import Progress
from models.pledges import Pledge
from services import batches
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.miniapp_api.conftest import Mini
from tests.pledging import load, of_section, pledged, section

Minis = Callable[[str], Mini]
WORDS = {"content": "窗口材料一次告知", "measures": "印制十二类业务清单逐项讲解", "standard": "因漏告知再跑的每月为零", "deadline": "2026-12-31"}
PIONEER = "pledge_pioneer_2010"
KEY = {"Idempotency-Key": "draft-0001-once"}


@pytest.fixture(autouse=True)
def campaign(bureau: Bureau) -> None:
    load(bureau, "pledge-pioneer-2010", MONDAY)


@pytest.fixture
def member(mini: Minis, bureau: Bureau) -> Mini:
    bureau.bind("clerk", "o-clerk", "mini")
    return mini("clerk")


@pytest.fixture
def secretary(mini: Minis, bureau: Bureau) -> Mini:
    bureau.bind("secretary", "o-secretary", "mini")
    return mini("secretary")


def drafted(member: Mini, **more: Any) -> dict[str, Any]:
    answer: dict[str, Any] = member.ask(201, "POST", "/me/pledges", {"campaign": PIONEER, **WORDS, **more})
    return answer


def submit(member: Mini, answer: dict[str, Any]) -> Any:
    return member.ask(200, "POST", f"/me/pledges/{answer['line']['code']}/submission", {"version": answer["line"]["version"]})


def test_from_draft_to_confirmed_with_every_letter(member: Mini, secretary: Mini, bureau: Bureau) -> None:
    first = submit(member, drafted(member, content="提高服务意识"))
    code = first["line"]["code"]
    [item] = secretary.ask(200, "GET", "/reviews")["reviews"]
    assert "笼统" in item["hints"][0]["text"]
    decide(secretary, "return", item, why="写清做哪件事")
    returned = member.ask(200, "GET", f"/me/pledges/{code}")
    assert (returned["line"]["state_words"], returned["line"]["opinion"]) == ("已退回", "写清做哪件事")
    saved = member.ask(200, "PUT", f"/me/pledges/{code}", {**WORDS, "version": returned["line"]["version"]})
    submit(member, saved)
    for turn in ("review", "publish"):
        [item] = secretary.ask(200, "GET", "/reviews")["reviews"]
        assert item["turn"] == turn
        decide(secretary, "approve", item)
    report(member, code, kind="progress", words="印好六类", percent=50)
    report(member, code, kind="fulfil", words="清单已上墙")
    decide(secretary, "approve", secretary.ask(200, "GET", "/reviews")["reviews"][0])
    done = member.ask(200, "GET", f"/me/pledges/{code}")
    assert done["line"]["state_words"] == "已兑现（已核实）"
    assert [one["what"] for one in done["story"]][-4:] == ["公示", "报告进展", "报告兑现", "核实兑现"]
    kinds = ["submit", "return", "submit", "approve", "publish", "fulfil", "confirm"]
    assert letters_of(bureau, code) == [f"pledge_{kind}" for kind in kinds]


def decide(secretary: Mini, verdict: str, *items: Any, why: str = "") -> Any:
    chosen = [{"code": one["code"], "version": one["version"], "turn": one["turn"]} for one in items]
    return secretary.ask(200, "POST", "/reviews/decisions", {"chosen": chosen, "verdict": verdict, "why": why})


def report(member: Mini, code: str, status: int = 201, headers: dict[str, str] | None = None, **words: Any) -> Any:
    version = member.ask(200, "GET", f"/me/pledges/{code}")["line"]["version"]
    return member.ask(status, "POST", f"/me/pledges/{code}/progress", {"version": version, **words}, headers=headers)


def letters_of(bureau: Bureau, code: str) -> list[str]:
    with bureau.house.database.reading() as db:
        return [one.kind for one in db.scalars(select(Letter).order_by(Letter.id)) if one.words.get("code") == code]


def test_a_draft_sent_twice_on_a_bad_line_is_one_draft(member: Mini, bureau: Bureau) -> None:
    first, again = (member.ask(201, "POST", "/me/pledges", {"campaign": PIONEER, **WORDS}, headers=KEY) for _ in range(2))
    assert first == again
    assert member.ask(422, "POST", "/me/pledges", {"campaign": PIONEER, "content": "另一条"}, headers=KEY)["code"] == "key_reused"
    with bureau.house.database.reading() as db:
        assert len(db.scalars(select(Pledge).where(Pledge.code == first["line"]["code"])).all()) == 1
        assert len(db.scalars(select(Pledge).where(Pledge.content == WORDS["content"])).all()) == 1


def test_progress_sent_twice_is_one_entry(member: Mini, bureau: Bureau) -> None:
    code = pledged(bureau, "published", MONDAY)
    body = {"version": member.ask(200, "GET", f"/me/pledges/{code}")["line"]["version"], "kind": "progress", "words": "印好六类", "percent": 50}
    answers = [member.ask(201, "POST", f"/me/pledges/{code}/progress", body, headers={"Idempotency-Key": "progress-1"}) for _ in range(2)]
    assert answers[0] == answers[1]
    with bureau.house.database.reading() as db:
        assert len(db.scalars(select(Progress)).all()) == 1


def test_two_phones_do_not_overwrite_each_other(member: Mini) -> None:
    draft = drafted(member)
    path, version = f"/me/pledges/{draft['line']['code']}", draft["line"]["version"]
    member.ask(200, "PUT", path, {**WORDS, "slogan": "甲", "version": version})
    assert member.ask(409, "PUT", path, {**WORDS, "slogan": "乙", "version": version})["code"] == "lost_race"
    assert member.ask(200, "GET", path)["wording"]["slogan"] == "甲"


def test_a_half_written_draft_is_kept_as_it_is(member: Mini) -> None:
    draft = drafted(member, measures="", standard="", deadline=None)
    assert {hint["field"] for hint in draft["hints"] if hint["needed"]} == {"measures", "standard", "deadline"}
    code = draft["line"]["code"]
    refusal = member.ask(422, "POST", f"/me/pledges/{code}/submission", {"version": draft["line"]["version"]})
    assert (refusal["code"], refusal["fields"][0]["field"]) == ("clears_missing", "measures")
    assert member.ask(200, "GET", "/me/pledges")["pledges"][0]["code"] == code


def test_hints_come_while_writing_and_nothing_is_kept(member: Mini) -> None:
    told = member.ask(200, "POST", "/me/pledge-hints", {"campaign": PIONEER, **WORDS, "standard": "群众满意"})
    assert [hint["field"] for hint in told["hints"]] == ["standard"]
    assert len(member.ask(200, "GET", "/me/pledges")["pledges"]) == 1


def test_the_form_offers_the_campaigns_themes_and_ones_own_units(member: Mini, bureau: Bureau) -> None:
    unit = section(bureau, "clerk")
    form = member.ask(200, "GET", f"/me/pledge-form?campaign=pledge_pioneer_2010&unit_id={unit}")
    assert "优化我局行业作风" in form["themes"]
    assert form["units"] == [{"id": unit, "name": "行政审批科"}]
    assert form["sample"]["slogan"]
    assert member.ask(404, "GET", "/me/pledge-form?unit_id=999")["code"] == "no_such_unit"


def test_a_change_is_compared_reviewed_and_becomes_the_second_version(member: Mini, secretary: Mini, bureau: Bureau) -> None:
    code = pledged(bureau, "published", MONDAY)
    version = member.ask(200, "GET", f"/me/pledges/{code}")["line"]["version"]
    body = {**WORDS, "deadline": "2027-01-31", "why": "供应商延期", "version": version}
    assert member.ask(200, "POST", f"/me/pledges/{code}/amendment", body)["line"]["state_words"] == "变更"
    member.ask(409, "POST", f"/me/pledges/{code}/amendment", body)
    [item] = secretary.ask(200, "GET", "/reviews")["reviews"]
    assert [one["after"] for one in item["changes"]] == ["2027年1月31日"]
    decide(secretary, "approve", item)
    assert [one["no"] for one in member.ask(200, "GET", f"/me/pledges/{code}")["versions"]] == [1, 2]


def test_what_has_changed_since_it_was_read_is_not_decided_and_says_so(member: Mini, secretary: Mini) -> None:
    code = submit(member, drafted(member))["line"]["code"]
    read = secretary.ask(200, "GET", "/reviews")["reviews"]
    again = member.ask(200, "DELETE", f"/me/pledges/{code}/submission")
    submit(member, member.ask(200, "PUT", f"/me/pledges/{code}", {**WORDS, "content": "悄悄换掉的内容", "version": again["line"]["version"]}))
    [outcome] = decide(secretary, "approve", *read)["outcomes"]
    assert (outcome["done"], outcome["message"]) == (False, "您看过之后，这条承诺的内容又有变动，这次没有办理。请重新看过再决定。")


def test_the_committee_decides_a_batch_on_the_phone(mini: Minis, bureau: Bureau, secretary: Mini) -> None:
    code = of_section(bureau, section(bureau, "clerk"), MONDAY)
    with bureau.house.database.transaction() as db:
        batch = batches.compile_(db, bureau.actor("secretary"), "pledge_pioneer_2010", bureau.branch, [code], MONDAY)
    bureau.bind("committee", "o-committee", "mini")
    committee = mini("committee")
    [told] = committee.ask(200, "GET", "/batches")["batches"]
    assert told["may_decide"]
    assert not secretary.ask(200, "GET", "/batches")["batches"][0]["may_decide"]
    body = {"version": told["version"], "verdict": "return", "why": "写清办几件"}
    assert committee.ask(200, "POST", f"/batches/{batch.code}/decision", body)["rows"][0]["opinion"] == "写清办几件"
    assert committee.ask(409, "POST", f"/batches/{batch.code}/decision", body)["code"] == "not_now"
    secretary.ask(403, "POST", f"/batches/{batch.code}/decision", body)


def test_the_secretary_compiles_a_batch_on_the_phone_once_and_gives_one_back(bureau: Bureau, secretary: Mini) -> None:
    unit = section(bureau, "clerk")
    kept, back = (of_section(bureau, unit, MONDAY) for _ in range(2))
    [group] = secretary.ask(200, "GET", "/batches/open")["groups"]
    assert [(one["code"], one["unit"]) for one in group["pledges"]] == [(kept, "行政审批科"), (back, "行政审批科")]
    refusal = secretary.ask(422, "POST", f"/batches/open/{back}/return", {"version": group["pledges"][1]["version"], "why": ""})
    assert "原因" in refusal["message"]
    secretary.ask(200, "POST", f"/batches/open/{back}/return", {"version": group["pledges"][1]["version"], "why": "写清办几件"})
    body = {"campaign": group["campaign"], "branch_id": group["branch_id"], "chosen": [kept]}
    first = secretary.ask(201, "POST", "/batches", body, headers={"Idempotency-Key": "batch-0001-once"})
    assert secretary.ask(201, "POST", "/batches", body, headers={"Idempotency-Key": "batch-0001-once"}) == first
    assert secretary.ask(409, "POST", "/batches", body)["code"] == "empty_batch"
    [batch] = secretary.ask(200, "GET", "/batches")["batches"]
    assert (batch["code"], [row["code"] for row in batch["rows"]]) == (first["code"], [kept])
    assert secretary.ask(200, "GET", "/batches/open")["groups"] == []


def test_nobody_compiles_or_gives_back_what_another_branch_has(mini: Minis, bureau: Bureau, member: Mini) -> None:
    code = of_section(bureau, section(bureau, "clerk"), MONDAY)
    bureau.bind("other_secretary", "o-other", "mini")
    other = mini("other")
    assert other.ask(200, "GET", "/batches/open")["groups"] == []
    other.ask(403, "POST", "/batches", {"campaign": PIONEER, "branch_id": bureau.branch, "chosen": [code]})
    answers = [other.ask(404, "POST", f"/batches/open/{one}/return", {"version": 1, "why": "改"}) for one in (code, "nothing")]
    assert answers[0] == answers[1]
    member.ask(403, "GET", "/batches/open")


@pytest.mark.parametrize("who", ["stranger", "other_secretary"])
def test_absent_and_not_yours_look_the_same(mini: Minis, bureau: Bureau, who: str) -> None:
    code = pledged(bureau, "submitted", MONDAY)
    bureau.bind(who, f"o-{who}", "mini")
    phone = mini(who)
    answers = [phone.ask(404, "GET", f"/me/pledges/{one}") for one in (code, "nothing")]
    assert answers[0] == answers[1]
    for verb, path, body in (("DELETE", "submission", None), ("POST", "retraction", {"why": "想撤"})):
        assert phone.ask(404, verb, f"/me/pledges/{code}/{path}", body) == answers[0]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"deadline": "2026-02-30"}, "deadline"),
        ({"deadline": "20261231"}, "deadline"),
        ({"deadline": 20261231}, "deadline"),
        ({"content": "字" * 301}, "content"),
        ({"content": "a\x00b"}, "content"),
        ({"addressees": ["群众"] * 10}, "addressees"),
        ({"kind": "else"}, "kind"),
        ({"standard": "身份证110101199001011234"}, "standard"),
        ({"branch_id": 7}, "branch_id"),
    ],
)
def test_a_field_that_cannot_be_kept_is_named_and_nothing_is_kept(member: Mini, words: dict[str, Any], field: str) -> None:
    refusal = member.ask(422, "POST", "/me/pledges", {"campaign": PIONEER, **WORDS, **words})
    assert refusal["fields"][0]["field"] == field
    assert len(member.ask(200, "GET", "/me/pledges")["pledges"]) == 1


@pytest.mark.parametrize(
    ("words", "code"), [({"campaign": "none"}, "no_such_campaign"), ({"window_id": 999}, "no_such_window"), ({"unit_id": 999}, "no_such_unit")]
)
def test_nothing_is_promised_in_what_there_is_not(member: Mini, words: dict[str, Any], code: str) -> None:
    assert member.ask(404, "POST", "/me/pledges", {"campaign": PIONEER, **WORDS, **words}, headers=KEY)["code"] == code


def test_a_citizen_has_no_pledges(mini: Minis) -> None:
    mini("wang").ask(403, "GET", "/me/pledges")
    mini("wang").ask(403, "GET", "/reviews")
