"""Temporary media (临时素材): upload and download (wechat-platform.md §18)."""

from email.message import Message
from email.parser import BytesParser

from emulator.api.desk import Answer, Ask, Binary, get, post
from emulator.consoles import Media
from emulator.errors import Refusal
from emulator.ledgers.quota import Limit
from emulator.seeds import OPENID

LIFE = 3 * 86400
# type → bytes at most
KINDS = {"image": 10 << 20, "voice": 2 << 20, "video": 10 << 20, "thumb": 64 << 10}


def _file(ask: Ask) -> Message:
    """The `media` part of a multipart form. Raises 44001."""
    head = f"Content-Type: {ask.content_type}\r\n\r\n".encode()
    form = BytesParser().parsebytes(head + ask.raw)
    parts = form.get_payload() if form.is_multipart() else []
    for part in parts if isinstance(parts, list) else []:
        if isinstance(part, Message) and part.get_param("name", header="content-disposition") == "media":
            return part
    raise Refusal(44001)


@post("/cgi-bin/media/upload", "新增临时素材", needs_body=False, limit=Limit(daily=100_000))
def upload(ask: Ask) -> Answer:
    kind = ask.query.get("type", "")
    if kind not in KINDS:
        raise Refusal(40004)
    part = _file(ask)
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data:
        raise Refusal(44001)
    if len(data) > KINDS[kind]:
        raise Refusal(45001)
    media_id = ask.world.seeds.running("media", 64, OPENID)
    ask.world.consoles.media[media_id] = Media(kind, part.get_content_type(), data, part.get_filename() or "media", ask.now + LIFE)
    return {"type": kind, "media_id": media_id, "created_at": int(ask.now)}


@get("/cgi-bin/media/get", "获取临时素材", limit=Limit(daily=200_000))
def download(ask: Ask) -> Answer:
    media = ask.world.consoles.media.get(ask.query.get("media_id", ""))
    if media is None or (media.ends and media.ends <= ask.now):
        raise Refusal(40007)
    return Binary(media.data, media.content_type, media.name.replace('"', "").replace("\n", "").replace("\r", ""))
