"""Refusals about 重点工程."""

from domain.errors import Invalid, Unknown, WrongMoment


class NoSuchWork(Unknown):
    code = "no_such_work"
    sentence = "没有找到这项重点工程，可能已经撤下。请在重点工程页面查看。"


class WorkIncomplete(Invalid):
    code = "work_incomplete"
    sentence = "重点工程还缺：{missing}。请补充后再保存。"
    field = "name"


class WorkFieldUnread(Invalid):
    code = "work_field_unread"
    sentence = "没有看懂“{name}”，请重新填写：日期从日历里选，进度填0到100的整数。"
    field = "name"


class DelayUnexplained(Invalid):
    code = "delay_unexplained"
    sentence = "节点“{name}”晚于计划，请写明原因，群众会看到。"
    field = "note"


class PlanFrozen(WrongMoment):
    code = "plan_frozen"
    sentence = "节点“{name}”的计划日期已经公开，不能改也不能删。请填写“调整后日期”并说明原因。"


class NotFinishedYet(WrongMoment):
    code = "not_finished_yet"
    sentence = "还有节点没有填写完成日期：{missing}。请先补全再报完工。"
