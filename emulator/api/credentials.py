"""access_token, plain and stable (wechat-platform.md §5)."""

from emulator.accounts import Account
from emulator.api.desk import Answer, Ask, either, get, post
from emulator.errors import Refusal
from emulator.ledgers.quota import Limit


def _proved(ask: Ask, appid: str, secret: str, wrong_secret: int) -> Account:
    """The account whose appid and secret these are, asked from an allowed address."""
    if not appid:
        raise Refusal(41002)
    if not secret:
        raise Refusal(41004)
    account = ask.world.accounts.find(appid)
    if account is None or account.appid != appid:
        raise Refusal(40013)
    if account.secret_frozen:
        raise Refusal(40243)
    if account.secret != secret:
        raise Refusal(wrong_secret)
    if account.ip_whitelist and ask.ip not in account.ip_whitelist:
        raise Refusal(40164, f" {ask.ip} ipv6 ::ffff:{ask.ip}, not in whitelist")
    return account


@either("/cgi-bin/token", "获取接口调用凭据", needs_token=False, limit=Limit(daily=2000))
def plain(ask: Ask) -> Answer:
    if ask.query.get("grant_type") != "client_credential":
        raise Refusal(40002)
    account = _proved(ask, ask.query.get("appid", ""), ask.query.get("secret", ""), 40125)
    text, life = ask.world.tokens.plain(account, ask.now)
    return {"access_token": text, "expires_in": life}


@post("/cgi-bin/stable_token", "获取稳定版接口调用凭据", needs_token=False, limit=Limit(daily=500_000, burst=10_000, burst_code=45009))
def stable(ask: Ask) -> Answer:
    if ask.body.get("grant_type") != "client_credential":
        raise Refusal(40002)
    appid, secret = (str(ask.body.get(name) or "") for name in ("appid", "secret"))
    account = _proved(ask, appid, secret, 40125)
    force = ask.body.get("force_refresh", False)
    if not isinstance(force, bool):
        raise Refusal(47001)
    text, life = ask.world.tokens.stable(account, ask.now, ask.world.clock.day(), force)
    return {"access_token": text, "expires_in": life}


@get("/cgi-bin/getcallbackip", "获取推送服务器地址", status="simplified", note="只返回本机地址")
def callback_addresses(_ask: Ask) -> Answer:
    return {"ip_list": ["127.0.0.1"]}


@get("/cgi-bin/get_api_domain_ip", "获取接口服务器地址", status="simplified", note="只返回本机地址")
def api_addresses(_ask: Ask) -> Answer:
    return {"ip_list": ["127.0.0.1"]}
