"""Mini-program login and phone number (wx.login, 手机号快速验证, wechat-platform.md §16)."""

import base64
import hashlib
import hmac

from emulator.accounts import MINI, Account
from emulator.api.desk import OK, Answer, Ask, get, post
from emulator.errors import Refusal
from emulator.ledgers.quota import Limit
from emulator.people import Person


def session_key(ask: Ask, account: Account, person: Person) -> str:
    """16 bytes in base64, the same for a person until the state is reset."""
    return base64.b64encode(ask.world.seeds.fixed("session", account.appid, person.key, length=16).encode()).decode()


def need_account(ask: Ask) -> Account:
    """The account named by appid and secret in the query. Raises 41002, 41004, 40013, 40125."""
    appid, secret = ask.query.get("appid", ""), ask.query.get("secret", "")
    if not appid or not secret:
        raise Refusal(41004 if appid else 41002)
    account = ask.world.accounts.find(appid)
    if account is None or account.appid != appid:
        raise Refusal(40013)
    if account.secret != secret:
        raise Refusal(40125)
    return account


@get("/sns/jscode2session", "小程序登录", needs_token=False, note="code 有效 5 分钟，未确认")
def login(ask: Ask) -> Answer:
    account = need_account(ask)
    if account.is_service:
        raise Refusal(40013)
    if ask.query.get("grant_type", "authorization_code") != "authorization_code":
        raise Refusal(40002)
    code = ask.world.codes.redeem(ask.query.get("js_code", ""), "login", account.appid, ask.now)
    if code.about.get("blocked"):
        raise Refusal(40226)
    ask.world.quotas.count(account, f"/sns/jscode2session#{code.person}", Limit(burst=100), ask.world.clock.day(), ask.now)
    person = ask.world.people.need(code.person)
    tie = person.ties[account.appid]
    tie.last_seen = ask.now
    answer = {"session_key": session_key(ask, account, person), "openid": tie.openid}
    return answer | ({"unionid": person.unionid} if person.unionid and account.unionid else {})


@get("/wxa/checksession", "检验登录态", kinds=(MINI,))
def check_session(ask: Ask) -> Answer:
    person = ask.person(ask.query.get("openid", ""))
    proof = hmac.new(session_key(ask, ask.account, person).encode(), b"", hashlib.sha256).hexdigest()
    if not hmac.compare_digest(proof.encode(), ask.query.get("signature", "").encode()):
        raise Refusal(87009)
    return OK


@post("/wxa/business/getuserphonenumber", "手机号快速验证", kinds=(MINI,))
def phone(ask: Ask) -> Answer:
    code = ask.world.codes.redeem(str(ask.body.get("code") or ""), "phone", ask.account.appid, ask.now)
    number = ask.world.people.need(code.person).phone
    mark = {"timestamp": int(ask.now), "appid": ask.account.appid}
    return OK | {"phone_info": {"phoneNumber": number, "purePhoneNumber": number, "countryCode": "86", "watermark": mark}}
