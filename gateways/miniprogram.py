"""The mini-program's servers: a log-in code becomes an openid, vouched for by WeChat alone (wechat-platform.md §16)."""

from domain.errors import LoginCodeRefused, TooOften, WechatUnreachable
from domain.identity_refusals import PhoneCodeRefused
from gateways.wechat import Wechat, WechatError

_CODE_REFUSED = {40029, 40163, 42003, 40226}


def openid_of(wechat: Wechat, code: str) -> str:
    """Redeem a `wx.login` code. The session_key is dropped at once: nothing here needs it (T06, P02).

    Raises `LoginCodeRefused`, `TooOften` (45011), `WechatUnreachable`.
    """
    account = wechat.account
    try:
        answer = wechat.get("/sns/jscode2session", appid=account.appid, secret=account.secret, js_code=code, grant_type="authorization_code")
    except WechatError as error:
        if error.code in _CODE_REFUSED:
            raise LoginCodeRefused() from None
        if error.code == 45011:
            raise TooOften(60) from None
        raise WechatUnreachable() from None
    openid = answer.get("openid")
    if not isinstance(openid, str) or not openid:
        raise WechatUnreachable()
    return openid


_NO_QUOTA = {1400001}
_CHINA = "86"


def phone_of(wechat: Wechat, code: str) -> str:
    """Redeem the code of the button “授权手机号”: the number WeChat vouches for, 11 figures (T06: never out of encryptedData).

    Raises `PhoneCodeRefused`, also for a number from abroad, `TooOften`, `WechatUnreachable`.
    """
    try:
        answer = wechat.post("/wxa/business/getuserphonenumber", {"code": code})
    except WechatError as error:
        if error.code in _CODE_REFUSED or error.code in _NO_QUOTA:
            raise PhoneCodeRefused() from None
        if error.code in (45009, 45011):
            raise TooOften(60) from None
        raise WechatUnreachable() from None
    told = answer.get("phone_info")
    number = told.get("purePhoneNumber") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(number, str) or str(told.get("countryCode")) != _CHINA or not number.isdecimal():
        raise PhoneCodeRefused()
    if (told.get("watermark") or {}).get("appid") != wechat.account.appid:
        raise WechatUnreachable()
    return number
