"""Refusals in six kinds: the house says no in one Chinese sentence that tells what to do next.

Services and domain raise them, each door translates them once (`errors.py` of the door), nobody else catches them.
A `code` is for machines and never changes; the `sentence` is for people.
"""

from typing import Any, ClassVar

from domain.quoting import fill


class Refusal(Exception):
    """A polite no. `words` fill the sentence's fields."""

    code: ClassVar[str] = "refused"
    sentence: ClassVar[str] = "这件事现在办不了，请稍后再试。"

    def __init__(self, **words: Any) -> None:
        super().__init__(self.code)
        self.words = words

    @property
    def text(self) -> str:
        """The sentence as a person reads it."""
        return fill(self.sentence, self.words)


class Unknown(Refusal):
    """There is no such thing, or it is not for this person to know of it: the two must look the same."""

    code = "unknown"
    sentence = "没有找到您要的内容，请核对后再试。"


class NotAllowed(Refusal):
    """The by-law has no line for it."""

    code = "not_allowed"
    sentence = "您目前的身份不能办理这件事。如有疑问，请联系所在支部或活动办公室。"


class WrongMoment(Refusal):
    """Right person, right thing, wrong state or time."""

    code = "wrong_moment"
    sentence = "这件事的状态刚刚有变化，请刷新后再看下一步。"


class Invalid(Refusal):
    """The words given break a rule. `field` names the field for a form."""

    code = "invalid"
    sentence = "填写的内容有误，请检查后重新提交。"
    field: str = ""


class AlreadyDone(Refusal):
    """Done before: nothing is done twice."""

    code = "already_done"
    sentence = "这件事已经办过了，不用重复办理。"


class TooOften(Refusal):
    """Too many in too short a time. `seconds` says when to come again."""

    code = "too_often"
    sentence = "操作太频繁了，请{seconds}秒后再试。"

    def __init__(self, seconds: int = 60, **words: Any) -> None:
        super().__init__(seconds=seconds, **words)
        self.seconds = seconds


# --- windows, posts, plates ------------------------------------------------------------------------------------------


class NoSuchWindow(Unknown):
    code = "no_such_window"
    sentence = "没有找到“{said}”这个窗口。请发送窗口号，例如：评价 3号窗口 满意。"


class WindowClosed(WrongMoment):
    code = "window_closed"
    sentence = "{said}已经撤销，不再受理评价。请查看现有的窗口，或到大厅咨询。"


class NoSuchCode(Unknown):
    code = "no_such_code"
    sentence = "这个二维码不是本单位发放的，请不要付款或填写个人信息。请向窗口工作人员核实。"


class PlateRevoked(WrongMoment):
    code = "plate_revoked"
    sentence = "这块牌子已停用，请扫描窗口现用的二维码。"


class PlateExpired(WrongMoment):
    code = "plate_expired"
    sentence = "这块牌子已过有效期，请扫描窗口现用的二维码。"


# --- ratings ---------------------------------------------------------------------------------------------------------


class OwnWindow(NotAllowed):
    code = "own_window"
    sentence = "您在这个窗口任职，不能评价自己的窗口。"


class UnreadableLevel(Invalid):
    code = "unreadable_level"
    sentence = "没有看懂满意程度。请回复：非常满意、满意、基本满意、不满意或非常不满意。"
    field = "level"


class UnknownTag(Invalid):
    code = "unknown_tag"
    sentence = "原因“{tag}”不在可选范围内，请刷新页面后重新选择。"
    field = "tags"


class NoteTooLong(Invalid):
    code = "note_too_long"
    sentence = "说明最多{most}个字，现在是{length}个字，请删短一些再提交。"
    field = "text"


class NoteHasIdNumber(Invalid):
    code = "note_has_id_number"
    sentence = "说明里像是有身份证号。为保护您的隐私，请删去后再提交。"
    field = "text"


