"""异议: from anybody, with a number and a day; answered by the branch, released by another; nobody judges himself."""

from typing import Any

import pytest
from sqlalchemy import select

from domain.actor import Actor
from domain.errors import NoSuchPledge, NotAllowed, NotNow
from domain.objection_refusals import (
    AnswerMissing,
    AskedToStayPrivate,
    NoSuchObjection,
    ObjectionEmpty,
    OwnAnswer,
    TextNotCleared,
    TooManyObjections,
)
from domain.objections import Objection
from domain.policy import STANDARD
from domain.ratings import Privacy
from models.letters import Letter
from models.objections import ObjectionRow
from models.pledges import Pledge
from services import objection_answers, objections, text_checks
from services.text_checks import Verdict
from tests.bureau import Bureau
from tests.conftest import MONDAY

WANG = Actor(contact="c" * 32, rater="wang")


def code_of(bureau: Bureau, content: str = "办证材料一次告知") -> str:
    with bureau.house.database.reading() as db:
        return db.scalars(select(Pledge.code).where(Pledge.content == content)).one()


def objected(bureau: Bureau, text: str = "说好一次告知，我跑了两趟", who: Actor = WANG, **more: Any) -> str:
    with bureau.house.database.transaction() as db:
        return objections.object_to(db, Objection(who, code_of(bureau), text, **more), MONDAY, STANDARD).number


def do(bureau: Bureau, verb: str, by: str, number: str, *words: str, **more: Any) -> None:
    with bureau.house.database.transaction() as db:
        getattr(objection_answers, verb)(db, bureau.actor(by), number, *words, MONDAY, **more)


def progress(bureau: Bureau, number: str) -> objections.Progress:
    with bureau.house.database.reading() as db:
        return objections.progress(db, number)


def letters_to(bureau: Bureau, kind: str) -> list[Any]:
    with bureau.house.database.reading() as db:
        return [row.person_id or row.contact for row in db.scalars(select(Letter).where(Letter.kind == kind))]


def test_it_has_a_number_and_a_day_that_explains_itself(bureau: Bureau) -> None:
    told = progress(bureau, objected(bureau))
    assert (told.number, told.chinese, told.answer) == ("异0001", "已收到，正在核实", "")
    assert told.due.isoformat() == "2026-11-23"
    assert told.due_words == "自11月16日（周一）起第5个工作日：跳过11月21日、22日周末，到期日11月23日（周一）。"


def test_the_secretary_and_the_author_hear_of_it_the_author_without_the_words(bureau: Bureau) -> None:
    objected(bureau)
    assert letters_to(bureau, "objection_receive_handler") == [bureau.people["secretary"]]
    with bureau.house.database.reading() as db:
        told = db.scalars(select(Letter).where(Letter.kind == "objection_receive_author")).one()
    assert told.person_id == bureau.people["clerk"]
    assert "两趟" not in str(told.words)


def test_an_anonymous_objector_leaves_no_address(bureau: Bureau) -> None:
    objected(bureau)
    objected(bureau, "门口没有清单", privacy=Privacy.CONFIDENTIAL, phone_sealed=b"sealed")
    with bureau.house.database.reading() as db:
        kept = [(row.contact, row.phone_sealed) for row in db.scalars(select(ObjectionRow).order_by(ObjectionRow.id))]
    assert kept == [(None, None), ("c" * 32, b"sealed")]


def test_the_same_words_twice_on_a_day_are_one_objection(bureau: Bureau) -> None:
    assert objected(bureau) == objected(bureau)
    assert objected(bureau, who=Actor(rater="li")) != objected(bureau)


def test_more_than_a_few_a_day_are_put_off(bureau: Bureau) -> None:
    for n in range(STANDARD.objections_a_day):
        objected(bureau, f"第{n}条")
    with pytest.raises(TooManyObjections):
        objected(bureau, "再来一条")
    objected(bureau, "别人可以", who=Actor(rater="li"))


@pytest.mark.parametrize("content", ["还在起草，不应公开", None])
def test_only_what_is_public_can_be_objected_to(bureau: Bureau, content: str | None) -> None:
    code = code_of(bureau, content) if content else "nothing"
    with pytest.raises(NoSuchPledge), bureau.house.database.transaction() as db:
        objections.object_to(db, Objection(WANG, code, "不实"), MONDAY, STANDARD)


