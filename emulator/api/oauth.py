"""Web authorisation, the server side (网页授权, wechat-platform.md §15); the page is in `pages/`."""

from emulator.accounts import Account
from emulator.api.desk import OK, SIMPLIFIED, Answer, Ask, either
from emulator.api.mini import need_account
from emulator.errors import Refusal
from emulator.ledgers.codes import Code
from emulator.people import Person

LIFE, REFRESH_LIFE = 7200, 30 * 86400


def _issued(ask: Ask, account: Account, person: Person, scope: str) -> Answer:
    tie = person.ties[account.appid]
    codes, now = ask.world.codes, ask.now
    union = {"unionid": person.unionid} if person.unionid and account.unionid and (scope == "snsapi_userinfo" or tie.subscribed) else {}
    return {
        "access_token": codes.make("web-token", account.appid, person.key, now + LIFE, scope=scope),
        "expires_in": LIFE,
        "refresh_token": codes.make("web-refresh", account.appid, person.key, now + REFRESH_LIFE, scope=scope),
        "openid": tie.openid,
        "scope": scope,
    } | union


@either("/sns/oauth2/access_token", "用 code 换网页授权凭据", needs_token=False)
def redeem(ask: Ask) -> Answer:
    account = need_account(ask)
    if ask.query.get("grant_type") != "authorization_code":
        raise Refusal(40002)
    code = ask.world.codes.redeem(ask.query.get("code", ""), "oauth", account.appid, ask.now)
    return _issued(ask, account, ask.world.people.need(code.person), str(code.about.get("scope", "snsapi_base")))


@either("/sns/oauth2/refresh_token", "刷新网页授权凭据", needs_token=False, status=SIMPLIFIED, note="旧凭据继续有效到期满")
def refresh(ask: Ask) -> Answer:
    account = ask.world.accounts.find(ask.query.get("appid", ""))
    if account is None:
        raise Refusal(40013)
    code = ask.world.codes.look(ask.query.get("refresh_token", ""), "web-refresh", ask.now, 40030, 42002)
    return _issued(ask, account, ask.world.people.need(code.person), str(code.about["scope"]))


def _web_token(ask: Ask) -> tuple[Code, Person]:
    """The web token and its owner, who must be the openid asked for. This token is not the API token."""
    code = ask.world.codes.look(ask.query.get("access_token", ""), "web-token", ask.now, 40001, 42001)
    person = ask.world.people.need(code.person)
    if person.ties[code.appid].openid != ask.query.get("openid", ""):
        raise Refusal(40003)
    return code, person


@either("/sns/auth", "检验网页授权凭据", needs_token=False)
def check(ask: Ask) -> Answer:
    _web_token(ask)
    return OK


@either("/sns/userinfo", "拉取用户信息", needs_token=False, status=SIMPLIFIED, note="昵称、头像为虚拟信息")
def userinfo(ask: Ask) -> Answer:
    code, person = _web_token(ask)
    if code.about["scope"] != "snsapi_userinfo":
        raise Refusal(48001)
    union = {"unionid": person.unionid} if person.unionid else {}
    return {
        "openid": person.ties[code.appid].openid,
        "nickname": "微信用户",
        "sex": 0,
        "language": "",
        "city": "",
        "province": "",
        "country": "",
        "headimgurl": f"{ask.world.base_url}/_emulator/media/head",
        "privilege": [],
    } | union
