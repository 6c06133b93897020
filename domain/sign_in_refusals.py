"""Refusals of 登录工作台: none tells whether an account exists, each says what to do next."""

from domain.errors import Invalid, NotAllowed, TooOften, Unknown, WrongMoment


class CodeOver(WrongMoment):
    """Two minutes, once."""

    code = "sign_in_code_over"
    sentence = "这个登录码已过期或已用过。请在电脑上刷新登录页，再扫一次新的码。"


class NobodyBound(NotAllowed):
    """The phone is not bound to a person of the house."""

    code = "sign_in_not_bound"
    sentence = "您的微信还没有绑定身份，不能登录工作台。请向所在支部要邀请码，在这里完成绑定后，再扫一次登录码。"


class NotConfirmed(WrongMoment):
    code = "sign_in_not_confirmed"
    sentence = "还没有收到手机上的确认。请用微信扫码，在聊天里回复 1，再点“我已在手机上确认”。"


class WrongPassword(Invalid):
    """One sentence for a wrong name, a wrong password and a wrong number: which it was is nobody's to learn."""

    code = "wrong_password"
    sentence = "账号、密码或动态码不对，请核对后再试。连续输错5次将锁定15分钟。"
    field = "password"


class SignInLocked(TooOften):
    code = "sign_in_locked"
    sentence = "连续输错次数过多，已暂停用密码登录。请{minutes}分钟后再试，或改用微信扫码登录。"


class NoSuchPerson(Unknown):
    code = "no_such_person"
    sentence = "没有找到“{said}”。请核对姓名，或加 --new 新建这个人。"


class SeveralPeople(Invalid):
    code = "several_people"
    sentence = "花名册里有几个“{said}”，不能确定是哪一位。请先在花名册里区分开，或为另一位设账号。"
    field = "name"


class PasswordTooShort(Invalid):
    code = "password_too_short"
    sentence = "密码至少{least}个字符，请换一个长一些的再试。"
    field = "password"
