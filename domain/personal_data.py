"""个人信息清单: what the house keeps of a person, why, how long, and where it lies; the one list that code, page and tests read (P-table)."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Ends(StrEnum):
    """What begins the term of an item."""

    UNBINDING = "解绑或取消关注"
    LEAVING = "组织关系转出"
    CLOSING = "事情办结"
    DAY = "当天"
    NEVER_PERSONAL = "不与本人相连"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the privacy table. `places` are table.column; `told` says what the person's own export shows of it."""

    id: str
    what: str
    why: str
    ends: Ends
    term: timedelta
    words: str
    places: tuple[str, ...]
    told: str = ""


DAYS_30, YEARS_2, YEARS_3 = timedelta(days=30), timedelta(days=730), timedelta(days=1095)

ITEMS: tuple[Item, ...] = (
    Item(
        "P01",
        "微信地址",
        "登录、收发消息、一人一评",
        Ends.UNBINDING,
        DAYS_30,
        "取消关注30天后删除；解绑时与本人脱开",
        (
            "contacts.mark",
            "contacts.openid_sealed",
            "contacts.person_id",
            "sessions.contact",
            "conversations.contact",
            "rectification_followers.contact",
            "letters.contact",
            "message_consents.contact",
            "desk_sessions.person_id",
            "sign_in_codes.person_id",
            "passwords.person_id",
        ),
        "加密保存，只显示绑定了哪个账号",
    ),
    Item(
        "P03",
        "姓名、公开方式",
        "承诺、亮身份、花名册",
        Ends.LEAVING,
        YEARS_2,
        "组织关系转出两年后删去；公开要本人同意，随时撤回",
        ("people.name", "people.public_form", "binding_requests.said_name"),
        "全部",
    ),
    Item(
        "P04",
        "所在支部、党员类别、入党时间、职务",
        "组织活动、审核把关",
        Ends.LEAVING,
        YEARS_2,
        "同上；入党时间从不公开；党员身份要本人单独同意才在值守页面和本人胸牌上显示，随时撤回",
        (
            "people.branch_id",
            "people.category",
            "people.joined_on",
            "people.left_on",
            "seats.person_id",
        ),
        "全部",
    ),
    Item(
        "P05",
        "科室、窗口、值守",
        "说明谁在岗，评价对应到岗位",
        Ends.LEAVING,
        YEARS_2,
        "值守结束两年后删除",
        ("people.section_id", "duties.person_id", "service_windows.head_id"),
        "全部",
    ),
    Item(
        "P07",
        "手机号",
        "绑定、紧急联系",
        Ends.UNBINDING,
        DAYS_30,
        "解绑30天后删除；平时遮盖显示，看完整号码要写原因、留记录",
        ("people.phone_sealed", "people.phone_index", "people.unbound_on"),
        "全部",
    ),
    Item(
        "P11",
        "承诺内容和办理",
        "公示、审核、兑现",
        Ends.LEAVING,
        YEARS_2,
        "活动结束30天后不再公开；结束两年后删去进展和审核中写的话，其余按档案管理规定处理",
        ("pledges.author_id", "pledge_progress.person_id", "publicity.person_id"),
        "全部",
    ),
    Item(
        "P12",
        "限期整改的责任人，未兑现承诺的原因",
        "改正",
        Ends.CLOSING,
        timedelta(days=365),
        "办结一年后与本人脱开，原因删去；不带姓名公开，除非两人批准并写明范围、期限",
        ("rectifications.owner_id", "rectification_rounds.answered_by", "cause_releases.proposer_id", "cause_releases.decider_id"),
        "编号和状态",
    ),
    Item(
        "P14",
        "评价",
        "改进服务",
        Ends.NEVER_PERSONAL,
        timedelta(0),
        "只记到天，不存是谁评的，无法查出，也无法按人删除",
        ("ratings.event",),
    ),
    Item(
        "P18",
        "同意记录、通知、邀请和核对",
        "证明可以公开、可以通知",
        Ends.LEAVING,
        YEARS_3,
        "组织关系转出三年后删除；邀请码到期即删，绑定申请最多保存45天",
        (
            "disclosures.person_id",
            "letters.person_id",
            "reminders.person_id",
            "invitations.person_id",
            "invitations.issuer_id",
            "binding_requests.person_id",
            "binding_requests.contact",
        ),
        "同意记录和收到的通知",
    ),
    Item(
        "P26",
        "控制台的登录和口令",
        "办理工作时确认身份",
        Ends.LEAVING,
        DAYS_30,
        "登录最长12小时；口令只存不可还原的摘要；解绑时登录立即失效",
        ("desk_sessions.person_id", "sign_in_codes.person_id", "passwords.person_id"),
        "只显示有没有",
    ),
    Item(
        "P25",
        "本人交来的文件、图片，要的打印件",
        "佐证、报送",
        Ends.LEAVING,
        YEARS_2,
        "随所属事项保存，到期去掉原来的文件名；没有用上的一天后删除，图片的拍摄信息一律去掉",
        ("files.person_id", "print_jobs.person_id"),
        "文件名和日期",
    ),
    Item(
        "P27",
        "任职提名的经过",
        "说明谁提名、谁接任",
        Ends.LEAVING,
        YEARS_2,
        "只记编号；随活动台账归档",
        ("seat_proposals.person_id", "seat_proposals.successor_id", "seat_proposals.proposer_id"),
        "与本人有关的提名",
    ),
    Item(
        "P24",
        "工作任务、报送、审核和延期",
        "说明谁办、谁审",
        Ends.LEAVING,
        YEARS_2,
        "只记编号；随活动台账归档",
        (
            "todos.person_id",
            "objections.contact",
            "text_checks.contact",
            "objections.answered_by",
            "text_checks.judged_by",
            "submissions.handed_in_by",
            "submissions.decided_by",
            "extensions.asked_by",
            "extensions.decided_by",
        ),
        "本人的任务",
    ),
    Item(
        "P23",
        "办理记录中的经办人编号",
        "查明谁在何时办了什么",
        Ends.LEAVING,
        YEARS_3,
        "只记编号不记姓名，记录本身不能删改",
        ("steps.who",),
        "本人办理的事项",
    ),
)