def test_without_words_there_is_no_objection(bureau: Bureau) -> None:
    with pytest.raises(ObjectionEmpty):
        objected(bureau, " \u200b \n")


def test_the_answer_is_seen_only_after_another_person_released_it(bureau: Bureau) -> None:
    number = objected(bureau, privacy=Privacy.CONFIDENTIAL)
    do(bureau, "answer", "secretary", number, "清单漏印一类，已补印")
    assert progress(bureau, number).answer == ""
    do(bureau, "release", "office", number)
    told = progress(bureau, number)
    assert (told.chinese, told.answer) == ("已答复", "清单漏印一类，已补印")
    assert letters_to(bureau, "objection_result") == ["c" * 32]


def test_who_wrote_the_answer_does_not_release_it(bureau: Bureau) -> None:
    number = objected(bureau)
    do(bureau, "answer", "office", number, "已核实")
    with pytest.raises(NotAllowed):
        do(bureau, "release", "office", number)
    do(bureau, "release", "committee", number)


def test_nobody_answers_for_their_own_pledge(bureau: Bureau) -> None:
    number = objected(bureau)
    with bureau.house.database.transaction() as db:
        db.query(Pledge).filter(Pledge.content == "办证材料一次告知").update({"author_id": bureau.people["secretary"]})
    with pytest.raises(OwnAnswer):
        do(bureau, "answer", "secretary", number, "没有问题")


def test_another_branchs_secretary_sees_nothing_of_it(bureau: Bureau) -> None:
    number = objected(bureau)
    with bureau.house.database.reading() as db:
        assert objection_answers.handled(db, bureau.actor("other_secretary"), MONDAY) == []
        for which in (number, "异9999"):
            with pytest.raises(NoSuchObjection):
                objection_answers.look(db, bureau.actor("other_secretary"), which, MONDAY)
        (mine,) = objection_answers.handled(db, bureau.actor("secretary"), MONDAY)
        with pytest.raises(NotAllowed):
            objection_answers.handled(db, bureau.actor("clerk"), MONDAY)
    assert (mine.number, mine.text, mine.verbs) == (number, "说好一次告知，我跑了两趟", (("answer", "答复"),))


def test_an_answer_sent_back_is_written_anew(bureau: Bureau) -> None:
    number = objected(bureau)
    do(bureau, "answer", "secretary", number, "情况不属实")
    do(bureau, "send_back", "office", number, "请写明核实了什么")
    assert letters_to(bureau, "objection_return") == [bureau.people["secretary"]]
    do(bureau, "answer", "secretary", number, "查看11月登记，确有一件漏告知")
    with pytest.raises(NotNow):
        do(bureau, "send_back", "office", objected(bureau, "另一条"), "没有答复可退")


def test_an_empty_answer_is_none(bureau: Bureau) -> None:
    with pytest.raises(AnswerMissing):
        do(bureau, "answer", "secretary", objected(bureau), "  ")


def test_the_citizens_words_are_public_only_with_consent_and_after_the_check(bureau: Bureau) -> None:
    private, public = objected(bureau), objected(bureau, "请找13812345678核对", privacy=Privacy.PUBLIC)
    for number in (private, public):
        do(bureau, "answer", "secretary", number, "已核实")
    with pytest.raises(AskedToStayPrivate):
        do(bureau, "release", "office", private, show_text=True)
    with pytest.raises(TextNotCleared):
        do(bureau, "release", "office", public, show_text=True)
    with bureau.house.database.transaction() as db:
        taken = text_checks.take(db, MONDAY)
        text_checks.settle(db, taken[1].id, Verdict(True, "通过"), MONDAY)
    do(bureau, "release", "office", public, show_text=True)
    with bureau.house.database.reading() as db:
        (shown,) = objections.answered(db, 1)
    assert (shown.text, shown.answer) == ("请找138****5678核对", "已核实")


def test_a_look_at_the_phone_leaves_a_step(bureau: Bureau) -> None:
    number = objected(bureau, privacy=Privacy.CONFIDENTIAL, phone_sealed=b"sealed")
    with bureau.house.database.transaction() as db:
        assert objection_answers.phone_of(db, bureau.actor("secretary"), number, "回访", MONDAY) == b"sealed"
    with pytest.raises(NotAllowed), bureau.house.database.transaction() as db:
        objection_answers.phone_of(db, bureau.actor("clerk"), number, "好奇", MONDAY)
