"""Refusals only this door can give: of a form, a browser, a network address."""

from domain.errors import Invalid, NoSuchRating, NotAllowed, TooOften


class FromElsewhere(NotAllowed):
    """The form was not sent from one of our pages (CSRF)."""

    code = "from_elsewhere"
    sentence = "这次提交不是从本单位的页面发出的，没有登记。请重新扫描窗口的二维码，在打开的页面上评价。"


class TrapFilled(Invalid):
    """A field no person sees was filled in: most likely a program, perhaps an eager form filler, so it is answered, not swallowed."""

    code = "trap_filled"
    sentence = "提交里有页面上看不到的内容，这次没有登记。请关闭浏览器的自动填写，再提交一次。"


class NoLevelChosen(Invalid):
    code = "no_level_chosen"
    sentence = "请先选一项满意程度，再点“提交评价”。"
    field = "level"


class PrivacyUnreadable(Invalid):
    code = "privacy_unreadable"
    sentence = "请从匿名、保密、公开里选一项，再提交。"
    field = "privacy"


class OnlyAnonymous(Invalid):
    """保密 and 公开 need somebody who can be called back."""

    code = "only_anonymous"
    sentence = "网页评价不登录，只能匿名。想知道处理结果，请凭提交后给您的编号查进度，或到大厅咨询。"
    field = "privacy"


class SignsUnreadable(Invalid):
    """A zero byte or another sign that no keyboard makes and PostgreSQL stores in no text."""

    code = "signs_unreadable"
    sentence = "内容里有无法识别的字符，没有登记。请删去后重新输入，不要直接粘贴来路不明的文字。"


class TooManyRatings(TooOften):
    code = "too_many_ratings"
    sentence = "您所在的网络这一小时提交的网页评价已到上限，这次没有登记。请{minutes}分钟后再来，或在微信服务号中评价，不受此限。"


class TooManyObjectionsHere(TooOften):
    code = "too_many_objections_here"
    sentence = "您所在的网络这一小时提交的异议已到上限，这次没有登记。请{minutes}分钟后再来，或在微信服务号中发送“异议”。"


class TooManyPages(TooOften):
    code = "too_many_pages"
    sentence = "您所在的网络打开页面太频繁了，请{seconds}秒后再试。"


class RatingNotShown(NoSuchRating):
    """The result page was opened by a browser that holds no device mark: cookies are off, or it is another browser."""

    code = "rating_not_shown"
    sentence = "这个浏览器没有保存评价凭证，不能显示或修改评价。如果您刚刚提交过，评价已经登记，不用再提交。"
