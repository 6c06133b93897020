"""Daily counters, bursts, resets, bans and the rid that explains a refusal."""

from tests.emulator.conftest import WeChat

INFO = "/cgi-bin/getcallbackip"
MENU = "/cgi-bin/menu/get"


def test_a_used_quota_stops_until_midnight_in_beijing(wechat: WeChat) -> None:
    wechat.control("POST", "/quota", path=MENU, used=9_999)
    assert [wechat.ask(MENU)["errcode"] for _ in range(2)] == [46003, 45009]
    assert wechat.ask("/cgi-bin/openapi/quota/get", {"cgi_path": MENU})["quota"] == {"daily_limit": 10_000, "used": 10_000, "remain": 0}
    wechat.advance(86_400)
    assert wechat.ask(MENU)["errcode"] == 46003


def test_ten_resets_a_month_over_all_ways(wechat: WeChat) -> None:
    wechat.control("POST", "/quota", path=MENU, used=10_000)
    ways = [
        ("/cgi-bin/openapi/quota/clear", {"cgi_path": MENU}),
        ("/cgi-bin/clear_quota", {"appid": wechat.service["appid"]}),
        ("/cgi-bin/clear_quota/v2", {"appid": wechat.service["appid"], "appsecret": wechat.service["secret"]}),
    ]
    codes = [wechat.ask(*ways[number % 3])["errcode"] for number in range(11)]
    assert codes == [0] * 10 + [48006]
    assert wechat.ask(MENU)["errcode"] == 46003


def test_an_unknown_path_has_no_quota(wechat: WeChat) -> None:
    assert wechat.ask("/cgi-bin/openapi/quota/get", {"cgi_path": "/cgi-bin/none"})["errcode"] == 76021


def test_a_burst_is_refused_and_passes(wechat: WeChat) -> None:
    wechat.control("POST", "/clock", speed=0)
    body = {"version": 2, "scene": 2, "content": "x", "openid": wechat.openid("p01", "mini")}
    codes = {wechat.ask("/wxa/msg_sec_check", body, "mini")["errcode"] for _ in range(20)}
    assert codes == {61010}
    rate = wechat.ask("/cgi-bin/openapi/quota/get", {"cgi_path": "/wxa/msg_sec_check"}, "mini")["rate_limit"]
    assert rate == {"call_count": 4000, "refresh_second": 60}


def test_banned_and_ungranted_paths_say_so(wechat: WeChat) -> None:
    wechat.control("PATCH", "/accounts/service", banned=[MENU], ungranted=[INFO])
    assert [wechat.ask(path)["errcode"] for path in (MENU, INFO)] == [48004, 48001]


def test_a_rid_explains_its_refusal(wechat: WeChat) -> None:
    rid = wechat.ask(MENU)["errmsg"].split("rid: ")[1]
    assert wechat.ask("/cgi-bin/openapi/rid/get", {"rid": rid})["request"]["request_url"].startswith(MENU)
    assert wechat.ask("/cgi-bin/openapi/rid/get", {"rid": "0-0-0"})["errcode"] == 76023


def test_the_network_check_names_its_actions(wechat: WeChat) -> None:
    body = {"action": "all", "check_operator": "DEFAULT"}
    assert set(wechat.ask("/cgi-bin/callback/check", body)) == {"dns", "ping"}
    assert wechat.ask("/cgi-bin/callback/check", body | {"action": "sing"})["errcode"] == 40035


def test_followers_are_listed_tagged_and_remarked(wechat: WeChat) -> None:
    listed = wechat.ask("/cgi-bin/user/get")
    assert (listed["total"], listed["data"]["openid"][0], listed["next_openid"]) == (8, wechat.openid("p01"), wechat.openid("p08"))
    assert "data" not in wechat.ask("/cgi-bin/user/get", next_openid=listed["next_openid"])
    tag = wechat.ask("/cgi-bin/tags/create", {"tag": {"name": "党员"}})["tag"]["id"]
    batch = {"tagid": tag, "openid_list": [wechat.openid("p05"), wechat.openid("p06")]}
    assert wechat.ask("/cgi-bin/tags/members/batchtagging", batch)["errcode"] == 0
    assert wechat.ask("/cgi-bin/user/tag/get", {"tagid": tag})["count"] == 2
    assert wechat.ask("/cgi-bin/tags/create", {"tag": {"name": "党员"}})["errcode"] == 45157
    assert wechat.ask("/cgi-bin/user/info/updateremark", {"openid": wechat.openid("p05"), "remark": "一支部"})["errcode"] == 0
    assert wechat.ask("/cgi-bin/user/info", openid=wechat.openid("p05"))["remark"] == "一支部"
    assert wechat.ask("/cgi-bin/user/info", openid=wechat.openid("p09"))["subscribe"] == 0


def test_media_goes_up_and_comes_down(wechat: WeChat) -> None:
    query = {"access_token": wechat.token(), "type": "image"}
    made = wechat.http.post(f"{wechat.url}/cgi-bin/media/upload", params=query, files={"media": ("a.png", b"\x89PNG", "image/png")}).json()
    got = wechat.http.get(f"{wechat.url}/cgi-bin/media/get", params={"access_token": wechat.token(), "media_id": made["media_id"]})
    assert (got.content, got.headers["Content-Type"]) == (b"\x89PNG", "image/png")
    assert wechat.ask("/cgi-bin/media/get", media_id="x")["errcode"] == 40007
