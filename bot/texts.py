"""What the bot says: short, polite, with the next step in it. All Chinese of the chat stands here."""

from collections.abc import Sequence
from datetime import date

from domain.marks import Mark
from domain.names import seat_name
from domain.quoting import inner
from domain.ratings import Privacy, Rated
from domain.spoken_days import spoken
from services.objections import Progress as ObjectionProgress
from services.objections import Taken as TakenObjection
from services.own_data import Me
from services.rectifications import Progress

NOT_SET_UP = "本系统尚未配置这个账号的消息接收。"
WRONG_METHOD = "这里只接收微信平台推送的消息。"
NOT_SIGNED = "签名不符或已过期，未作任何处理。"
MUST_BE_SEALED = "本账号使用安全模式，不接收明文消息。"
TOO_LARGE = "内容超过 64 KB，未作任何处理。"
UNREADABLE = "消息格式有误，未作任何处理。"
SORRY = "系统出了点问题，这条消息没有处理成功。请一分钟后再发一次；如仍不行，请向窗口工作人员反映。"

WELCOME = "您好，欢迎关注{bureau}。\n· 评价窗口：发送“评价 3号窗口 满意”，或发送“我要评价”\n· 查进度：发送“进度 A0231”\n· 看承诺：{site}/board"
HELP = (
    "您可以这样发送：\n· 评价 3号窗口 满意\n· 3号窗口 不满意 等了很久\n· 我要评价（一步一步来）\n"
    "· 进度 A0231\n· 异议 诺0031 您的意见\n· 承诺公示：{site}/board"
)
HELP_OF_MEMBERS = "\n党员办理：\n· 待办\n· 我的承诺（发送“起草承诺”写新的）\n· 我（绑定、公开姓名、导出）"
HELP_OF_WINDOWS = "\n· 整改 A0231 加整改结果"
NOT_UNDERSTOOD = "没有看懂您的意思。发送“我要评价”可以评价窗口，发送“帮助”看全部用法。"
CANNOT_READ = "目前只能看懂文字和语音。请用文字告诉我们，例如：评价 3号窗口 满意。"
NOT_HEARD = "没有听清这段语音，请再说一次，或用文字发送，例如：评价 3号窗口 满意。"

SIGN_IN = "登录工作台？回复 1 确认，回复 0 拒绝。\n{minutes}分钟内有效。请确认是您本人正在电脑上登录{site}，别人发来的码不要确认。"
SIGNED_IN = "已确认，电脑上的页面马上进入工作台。不是您本人在操作？请立即告诉活动办公室。"
SIGN_IN_REFUSED = "已拒绝，那个登录码作废了。"
ASK_WINDOW = "请问您要评价哪个窗口？请回复窗口号或名称：\n{windows}\n回复“取消”结束。"
MORE_WINDOWS = "……共{n}个窗口，没有列出的也可以直接回复"
ASK_LEVEL = (
    "您要评价：{window}。请回复数字：\n5 非常满意\n4 满意\n3 基本满意\n2 不满意\n1 非常不满意\n（匿名提交，窗口看不到您是谁；0 返回，“取消”结束）"
)
ASK_WHICH = "没有完全对上“{said}”。您是说：\n{choices}\n请回复序号，或回复“取消”。"
ASK_ONE = "一条消息评价一个窗口。这条评价哪个？\n{choices}\n请回复序号，另一个请再发一条；回复“取消”结束。"
NOT_A_LEVEL = "请回复 1 到 5 的数字，或“满意”“不满意”等；0 返回，“取消”结束。"
ASK_MORE = "{thanks}\n还想补充吗？可回复原因的序号或字样，加上您的话（如“1 3 等了两个小时”），不补充就不用回复；0 改满意程度：\n{tags}"
NOT_A_REASON = "没有这个序号。请回复 1 到 {most} 的序号，或直接写原因；不补充就不用回复，评价已经记下。0 改满意程度。"
ADDED = "补充内容已记下，谢谢您。"
CANCELLED = "已取消，没有提交新的内容。需要时发送“我要评价”。"
NOTHING_OPEN = "现在没有正在进行的步骤。发送“我要评价”开始评价，发送“帮助”看用法。"
TIMED_OUT = "上一步已超过{minutes}分钟，自动结束了。请重新发送“我要评价”。"
ASK_NUMBER = "请发送“进度”加编号，例如：进度 A0231。编号在您提交不满意评价时给出。"
ASK_VERDICT = "评价人本人请回复“整改满意 {number}”，或“整改不满意 {number} 原因”。"
HOW_TO_REPORT = "\n报告整改结果，请发送：整改 {number} 加核实了什么、怎么改、何时改好。"
FIX_REPORTED = "整改{number}的结果已报告，由另一位同志复核。复核后评价人凭编号可以看到。"
WILL_TELL = "整改{number}办结时会通知您一次。为此记下了这个微信的地址，通知之后即删除，不和评价相连。"
NO_RATINGS = "最近30天没有查到您的评价。发送“我要评价”即可评价窗口。"
ASK_PLEDGE = "请发送承诺编号，例如：诺0031。编号在承诺公示的每条承诺旁：{site}/board\n回复“取消”结束。"
ASK_OBJECTION = (
    "请写明哪里没有做到、哪里不实。默认匿名提交，谁也查不到您是谁；"
    "想收到答复，请以“保密”开头（只有核实的人能联系您），愿意公开原文的以“公开”开头，例如：保密 说好三天，等了一周。"
)
HOW_TO_BIND = "您还没有绑定身份。请向所在党支部书记索取邀请码，然后发送“绑定”加邀请码，例如：绑定 K7Q2-M9XA。群众评价窗口不用绑定。"
ALREADY_BOUND = "这个微信已绑定{name}。发送“我”看自己的信息，发送“解绑”解除绑定。"
BOUND = "绑定成功，{name}同志。发送“我”看自己的信息和公开方式，发送“待办”看待办事项。"
BINDING_WAITS = "已提交核对。如果您是本单位党员，所在党支部书记核对后会通知您；也可以向书记索取新的邀请码。"
NOTHING_BOUND = "这个微信没有绑定身份，不用解绑。"
ASK_UNBIND = (
    "{name}同志，解绑后：服务号和小程序都不再识别您的身份，登录立即失效，不再收到待办通知；手机号30天后删除；"
    "承诺和办理记录按规定保留。确定解绑请回复“确认解绑”。"
)
UNBOUND = "已解绑，登录已全部失效。要再次绑定，请向党支部书记索取邀请码。"
SHOWN_AS = "已记下，公开页面马上按此显示您为：{shown}。随时可以改：公开姓名、公开姓氏、不公开姓名。"

