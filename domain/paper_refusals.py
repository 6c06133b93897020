"""Refusals of papers: boards, forms, lists and what becomes of large prints."""

from domain.errors import Invalid, Unknown, WrongMoment


class NothingPublished(WrongMoment):
    code = "nothing_published"
    sentence = "这里还没有已公示的承诺，公示后再打印。"


class BoardTooLarge(Invalid):
    code = "board_too_large"
    sentence = "一块公示板最多放{most}条承诺，请按党支部或窗口分开打印。"
    field = "scope"


class NoSuchBranch(Unknown):
    code = "no_such_branch"
    sentence = "没有找到这个党支部，请在列表里重新选择。"


class NothingHandedIn(WrongMoment):
    code = "nothing_handed_in"
    sentence = "这个党支部还没有提交的承诺，提交后再打印承诺书。"


class NothingTicked(Invalid):
    code = "nothing_ticked"
    sentence = "请先勾选要打印的岗位。"
    field = "post"


class TooManyPieces(Invalid):
    code = "too_many_pieces"
    sentence = "一份文件最多打印{most}份，您选了{n}份。请按窗口或党支部分几次打印。"
    field = "posts"


class TooManyPrintJobs(WrongMoment):
    code = "too_many_print_jobs"
    sentence = "您有{most}份正在生成，请等其中一份完成后再打印。"


class NoSuchPrintJob(Unknown):
    code = "no_such_print_job"
    sentence = "没有找到这份打印，请在打印页面重新打印。"


class PaperNotDrawn(WrongMoment):
    code = "paper_not_drawn"
    sentence = "这份文件没有生成成功，没有登记，请重新打印；仍不成功，请分几次打印，并告知运维人员。"


class NoSuchPaper(Unknown):
    code = "no_such_paper"
    sentence = "没有这种文件，请在“打印与导出”页面重新选择。"
