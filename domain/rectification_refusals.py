"""Refusals of 限期整改: what is missing, who must stand aside, what the rater has said already (S1, F24)."""

from domain.errors import AlreadyDone, Invalid, NotAllowed, NotNow, TooOften, Unknown, WrongMoment


class NoSuchRectification(Unknown):
    code = "no_such_rectification"
    sentence = "没有找到这张整改单。请在“限期整改”列表里查看。"


class FixMissing(Invalid):
    code = "fix_missing"
    sentence = "请写明核实了什么、怎么改、何时改好，再提交复核。"
    field = "answer"


class SentBackWithoutReason(Invalid):
    code = "sent_back_without_reason"
    sentence = "请写明还差什么，窗口才知道怎么继续整改。"
    field = "why"


class StaysAnonymous(WrongMoment):
    code = "stays_anonymous"
    sentence = "评价人选的是匿名，写下的联系方式谁也不能看。请按评价内容核实整改。"


class NoContactLeft(Unknown):
    code = "no_contact_left"
    sentence = "评价人没有留下联系方式。请按评价内容核实整改。"


class PurposeMissing(Invalid):
    code = "purpose_missing"
    sentence = "请写明看联系方式的用途，例如：回访核实。"
    field = "contact_why"


class OwnFix(NotAllowed):
    code = "own_fix"
    sentence = "整改结果是您报告的，或者是您自己窗口的，请由另一位同志复核。"


class OnlyTheRater(NotAllowed):
    code = "only_the_rater"
    sentence = "只有评价人本人能说满意不满意：请用评价时的微信或浏览器。您有别的意见，请评价窗口或到大厅反映。"


class VerdictGiven(AlreadyDone):
    code = "verdict_given"
    sentence = "您已经说过“{said}”，不用重复。还有意见，请再评价一次或到大厅反映。"


class NotClosedYet(NotNow):
    sentence = "整改{number}还在办理，办结以后再说满意不满意。发送“进度 {number}”可随时查看。"


class NothingToWaitFor(NotNow):
    sentence = "整改{number}{state}，不用再等通知。发送“进度 {number}”可以查看。"


class TooManyFollowed(TooOften):
    code = "too_many_followed"
    sentence = "今天要通知的编号太多了，请明天再来。凭编号随时可以发送“进度”加编号查询。"


class VerdictUnreadable(Invalid):
    code = "verdict_unreadable"
    sentence = "请选择“满意”或“不满意”。"
    field = "verdict"
