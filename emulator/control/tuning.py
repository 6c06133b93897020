"""Control: accounts, clock, faults, settings, quotas, tokens and the state as a whole."""

import asyncio
from dataclasses import asdict
from typing import Any

from emulator import accounts
from emulator.accounts import Refused
from emulator.control.desk import Wish, control
from emulator.faults import API_KINDS, PUSH_KINDS
from emulator.pages.signing import verdict
from emulator.wire import crypto

FASTEST = 1_000_000.0


@control("GET", "/settings", "可调的设置")
async def settings(wish: Wish) -> Any:
    return vars(wish.world.tuning)


@control("PATCH", "/settings", "改设置，如 {answer_limit: 1, repeat_after: 0.1}")
async def change_settings(wish: Wish) -> Any:
    wish.world.tuning.change(wish.body)
    wish.pusher.resize()
    return vars(wish.world.tuning)


@control("GET", "/accounts", "扮演的账号")
async def all_accounts(wish: Wish) -> Any:
    return {"accounts": [account.public() for account in wish.world.accounts.all]}


@control("PATCH", "/accounts/{account}", "改账号 {mode, token, encoding_aes_key, callback, ip_whitelist, …}；换密钥时旧密钥保留")
async def change_account(wish: Wish) -> Any:
    account = wish.account()
    accounts.change(account, wish.body)
    return account.public()


@control("POST", "/accounts/{account}/verify", "在后台提交服务器配置：向回调地址发 GET 验证")
async def verify(wish: Wish) -> Any:
    return await wish.pusher.verify(wish.account())


@control("POST", "/accounts/{account}/expire-tokens", "让 access_token 立刻失效 {how: expired|revoked}")
async def expire_tokens(wish: Wish) -> Any:
    return {"expired": wish.world.tokens.expire(wish.account(), str(wish.body.get("how", "expired")), wish.world.now)}


@control("GET", "/clock", "模拟时间")
async def clock(wish: Wish) -> Any:
    return {"now": wish.world.now, "text": wish.world.clock.text(wish.world.now), "speed": wish.world.clock.speed}


@control("POST", "/clock", "设时间 {now: 秒, advance: 秒, speed: 倍数（0 为停）}")
async def set_clock(wish: Wish) -> Any:
    world = wish.world
    now, advance, speed = (wish.body.get(name) for name in ("now", "advance", "speed"))
    for value in (now, advance, speed):
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e11):
            raise Refused("时间和倍数应为数字")
    if speed is not None and not 0 <= speed <= FASTEST:
        raise Refused("倍数应在 0 到 1000000 之间")
    target = now if now is not None else world.now + advance if advance is not None else None
    world.clock.set(target, speed)
    world.stir()
    return await clock(wish)


@control("GET", "/faults", "生效的故障与可用的种类")
async def faults(wish: Wish) -> Any:
    return {"faults": wish.world.faults.public(), "kinds": {"api": API_KINDS, "push": PUSH_KINDS}}


@control("POST", "/faults", "加一个故障 {where: api|push, kind, path?, appid?, rate?, times?, skip?, errcode?, seconds?, copies?}")
async def add_fault(wish: Wish) -> Any:
    return asdict(wish.world.faults.add(wish.body))


@control("DELETE", "/faults", "撤掉全部故障")
async def remove_faults(wish: Wish) -> Any:
    return {"removed": wish.world.faults.remove()}


@control("DELETE", "/faults/{id}", "撤掉一个故障")
async def remove_fault(wish: Wish) -> Any:
    return {"removed": wish.world.faults.remove(int(wish.at["id"]))}


@control("POST", "/quota", "设接口用量 {account?, path, used?, daily?}，如把额度调到快用完")
async def set_quota(wish: Wish) -> Any:
    used, daily = (None if wish.body.get(name) is None else int(wish.body[name]) for name in ("used", "daily"))
    wish.world.quotas.set(wish.account(), wish.text("path"), wish.world.clock.day(), used, daily)
    return {"quota": wish.world.quotas.public(wish.world.clock.day())}


@control("POST", "/reset", "状态复位 {seed?}；给出 seed 时编号也从头开始")
async def reset(wish: Wish) -> Any:
    wish.world.begin(wish.text("seed"))
    wish.pusher.resize()
    return {"seed": wish.world.seeds.seed}


@control("POST", "/rest", "等所有推送都有结果 {seconds?}")
async def rest(wish: Wish) -> Any:
    try:
        await asyncio.wait_for(wish.world.at_rest(), float(wish.body.get("seconds", 30)))
    except TimeoutError:
        return {"at_rest": False}
    return {"at_rest": True}


@control("POST", "/sign", "算签名 {parts:[…]}，排查签名不一致时用")
async def sign(wish: Wish) -> Any:
    return {"signature": crypto.signature(*[str(part) for part in wish.body["parts"]])}


@control("POST", "/jssdk/check", "校验 wx.config 签名 {noncestr, timestamp, url, signature}")
async def check_signature(wish: Wish) -> Any:
    return verdict(wish.world, wish.account(), {name: str(value) for name, value in wish.body.items()})
