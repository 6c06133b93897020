"""Control: make a person do something and see what came of it."""

import asyncio
import base64
from typing import Any

from emulator.accounts import Refused
from emulator.acts import consenting, following, scanning, tapping
from emulator.acts.speaking import Stage, answer_menu, own_fields, say
from emulator.clock import stopwatch
from emulator.control.desk import Wish, control
from emulator.record import Push

MOST_AT_ONCE = 200_000


def told(stage: Stage, push: Push | None, **more: Any) -> dict[str, Any]:
    """A push and the message it led to, as control answers give them."""
    if push is None:
        return {"push": None, "reply": None} | more
    message = stage.world.inboxes.find(stage.person.key, push.shown) if push.shown else None
    return {"push": push.public(), "outcome": push.outcome, "reply": message.public() if message else None, "ms": push.ms} | more


async def done(wish: Wish, stage: Stage, work: Any, **more: Any) -> dict[str, Any]:
    """Wait for the exchange, or not when `wait` is false."""
    if wish.body.get("wait", True):
        return told(stage, await work, **more)
    task = wish.world.start(work)
    await asyncio.sleep(0)  # an act refuses before its first exchange: say so at once
    if task.done():
        task.result()
    return {"started": True} | more


@control("POST", "/people/{person}/say/{kind}", "发一条消息：text、image、voice、video、shortvideo、location、link、miniprogrampage")
async def speak(wish: Wish) -> Any:
    stage, kind = wish.stage(), wish.at["kind"]
    return await done(wish, stage, say(stage, kind, own_fields(stage, kind, wish.body)))


@control("POST", "/people/{person}/text", "发一条文字 {content, account?, wait?}，等待回复")
async def text(wish: Wish) -> Any:
    stage = wish.stage()
    return await done(wish, stage, say(stage, "text", own_fields(stage, "text", wish.body)))


@control("POST", "/people/{person}/follow", "关注服务号")
async def follow(wish: Wish) -> Any:
    stage = wish.stage()
    return await done(wish, stage, following.follow(stage))


@control("POST", "/people/{person}/unfollow", "取消关注")
async def unfollow(wish: Wish) -> Any:
    stage = wish.stage()
    return await done(wish, stage, following.unfollow(stage))


@control("POST", "/people/{person}/scan", "扫码 {text | plate | ticket | picture(base64)}")
async def scan(wish: Wish) -> Any:
    stage, code = wish.stage(), _scanned(wish)
    found = await scanning.scan(stage, code)
    return told(stage, found.push, leads=found.leads, text=found.text, about=found.about)


def _scanned(wish: Wish) -> str:
    consoles = wish.world.consoles
    if wish.text("picture"):
        return scanning.read_picture(base64.b64decode(wish.text("picture").partition(",")[2] or wish.text("picture")))
    if wish.text("plate"):
        if wish.text("plate") not in consoles.plates:
            raise Refused(f"没有登记过“{wish.text('plate')}”这块牌")
        return consoles.plates[wish.text("plate")]
    if wish.text("ticket"):
        if wish.text("ticket") not in consoles.scenes:
            raise Refused("没有这个 ticket")
        return consoles.scenes[wish.text("ticket")].url
    if not wish.text("text"):
        raise Refused("请给出 text、plate、ticket 或 picture")
    return wish.text("text")


@control("POST", "/people/{person}/tap", "点菜单 {key | name | path:[0,1], text?}")
async def tap(wish: Wish) -> Any:
    stage = wish.stage()
    tapped = await tapping.tap(stage, wish.body)
    return told(stage, tapped.push, opens=tapped.opens, appid=tapped.appid)


@control("POST", "/people/{person}/menu-answer", "点菜单消息 {message, choice}")
async def menu_answer(wish: Wish) -> Any:
    stage = wish.stage()
    return await done(wish, stage, answer_menu(stage, int(wish.body["message"]), str(wish.body["choice"])))


@control("POST", "/people/{person}/place", "上报地理位置（LOCATION 事件）")
async def place(wish: Wish) -> Any:
    stage = wish.stage()
    return await done(wish, stage, following.show_place(stage))


@control("POST", "/people/{person}/enter", "进入小程序客服会话 {source?}")
async def enter(wish: Wish) -> Any:
    wish.body.setdefault("account", "mini")
    stage = wish.stage()
    return await done(wish, stage, following.enter_service(stage, wish.text("source")))


