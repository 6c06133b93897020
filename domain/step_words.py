"""办理记录的用语: things, verbs and states of the record of steps as the office reads them; flows bring their own."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.flows import FLOWS
from domain.marks import Mark

_THINGS = {
    "rating": "评价",
    "session": "工作台登录",
    "password": "账号密码",
    "seat": "职务",
    "person": "人员",
    "body": "机构",
    "window": "窗口",
    "post": "岗位",
    "roster": "花名册",
    "listing": "名单表格",
    "print": "打印",
    "file": "附件",
    "backup": "备份",
    "card": "意见卡",
}
_VERBS = {
    "rate": "评价",
    "enter": "登记",
    "take": "备份",
    "restore": "恢复",
    "change": "修改",
    "open": "登记",
    "draft": "起草",
    "save": "保存",
    "issue": "发放",
    "load": "载入",
    "set": "设定",
    "appoint": "任职",
    "export": "导出",
    "print": "打印",
    "urge": "催办",
    "ask": "申请",
    "receive": "收到",
    "write_down": "登记",
    "read_phone": "查看电话",
    "add": "新增",
    "move": "调动",
    "leave": "离开",
    "rejoin": "恢复",
    "return": "转回",
    "invite": "开具邀请码",
    "uninvite": "收回邀请码",
    "bind": "绑定微信",
    "unbind": "解绑微信",
    "disclose": "选择公开方式",
    "take_out": "导出本人信息",
    "forget": "删除本人信息",
    "propose": "提名",
    "hand_over": "移交",
    "rename": "改名",
    "close": "撤销",
    "name": "命名",
    "unname": "撤销命名",
    "keep": "修改",
    "put_up": "登记",
    "photo": "补充照片",
    "reply": "说明情况",
}
_SAID = {
    ("session", "open"): "登录",
    ("rectification", "open"): "立单",
    ("pledge", "progress"): "报告进展",
    ("pledge", "move"): "随本人转支部",
    ("batch", "decide"): "逐条审定",
    ("body", "move"): "调整上级",
    ("post", "open"): "新设",
    ("post", "hand_over"): "交接",
    ("window", "open"): "新设",
    ("window", "move"): "调整归属",
    ("print_job", "ask"): "要求打印",
}

THINGS: Mapping[str, str] = MappingProxyType({flow.thing: flow.chinese.partition("（")[0] for flow in FLOWS} | _THINGS)


def thing(key: str) -> str:
    return THINGS.get(key, "其他事项")


def verb(of: str, key: str) -> str:
    """The flow's own word first: “approve” of a pledge and of a batch are said differently."""
    if (of, key) in _SAID:
        return _SAID[of, key]
    return next((line.chinese for flow in FLOWS if flow.thing == of for line in flow.rows if line.verb == key), _VERBS.get(key, "办理"))


def state(of: str, key: str) -> str:
    """A state's name; of a rating its level; “” for what is neither."""
    if of == "rating":
        return Mark(int(key)).chinese if key.isdigit() else ""
    return next((word for flow in FLOWS if flow.thing == of for one, word in flow.names.items() if one == key), "")
