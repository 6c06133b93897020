"""Control: look at people, inboxes and the record; count exactly."""

import json
from collections import Counter
from typing import Any

from emulator.acts.tapping import menu_for
from emulator.api.desk import CALLS
from emulator.control.desk import ROWS, Wish, control
from emulator.record import newest
from emulator.wire.exchange import explained


@control("GET", "/", "概况")
async def overview(wish: Wish) -> Any:
    world = wish.world
    return {
        "accounts": [account.public() for account in world.accounts.all],
        "people": [person.public() for person in world.people.all.values()],
        "now": world.now,
        "speed": world.clock.speed,
        "seed": world.seeds.seed,
        "site": world.options.site,
        "base_url": world.base_url,
        "tuning": vars(world.tuning),
        "faults": world.faults.public(),
        "plates": world.consoles.plates,
    }


@control("GET", "/people", "所有用户及其 openid、unionid")
async def people(wish: Wish) -> Any:
    return {"people": [person.public() for person in wish.world.people.all.values()]}


@control("GET", "/people/{person}", "一个用户：关注、客服窗口、订阅余额、看到的菜单")
async def person(wish: Wish) -> Any:
    stage = wish.stage()
    world, openid, appid = wish.world, stage.tie.openid, stage.account.appid
    templates = world.consoles.of(appid).templates
    return stage.person.public() | {
        "menu": menu_for(stage) if stage.account.is_service else None,
        "windows": world.windows.state(appid, openid, world.now),
        "subscriptions": world.subscriptions.state(appid, openid),
        "tags": stage.tie.tags,
        "remark": stage.tie.remark,
        "templates": [{"id": t.id, "title": t.title, "type": t.type} for t in templates.values()],
    }


@control("GET", "/people/{person}/inbox", "手机上看到的消息 ?box=chat|notice&account=&after=消息号&last=条数")
async def inbox(wish: Wish) -> Any:
    account = wish.query.get("account", "")
    appid = wish.world.accounts.need(account).appid if account else ""
    key = wish.world.people.need(wish.at["person"]).key
    found = wish.world.inboxes.of(key, appid=appid, box=wish.query.get("box", ""), after=wish.number("after"), last=wish.number("last"))
    return {"messages": [message.public() for message in found]}


@control("GET", "/record/counts", "准确的计数")
async def counts(wish: Wish) -> Any:
    record = wish.world.record
    received = {f"inbox.{name}": count for name, count in wish.world.inboxes.counts.items()}
    kept = {"pushes": len(record.pushes), "calls": len(record.calls)}
    return {"counts": dict(record.counts) | received, "slowest_ms": record.slowest_ms, "kept": kept}


@control("GET", "/record/latency", "应答用时（毫秒）：中位数、p99、最慢，以及未在期限内应答的次数")
async def latency(wish: Wish) -> Any:
    times = sorted(push.ms for push in wish.world.record.pushes.values() if push.outcome in ("answered", "silent"))
    at = [times[min(len(times) - 1, int(len(times) * share))] if times else 0.0 for share in (0.5, 0.99, 1.0)]
    return {"count": len(times), "p50": at[0], "p99": at[1], "slowest": at[2], "late": wish.world.record.counts["push.delivery.timeout"]}


@control("GET", "/record/received", "谁收到了几条，有没有收到两次 ?box=&kind=template&account=")
async def received(wish: Wish) -> Any:
    account = wish.query.get("account", "")
    appid = wish.world.accounts.need(account).appid if account else ""
    kind, by_person, seen = wish.query.get("kind", ""), Counter[str](), Counter[tuple[str, str]]()
    for key in wish.world.people.all:
        for message in wish.world.inboxes.of(key, appid=appid, box=wish.query.get("box", "")):
            if message.sender == "server" and kind in ("", message.kind):
                by_person[key] += 1
                seen[key, json.dumps(message.body, sort_keys=True, ensure_ascii=False)] += 1
    twice = [{"person": person, "body": json.loads(body), "times": times} for (person, body), times in seen.items() if times > 1]
    return {"messages": by_person.total(), "people": len(by_person), "by_person": by_person, "repeated": twice}


@control("GET", "/record/sent", "接口发来的消息，旧的在前 ?after=消息号&limit=条数")
async def sent(wish: Wish) -> Any:
    found = wish.world.inboxes.sent(wish.number("after"), wish.number("limit", 1_000))
    return {"messages": [message.public() for message in found]}


@control("GET", "/record/pushes", "推送记录，新的在前 ?limit=&kind=&person=&openid=&key=&outcome=")
async def pushes(wish: Wish) -> Any:
    same = {name: wish.query.get(name, "") for name in ("kind", "person", "openid", "key", "outcome", "appid")}
    found = newest(reversed(wish.world.record.pushes.values()), wish.number("limit", 100), **same)
    return {"pushes": [push.public() for push in found]}


@control("GET", "/record/pushes/{id}", "一次推送的全过程，逐步解开")
async def exchange(wish: Wish) -> Any:
    push = wish.world.record.pushes[int(wish.at["id"])]
    account = wish.world.accounts.need(push.appid)
    return push.public() | {"steps": [explained(account, attempt) for attempt in push.attempts]}


@control("GET", "/record/calls", "接口调用记录，新的在前 ?limit=&path=&appid=&errcode=")
async def calls(wish: Wish) -> Any:
    same: dict[str, Any] = {name: wish.query.get(name, "") for name in ("path", "appid", "fault")} | {"errcode": wish.number("errcode")}
    found = newest(reversed(wish.world.record.calls), wish.number("limit", 100), **same)
    return {"calls": [call.public() for call in found]}


@control("GET", "/quota", "今日各接口用量")
async def quota(wish: Wish) -> Any:
    return {"quota": wish.world.quotas.public(wish.world.clock.day())}


@control("GET", "/paths", "所有接口及其状态")
async def paths(_wish: Wish) -> Any:
    platform = [
        {
            "path": call.path,
            "methods": call.methods,
            "title": call.title,
            "status": call.status,
            "note": call.note,
            "kinds": call.kinds,
            "daily": call.limit.daily,
            "burst": call.limit.burst,
        }
        for call in CALLS.values()
    ]
    return {"platform": platform, "control": [{"method": row.method, "path": row.path, "title": row.title} for row in ROWS]}
