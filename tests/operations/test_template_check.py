"""The doctor lays each template of the settings beside WeChat's own and says what does not fit."""

from collections.abc import Iterator
from typing import Any

import pytest

import app
from operations import template_check
from tests.conftest import AES_KEY, settings_for
from tests.gateways.moody import Moody, moody


@pytest.fixture
def server() -> Iterator[Moody]:
    with moody() as state:
        state.moods["/cgi-bin/template/get_all_private_template"] = {
            "template_list": [{"template_id": "TM1", "title": "提醒", "content": "事项:{{thing1.DATA}}\n时间:{{time2.DATA}}"}]
        }
        yield state


def examined(server: Moody, templates: dict[str, Any]) -> list[tuple[str, bool, str]]:
    account = {"appid": "wx1234567890abcdef", "secret": "s" * 32, "token": "bureau-token", "encoding_aes_key": AES_KEY, "api_base": server.base}
    settings = settings_for("sqlite:///unused.db", wechat=account | {"templates": templates})
    return list(template_check.examine(app.build(settings)))


def test_what_fits_is_well(server: Moody) -> None:
    good = {"id": "TM1", "kinds": ["reminder"], "values": {"thing1": "{text}", "time2": "{due}"}}
    assert examined(server, {"到期提醒": good}) == [("服务号模板", True, "1个，与公众平台一致")]


def test_keys_that_are_missing_or_too_many_are_named(server: Moody) -> None:
    ((_, well, words),) = examined(server, {"reminder": "TM1"})
    assert not well
    assert "没有 character_string2" in words
    assert "还需要 time2" in words


def test_an_unknown_number_is_named(server: Moody) -> None:
    assert examined(server, {"reminder": "TM9"}) == [("服务号模板", False, "reminder 的模板编号在公众平台上没有，请核对 id")]


def test_a_wechat_that_refuses_is_told_in_words(server: Moody) -> None:
    server.moods["/cgi-bin/template/get_all_private_template"] = {"errcode": 48001}
    assert examined(server, {"reminder": "TM1"}) == [("服务号模板", False, "模板消息核对不了：公众号没有这个接口的权限，请在公众平台查看")]
