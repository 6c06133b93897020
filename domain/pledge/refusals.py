"""Refusals about pledges, amendments, batches and progress: one sentence each, with the next step."""

from typing import Any

from domain.errors import AlreadyDone, Invalid, Unknown, WrongMoment


class TextUnfit(Invalid):
    """A text cannot be kept; `at` names its field."""

    code = "text_unfit"

    def __init__(self, at: str = "content", **words: Any) -> None:
        super().__init__(**words)
        self.field = at


class TextTooLong(TextUnfit):
    code = "text_too_long"
    sentence = "“{label}”最多{most}个字，现在是{length}个字，请删短后再保存。"


class TextHasIdNumber(TextUnfit):
    code = "text_has_id_number"
    sentence = "“{label}”里像是有身份证号。这些内容别人会看到，请删去后再保存。"


class ThemeNotOffered(Invalid):
    code = "theme_not_offered"
    sentence = "“{said}”不在本次活动可选的范围里，请从列出的选项中选择。"
    field = "theme"


class KindUnknown(Invalid):
    code = "kind_unknown"
    sentence = "承诺类别请选：共性承诺、岗位承诺或实事承诺。"
    field = "kind"


class WhyMissing(Invalid):
    code = "why_missing"
    sentence = "请写明{what}，让对方知道下一步怎么改。"
    field = "why"


class PercentOutOfRange(Invalid):
    code = "percent_out_of_range"
    sentence = "完成比例请填0到100的整数。"
    field = "percent"


class ProgressMissing(Invalid):
    code = "progress_missing"
    sentence = "请写一两句进展：做了什么、做到什么程度。"
    field = "words"


class NothingAmended(Invalid):
    code = "nothing_amended"
    sentence = "变更后的内容和现在公示的一样，请改好再提交。"
    field = "content"


class TooManyItems(WrongMoment):
    code = "too_many_items"
    sentence = "本次活动每个单位最多报{most}项承诺，已经报了{n}项。请先撤回一项，或修改已有的承诺。"


class TextChanged(WrongMoment):
    code = "text_changed"
    sentence = "您看过之后，这条承诺的内容又有变动，这次没有办理。请重新看过再决定。"


class AuthorLeft(WrongMoment):
    code = "author_left"
    sentence = "承诺人已不在本单位，这条承诺不能再办理公示。请退回，或由接任的同志重新承诺。"


class AmendmentOpen(AlreadyDone):
    code = "amendment_open"
    sentence = "这条承诺的变更已经提交，正在等待审核。要再改，请先撤回。"


class NoSuchAmendment(Unknown):
    code = "no_such_amendment"
    sentence = "没有找到这条变更申请，可能已经办结。请在“我的承诺”中查看。"


class NoSuchBatch(Unknown):
    code = "no_such_batch"
    sentence = "没有找到这一批承诺，请在汇总列表中核对。"


class DecidedInBatch(WrongMoment):
    code = "decided_in_batch"
    sentence = "单位承诺由支部汇总后成批审定，请在“单位承诺汇总”里办理。"


class AlreadyCompiled(WrongMoment):
    code = "already_compiled"
    sentence = "这条承诺已汇总报局党委审定，不能撤回。要修改请联系支部，由局党委退回。"


class EmptyBatch(WrongMoment):
    code = "empty_batch"
    sentence = "还没有可以汇总的单位承诺。请先等科室（单位）提交，再汇总上报。"


class NoSuchUnit(Unknown):
    code = "no_such_unit"
    sentence = "没有找到这个科室（单位），或者您不在这个科室（单位）。请核对后再选。"


class MeetingMissing(Invalid):
    code = "meeting_missing"
    sentence = "单位承诺要先经党员大会讨论。请填写会议日期和名称，例如：8月20日党员大会。"
    field = "meeting"
