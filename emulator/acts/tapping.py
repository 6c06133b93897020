"""A person taps the custom menu (自定义菜单)."""

import hashlib
from dataclasses import dataclass
from typing import Any

from emulator.accounts import Refused
from emulator.acts.scanning import scan
from emulator.acts.speaking import Stage, own_fields, say
from emulator.record import Push

PICTURES = ("pic_sysphoto", "pic_photo_or_album", "pic_weixin")


@dataclass
class Tapped:
    """`opens` is a web address or mini-program page the tap leads to."""

    push: Push | None = None
    opens: str = ""
    appid: str = ""


def menu_for(stage: Stage) -> dict[str, Any] | None:
    """The menu this person sees: the first conditional one whose tag they carry, else the default one."""
    console = stage.world.consoles.of(stage.account.appid)
    for menu in console.conditional.values():
        tag = str(menu.get("matchrule", {}).get("tag_id", ""))
        if tag.isdigit() and int(tag) in stage.tie.tags:
            return menu
    return console.menu


def find_button(menu: dict[str, Any] | None, wish: dict[str, Any]) -> dict[str, Any]:
    """By key, by name or by path ([0, 1]). Raises Refused."""
    buttons = [button for top in (menu or {}).get("button", []) for button in (top.get("sub_button") or [top])]
    path = wish.get("path")
    if path:
        for top in (menu or {}).get("button", [])[path[0] : path[0] + 1]:
            inner = top.get("sub_button") or [top]
            buttons = inner[path[1] : path[1] + 1] if len(path) > 1 else [top]
        return _first(buttons)
    wanted = (wish.get("key"), wish.get("name"))
    return _first([button for button in buttons if button.get("key", object()) == wanted[0] or button.get("name") == wanted[1]])


def _first(buttons: list[dict[str, Any]]) -> dict[str, Any]:
    if not buttons:
        raise Refused("菜单里没有这个按钮")
    return buttons[0]


async def tap(stage: Stage, wish: dict[str, Any]) -> Tapped:
    """Press one button and do what its type says."""
    if not stage.tie.subscribed:
        raise Refused(f"{stage.person.name}还没有关注，看不到菜单")
    button = find_button(menu_for(stage), wish)
    kind, key = button.get("type", ""), button.get("key", "")
    if kind == "view":
        return Tapped(await stage.event("VIEW", {"EventKey": button["url"], "MenuId": 400000000}), button["url"])
    if kind == "miniprogram":
        push = await stage.event("view_miniprogram", {"EventKey": button["pagepath"], "MenuId": 400000000})
        return Tapped(push, button["pagepath"], button["appid"])
    if kind in ("scancode_push", "scancode_waitmsg"):
        return await _tap_scan(stage, kind, key, str(wish.get("text", "")))
    if kind == "location_select" or kind in PICTURES:
        return await _tap_and_send(stage, kind, key, wish)
    if kind == "click":
        stage.grant("click")
        return Tapped(await stage.event("CLICK", {"EventKey": key}))
    raise Refused(f"模拟器不支持按钮类型“{kind}”")


async def _tap_and_send(stage: Stage, kind: str, key: str, wish: dict[str, Any]) -> Tapped:
    """The event first, then the place or picture as a message of its own."""
    message = "image" if kind in PICTURES else "location"
    own = own_fields(stage, message, wish)
    if message == "image":
        digest = hashlib.md5(str(own["MediaId"]).encode(), usedforsecurity=False).hexdigest()
        info: dict[str, Any] = {"SendPicsInfo": {"Count": 1, "PicList": {"item": {"PicMd5Sum": digest}}}}
    else:
        info = {"SendLocationInfo": {name: str(value) for name, value in own.items()} | {"Poiname": ""}}
    await stage.event(kind, {"EventKey": key} | info)
    return Tapped(await say(stage, message, own))


async def _tap_scan(stage: Stage, kind: str, key: str, text: str) -> Tapped:
    if not text:
        raise Refused("请给出扫到的内容 text")
    stage.grant("click")
    push = await stage.event(kind, {"EventKey": key, "ScanCodeInfo": {"ScanType": "qrcode", "ScanResult": text}})
    if kind == "scancode_push":  # the phone also opens what it read
        found = await scan(stage, text)
        return Tapped(push, found.text if found.leads == "web" else "")
    return Tapped(push)
