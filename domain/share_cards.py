"""分享卡片: which addresses of ours WeChat may be asked to dress, and the signature it wants for each (wechat-platform.md §15)."""

import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from domain.errors import Invalid

DEEDS = ("updateAppMessageShareData", "updateTimelineShareData")
"""What a page asks of WeChat: the card in a chat, and on the timeline."""
LONGEST = 1000


class ForeignAddress(Invalid):
    code = "foreign_address"
    sentence = "这个地址不是本单位网站的页面，不能签名。请从本单位的页面分享。"
    field = "url"


@dataclass(frozen=True)
class Signed:
    """What `wx.config` is given."""

    appid: str
    timestamp: int
    nonce: str
    signature: str


def address(said: str, base_url: str) -> str:
    """The page as it is signed: whole, without its fragment, and one of ours. Raises `ForeignAddress`."""
    url = said.partition("#")[0]
    if not url.isascii() or not url.isprintable() or " " in url or len(url) > LONGEST or _origin(url) != _origin(base_url):
        raise ForeignAddress()
    return url


def sign(appid: str, ticket: str, nonce: str, timestamp: int, url: str) -> Signed:
    """By sha1 over lower-case names in order and raw values: not ours to choose."""
    text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url}"
    return Signed(appid, timestamp, nonce, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest())


def _origin(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ForeignAddress() from None
    return parts.scheme.lower(), parts.netloc.lower()
