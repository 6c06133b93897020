"""Refusals about 疑似刷评."""

from domain.errors import Invalid, Unknown


class NoSuchFlag(Unknown):
    code = "no_such_flag"
    sentence = "没有找到这条提示。请在“疑似刷评”列表里查看。"


class FindingMissing(Invalid):
    code = "finding_missing"
    sentence = "请写明核查了什么、结论是什么，再登记，例如：当天集中办证，现场秩序正常。"
    field = "why"
