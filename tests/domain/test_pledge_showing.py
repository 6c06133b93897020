"""What a passer-by reads of a pledge: the chosen name, the confirmed state, and never a failure beside a person's name (P12)."""

from datetime import date

import pytest

from domain.flows.pledges import PledgeState as S
from domain.pledge.changes import pieces
from domain.pledge.showing import UNNAMED, Facts, Group, face

TODAY, PAST = date(2026, 11, 16), date(2026, 10, 1)


def of_person(state: str, percent: int = 0, deadline: date | None = None) -> Facts:
    return Facts("", "禾小满", "full", state, percent, deadline)


def of_unit(state: str, percent: int = 0, deadline: date | None = None) -> Facts:
    return Facts("市政科", "禾小满", "full", state, percent, deadline)


CASES = {
    "a person's, on the way": (of_person(S.PUBLISHED, 30), ("禾小满", "推进中", Group.UNDER_WAY)),
    "a person's, not begun": (of_person(S.PUBLISHED), ("禾小满", "推进中", Group.UNDER_WAY)),
    "a person's, overdue": (of_person(S.PUBLISHED, 30, PAST), ("禾小满", "推进中", Group.UNDER_WAY)),
    "a person's, reported": (of_person(S.FULFILLED), ("禾小满", "已兑现（本人报告）", Group.FULFILLED)),
    "a person's, confirmed": (of_person(S.CONFIRMED), ("禾小满", "已兑现（已核实）", Group.FULFILLED)),
    "a person's excuse, unconfirmed": (of_person(S.EXCUSED), ("禾小满", "推进中", Group.UNDER_WAY)),
    "a person's excuse, confirmed": (of_person(S.EXCUSE_CONFIRMED), (UNNAMED, "因客观原因未兑现", Group.EXCUSED)),
    "a unit's, overdue": (of_unit(S.PUBLISHED, 30, PAST), ("市政科", "逾期", Group.UNDER_WAY)),
    "a unit's excuse": (of_unit(S.EXCUSED), ("市政科", "因客观原因未兑现（本人报告）", Group.EXCUSED)),
    "a unit's excuse, confirmed": (of_unit(S.EXCUSE_CONFIRMED), ("市政科", "因客观原因未兑现（已核实）", Group.EXCUSED)),
}


@pytest.mark.parametrize("case", CASES)
def test_what_stands_beside_what(case: str) -> None:
    facts, told = CASES[case]
    shown = face(facts, TODAY)
    assert (shown.who, shown.state, shown.group) == told
    assert shown.cause_shown is (facts.state == S.EXCUSE_CONFIRMED and facts.unit != "")


CHANGES = {
    "a number": ("3个工作日内办结", "2个工作日内办结", "-3 +2 =个工作日内办结"),
    "a longer number stays whole": ("每月30件", "每月300件", "=每月 -30件 +300件"),
    "a phrase, not torn apart": ("群众少跑一趟", "企业少跑一次", "-群众 +企业 =少跑一 -趟 +次"),
    "something added": ("逐项讲解", "逐项讲解，上门服务", "=逐项讲解 +，上门服务"),
    "everything": ("甲", "乙", "-甲 +乙"),
    "nothing": ("一样", "一样", "=一样"),
    "from nothing": ("", "新写", "+新写"),
}
SIGNS = {"same": "=", "gone": "-", "new": "+"}


@pytest.mark.parametrize("case", CHANGES)
def test_an_amendment_is_read_word_by_word(case: str) -> None:
    before, after, told = CHANGES[case]
    assert " ".join(SIGNS[piece.kind] + piece.text for piece in pieces(before, after)) == told


def test_both_texts_can_be_read_back_from_the_pieces() -> None:
    before, after = "印制清单，逐项讲解，当场打勾", "印制十二类清单并逐项打勾讲解"
    found = pieces(before, after)
    assert "".join(one.text for one in found if one.kind != "new") == before
    assert "".join(one.text for one in found if one.kind != "gone") == after
