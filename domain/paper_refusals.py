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
