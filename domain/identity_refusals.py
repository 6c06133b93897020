"""Refusals of 绑定: none of them tells whether somebody else stands in the list (F08, R26)."""

from domain.errors import AlreadyDone, Invalid, NotAllowed, TooOften, Unknown, WrongMoment


class CodeRefused(Unknown):
    """Wrong, used, expired, withdrawn, of somebody who left: one sentence for all of them."""

    code = "invitation_refused"
    sentence = "邀请码无效：可能已用过、已过期或输入有误。请核对后再试，或请支部书记重新开具。"


class BoundHere(AlreadyDone):
    code = "bound_here"
    sentence = "这个微信已经绑定了{name}。如要改绑，请先解绑。"


class NotBound(NotAllowed):
    code = "not_bound"
    sentence = "这个微信还没有绑定身份。请向支部书记索取邀请码，然后绑定。"


class TooManyTries(TooOften):
    code = "too_many_tries"
    sentence = "尝试次数太多了，请{minutes}分钟后再试。没有邀请码请联系支部书记。"

    def __init__(self, minutes: int = 15) -> None:
        super().__init__(minutes * 60, minutes=minutes)


class NoSuchPerson(Unknown):
    code = "no_such_person"
    sentence = "没有找到这个人，可能已经调离。请在人员名单里重新查找。"


class NobodyFits(WrongMoment):
    code = "nobody_fits"
    sentence = "花名册里没有对得上的人，无法确认。请先在花名册里补上此人，再请本人用邀请码绑定。"


class ReasonNeeded(Invalid):
    code = "reason_needed"
    sentence = "请写明为什么要看完整手机号，例如：紧急联系。这次查看会留下记录。"
    field = "why"


class NoSuchRequest(Unknown):
    code = "no_such_request"
    sentence = "没有找到这条绑定申请，可能已经处理。请刷新列表。"


class PersonLeft(WrongMoment):
    code = "person_left"
    sentence = "这个人已登记离开，不能开具邀请码。如有误，请先更正花名册。"


class PhoneCodeRefused(Invalid):
    code = "phone_code_refused"
    sentence = "没有取得手机号，请重新点“授权手机号”再试，或改用邀请码绑定。"
    field = "phone_code"


class NoSuchForm(Invalid):
    code = "no_such_form"
    sentence = "请从“公开姓名”“只公开姓氏”“只显示岗位”中选择一种。"
    field = "form"


class NotSaidAloud(Invalid):
    """What cannot be undone wants a word typed."""

    code = "not_said_aloud"
    sentence = "请在方框里写“{word}”两个字，再提交。"
    field = "word"
