"""Replies: what goes back in the same breath: a text or one article; kept by its words, enveloped anew each time."""

import json
from dataclasses import dataclass

from domain.late import Late

_WECHATPY = Late("wechatpy.replies")
MOST_BYTES = 2000
"""UTF-8 bytes of a text; longer ones were seen to fail (wechat-platform.md §3)."""


@dataclass(frozen=True, slots=True)
class Article:
    """One card with a link."""

    title: str
    description: str
    url: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Text, or an article, or nothing (`success`: taken, no words due)."""

    text: str = ""
    article: Article | None = None

    def kept(self) -> str:
        """As the inbox keeps it."""
        if self.article is not None:
            return "A" + json.dumps([self.article.title, self.article.description, self.article.url], ensure_ascii=False)
        return "T" + clipped(self.text) if self.text else ""


NOTHING = Reply()


def clipped(text: str) -> str:
    """The text within WeChat's limit, cut at a character with an ellipsis."""
    raw = text.encode()
    return text if len(raw) <= MOST_BYTES else raw[: MOST_BYTES - 3].decode(errors="ignore") + "…"


def escaped(text: str) -> str:
    """Safe inside CDATA: the closing mark is split (wechat-platform.md §19, point 5)."""
    return text.replace("]]>", "]]]]><![CDATA[>") if "]]>" in text else text


def render(kept: str, to: str, sender: str, at: int) -> bytes:
    """The XML of a kept answer from us (`sender`) to the citizen (`to`); b"" when there are no words."""
    if kept.startswith("A"):
        return _article(kept[1:], to, sender, at)
    if not kept:
        return b""
    return (
        f"<xml><ToUserName><![CDATA[{to}]]></ToUserName><FromUserName><![CDATA[{sender}]]></FromUserName>"
        f"<CreateTime>{at}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{escaped(kept[1:])}]]></Content></xml>"
    ).encode()


def _article(words: str, to: str, sender: str, at: int) -> bytes:
    title, description, url = map(escaped, json.loads(words))
    reply = _WECHATPY.ArticlesReply(source=sender, target=to, time=at)
    reply.add_article({"title": title, "description": description, "image": "", "url": url})
    rendered: str = reply.render()
    return rendered.strip().encode()


def words_of(kept: str) -> str:
    """A kept answer as plain words, for channels that take only text."""
    if kept.startswith("A"):
        title, description, url = json.loads(kept[1:])
        return f"{title}\n{description}\n{url}"
    return kept[1:]


def enveloped(encrypted: str, signature: str, at: int, nonce: str, *, as_json: bool) -> bytes:
    """The outer packet of an encrypted reply, in the form the request had."""
    if as_json:
        return json.dumps({"Encrypt": encrypted, "MsgSignature": signature, "TimeStamp": at, "Nonce": nonce}).encode()
    return (
        f"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt><MsgSignature><![CDATA[{signature}]]></MsgSignature>"
        f"<TimeStamp>{at}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
    ).encode()
