"""Both token spaces, their overlap and limits, and who may ask."""

from typing import Any

import pytest

from tests.emulator.conftest import WeChat


def plain(wechat: WeChat, **more: str) -> Any:
    given = {"grant_type": "client_credential", "appid": wechat.service["appid"], "secret": wechat.service["secret"]} | more
    return wechat.plain("/cgi-bin/token", **given)


def stable(wechat: WeChat, **more: Any) -> Any:
    body = {"grant_type": "client_credential", "appid": wechat.service["appid"], "secret": wechat.service["secret"]} | more
    return wechat.http.post(wechat.url + "/cgi-bin/stable_token", json=body).json()


def works(wechat: WeChat, token: str) -> int:
    return int(wechat.plain("/cgi-bin/getcallbackip", access_token=token).get("errcode", 0))


def test_a_new_plain_token_leaves_the_old_one_five_minutes(wechat: WeChat) -> None:
    old, new = plain(wechat)["access_token"], plain(wechat)["access_token"]
    assert (works(wechat, old), works(wechat, new)) == (0, 0)
    wechat.advance(301)
    assert (works(wechat, old), works(wechat, new)) == (42001, 0)


def test_the_third_plain_token_kills_the_first_at_once(wechat: WeChat) -> None:
    first = plain(wechat)["access_token"]
    plain(wechat)
    plain(wechat)
    assert works(wechat, first) == 40001


def test_the_stable_token_stays_until_five_minutes_before_its_end(wechat: WeChat) -> None:
    first = stable(wechat)
    wechat.advance(6800)
    again = stable(wechat)
    assert (first["expires_in"], again["access_token"]) == (7200, first["access_token"])
    assert 300 <= again["expires_in"] <= 400
    wechat.advance(200)
    renewed = stable(wechat)["access_token"]
    assert (renewed != first["access_token"], works(wechat, renewed), works(wechat, first["access_token"])) == (True, 0, 0)


def test_a_forced_refresh_kills_the_old_token_but_only_every_thirty_seconds_and_twenty_times_a_day(wechat: WeChat) -> None:
    first = stable(wechat)["access_token"]
    second = stable(wechat, force_refresh=True)["access_token"]
    assert (works(wechat, first), stable(wechat, force_refresh=True)["access_token"]) == (40001, second)
    seen = set()
    for _ in range(25):
        wechat.advance(31)
        seen.add(stable(wechat, force_refresh=True)["access_token"])
    assert len(seen - {second}) == 19


def test_the_two_spaces_do_not_touch_each_other(wechat: WeChat) -> None:
    mine = plain(wechat)["access_token"]
    stable(wechat)
    stable(wechat, force_refresh=True)
    assert works(wechat, mine) == 0


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"grant_type": "other"}, 40002),
        ({"appid": ""}, 41002),
        ({"secret": ""}, 41004),
        ({"appid": "wx0"}, 40013),
        ({"secret": "wrong"}, 40125),
    ],
)
def test_a_wrong_request_for_a_token_is_refused(wechat: WeChat, more: dict[str, str], code: int) -> None:
    assert plain(wechat, **more)["errcode"] == code
    assert stable(wechat, **more)["errcode"] == code


@pytest.mark.parametrize(("token", "code"), [("", 41001), ("short", 40014), ("x" * 130, 40001)])
def test_a_wrong_token_has_its_own_code_and_a_rid(wechat: WeChat, token: str, code: int) -> None:
    answer = wechat.plain("/cgi-bin/getcallbackip", access_token=token)
    assert answer["errcode"] == code
    assert " rid: " in answer["errmsg"]


def test_an_address_off_the_whitelist_is_named(wechat: WeChat) -> None:
    wechat.control("PATCH", "/accounts/service", ip_whitelist=["10.0.0.1"])
    answer = stable(wechat)
    assert (answer["errcode"], "invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist rid:" in answer["errmsg"]) == (40164, True)


def test_a_frozen_secret_gets_no_token(wechat: WeChat) -> None:
    wechat.control("PATCH", "/accounts/service", secret_frozen=True)
    assert stable(wechat)["errcode"] == 40243


def test_the_tokens_of_an_account_can_be_killed_for_a_rehearsal(wechat: WeChat) -> None:
    token = stable(wechat)["access_token"]
    wechat.control("POST", "/accounts/service/expire-tokens", how="revoked")
    assert (works(wechat, token), stable(wechat)["access_token"] != token) == (40001, True)
