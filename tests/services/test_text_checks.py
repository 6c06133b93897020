"""内容安全: nothing unsafe is shown, nothing is lost, a person's word is final (R34)."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from domain.actor import Actor
from domain.errors import NotAllowed
from domain.objection_refusals import JudgedAlready
from domain.objections import Objection
from domain.policy import STANDARD
from gateways.textcheck import check
from gateways.wechat import WechatError
from gateways.wechat_codes import Mood
from models.text_checks import TextCheck
from services import objections, text_checks
from services.text_checks import Verdict
from tests.bureau import Bureau
from tests.conftest import MONDAY
from tests.services.test_objections import code_of


class Mini:
    """The mini-program's servers in one mood."""

    account = SimpleNamespace(appid="wx1")

    def __init__(self, answer: Any) -> None:
        self.answer, self.asked = answer, 0

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return {"errcode": 0, "result": {"suggest": self.answer, "label": 100}} if isinstance(self.answer, str) else self.answer


MOODS = {
    "pass": ("pass", True),
    "review": ("review", False),
    "risky": ("risky", False),
    "not seen lately": (WechatError(Mood.PERMANENT, 61010), False),
    "busy": (WechatError(Mood.PASSING, -1), None),
    "silent": (WechatError(Mood.PASSING, -2), None),
    "no result": ({"errcode": 0}, None),
    "odd result": ({"errcode": 0, "result": []}, None),
}


@pytest.mark.parametrize("mood", MOODS)
def test_each_mood_of_wechat_is_understood(mood: str) -> None:
    answer, certain = MOODS[mood]
    assert check(Mini(answer), bytes.decode, "等了一周", b"openid").certain is certain


def test_our_own_list_speaks_where_wechat_cannot_be_asked() -> None:
    mini = Mini("pass")
    assert [check(mini, bytes.decode, text, None).certain for text in ("等了一周", "都是王八蛋")] == [True, False]
    assert check(mini, bytes.decode, "加微信办证", b"openid").certain is False
    assert mini.asked == 0


def waiting(bureau: Bureau, text: str = "等了一周") -> int:
    with bureau.house.database.transaction() as db:
        objections.object_to(db, Objection(Actor(rater="wang"), code_of(bureau), text), MONDAY, STANDARD)
        return text_checks.take(db, MONDAY)[0].id


def settle(bureau: Bureau, check_id: int, certain: bool | None) -> str:
    with bureau.house.database.transaction() as db:
        text_checks.settle(db, check_id, Verdict(certain, "说明"), MONDAY)
    with bureau.house.database.reading() as db:
        return db.get_one(TextCheck, check_id).state


@pytest.mark.parametrize(("certain", "state"), [(True, "passed"), (False, "held"), (None, "waiting")])
def test_a_verdict_moves_the_words_on(bureau: Bureau, certain: bool | None, state: str) -> None:
    assert settle(bureau, waiting(bureau), certain) == state


def test_words_in_a_dead_machines_hands_are_taken_again_and_end_with_a_person(bureau: Bureau) -> None:
    check_id, later = waiting(bureau), MONDAY
    for _ in range(2):
        with bureau.house.database.transaction() as db:
            assert text_checks.take(db, later + timedelta(minutes=1)) == []
            later += timedelta(minutes=3)
            assert [one.id for one in text_checks.take(db, later)] == [check_id]
    assert settle(bureau, check_id, None) == "held"


def test_a_persons_word_is_final(bureau: Bureau) -> None:
    check_id = waiting(bureau, "都是王八蛋")
    settle(bureau, check_id, False)
    with bureau.house.database.transaction() as db:
        (held,) = text_checks.held(db, bureau.actor("office"))
        text_checks.judge(db, bureau.actor("office"), held.id, "hide", "骂人", MONDAY)
    assert settle(bureau, check_id, True) == "hidden"
    with pytest.raises(JudgedAlready), bureau.house.database.transaction() as db:
        text_checks.judge(db, bureau.actor("committee"), check_id, "clear", "", MONDAY)


def test_a_member_does_not_judge(bureau: Bureau) -> None:
    check_id = waiting(bureau)
    with pytest.raises(NotAllowed), bureau.house.database.transaction() as db:
        text_checks.judge(db, bureau.actor("clerk"), check_id, "clear", "", MONDAY)
