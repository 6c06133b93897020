"""Log-in, phone number, web authorisation and JS-SDK: one-time codes and signatures."""

import hashlib
from typing import Any

import pytest

from tests.emulator.conftest import WeChat

BACK = "http://127.0.0.1:8000/back?x=1"


def login(wechat: WeChat, code: str, **more: str) -> Any:
    query = {"appid": wechat.mini["appid"], "secret": wechat.mini["secret"], "js_code": code, "grant_type": "authorization_code"}
    return wechat.plain("/sns/jscode2session", **query | more)


def redeem(wechat: WeChat, code: str) -> Any:
    account = wechat.service
    return wechat.plain("/sns/oauth2/access_token", appid=account["appid"], secret=account["secret"], code=code, grant_type="authorization_code")


def authorise(wechat: WeChat, person: str = "p01", **more: str) -> Any:
    query = {"appid": wechat.service["appid"], "redirect_uri": BACK, "response_type": "code", "scope": "snsapi_base", "state": "s1"} | more
    headers = {"X-Emulator-Person": person} if person else {}
    return wechat.http.get(wechat.url + "/connect/oauth2/authorize", params=query, headers=headers, allow_redirects=False)


def test_a_login_code_gives_the_person_once(wechat: WeChat) -> None:
    code = wechat.act("p01", "login")["code"]
    first = login(wechat, code)
    assert (first["openid"], "errcode" in first) == (wechat.openid("p01", "mini"), False)
    assert login(wechat, code)["errcode"] == 40163


def test_a_login_code_dies_after_five_minutes(wechat: WeChat) -> None:
    code = wechat.act("p01", "login")["code"]
    wechat.advance(301)
    assert login(wechat, code)["errcode"] == 40029


@pytest.mark.parametrize(("more", "code"), [({"js_code": ""}, 41008), ({"js_code": "x"}, 40029), ({"appid": "wx0"}, 40013), ({"secret": "x"}, 40125)])
def test_a_wrong_login_has_its_code(wechat: WeChat, more: dict[str, str], code: int) -> None:
    assert login(wechat, "0abc", **more)["errcode"] == code


def test_one_person_has_one_unionid_over_both_accounts_and_some_have_none(wechat: WeChat) -> None:
    mini = login(wechat, wechat.act("p01", "login")["code"])
    service = wechat.ask("/cgi-bin/user/info", openid=wechat.openid("p01"))
    assert (mini["unionid"], mini["openid"] == service["openid"]) == (service["unionid"], False)
    assert "unionid" not in login(wechat, wechat.act("p12", "login")["code"])


def test_a_blocked_person_and_a_hasty_one_are_turned_away(wechat: WeChat) -> None:
    assert login(wechat, wechat.act("p01", "login", blocked=True)["code"])["errcode"] == 40226
    codes = [login(wechat, wechat.act("p02", "login")["code"]).get("errcode", 0) for _ in range(101)]
    assert codes == [0] * 100 + [45011]


def test_a_phone_code_is_not_a_login_code_and_works_once(wechat: WeChat) -> None:
    code = wechat.act("p01", "phone-code")["code"]
    assert login(wechat, code)["errcode"] == 40029
    assert wechat.ask("/wxa/business/getuserphonenumber", {"code": code}, "mini")["phone_info"]["purePhoneNumber"] == "13800000001"
    assert wechat.ask("/wxa/business/getuserphonenumber", {"code": code}, "mini")["errcode"] == 40163


def test_silent_authorisation_comes_back_with_code_and_state(wechat: WeChat) -> None:
    where = authorise(wechat).headers["Location"]
    code = where.partition("code=")[2].partition("&")[0]
    assert where == f"{BACK}&code={code}&state=s1"
    first = redeem(wechat, code)
    assert (first["openid"], first["scope"], redeem(wechat, code)["errcode"]) == (wechat.openid("p01"), "snsapi_base", 40163)


def test_the_web_token_is_not_the_api_token(wechat: WeChat) -> None:
    got = redeem(wechat, wechat.act("p01", "oauth-code", scope="snsapi_userinfo")["code"])
    given = {"access_token": got["access_token"], "openid": got["openid"]}
    assert wechat.plain("/cgi-bin/menu/get", access_token=got["access_token"])["errcode"] == 40001
    assert wechat.plain("/sns/auth", **given)["errcode"] == 0
    assert wechat.plain("/sns/userinfo", **given)["nickname"] == "微信用户"
    again = wechat.plain("/sns/oauth2/refresh_token", appid=wechat.service["appid"], grant_type="refresh_token", refresh_token=got["refresh_token"])
    assert again["openid"] == got["openid"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"redirect_uri": ""}, "10011"),
        ({"scope": "all"}, "10005"),
        ({"appid": "wx0"}, "10012"),
        ({"state": "s" * 129}, "10013"),
        ({"redirect_uri": "javascript:alert(1)"}, "10011"),
    ],
    ids=str,
)
def test_a_wrong_authorisation_shows_an_error_page(wechat: WeChat, more: dict[str, str], words: str) -> None:
    assert words in authorise(wechat, **more).text


def test_a_host_off_the_list_is_not_returned_to(wechat: WeChat) -> None:
    wechat.control("PATCH", "/accounts/service", oauth_domains=["pledge.example"])
    assert "10003" in authorise(wechat).text


def test_the_open_scope_asks_and_an_unknown_phone_chooses(wechat: WeChat) -> None:
    assert "允许" in authorise(wechat, scope="snsapi_userinfo").text
    assert "以谁的身份" in authorise(wechat, person="").text


def test_a_link_opened_from_the_phone_carries_the_person(wechat: WeChat) -> None:
    opened = wechat.http.get(f"{wechat.url}/_emulator/open", params={"person": "p02", "url": BACK}, allow_redirects=False)
    assert (opened.headers["Location"], "emulator_person=p02" in opened.headers["Set-Cookie"]) == (BACK, True)
    wechat.http.cookies.clear()


def test_the_checker_accepts_a_right_signature_and_explains_a_wrong_one(wechat: WeChat) -> None:
    ticket = wechat.ask("/cgi-bin/ticket/getticket", type="jsapi")["ticket"]
    assert wechat.ask("/cgi-bin/ticket/getticket", type="jsapi")["ticket"] == ticket
    signed = hashlib.sha1(f"jsapi_ticket={ticket}&noncestr=n&timestamp=1&url=http://a.b/?c=1".encode()).hexdigest()
    given: dict[str, Any] = {"noncestr": "n", "timestamp": "1", "url": "http://a.b/?c=1#top"}
    assert wechat.control("POST", "/jssdk/check", **given, signature=signed)["errMsg"] == "config:ok"
    assert "invalid signature" in wechat.control("POST", "/jssdk/check", **given, signature="0")["errMsg"]
    assert "config:ok" in wechat.http.get(f"{wechat.url}/_emulator/jssdk", params=given | {"signature": signed}).text