LABELS = {
    "name": "姓名",
    "public_form": "公开方式",
    "said_name": "申请时写的姓名",
    "branch_id": "党支部",
    "section_id": "科室",
    "body_id": "机构",
    "unit_id": "单位",
    "category": "党员类别",
    "joined_on": "入党时间",
    "left_on": "转出日期",
    "unbound_on": "解绑日期",
    "role": "职务类别",
    "title": "职务",
    "from_day": "起",
    "to_day": "止",
    "post_id": "岗位编号",
    "number": "窗口号",
    "code": "编号",
    "campaign": "活动",
    "theme": "主题",
    "content": "承诺内容",
    "measures": "措施",
    "standard": "标准",
    "deadline": "时限",
    "addressees": "承诺对象",
    "slogan": "口号",
    "state": "状态",
    "published_on": "公示日期",
    "opinion": "审核意见",
    "percent": "进度（%）",
    "day": "日期",
    "opened_on": "受理日期",
    "due": "期限",
    "answer": "答复",
    "form": "形式",
    "given_at": "同意时间",
    "ended_at": "撤回时间",
    "written_at": "发出时间",
    "ends_at": "到期时间",
    "used_at": "使用时间",
    "doubt": "核对原因",
    "asked_at": "申请时间",
    "size": "大小（字节）",
    "kept_at": "交来时间",
    "handed_in_at": "报送时间",
    "decided_at": "审核时间",
    "opens_on": "开始日期",
    "due_on": "截止日期",
    "until": "延至",
    "why": "说明",
    "seen_at": "最近使用",
    "login": "工作台账号",
}
"""Columns that the person's own export shows, and what they are called there."""

BACKUPS = "备份最多保存35天，所以已删除的内容最迟在删除后35天从备份中消失。"


def item(id: str) -> Item:
    return next(one for one in ITEMS if one.id == id)


def tables() -> frozenset[str]:
    """Every table that the list speaks of."""
    return frozenset(place.partition(".")[0] for one in ITEMS for place in one.places)
