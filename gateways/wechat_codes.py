"""WeChat's answers in classes: what each errcode means for the call and for the letter (wechat-platform.md §6)."""

from enum import StrEnum


class Mood(StrEnum):
    """What to do after an answer. UNKNOWN: the request left and no answer came, so it may have been carried out."""

    OK = "ok"
    TOKEN = "token"  # noqa: S105 -- a class of answers, not a secret
    PASSING = "passing"
    UNKNOWN = "unknown"
    MINUTE = "minute"
    TOMORROW = "tomorrow"
    UNREACHABLE = "unreachable"
    PERMANENT = "permanent"


MOODS: dict[int, Mood] = {
    0: Mood.OK,
    -1: Mood.PASSING,
    40001: Mood.TOKEN,
    40014: Mood.TOKEN,
    42001: Mood.TOKEN,
    43117: Mood.PASSING,
    45011: Mood.MINUTE,
    45009: Mood.TOMORROW,
    40003: Mood.UNREACHABLE,
    43004: Mood.UNREACHABLE,
    43019: Mood.UNREACHABLE,
    43101: Mood.UNREACHABLE,
    43104: Mood.UNREACHABLE,
    45015: Mood.UNREACHABLE,
    45047: Mood.UNREACHABLE,
    50005: Mood.UNREACHABLE,
}
"""Codes not named here are permanent: a setting or a bug, to be shown to the office."""


def mood_of(errcode: int) -> Mood:
    return MOODS.get(errcode, Mood.PERMANENT)


WORDS: dict[int, str] = {
    -2: "连不上微信，或微信的答复不完整",
    -1: "微信系统繁忙",
    40013: "appid 不对，请核对设置 wechat.appid",
    40125: "AppSecret 不对，请核对设置 wechat.secret",
    40001: "AppSecret 或凭证无效，请核对设置 wechat.secret",
    40164: "本机出口 IP 不在公众号的 IP 白名单里，请在公众平台加入",
    40243: "AppSecret 已被冻结，请在公众平台解冻",
    41002: "缺少 appid，请填写设置 wechat.appid",
    41004: "缺少 AppSecret，请填写设置 wechat.secret",
    89503: "需要公众号管理员在手机上确认本机的调用",
    89506: "公众号管理员拒绝了本机 IP，24 小时后才能再试",
    48001: "公众号没有这个接口的权限，请在公众平台查看",
    40037: "模板编号不对，请核对设置中的模板编号",
    45009: "今天的调用次数已用完，零点后恢复",
    45011: "这一分钟的调用次数已用完",
    40003: "对方的微信标识已失效，请本人重新绑定",
    43004: "对方没有关注服务号",
    50005: "对方没有关注服务号",
    43019: "对方在公众号的黑名单里",
    43101: "对方没有留下订阅次数，或已拒收",
    45015: "对方近两天没有来信，客服消息发不出",
    45047: "客服消息条数已用完，等对方来信后恢复",
    47003: "模板参数不合规则，请核对设置中的 values",
}
"""What `manage.py doctor` and the office read."""
