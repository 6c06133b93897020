"""异议 as people type it, its number, and what must not stand in public words."""

import pytest

from domain.masking import masked_text
from domain.numbers import format_objection, format_pledge, read_number, read_objection, read_pledge
from domain.objections import SaidObjection, read_objection_line
from domain.ratings import Privacy
from domain.unsafe_words import flagged

LINES = {
    "异议 31 说好三天，等了一周": SaidObjection(31, Privacy.ANONYMOUS, "说好三天，等了一周"),
    "异议 诺0031 保密 说好三天": SaidObjection(31, Privacy.CONFIDENTIAL, "说好三天"),
    "提异议：诺３１，公开：没有做到": SaidObjection(31, Privacy.PUBLIC, "没有做到"),
    "异议31号承诺 还在收材料": SaidObjection(31, Privacy.ANONYMOUS, "还在收材料"),
    "有意见 NO31 门口没贴清单": SaidObjection(31, Privacy.ANONYMOUS, "门口没贴清单"),
    "异议 31": SaidObjection(31, Privacy.ANONYMOUS, ""),
    "异议 31 公开大厅没有清单": SaidObjection(31, Privacy.ANONYMOUS, "公开大厅没有清单"),
    "异议": None,
    "异议 没有做到": None,
    "没有异议": None,
}


@pytest.mark.parametrize("line", LINES)
def test_one_line_of_chat_is_an_objection(line: str) -> None:
    assert read_objection_line(line) == LINES[line]


@pytest.mark.parametrize("said", ["异0012", "异议12", "异议 0012", "yi12", "ＹＩ００12", "异-0012"])
def test_the_number_is_read_however_it_is_typed(said: str) -> None:
    assert read_objection(said) == 12


@pytest.mark.parametrize("said", ["12", "A0012", "异", "异0", "议12", "异" + "9" * 40])
def test_what_is_no_number_of_an_objection(said: str) -> None:
    assert read_objection(said) is None


def test_numbers_of_the_house_are_never_taken_for_one_another() -> None:
    assert (format_objection(12), format_pledge(31), read_pledge("诺0031"), read_pledge("31")) == ("异0012", "诺0031", 31, 31)
    assert read_number(format_objection(12)) is None
    assert read_objection(format_pledge(31)) is None


MASKED = {
    "请打13812345678找我": "请打138****5678找我",
    "身份证110101199003071234": "身份证110***********1234",
    "电话0539-1234567": "电话0539-****4567",
    "车牌鲁Q12345": "车牌鲁Q****5",
    "等了120分钟，编号20261116": "等了120分钟，编号20261116",
}


@pytest.mark.parametrize("text", MASKED)
def test_numbers_of_persons_are_masked(text: str) -> None:
    assert masked_text(text) == MASKED[text]


FLAGGED = {
    "王 八 蛋": ("辱骂",),
    "加微信低息贷款": ("广告",),
    "见 http://x.cn/a": ("网址",),
    "找13812345678": ("个人信息",),
    "说好三天办结，等了一周": (),
    "窗口态度不好，材料收了两遍": (),
}


@pytest.mark.parametrize("text", FLAGGED)
def test_our_own_list_finds_what_a_person_should_see(text: str) -> None:
    assert flagged(text) == FLAGGED[text]
