"""登录 and 退出 in the mini-program."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select

from domain.ports import House
from models.database import Base
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.miniapp_api.conftest import Mini

Minis = Callable[[str], Mini]


def test_a_citizen_signs_in_with_the_code_of_wx_login(mini: Minis, clock: Clock) -> None:
    answer = mini("").ask(201, "POST", "/sessions", {"code": "code-wang"})

    assert answer["member"] is False
    assert answer["name"] is None
    assert (datetime.fromisoformat(answer["expires_at"]) - clock.now()).days == 7


def test_a_member_is_greeted_by_name(mini: Minis, bureau: Bureau) -> None:
    bureau.bind("clerk", "o-clerk", "mini")

    answer = mini("").ask(201, "POST", "/sessions", {"code": "code-clerk"})

    assert (answer["member"], answer["name"]) == (True, "禾小满")


@pytest.mark.parametrize(
    ("code", "status", "said"),
    [("used", 422, "login_code_refused"), ("bad", 422, "login_code_refused"), ("often", 429, "too_often"), ("busy", 503, "wechat_unreachable")],
)
def test_a_code_that_wechat_refuses_opens_nothing(mini: Minis, code: str, status: int, said: str) -> None:
    stranger = mini("")

    answer = stranger.ask(status, "POST", "/sessions", {"code": code})

    assert answer["code"] == said
    assert ("Retry-After" in stranger.last.headers) == (status in (429, 503))


def test_a_session_ends_when_its_owner_signs_out(mini: Minis) -> None:
    wang = mini("wang")
    wang.ask(200, "GET", "/ratings")

    wang.ask(204, "DELETE", "/sessions/current")

    assert wang.ask(401, "GET", "/ratings")["code"] == "not_signed_in"
    assert wang.ask(401, "DELETE", "/sessions/current")["code"] == "not_signed_in"


def test_a_session_ends_after_its_days(mini: Minis, clock: Clock, bureau: Bureau) -> None:
    wang = mini("wang")
    clock.pass_(days=7, seconds=1)

    assert wang.rate(bureau.windows[1], 5, 401)["code"] == "not_signed_in"


def test_signing_out_on_one_phone_leaves_the_other_signed_in(mini: Minis) -> None:
    phone, tablet = mini("wang"), mini("wang")

    phone.ask(204, "DELETE", "/sessions/current")

    tablet.ask(200, "GET", "/ratings")


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic d2FuZzp3YW5n",
        "Bearer 123",
        "Bearer " + "x" * 32,
        "Bearer " + "x" * 5000,
        "Bearer 令牌令牌令牌令牌令牌令牌令牌",
    ],
)
def test_an_invented_token_is_nobody(mini: Minis, said: str) -> None:
    stranger = mini("")

    answer = stranger.ask(401, "GET", "/ratings", headers={"Authorization": said.encode().decode("latin-1")})

    assert answer["code"] == "not_signed_in"
    assert stranger.last.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_in_the_address_is_not_read(mini: Minis) -> None:
    token = mini("wang").headers["Authorization"].removeprefix("Bearer ")

    mini("").ask(401, "GET", f"/ratings?token={token}&access_token={token}")


def test_the_thirty_first_log_in_of_a_minute_waits(mini: Minis, clock: Clock) -> None:
    clock.time = clock.now().replace(second=15)
    for _ in range(30):
        mini("wang")
    stranger = mini("")

    assert stranger.ask(429, "POST", "/sessions", {"code": "code-li"})["code"] == "too_often"
    assert stranger.last.headers["Retry-After"] == "45"
    clock.pass_(seconds=45)
    mini("li")


def test_the_openid_and_session_key_are_nowhere_readable(mini: Minis, house: House) -> None:
    mini("wang")

    with house.database.reading() as db:
        kept = [value for table in Base.metadata.sorted_tables for row in db.execute(select(table)) for value in row]

    assert len(kept) > 100
    assert not [value for value in kept if "o-wang" in str(value) or "c2Vzc2lvbi1rZXk=" in str(value)]
