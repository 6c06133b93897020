"""Faults on demand (故障注入): per call or per push, by rate and by count, decided by seeded dice."""

from dataclasses import asdict, dataclass, field
from random import Random
from typing import Any

from emulator.accounts import Refused

# kind → what it does, for the page
API_KINDS = {
    "errcode": "返回所填错误码",
    "slow": "延迟所填秒数后正常返回",
    "timeout": "挂起所填秒数后断开，不返回任何内容",
    "reset": "不处理，直接复位连接",
    "reset_after": "已处理，返回前复位连接",
    "http_500": "HTTP 500",
    "http_502": "HTTP 502 网关页",
    "http_503": "HTTP 503",
    "html": "HTTP 200，但内容是 HTML",
    "empty": "HTTP 200，空内容",
    "list": "返回 JSON 数组",
    "bad_errcode": "errcode 不是数字",
    "string_errcode": "errcode 是字符串形式的数字",
    "truncated": "JSON 只有前一半",
    "huge": "10 MB 的内容",
}
PUSH_KINDS = {
    "duplicate": "同一消息同时推送几份",
    "disorder": "随机推迟（不超过所填秒数），使后来的先到",
    "drop": "对方处理完后断开，回复丢失，随后重推",
    "wrong_appid": "密文末尾的 appid 不对",
    "bad_signature": "签名不对",
    "wrong_key": "用另一把密钥加密",
    "clock_skew": "时间戳偏移所填秒数",
    "clear": "安全模式下推送明文",
    "mangled": "内容被截断",
}


@dataclass
class Fault:
    id: int
    where: str
    kind: str
    path: str = ""  # API: path or its beginning; push: MsgType or Event; empty: all
    appid: str = ""
    rate: float = 1.0
    times: int = 0  # 0: until removed
    skip: int = 0  # let so many matching ones pass first
    errcode: int = -1
    seconds: float = 0.0
    copies: int = 2
    hits: int = 0
    seen: int = 0


@dataclass
class Faults:
    dice: Random
    all: list[Fault] = field(default_factory=list)
    _made: int = 0

    def add(self, wish: dict[str, Any]) -> Fault:
        where, kind = wish.get("where", "api"), wish.get("kind", "")
        kinds = {"api": API_KINDS, "push": PUSH_KINDS}.get(where)
        if kinds is None or kind not in kinds:
            raise Refused(f"没有故障“{where}/{kind}”")
        known = {name: value for name, value in wish.items() if name in Fault.__dataclass_fields__ and name not in ("id", "hits", "seen")}
        for name, value in known.items():
            wanted = Fault.__dataclass_fields__[name].type
            if not isinstance(value, str if wanted == "str" or wanted is str else int | float) or isinstance(value, bool):
                raise Refused(f"故障参数“{name}”的类型不对")
        self._made += 1
        fault = Fault(id=self._made, **({"where": where} | known))
        self.all.append(fault)
        return fault

    def remove(self, fault_id: int = 0) -> int:
        """Remove one, or all with 0; how many went."""
        before = len(self.all)
        self.all = [fault for fault in self.all if fault_id and fault.id != fault_id]
        return before - len(self.all)

    def pick(self, where: str, path: str, appid: str) -> Fault | None:
        """The first fault that strikes here, counted."""
        for fault in self.all:
            if fault.where != where or not path.startswith(fault.path) or fault.appid not in ("", appid):
                continue
            if fault.times and fault.hits >= fault.times:
                continue
            fault.seen += 1
            if fault.seen <= fault.skip or (fault.rate < 1.0 and self.dice.random() >= fault.rate):
                continue
            fault.hits += 1
            return fault
        return None

    def public(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self.all]