class NoSuchRating(Unknown):
    code = "no_such_rating"
    sentence = "没有找到这条评价，请在“我的评价”中查看。"


class TermOver(WrongMoment):
    code = "term_over"
    sentence = "评价提交{days}天后不能再修改。如有新的意见，请重新评价或联系窗口。"


class NoSuchNumber(Unknown):
    code = "no_such_number"
    sentence = "没有查到编号“{said}”。请核对编号，例如：进度 A0231。"


# --- pledges ---------------------------------------------------------------------------------------------------------


class NoSuchPledge(Unknown):
    code = "no_such_pledge"
    sentence = "没有找到这条承诺，可能已经撤下。请在承诺公示中查看。"


class ClearsMissing(Invalid):
    code = "clears_missing"
    sentence = "“四明确”还缺：{missing}。请补充后再提交。"
    field = "content"


# --- papers ----------------------------------------------------------------------------------------------------------


class NoSuchPost(Unknown):
    code = "no_such_post"
    sentence = "没有找到“{said}”这个窗口或岗位。请在座牌清单里核对编号和名称。"


class PostNotClear(Invalid):
    code = "post_not_clear"
    sentence = "有几个岗位都叫“{said}”，请改用岗位编号：{missing}。"
    field = "post"


class NothingToPrint(WrongMoment):
    code = "nothing_to_print"
    sentence = "没有可以打印的牌：这些岗位的牌已停用或过期，或不归您管理。要换发新牌，请选“补发”并写明原因。"


class ReasonMissing(Invalid):
    code = "reason_missing"
    sentence = "请写明原因，例如：遗失、损坏、岗位调整。"
    field = "why"


class PaperChanged(WrongMoment):
    code = "paper_changed"
    sentence = "打印期间牌上的内容有变动，这一份没有登记，请重新打印。"


class FontsMissing(WrongMoment):
    code = "fonts_missing"
    sentence = "打印用的字体还没有装好，请联系运维人员运行 make front 后再打印。"


class LogoUnusable(Invalid):
    code = "logo_unusable"
    sentence = "二维码中间的标志用不了：请换成1 MB以内的 PNG、JPG 或 SVG 图片。"
    field = "logo"


# --- campaigns -------------------------------------------------------------------------------------------------------


class NoSuchCampaign(Unknown):
    code = "no_such_campaign"
    sentence = "没有找到“{said}”这个活动。请先用 campaign load 载入活动文件。"


class CampaignUnreadable(Invalid):
    code = "campaign_unreadable"
    sentence = "活动“{said}”的文件不合现在的写法。请用 campaign check 检查，改好后重新载入。"


# --- flows and races -------------------------------------------------------------------------------------------------


class NotNow(WrongMoment):
    code = "not_now"
    sentence = "当前状态是“{state}”，不能“{verb}”。请刷新后按页面提示办理。"


class LostRace(WrongMoment):
    code = "lost_race"
    sentence = "刚才有人先一步办理了，您的操作没有生效。请刷新后再看。"


# --- sessions --------------------------------------------------------------------------------------------------------


class NotSignedIn(NotAllowed):
    code = "not_signed_in"
    sentence = "登录已失效，请重新登录后再试，已填写的内容不会丢失。"


class LoginCodeRefused(Invalid):
    code = "login_code_refused"
    sentence = "登录凭证无效或已使用，请重新打开小程序再试。"
    field = "code"


class KeyReused(Invalid):
    code = "key_reused"
    sentence = "同一个提交编号用在了不同的内容上，请重新提交一次。"
    field = "Idempotency-Key"


class StillWorking(WrongMoment):
    code = "still_working"
    sentence = "上一次提交还在处理，请稍等几秒再查看结果。"


class WechatUnreachable(WrongMoment):
    code = "wechat_unreachable"
    sentence = "暂时连不上微信，请稍后再试。"


class Busy(WrongMoment):
    code = "busy"
    sentence = "系统正忙，这次没有登记成功，请一分钟后再试一次。"
