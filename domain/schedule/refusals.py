"""Refusals of 配档表, 待办 and 报送: what went wrong and what to do next."""

from domain.errors import AlreadyDone, Invalid, NotAllowed, Unknown, WrongMoment


class NoSuchTodo(Unknown):
    code = "no_such_todo"
    sentence = "没有找到这项待办，可能已经移交或撤销。请发送“待办”查看现在的清单。"


class NoSuchSubmission(Unknown):
    code = "no_such_submission"
    sentence = "没有找到这份报送材料。请核对收字编号后再试。"


class NoSuchTask(Unknown):
    code = "no_such_task"
    sentence = "配档表里没有这项任务，可能已经撤销。请刷新后再看。"


class NothingHandedIn(Invalid):
    code = "nothing_handed_in"
    sentence = "还没有可以报送的内容。请写几句说明，或选择文件后再提交。"
    field = "words"


class WordsTooLong(Invalid):
    code = "words_too_long"
    sentence = "“{what}”最多{most}个字，现在是{length}个字，请删短，或改为上传文件。"
    field = "words"


class ItemsUnfit(Invalid):
    code = "items_unfit"
    sentence = "这项任务要求{least}至{most}项，每项单独写一行，现在是{n}项。请增减后再报送。"
    field = "words"


class AlreadyHandedIn(AlreadyDone):
    code = "already_handed_in"
    sentence = "这项任务已经报送，编号{receipt}，正在等待审核。要换材料，请先撤回再报送。"


class AnotherVersion(WrongMoment):
    code = "another_version"
    sentence = "您看的不是最新的一次报送，对方刚刚换过材料。请刷新后看过新材料再决定。"


class WhyMissing(Invalid):
    code = "why_missing"
    sentence = "请写明原因，对方要凭它知道下一步怎么办。"
    field = "why"


class DayOutside(Invalid):
    code = "day_outside"
    sentence = "日期{day}不合适：应在{first}至{last}之间。请核对年月日。"
    field = "until"


class ExtensionPending(AlreadyDone):
    code = "extension_pending"
    sentence = "已经提交过延期申请，正在等办公室批复，不用重复申请。"


class NoSuchExtension(Unknown):
    code = "no_such_extension"
    sentence = "没有找到这份延期申请，可能已经批复。请刷新后再看。"


class MeetingIncomplete(Invalid):
    code = "meeting_incomplete"
    sentence = "会议记录还缺：{missing}。请补充后再提交。"
    field = "meeting"


class NotHisTodo(NotAllowed):
    code = "not_his_todo"
    sentence = "这项任务由{who}负责，您不能代为办理。需要代办，请联系活动办公室。"


class ChangeUnsound(Invalid):
    code = "change_unsound"
    sentence = "改动里还有需要更正的地方，没有保存。请按提示改好后再提交一次。"
    field = "file"


class NothingChanged(AlreadyDone):
    code = "nothing_changed"
    sentence = "和现在的配档表完全一样，没有需要保存的改动。"


class KeyTaken(AlreadyDone):
    code = "key_taken"
    sentence = "活动编号“{key}”已经用过了，请换一个，例如{other}。"


class KeyUnfit(Invalid):
    code = "key_unfit"
    sentence = "活动编号“{key}”不合要求。请用小写字母开头，只含小写字母、数字和下划线，最多40个字符。"
    field = "key"


class NobodyToUrge(AlreadyDone):
    code = "nobody_to_urge"
    sentence = "没有需要催办的：选中的任务已经报送、办结，或还没有人负责。请刷新后再看。"


class DayUnread(Invalid):
    code = "day_unread"
    sentence = "没有看懂日期。请写成 2026-12-05 的样子；在聊天里这样写：延期 12月5日 等县里批复。"
    field = "until"
