"""Asking for and resetting quotas, explaining a rid, network self-test (openApi 管理, wechat-platform.md §18)."""

from emulator.api.desk import CALLS, OK, SIMPLIFIED, Answer, Ask, Call, post
from emulator.errors import Refusal


def _asked(ask: Ask) -> Call:
    call = CALLS.get(str(ask.body.get("cgi_path") or "").split("?")[0])
    if call is None:
        raise Refusal(76021)
    return call


@post("/cgi-bin/openapi/quota/get", "查询接口调用额度")
def get_quota(ask: Ask) -> Answer:
    call = _asked(ask)
    daily = ask.world.quotas.daily(ask.account, call.path, call.limit)
    used = ask.world.quotas.used(ask.account, call.path, ask.world.clock.day())
    answer = OK | {"quota": {"daily_limit": daily, "used": used, "remain": max(0, daily - used)}}
    if call.limit.burst:
        answer |= {"rate_limit": {"call_count": call.limit.burst, "refresh_second": call.limit.seconds}}
    return answer


@post("/cgi-bin/openapi/quota/clear", "清空一个接口的额度")
def clear_one(ask: Ask) -> Answer:
    ask.world.quotas.clear(ask.account, ask.world.clock.day(), _asked(ask).path)
    return OK


@post("/cgi-bin/clear_quota", "清空全部额度")
def clear_all(ask: Ask) -> Answer:
    if ask.body.get("appid") != ask.account.appid:
        raise Refusal(40013)
    ask.world.quotas.clear(ask.account, ask.world.clock.day())
    return OK


@post("/cgi-bin/clear_quota/v2", "用 AppSecret 清空额度", needs_token=False, needs_body=False)
def clear_by_secret(ask: Ask) -> Answer:
    """The documents show the fields in the body and in the query: both are read."""
    given = {name: str(ask.body.get(name) or ask.query.get(name, "")) for name in ("appid", "appsecret")}
    account = ask.world.accounts.find(given["appid"])
    if account is None or account.appid != given["appid"]:
        raise Refusal(40013)
    if account.secret != given["appsecret"]:
        raise Refusal(40125)
    ask.world.quotas.clear(account, ask.world.clock.day())
    return OK


@post("/cgi-bin/openapi/rid/get", "查询 rid 信息", status=SIMPLIFIED, note="只认得最近的失败请求")
def rid(ask: Ask) -> Answer:
    wanted = ask.text("rid", 76023).encode()
    call = next((call for call in reversed(ask.world.record.calls) if wanted in call.answer and call.errcode), None)
    if call is None:
        raise Refusal(76023)
    return OK | {
        "request": {
            "invoke_time": int(call.at),
            "cost_in_ms": int(call.ms),
            "request_url": f"{call.path}?{call.query}",
            "request_body": call.body.decode(errors="replace"),
            "response_body": call.answer.decode(errors="replace"),
            "client_ip": "127.0.0.1",
        }
    }


@post("/cgi-bin/callback/check", "网络检测", status=SIMPLIFIED, note="结果固定为本机")
def check(ask: Ask) -> Answer:
    if ask.body.get("action") not in ("all", "dns", "ping"):
        raise Refusal(40035)
    if ask.body.get("check_operator") not in ("CHINANET", "UNICOM", "CAP", "DEFAULT"):
        raise Refusal(40035)
    return {
        "dns": [{"ip": "127.0.0.1", "real_operator": "DEFAULT"}],
        "ping": [{"ip": "127.0.0.1", "from_operator": "DEFAULT", "package_loss": "0%", "time": "0.1ms"}],
    }
