"""异议、检索、重点工程 by the API: what the client may ask for, and that identity comes from the session alone."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.objections import ObjectionRow
from models.pledges import Pledge
from tests.bureau import Bureau
from tests.miniapp_api.conftest import Mini
from tests.services.test_works import go, written

Minis = Callable[[str], Mini]


@pytest.fixture
def code(bureau: Bureau) -> str:
    with bureau.house.database.reading() as db:
        return db.scalars(select(Pledge.code).where(Pledge.state == "published")).one()


def test_an_objection_has_a_number_that_tells_its_progress(mini: Minis, bureau: Bureau, code: str) -> None:
    taken = mini("wang").ask(201, "POST", "/objections", json={"pledge": code, "text": "跑了两趟", "privacy": "confidential"})
    assert (taken["number"], taken["due"]) == ("异0001", "2026-11-23")
    told = mini("").ask(200, "GET", "/objections/YI1")
    assert (told["state"], told["answer"], told["pledge"]) == ("received", "", code)
    with bureau.house.database.reading() as db:
        row = db.scalars(select(ObjectionRow)).one()
    assert (row.channel, bool(row.contact)) == ("miniprogram", True)


WRONG = {
    "no text": ({"text": ""}, "text"),
    "blank text": ({"text": "  "}, "text"),
    "a strange level": ({"privacy": "all"}, "privacy"),
    "a strange phone": ({"phone": "找老王", "privacy": "public"}, "phone"),
    "somebody else's name": ({"actor": 7}, "actor"),
    "a number for text": ({"text": 5}, "text"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named(mini: Minis, bureau: Bureau, code: str, case: str) -> None:
    more, field = WRONG[case]
    answer = mini("wang").ask(422, "POST", "/objections", json={"pledge": code, "text": "跑了两趟"} | more)
    assert answer["fields"][0]["field"] == field


def test_without_a_session_or_a_public_pledge_nothing_is_taken(mini: Minis, bureau: Bureau, code: str) -> None:
    assert mini("").ask(401, "POST", "/objections", json={"pledge": code, "text": "不实"})["code"] == "not_signed_in"
    assert mini("wang").ask(404, "POST", "/objections", json={"pledge": "nothing", "text": "不实"})["code"] == "no_such_pledge"


@pytest.mark.parametrize(("query", "n"), [("said=ycgz", 1), ("said=ranqi", 0), ("state=under_way", 1), ("state=fulfilled", 0), ("theme=x", 0)])
def test_the_filters_and_their_counts_agree(mini: Minis, bureau: Bureau, query: str, n: int) -> None:
    phone = mini("")
    assert len(phone.ask(200, "GET", f"/pledges?{query}")["pledges"]) == n
    assert phone.ask(200, "GET", f"/pledge-choices?{query}")["n"] == n


def test_one_pledge_is_told_whole(mini: Minis, bureau: Bureau, code: str) -> None:
    go(bureau, written(bureau), "publish")
    told = mini("").ask(200, "GET", f"/pledges/{code}")
    assert (told["number"], told["author"], [one["no"] for one in told["versions"]], told["objections"]) == ("诺0001", "禾同志", [1], [])
    assert told["works"][0]["name"] == "文明路改造"
    assert "禾小满" not in str(told)


def test_works_are_told_with_their_milestones(mini: Minis, bureau: Bureau) -> None:
    code = written(bureau)
    assert mini("").ask(404, "GET", f"/works/{code}")["code"] == "no_such_work"
    go(bureau, code, "publish")
    (work,) = mini("").ask(200, "GET", "/works")["works"]
    assert [(one["name"], one["words"]) for one in work["milestones"]] == [("进场", "按期完成"), ("竣工", "未到期")]
    assert mini("").ask(200, "GET", f"/works/{code}")["pledges"][0]["content"] == "办证材料一次告知"