@control("POST", "/people/{person}/revoke", "撤回授权")
async def revoke(wish: Wish) -> Any:
    wish.body.setdefault("account", "mini")
    stage = wish.stage()
    return await done(wish, stage, following.revoke(stage))


@control("POST", "/people/{person}/subscribe", "订阅弹窗 {template_ids, answer, account?, scene?}，answer 为 accept、reject、always 或每个模板一个")
async def subscribe(wish: Wish) -> Any:
    stage = wish.stage()
    ids, given = wish.body.get("template_ids") or [], wish.body.get("answer", "accept")
    try:
        results, push = await consenting.answer(stage, ids, given, int(wish.body.get("scene", 0)))
    except consenting.ClientError as error:
        return {"errCode": error.code, "errMsg": str(error)}
    return told(stage, push, results=results)


@control("POST", "/people/{person}/subscription-change", "在设置里改订阅 {template_id, status: reject|accept}")
async def subscription_change(wish: Wish) -> Any:
    stage = wish.stage()
    return told(stage, await consenting.change_mind(stage, wish.text("template_id"), wish.body.get("status", "reject")))


@control("POST", "/people/{person}/login", "小程序 wx.login，得到 js_code {blocked?}")
async def login(wish: Wish) -> Any:
    account = wish.world.accounts.need("mini")
    return {
        "code": wish.world.codes.make(
            "login", account.appid, wish.world.people.need(wish.at["person"]).key, wish.world.now, blocked=bool(wish.body.get("blocked"))
        )
    }


@control("POST", "/people/{person}/phone-code", "小程序手机号按钮，得到 code")
async def phone_code(wish: Wish) -> Any:
    account = wish.world.accounts.need("mini")
    return {"code": wish.world.codes.make("phone", account.appid, wish.world.people.need(wish.at["person"]).key, wish.world.now)}


@control("POST", "/people/{person}/oauth-code", "网页授权 code（不经过页面） {scope?}")
async def oauth_code(wish: Wish) -> Any:
    account = wish.account()
    person = wish.world.people.need(wish.at["person"])
    return {"code": wish.world.codes.make("oauth", account.appid, person.key, wish.world.now, scope=wish.body.get("scope", "snsapi_base"))}


@control("POST", "/people/{person}/event", "任意事件 {event, fields}")
async def event(wish: Wish) -> Any:
    stage = wish.stage()
    return await done(wish, stage, stage.event(wish.text("event"), dict(wish.body.get("fields") or {})))


@control("POST", "/crowd", "许多人同时发文字 {contents:[…], people?:[…], count?, rate?, account?}，返回统计")
async def crowd(wish: Wish) -> Any:
    """`count` messages in turns over people and contents, at `rate` a second (0: as fast as it goes)."""
    contents, count = list(wish.body["contents"]), int(wish.body.get("count") or len(wish.body["contents"]))
    account, rate = wish.account(), float(wish.body.get("rate", 0))
    people = [wish.world.people.need(str(key)) for key in wish.body.get("people") or wish.world.people.all]
    stages = [stage for stage in (Stage(wish.world, wish.pusher, one, account) for one in people) if stage.tie.subscribed or not account.is_service]
    if not stages or not contents or not 0 < count <= MOST_AT_ONCE:
        raise Refused("没有可以发消息的人、内容，或条数不对")
    watch = stopwatch()
    running: set[asyncio.Task[Push]] = set()
    outcomes: dict[str, int] = {}
    for number in range(count):
        stage = stages[number % len(stages)]
        running.add(wish.world.start(say(stage, "text", {"Content": str(contents[number % len(contents)])})))
        if rate:
            await asyncio.sleep(max(0.0, (number + 1) / rate - watch() / 1000))
        if len(running) >= wish.world.tuning.connections * 2:
            _, running = await _drain(running, outcomes)
    while running:
        _, running = await _drain(running, outcomes)
    return {"sent": count, "outcomes": outcomes, "seconds": watch() / 1000, "slowest_ms": wish.world.record.slowest_ms}


async def _drain(running: set[asyncio.Task[Push]], outcomes: dict[str, int]) -> tuple[int, set[asyncio.Task[Push]]]:
    finished, rest = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    for task in finished:
        outcome = task.result().outcome
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    return len(finished), rest
