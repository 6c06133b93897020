"""The mini-program's servers: a log-in code becomes an openid, vouched for by WeChat alone (wechat-platform.md §16)."""

from domain.errors import LoginCodeRefused, TooOften, WechatUnreachable
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
