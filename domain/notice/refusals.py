"""Why no draft can be made of a text."""

from domain.errors import Invalid


class YearMissing(Invalid):
    code = "notice_year_missing"
    sentence = "没有在通知里找到年份。请在“年份”一栏写明活动是哪一年的，例如：2027。"
    field = "year"


class NothingDated(Invalid):
    code = "notice_nothing_dated"
    sentence = "没有在这段文字里找到阶段或时间。请粘贴通知的全文，或直接从活动文件样例开始填写。"
    field = "text"


class NoticeTooLong(Invalid):
    code = "notice_too_long"
    sentence = "通知最多{most}万字。请只粘贴正文，去掉附件后再试。"
    field = "text"
