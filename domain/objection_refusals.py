"""Refusals about 异议 and the words in it."""

from domain.errors import AlreadyDone, Invalid, NotAllowed, TooOften, Unknown, WrongMoment


class NoSuchObjection(Unknown):
    code = "no_such_objection"
    sentence = "没有找到编号“{said}”的异议，请核对编号，例如：异0012。"


class ObjectionEmpty(Invalid):
    code = "objection_empty"
    sentence = "请写明这条承诺哪里没有做到，或者哪里不实，再提交。"
    field = "text"


class PhoneUnreadable(Invalid):
    code = "phone_unreadable"
    sentence = "没有看懂您留的电话。请只填数字，例如：13812345678；不想留可以空着。"
    field = "phone"


class TooManyObjections(TooOften):
    code = "too_many_objections"
    sentence = "您今天提出的异议已到上限，之前的都已登记。请明天再来，或直接到大厅反映。"


class AnswerMissing(Invalid):
    code = "answer_missing"
    sentence = "请写明核实的情况和答复意见，再提交。"
    field = "answer"


class OwnAnswer(NotAllowed):
    code = "own_answer"
    sentence = "自己的承诺、自己写的答复，要由另一位同志办理。请转交支部书记或活动办公室。"


class TextNotCleared(WrongMoment):
    code = "text_not_cleared"
    sentence = "异议原文还没有通过内容检查，不能公开。可以只公开答复，或先在内容检查里判断。"


class AskedToStayPrivate(NotAllowed):
    code = "asked_to_stay_private"
    sentence = "提出异议的群众没有同意公开原文，只能公开答复。"


class JudgedAlready(AlreadyDone):
    code = "judged_already"
    sentence = "这段文字已有同志作出判断，以先作出的为准。"
