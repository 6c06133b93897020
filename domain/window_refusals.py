"""Refusals of windows, posts and who stands there."""

from domain.errors import AlreadyDone, Invalid, WrongMoment


class NameTaken(Invalid):
    code = "window_name_taken"
    sentence = "已有一个窗口叫“{said}”，请换一个名称。"
    field = "name"


class NumberTaken(Invalid):
    code = "window_number_taken"
    sentence = "{said}号窗口已经有了，请换一个号，或不填窗口号。"
    field = "number"


class NameNeeded(Invalid):
    code = "window_name_needed"
    sentence = "请填写名称，最多{most}个字。"
    field = "name"


class NumberUnreadable(Invalid):
    code = "window_number_unreadable"
    sentence = "窗口号应是1至999的数字；没有窗口号的，请留空。"
    field = "number"


class TooManyServices(Invalid):
    code = "too_many_services"
    sentence = "一个窗口最多写{most}项服务事项，现在有{n}项。"
    field = "services"


class ServiceUnreadable(Invalid):
    code = "service_unreadable"
    sentence = "第{n}行服务事项没有看懂。请写成：事项，标准，承诺时限；用竖线分开，例如：不动产查询｜当场答复｜当场办结。"
    field = "services"


class TextTooLong(Invalid):
    code = "window_text_too_long"
    sentence = "“{said}”太长，最多{most}个字，请删短一些。"
    field = "services"


class NotOnDuty(WrongMoment):
    code = "not_on_duty"
    sentence = "交班的人已不在这个岗位，请刷新后再看。"


class AlreadyOnDuty(AlreadyDone):
    code = "already_on_duty"
    sentence = "接班的人这段时间已安排在这个岗位，不用重复安排。"


class SuccessorMissing(Invalid):
    code = "successor_missing"
    sentence = "请选择接班的人；暂时没有人接班的，请选择由谁交班。"
    field = "into"


class DutyDatesWrong(Invalid):
    code = "duty_dates_wrong"
    sentence = "起止日期有误：起始日期应在一年以内，截止日期不早于起始日期。"
    field = "from_day"


class HonourStands(AlreadyDone):
    code = "honour_stands"
    sentence = "已经是这个状态，不用重复办理。"


class WindowInUse(WrongMoment):
    code = "window_in_use"
    sentence = "“{name}”还有{what}，不能撤销。请先停用座牌、办好交接。"


class HeadStands(WrongMoment):
    code = "head_stands"
    sentence = "这个窗口已有负责人。换人请在现任负责人的页面办理“移交职务和工作”。"