MEMBERSHIP_SHOWN = "已记下您的同意：值守时，窗口页面在您旁边显示“共产党员”，新印的胸牌带“党员先锋岗”。随时可以撤回，请发送：不显示党员身份。"
MEMBERSHIP_HIDDEN = "已撤回，窗口页面不再显示您的党员身份。要显示请发送：显示党员身份。"


def day_words(day: date) -> str:
    return f"{day.month}月{day.day}日"


def thanks_for(rated: Rated) -> str:
    """What a rater reads; for a bad rating the number and what happens next."""
    said = f"已改为“{inner(rated.mark.chinese)}”" if rated.changed else f"“{inner(rated.mark.chinese)}”已记下"
    if rated.number and rated.due:
        return (
            f"您对{rated.window}的评价{said}，编号{rated.number}。"
            f"窗口负责人会在{day_words(rated.due)}前整改答复，发送“进度 {rated.number}”可随时查看。窗口看不到您是谁。"
        )
    return f"谢谢您！您对{rated.window}的评价{said}。" + ("" if rated.changed else "当天再发一次即可修改。")


def progress_of(progress: Progress) -> str:
    """State and dates, the answer once it was checked; nothing of the rater or the text."""
    if progress.answer:
        return f"编号{progress.number}：{progress.chinese}。答复：{progress.answer}\n{ASK_VERDICT.format(number=progress.number)}"
    open_until = ""
    if progress.state not in ("closed", "withdrawn"):
        open_until = f"最迟{day_words(progress.due)}前办结（{progress.due_words.rstrip('。')}）。办结时要通知您，请发送“通知 {progress.number}”。"
    return f"编号{progress.number}：{progress.chinese}。{day_words(progress.opened_on)}受理。{open_until}"


VERDICTS = {
    "satisfy": "已记下：您对整改{number}满意。谢谢您。",
    "dispute": "已记下：您对整改{number}不满意，已转二次督办，窗口要重新整改答复。发送“进度 {number}”可随时查看。",
    "regret": "已记下：您对整改{number}仍不满意，计入窗口的整改满意率。二次督办只有一次，您有别的意见，请再评价一次或到大厅反映。",
}


def objection_taken(taken: TakenObjection, privacy: Privacy) -> str:
    """The number, until when, and how the answer comes."""
    way = "凭编号可查答复" if privacy is Privacy.ANONYMOUS else "答复会发给您"
    return f"您的异议已登记（{privacy.chinese}），编号{taken.number}。最迟{day_words(taken.due)}答复，{way}。发送“进度 {taken.number}”可随时查看。"


def objection_progress(told: ObjectionProgress) -> str:
    """State and dates, and the answer once it was released."""
    if told.answer:
        return f"编号{told.number}：{told.chinese}。答复：{told.answer}"
    return f"编号{told.number}：{told.chinese}。{day_words(told.opened_on)}收到，最迟{day_words(told.due)}答复（{told.due_words.rstrip('。')}）"


def numbered(items: Sequence[str]) -> str:
    return "\n".join(f"{at} {item}" for at, item in enumerate(items, 1))


def own_line(day: date, window: str, mark: Mark, progress: Progress | None) -> str:
    end = f"（{progress.number} {progress.chinese}）" if progress else ""
    return f"{day_words(day)} {window} {mark.chinese}{end}"


def about_me(me: Me) -> str:
    """Who I am here, and what the public sees."""
    seats = "、".join(seat_name(seat.body, seat.title) + (f"（至{spoken(seat.to_day)}）" if seat.to_day else "") for seat in me.seats)
    accounts = "、".join({"service": "服务号", "mini": "小程序"}.get(one, one) for one in me.accounts)
    lines = [f"{me.name}，{me.branch}，{me.category}", f"职务：{seats}" if seats else "", f"已绑定：{accounts}"]
    public = f"公开页面显示您为：{me.shown_as}。要改请发送：公开姓名、公开姓氏、不公开姓名。"
    member = "值守时显示党员身份；不显示请发送：不显示党员身份。" if me.shows_membership else "值守时不显示党员身份；同意显示请发送：显示党员身份。"
    return "\n".join(line for line in (*lines, public, member, "导出、删除自己的信息，请在小程序“我”里办理；解除绑定请发送“解绑”。") if line)
