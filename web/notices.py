"""What each refusal and each fault of HTTP looks like to a person: a heading, a sentence, what to do next. A table, no code."""

from dataclasses import dataclass

from domain import errors as e
from domain.objection_refusals import NoSuchObjection
from domain.pledge.term import PublicityOver
from domain.work_refusals import NoSuchWork
from web import refusals as r


@dataclass(frozen=True)
class Notice:
    """`sentence` is said instead of the refusal's own where that one speaks of chat commands; `links` are (address, words)."""

    heading: str
    sentence: str = ""
    steps: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    grave: bool = False


_FIND = ("/windows", "查找办事窗口")
_HOME = ("/", "回到首页")
_BOARD = ("/board", "查看承诺公示")
_PROGRESS = ("/progress", "重新输入编号")

OF_REFUSAL: dict[type[e.Refusal], tuple[int, Notice]] = {
    r.RatingNotShown: (404, Notice("这里不能显示评价", links=(_HOME,))),
    r.FromElsewhere: (403, Notice("没有登记这次提交", links=(_FIND, _HOME), grave=True)),
    e.NoSuchCode: (
        404,
        Notice(
            "请当心，核对一下这个二维码",
            steps=(
                "本单位的评价页面不收款，也不需要您填写姓名、电话、身份证号。",
                "如果是手工输入的牌号，请对照座牌再输入一次。",
                "如果座牌上贴着另一张码，请告诉大厅工作人员。",
            ),
            links=(("/p/", "重新输入牌号或窗口号"), _FIND),
            grave=True,
        ),
    ),
    e.PlateRevoked: (410, Notice("这块牌子已停用", "请扫描窗口现用的二维码，或从下面打开窗口的页面。", links=(_FIND,))),
    e.PlateExpired: (410, Notice("这块牌子已过有效期", "请扫描窗口现用的二维码，或从下面打开窗口的页面。", links=(_FIND,))),
    e.WindowClosed: (410, Notice("这个窗口已经撤销", links=(_FIND, _HOME))),
    e.NoSuchWindow: (404, Notice("没有找到这个窗口", "请从窗口列表里选择，或者输入窗口号、窗口名称查找。", links=(_FIND, _HOME))),
    e.NoSuchPledge: (404, Notice("没有找到这条承诺", "可能已经撤下或换了新的内容。请在承诺公示里查看。", links=(_BOARD, _HOME))),
    PublicityOver: (410, Notice("公示期已过", links=(_BOARD, _HOME))),
    NoSuchWork: (404, Notice("没有找到这项工程", "可能已经撤下。请在重点工程里查看。", links=(("/works", "查看重点工程"), _HOME))),
    NoSuchObjection: (404, Notice("没有查到这个编号", "请核对提出异议后给您的编号，例如 异0012，再输入一次。", links=(_PROGRESS, _HOME))),
    e.NoSuchNumber: (404, Notice("没有查到这个编号", "请核对提交评价后给您的编号，例如 A0231，再输入一次。", links=(_PROGRESS, _HOME))),
    e.NoSuchRating: (404, Notice("没有找到这条评价", "评价只能在提交它的手机和浏览器上查看。请在原来的浏览器里打开。", links=(_FIND, _HOME))),
    e.Busy: (503, Notice("系统正忙", links=(_HOME,))),
    e.StillWorking: (503, Notice("还在处理", links=(_HOME,))),
    e.Unknown: (404, Notice("没有找到", links=(_FIND, _HOME))),
    e.NotAllowed: (403, Notice("不能办理这件事", links=(_HOME,))),
    e.WrongMoment: (409, Notice("现在办不了", links=(_FIND, _HOME))),
    e.Invalid: (422, Notice("请改一下再提交", links=(_FIND, _HOME))),
    e.AlreadyDone: (409, Notice("已经办过了", links=(_HOME,))),
    e.TooOften: (429, Notice("请稍后再来", links=(_HOME,))),
    e.Refusal: (400, Notice("现在办不了", links=(_HOME,))),
}
"""Refusal → status and notice; the nearest class in the refusal's family counts."""

OF_STATUS: dict[int, Notice] = {
    400: Notice("没有看懂这次请求", "可能是网络中断使内容不完整。请返回上一页，再试一次。", links=(_HOME,)),
    404: Notice("没有这个页面", "地址可能输错了，或者页面已经撤下。请从首页重新进入，或扫描窗口的二维码。", links=(_HOME, _FIND)),
    405: Notice("不能这样打开", "这个地址只接收页面上的提交，不能直接打开。请从窗口页面评价。", links=(_FIND, _HOME)),
    408: Notice("网络太慢，没有收完整", "这次没有登记。请换个信号好的地方再试。", links=(_HOME,)),
    413: Notice("内容太多了", "评价说明最多500个字，这次没有登记。请返回上一页，删短一些再提交。", links=(_HOME,)),
    414: Notice("地址太长了", "请从首页重新进入，或扫描窗口的二维码。", links=(_HOME,)),
    415: Notice("没有看懂提交的内容", "这次没有登记。请从窗口页面重新评价。", links=(_FIND, _HOME)),
    429: Notice("请稍后再来", "操作太频繁了，请一分钟后再试。", links=(_HOME,)),
    500: Notice("系统出了问题", "很抱歉，这次没有办成。我们已经记下这个问题，请过几分钟再试，或直接向窗口工作人员反映。", links=(_HOME,), grave=True),
    503: Notice("系统暂时不能服务", "很抱歉，系统正在维护或暂时繁忙，请过几分钟再试。", links=(_HOME,)),
}
