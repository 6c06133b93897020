"""扫一扫: what a scanned text leads to: follow or SCAN, a mini-program page, or a web page (wechat-platform.md §8, §16, §17)."""

import io
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import zxingcpp
from PIL import Image

from emulator.accounts import MINI, Account, Refused
from emulator.acts.following import follow
from emulator.acts.speaking import Stage
from emulator.consoles import Scene
from emulator.record import Push

BIGGEST_PICTURE = 40_000_000  # pixels


@dataclass
class Found:
    """`leads`: account, miniprogram, web or text."""

    leads: str
    text: str
    about: dict[str, Any] = field(default_factory=dict)
    push: Push | None = None


def read_picture(data: bytes) -> str:
    """The first code in a picture (PNG, JPEG …). Raises Refused when there is none."""
    try:
        picture = Image.open(io.BytesIO(data))
        if picture.width * picture.height > BIGGEST_PICTURE:
            raise Refused("图片太大，请裁剪后再扫")
        codes = zxingcpp.read_barcodes(picture.convert("RGB"))
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise Refused("这不是能识别的图片") from error
    texts = [code.text for code in codes if code.text]
    if not texts:
        raise Refused("图片里没有找到二维码")
    return texts[0]


def rule_match(rule: dict[str, Any], link: str) -> bool:
    """One plain-link rule (扫普通链接二维码打开小程序): same scheme and host, path equal or below a `/`, query as beginning."""
    want, have = urlsplit(str(rule.get("prefix", ""))), urlsplit(link)
    if not rule.get("published", True) or (want.scheme, want.netloc.lower()) != (have.scheme, have.netloc.lower()):
        return False
    path_fits = have.path == want.path or (want.path.endswith("/") and have.path.startswith(want.path))
    return path_fits and (not want.query or have.query.startswith(want.query))


def mini_for_link(accounts: list[Account], link: str) -> tuple[Account, str] | None:
    """The mini-program and page whose published rule takes this link; the longest prefix wins."""
    fitting = [
        (len(rule["prefix"]), account, str(rule.get("page", "")))
        for account in accounts
        if account.kind == MINI
        for rule in account.link_rules
        if rule_match(rule, link)
    ]
    best = max(fitting, key=lambda one: one[0], default=None)
    return (best[1], best[2]) if best else None


async def scan(stage: Stage, text: str) -> Found:
    """Look at a code and go where the real phone would."""
    consoles = stage.world.consoles
    scene = consoles.scenes_by_url.get(text)
    if scene:
        return await _scan_scene(stage, scene, text)
    opening = consoles.openings.get(text)
    if opening:
        if opening.ends and opening.ends <= stage.world.now:
            return Found("text", text, {"notice": "链接已失效"})
        _seen(stage, opening.appid)
        query = f"scene={quote(opening.scene, safe='')}" if opening.scene else opening.query
        return Found("miniprogram", text, {"appid": opening.appid, "page": opening.path, "query": query})
    rule = mini_for_link(stage.world.accounts.all, text)
    if rule:
        account, page = rule
        _seen(stage, account.appid)
        query = f"q={quote(text, safe='')}&scancode_time={int(stage.world.now)}"
        return Found("miniprogram", text, {"appid": account.appid, "page": page, "query": query})
    return Found("web" if text.startswith(("http://", "https://")) else "text", text)


def _seen(stage: Stage, appid: str) -> None:
    stage.person.ties[appid].last_seen = stage.world.now


async def _scan_scene(stage: Stage, scene: Scene, text: str) -> Found:
    """Follower: SCAN; other: follow with `qrscene_`; a dead temporary code tells nothing."""
    world = stage.world
    if scene.ends and scene.ends <= world.now:
        return Found("text", text, {"notice": "二维码已过期"})
    account = world.accounts.need(scene.appid)
    here = Stage(world, stage.pusher, stage.person, account)
    about = {"appid": account.appid, "scene": scene.scene, "followed": not here.tie.subscribed}
    if not here.tie.subscribed:
        return Found("account", text, about, await follow(here, scene))
    here.grant("scan")
    return Found("account", text, about, await here.event("SCAN", {"EventKey": scene.scene, "Ticket": scene.ticket}))
