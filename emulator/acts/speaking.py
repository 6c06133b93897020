"""A person writes: text, picture, voice, video, place, link, or a tap on a menu message (msgmenu)."""

import base64
from typing import Any

from emulator.accounts import Account, Refused
from emulator.consoles import Media
from emulator.inbox import CHAT
from emulator.people import Person
from emulator.pushing import Pusher
from emulator.record import Push
from emulator.wire.envelope import Fields
from emulator.world import World

MEDIA_LIFE = 3 * 86400
# Smallest files of their kinds: a green PNG pixel, the head of an AMR and of an MP4 file.
SAMPLES = {
    "image": ("image/png", base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNgOGD/HwADgQHyoV5MxQAAAABJRU5ErkJggg==")),
    "voice": ("audio/amr", b"#!AMR\n" + bytes(32)),
    "video": ("video/mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(12)),
    "shortvideo": ("video/mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(12)),
}


class Stage:
    """The world, the push sender and one person facing one account: what every act needs."""

    def __init__(self, world: World, pusher: Pusher, person: Person, account: Account) -> None:
        self.world, self.pusher, self.person, self.account = world, pusher, person, account
        self.tie = person.ties[account.appid]

    def fields(self, kind: str, own: dict[str, Any]) -> Fields:
        """Common fields first, then the kind's own, in the platform's order."""
        common = {"ToUserName": self.account.original_id, "FromUserName": self.tie.openid, "CreateTime": int(self.world.now), "MsgType": kind}
        return common | own

    def grant(self, trigger: str) -> None:
        self.world.windows.open(self.account.appid, self.tie.openid, self.account.kind, trigger, self.world.now)

    def show_own(self, kind: str, body: dict[str, Any]) -> None:
        self.world.inboxes.put(self.person.key, at=self.world.now, appid=self.account.appid, box=CHAT, sender="person", kind=kind, body=body)
        self.world.stir()

    async def event(self, name: str, own: dict[str, Any]) -> Push:
        return await self.pusher.send(self.account, self.person, self.fields("event", {"Event": name} | own))


async def say(stage: Stage, kind: str, own: dict[str, Any]) -> Push:
    """Send one message of `kind` with its own fields. A service account hears followers only."""
    if stage.account.is_service and not stage.tie.subscribed:
        raise Refused(f"{stage.person.name}还没有关注，不能发消息，请先关注")
    stage.tie.last_seen = stage.world.now
    stage.grant("message")
    stage.show_own(kind, own)
    msgid = {"MsgId": stage.world.seeds.number("msgid")}
    menu_id = {name: own[name] for name in ("bizmsgmenuid",) if name in own}
    rest = {name: value for name, value in own.items() if name not in menu_id}
    return await stage.pusher.send(stage.account, stage.person, stage.fields(kind, rest | msgid | menu_id))


def brought(kind: str, data: str, now: float) -> Media:
    """What the person sends: a given file (base64 or data URL), else a sample; the bot may fetch it for three days."""
    content_type, sample = SAMPLES[kind]
    if data:
        head, _, text = data.partition(",") if data.startswith("data:") else ("", "", data)
        content_type = head.removeprefix("data:").partition(";")[0] or content_type
        sample = base64.b64decode(text)
    return Media(kind, content_type, sample, f"{kind}.{content_type.partition('/')[2]}", now + MEDIA_LIFE)


def own_fields(stage: Stage, kind: str, wish: dict[str, Any]) -> dict[str, Any]:
    """The kind's own fields from a control request; missing ones are invented."""
    media = str(wish.get("media_id") or stage.world.seeds.running("media", 64))
    if kind in SAMPLES:
        stage.world.consoles.media[media] = brought(kind, str(wish.get("data", "")), stage.world.now)
    picture = wish.get("url") or f"{stage.world.base_url}/_emulator/media/{media}"
    lat, lng, label = stage.person.place
    table: dict[str, dict[str, Any]] = {
        "text": {"Content": str(wish.get("content", ""))},
        "image": {"PicUrl": picture, "MediaId": media},
        "voice": {"MediaId": media, "Format": wish.get("format", "amr"), **({"Recognition": wish["recognition"]} if wish.get("recognition") else {})},
        "video": {"MediaId": media, "ThumbMediaId": media + "t"},
        "shortvideo": {"MediaId": media, "ThumbMediaId": media + "t"},
        "location": {
            "Location_X": wish.get("latitude", lat),
            "Location_Y": wish.get("longitude", lng),
            "Scale": wish.get("scale", 16),
            "Label": wish.get("label", label),
        },
        "link": {"Title": wish.get("title", ""), "Description": wish.get("description", ""), "Url": wish.get("url", "")},
        "miniprogrampage": {
            "Title": wish.get("title", ""),
            "AppId": stage.account.appid,
            "PagePath": wish.get("page", ""),
            "ThumbUrl": picture,
            "ThumbMediaId": media,
        },
    }
    if kind not in table:
        raise Refused(f"没有“{kind}”这种消息")
    return table[kind]


async def answer_menu(stage: Stage, message_id: int, choice: str) -> Push:
    """Tap an item of a menu message: comes back as text with `bizmsgmenuid`."""
    message = stage.world.inboxes.find(stage.person.key, message_id)
    items = message.body.get("list", []) if message and message.kind == "msgmenu" else []
    picked = next((item for item in items if choice in (str(item.get("id")), item.get("content"))), None)
    if picked is None:
        raise Refused("这条消息里没有这个选项")
    return await say(stage, "text", {"Content": picked["content"], "bizmsgmenuid": str(picked["id"])})
