"""Refusals about 意见卡."""

from domain.errors import AlreadyDone, Invalid


class CardNumberMissing(Invalid):
    code = "card_number_missing"
    sentence = "请填写意见卡编号，只用数字、字母和短横，最多20个，例如：20261116-03。编号能防止同一张卡登记两次。"
    field = "number"


class CardOriginMissing(Invalid):
    code = "card_origin_missing"
    sentence = "请选明是群众自己填的，还是别人代填的。"
    field = "origin"


class CardEntered(AlreadyDone):
    code = "card_entered"
    sentence = "编号{number}的意见卡已在{day}登记过（{window}），没有重复登记。请核对编号。"
