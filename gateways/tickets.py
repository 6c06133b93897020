"""JS-SDK ticket of the service account: kept and fetched like its token, by one refresher over all processes (wechat-platform.md §15)."""

from domain.errors import WechatUnreachable
from gateways.wechat import Wechat, WechatError


def jsapi(wechat: Wechat) -> str:
    """Raises `WechatUnreachable`, whatever the trouble: a page is whole without it."""
    try:
        return wechat.ticket()
    except WechatError:
        raise WechatUnreachable() from None
