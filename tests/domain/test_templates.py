"""Values of a template are cut to their key's rule, so that WeChat never answers 47003."""

import pytest

from domain.letters import Channel
from domain.templates import Template, faults, fit
from emulator.accounts import Account
from emulator.api.values import fits

ACCOUNT = Account.__new__(Account)
HOSTILE = (
    "",
    "\n",
    "整改事项\r\n第二行",
    "请在11月16日前提交《承诺书》并报领导小组办公室",
    "好👍🏽的",
    "A0231",
    "2026-11-16",
    "𠮷" * 40,
    "-3.5",
    "<script>",
)
KEYS = ("thing1", "character_string2", "number3", "letter4", "symbol5", "phrase6", "name7", "phone_number8", "amount9")


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_written_fits_its_key(key: str, text: str) -> None:
    assert fits(ACCOUNT, key, fit(key, text)), fit(key, text)


@pytest.mark.parametrize(
    ("key", "text", "fitted"),
    [
        ("thing1", "一" * 20, "一" * 20),
        ("thing1", "一" * 21, "一" * 19 + "…"),
        ("thing1", "  ", "—"),
        ("thing1", "收到 👍\n请办理", "收到 请办理"),
        ("date2", "2026-11-06", "2026年11月6日"),
        ("time2", "2026-11-06", "2026年11月6日 23:59"),
        ("time2", "15:01", "15:01"),
        ("character_string3", "A0231号", "A0231"),
        ("phrase4", "已退回（请改）", "已退回请改"),
        ("name5", "欧阳一二三四五六七八九", "欧阳一二三四五六七八"),
    ],
)
def test_values_are_cut_by_rule(key: str, text: str, fitted: str) -> None:
    assert fit(key, text) == fitted


def test_a_template_is_filled_with_the_words_of_the_letter() -> None:
    template = Template("T1", Channel.SUBSCRIBE, {"thing1": "{text}", "date2": "{due}", "thing3": "{place}"})
    assert template.filled({"text": "提交承诺书", "due": "2026-11-16"}) == {
        "thing1": {"value": "提交承诺书"},
        "date2": {"value": "2026年11月16日"},
        "thing3": {"value": "—"},
    }


def test_a_template_that_does_not_fit_the_console_is_told_at_once() -> None:
    template = Template("T1", Channel.NOTICE, {"thing1": "{text}", "word9": "x"})
    assert faults("reminder", template, "事项:{{thing1.DATA}}\n时间:{{time2.DATA}}") == [
        "reminder 的 word9 不是微信规定的参数类型，请按模板详情里的写法填写",
        "reminder 的模板里没有 word9，请对照公众平台的模板详情改正",
        "reminder 的模板还需要 time2，请在 values 里补上",
    ]
