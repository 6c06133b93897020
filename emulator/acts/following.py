"""A person follows, leaves, shares a place, or opens the mini-program's customer service."""

from emulator.accounts import Refused
from emulator.acts.speaking import Stage
from emulator.consoles import Scene
from emulator.record import Push

PLATFORM = "oPlatformPushService_0000000"


async def follow(stage: Stage, scene: Scene | None = None) -> Push:
    """关注: plain, or through a parametric code (then EventKey is `qrscene_…` and a Ticket comes along)."""
    if not stage.account.is_service:
        raise Refused("小程序没有关注")
    tie = stage.tie
    if tie.subscribed:
        raise Refused(f"{stage.person.name}已经关注")
    tie.subscribed, tie.since = True, int(stage.world.now)
    tie.scene = "ADD_SCENE_QR_CODE" if scene else "ADD_SCENE_SEARCH"
    if scene:
        tie.qr_scene = scene.scene if isinstance(scene.scene, int) else 0
        tie.qr_scene_str = scene.scene if isinstance(scene.scene, str) else ""
    stage.grant("subscribe")
    own = {"EventKey": f"qrscene_{scene.scene}", "Ticket": scene.ticket} if scene else {"EventKey": ""}
    return await stage.event("subscribe", own)


async def unfollow(stage: Stage) -> Push:
    """取消关注: windows close, no reply is shown."""
    if not stage.tie.subscribed:
        raise Refused(f"{stage.person.name}没有关注")
    stage.tie.subscribed = False
    stage.world.windows.close(stage.account.appid, stage.tie.openid)
    return await stage.event("unsubscribe", {"EventKey": ""})


async def show_place(stage: Stage) -> Push:
    """上报地理位置: the LOCATION event on entering the chat."""
    lat, lng, _ = stage.person.place
    return await stage.event("LOCATION", {"Latitude": lat, "Longitude": lng, "Precision": 65.0})


async def enter_service(stage: Stage, source: str = "") -> Push:
    """进入小程序客服会话: user_enter_tempsession."""
    if stage.account.is_service:
        raise Refused("只有小程序有客服会话入口")
    stage.tie.last_seen = stage.world.now
    stage.grant("enter")
    return await stage.event("user_enter_tempsession", {"SessionFrom": source})


async def revoke(stage: Stage, info: str = "1") -> Push:
    """撤回授权: user_authorization_revoke, sent in the name of the platform's own service; the person stands in OpenID."""
    own = {"FromUserName": PLATFORM, "OpenID": stage.tie.openid, "AppID": stage.account.appid, "RevokeInfo": info}
    return await stage.event("user_authorization_revoke", own)
