"""对承诺提出异议 in a browser: in the most private way unless said otherwise, with a number, and nothing is lost when something is to be mended."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.objections import ObjectionRow
from models.pledges import Pledge
from services import objection_answers
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.web.conftest import Browser, words_of

Browsers = Callable[..., Browser]


@pytest.fixture
def form(bureau: Bureau) -> str:
    with bureau.house.database.reading() as db:
        return f"/board/{db.scalars(select(Pledge.code).where(Pledge.state == 'published')).one()}/objections"


def rows(bureau: Bureau) -> list[ObjectionRow]:
    with bureau.house.database.reading() as db:
        return list(db.scalars(select(ObjectionRow).order_by(ObjectionRow.id)))


def test_who_sees_what_is_said_before_sending_and_the_most_private_is_chosen(browser: Browsers, form: str) -> None:
    page = browser().get(form)
    assert "不记录您是谁，谁也查不到" in words_of(page)
    assert re.findall(r'value="(\w+)" checked', page) == ["anonymous"]


def test_an_objection_is_answered_with_its_number_and_day(browser: Browsers, bureau: Bureau, form: str) -> None:
    citizen = browser()
    told = citizen.get(citizen.rate(form, text="跑了两趟", phone="13812345678"))
    assert "异0001" in words_of(told)
    assert "11月23日（星期一）" in words_of(told)
    (row,) = rows(bureau)
    assert (row.privacy, row.text, row.phone_sealed, row.contact) == ("anonymous", "跑了两趟", None, None)


def test_a_phone_is_kept_sealed_for_the_call_back(browser: Browsers, bureau: Bureau, form: str) -> None:
    browser().rate(form, text="跑了两趟", privacy="confidential", phone="１３８ 1234-5678")
    (row,) = rows(bureau)
    assert row.phone_sealed is not None
    assert bureau.house.sealer.open(row.phone_sealed) == "138 1234-5678"


def test_pressed_twice_it_is_one_objection(browser: Browsers, bureau: Bureau, form: str) -> None:
    citizen = browser()
    assert citizen.rate(form, text="跑了两趟") == citizen.rate(form, text="跑了两趟")
    assert len(rows(bureau)) == 1


WRONG = {
    "no words": {"text": "  "},
    "too many words": {"text": "长" * 501},
    "an identity number": {"text": "我是110101199003071234"},
    "a strange level": {"text": "跑了两趟", "privacy": "everybody"},
    "a strange phone": {"text": "跑了两趟", "privacy": "public", "phone": "找老王"},
    "the trap": {"text": "跑了两趟", "website": "x"},
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_to_be_mended_comes_back_as_it_was(browser: Browsers, bureau: Bureau, form: str, case: str) -> None:
    page = browser().open("POST", form, 422, data=WRONG[case], headers={"Origin": "http://localhost"}).get_data(as_text=True)
    assert "还没有登记" in page
    assert WRONG[case]["text"].strip() in page
    assert rows(bureau) == []


def test_hostile_words_are_stored_and_shown_as_words(browser: Browsers, bureau: Bureau, form: str) -> None:
    citizen, said = browser(), "<script>alert(1)</script>{{7*7}}' OR 1=1 --"
    citizen.rate(form, text=said, privacy="public")
    assert [row.text for row in rows(bureau)] == [said]
    page = citizen.open("POST", form, 422, data={"text": said + "110101199003071234"}, headers={"Origin": "http://localhost"}).get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("code", ["nothing", "%00", "..%2f..", "x" * 300])
def test_what_is_not_public_cannot_be_objected_to(browser: Browsers, code: str) -> None:
    browser().get(f"/board/{code}/objections", expect=404)
    browser().post(f"/board/{code}/objections", expect=404, text="不实")


def test_a_form_from_elsewhere_is_not_taken(browser: Browsers, bureau: Bureau, form: str) -> None:
    browser().post(form, expect=403, headers={"Origin": "http://evil.example"}, text="不实")
    assert rows(bureau) == []


def test_more_than_a_few_a_day_are_put_off(browser: Browsers, form: str) -> None:
    citizen = browser()
    for n in range(3):
        citizen.rate(form, text=f"第{n}条")
    citizen.post(form, expect=429, text="又一条")


def test_the_number_tells_the_answer_once_it_was_released(browser: Browsers, bureau: Bureau, form: str) -> None:
    browser().rate(form, text="跑了两趟", privacy="public")
    with bureau.house.database.transaction() as db:
        objection_answers.answer(db, bureau.actor("secretary"), "异0001", "已补印清单", MONDAY)
    assert "已补印清单" not in browser().get("/progress?number=异0001")
    with bureau.house.database.transaction() as db:
        objection_answers.release(db, bureau.actor("office"), "异0001", MONDAY)
    words = words_of(browser().get("/progress?number=yi 1"))
    assert "已补印清单" in words
    assert "跑了两趟" not in words
    assert "已补印清单" in browser().get(form.removesuffix("/objections"))


@pytest.mark.parametrize("said", ["异9999", "异", "YI0", "异" + "9" * 9])
def test_an_unknown_number_is_said_politely(browser: Browsers, said: str) -> None:
    assert "没有查到这个编号" in browser().get(f"/progress?number={said}", expect=404)
