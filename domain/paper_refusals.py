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
