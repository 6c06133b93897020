"""What the API says: short, polite, with the next step in it. All Chinese of this door but field names stands here."""

from datetime import date

from domain.quoting import inner
from domain.ratings import Privacy, Rated

BUG = "系统出了点问题，已经记录下来。请一分钟后再试；如仍不行，请向窗口工作人员反映。"
UNREADABLE = "提交的内容格式不对，应为一个 JSON 对象，请重新提交。"
GENERAL = "请求有误，没有处理。请返回重试。"

HTTP = {
    400: ("unreadable", "没有收到完整的内容，请重新提交。"),
    404: ("no_such_route", "没有这个接口，请核对地址。"),
    405: ("wrong_method", "这个地址不支持这种操作，请核对后再试。"),
    408: ("too_slow", "内容传得太慢，没有收全，没有处理。请检查网络后再试。"),
    503: ("uploads_busy", "同时上传文件的人太多，没有处理。请一分钟后再试。"),
    413: ("too_large", "内容太大：文字请在 64 KB 以内，文件每个请在 20 MB 以内，删减后再提交。"),
    415: ("wrong_type", "请用 JSON 格式提交（Content-Type: application/json）。"),
}
"""HTTP status → code and sentence, for what never reached a service."""

HERE = {
    "no_such_window": "没有找到这个窗口，请返回重新选择。",
    "no_such_number": "没有查到编号“{said}”，请核对后再查，例如：A0231。",
}
"""Refusals whose own sentence speaks to somebody in a chat."""

BOUND = "绑定成功，{name}同志。"
BINDING_WAITS = "已提交核对。如果您是本单位党员，所在党支部书记核对后会通知您；也可以向书记索取新的邀请码。"

PRIVACY = {
    Privacy.ANONYMOUS: "不记录您是谁，谁也查不到；文字只供本单位改进服务，不公开。",
    Privacy.CONFIDENTIAL: "不记录您是谁；文字里如留了联系方式，只有指定的回访人员能看到，被评价的窗口看不到，也不公开。",
    Privacy.PUBLIC: "不记录您是谁；您的评价和文字经审核后可以公开显示。",
}
"""Who sees what, said before sending (F28)."""


def day_words(day: date) -> str:
    return f"{day.month}月{day.day}日"


def thanks_for(rated: Rated) -> str:
    """What is shown after a rating; for a bad one the number and what happens next."""
    verb = "已更新" if rated.changed else "已收到"
    if rated.number and rated.due:
        promise = f"窗口负责人会在{day_words(rated.due)}前整改答复，可在“我的评价”查看进度。窗口看不到您是谁。"
        return f"您对{rated.window}的评价{verb}，编号{rated.number}。{promise}"
    return f"谢谢您！对{rated.window}的评价“{inner(rated.mark.chinese)}”{verb}。"
