"""By-law: one row per deed; any line of a row is enough, every word of that line must hold; no line, no deed."""

from collections.abc import Callable
from enum import StrEnum

from domain.actor import NOTHING, About, Actor, Role
from domain.errors import NotAllowed, OwnWindow, Refusal

Word = Callable[[Actor, About], bool]


class Can(StrEnum):
    """Deeds. The value is what the office reads in docs/permissions.md."""

    BE_ANYONE = "看公开页面"
    RATE_WINDOW = "评价窗口，期限内修改自己的评价"
    SEE_OWN_RATINGS = "看自己的评价和进度"
    ASK_PROGRESS = "凭编号查进度"
    KEEP_FILE = "上传附件"
    SIGN_IN = "登录"
    DRAFT_PLEDGE = "起草承诺"
    SUBMIT_PLEDGE = "提交自己的承诺"
    REVIEW_PLEDGE = "审核党员承诺"
    APPROVE_UNIT_PLEDGE = "审定单位承诺"
    PUBLISH_PLEDGE = "公示承诺"
    READ_UNPUBLISHED = "看未公示的承诺"
    RETRACT_PLEDGE = "撤下公示的承诺"
    REPORT_FULFILMENT = "报告承诺兑现"
    CONFIRM_FULFILMENT = "核实承诺兑现"
    SEE_RELEASES = "看未兑现情况的公开提名"
    READ_RELEASE = "看一条公开提名"
    PROPOSE_RELEASE = "提名公开未兑现情况"
    ANSWER_RELEASE = "对公开提名说明情况"
    DECIDE_RELEASE = "批准公开未兑现情况"
    TAKE_BACK_RELEASE = "收回公开的未兑现情况"
    DRAFT_UNIT_PLEDGE = "起草单位承诺"
    COMPILE_PLEDGES = "汇总单位承诺"
    HANDLE_REVIEWS = "办理等自己审核、核实、公示的承诺"
    DO_RECTIFICATION = "办理限期整改"
    VERIFY_RECTIFICATION = "复核限期整改"
    READ_RECTIFICATION = "看限期整改的评价和办理"
    READ_CONTACT = "看差评里留下的联系方式（写明用途，留记录）"
    JUDGE_RECTIFICATION = "对自己差评的整改结果说满意不满意"
    SEE_FLAGS = "看疑似刷评的提示"
    CHECK_FLAG = "核查疑似刷评"
    ENTER_CARD = "登记群众意见卡"
    OBJECT = "对公示的承诺提出异议"
    READ_OBJECTION = "看异议原文"
    ANSWER_OBJECTION = "核实异议并写答复"
    RELEASE_ANSWER = "核定、退回异议答复"
    JUDGE_TEXT = "判断群众文字能否公开"
    KEEP_WORK = "维护重点工程和工期"
    ISSUE_PLATE = "发放、停用座牌"
    PRINT_BOARD = "打印公示板、电子屏文字，登记公示"
    EXPORT_LISTS = "导出台账、名单"
    SEE_POSTS = "看岗位、座牌和窗口"
    KEEP_DUTY = "安排岗位值守、交接"
    NAME_MODEL = "命名党员先锋岗、党员示范窗口"
    KEEP_WINDOWS = "维护窗口、岗位、服务事项"
    LOAD_CAMPAIGN = "设立和修改活动"
    SEE_TODOS = "看自己的待办"
    HAND_IN = "报送材料、撤回"
    READ_SUBMISSION = "看报送材料"
    DECIDE_SUBMISSION = "审核报送材料"
    ASK_EXTENSION = "申请延期"
    DECIDE_EXTENSION = "批复延期"
    SEE_SCHEDULE = "看配档表"
    KEEP_SCHEDULE = "改配档表，免办、暂停任务"
    SEE_ARREARS = "看各单位报送、逾期情况"
    URGE = "催办"
    KEEP_REGISTER = "维护机构、人员、窗口"
    KEEP_OWN_DATA = "绑定、解绑，选择公开方式，导出、删除自己的信息"
    INVITE_MEMBER = "开具绑定邀请码"
    CONFIRM_BINDING = "核对绑定申请"
    READ_PEOPLE = "看人员名单、机构和任职"
    READ_PHONE = "看完整手机号（写明原因，留记录）"
    PROPOSE_SEAT = "提名任职、免职和移交"
    DECIDE_SEAT = "批准任职、免职和移交"
    READ_STEPS = "查阅、校验办理记录"
    ALLOW_MESSAGES = "接受、拒绝订阅提醒"
    SEE_LETTERS = "看提醒信件和催办名单"
    CANCEL_LETTER = "取消、重发提醒信件"
    RUN_MACHINE = "运行和维护系统"
    SEE_MACHINE = "看系统状况"
    SEE_DESK = "登录工作台，看自己的待办"


# --- words -----------------------------------------------------------------------------------------------------------


def anyone(_actor: Actor, _about: About) -> bool:
    return True


def known_citizen(actor: Actor, _about: About) -> bool:
    return bool(actor.rater)


def not_own_window(actor: Actor, about: About) -> bool:
    return about.window_id not in actor.windows


def no_observer(actor: Actor, _about: About) -> bool:
    """审计员和运维人员 look on: they rate nothing."""
    return not any(seat.role in (Role.AUDITOR, Role.OPERATOR) for seat in actor.seats)


def a_member(actor: Actor, _about: About) -> bool:
    return actor.person_id is not None


def the_author(actor: Actor, about: About) -> bool:
    return actor.person_id is not None and actor.person_id == about.author_id


def not_author(actor: Actor, about: About) -> bool:
    return actor.person_id is not None and actor.person_id != about.author_id


def not_doer(actor: Actor, about: About) -> bool:
    """Whoever did the step before does not judge it."""
    return actor.person_id is not None and actor.person_id != about.doer_id


def not_subject(actor: Actor, about: About) -> bool:
    """Whom the deed is about stands aside: nobody gives himself a seat."""
    return actor.person_id is not None and actor.person_id not in about.subjects


def its_secretary(actor: Actor, about: About) -> bool:
    return any(seat.role is Role.BRANCH_SECRETARY and seat.body_id == about.branch_id for seat in actor.seats)


def own_window(actor: Actor, about: About) -> bool:
    return about.window_id is not None and about.window_id in actor.windows


def assigned_to_it(actor: Actor, about: About) -> bool:
    return actor.person_id is not None and about.assigned


def not_for_committee(_actor: Actor, about: About) -> bool:
    return not about.for_committee


def holds(role: Role) -> Word:
    def word(actor: Actor, _about: About) -> bool:
        return any(seat.role is role for seat in actor.seats)

    word.__name__ = f"on_{role.value}"
    return word


on_committee = holds(Role.COMMITTEE)
on_office = holds(Role.LEADING_OFFICE)
an_inspector = holds(Role.INSPECTOR)
an_auditor = holds(Role.AUDITOR)
an_operator = holds(Role.OPERATOR)


BYLAW: dict[Can, list[list[Word]]] = {
    Can.BE_ANYONE: [[anyone]],
    Can.RATE_WINDOW: [[known_citizen, not_own_window, no_observer]],  # 本人和本岗位除外 (R22)
    Can.SEE_OWN_RATINGS: [[known_citizen, no_observer]],
    Can.ASK_PROGRESS: [[anyone]],  # the answer holds a state and a date, nothing of the rater or the text
    Can.SIGN_IN: [[anyone]],
    Can.KEEP_FILE: [[a_member]],  # a file alone shows nothing to anybody: the deed that takes it in asks for its own right
    Can.DRAFT_PLEDGE: [[a_member]],
    Can.SUBMIT_PLEDGE: [[the_author], [assigned_to_it]],  # 单位承诺由本单位的人报
    Can.REVIEW_PLEDGE: [[its_secretary, not_author], [on_committee, not_author]],  # 谁也不能审自己的承诺
    Can.APPROVE_UNIT_PLEDGE: [[on_committee, not_author]],
    Can.PUBLISH_PLEDGE: [[its_secretary], [on_committee], [on_office]],
    Can.READ_UNPUBLISHED: [[the_author], [its_secretary], [on_committee], [on_office], [assigned_to_it], [an_auditor]],
    Can.RETRACT_PLEDGE: [[the_author], [its_secretary], [on_committee], [on_office]],  # 本人随时可以撤回公开的同意 (PIPL 15)
    Can.REPORT_FULFILMENT: [[the_author], [assigned_to_it]],
    Can.CONFIRM_FULFILMENT: [[its_secretary, not_author], [on_committee, not_author]],  # 自报与核实分开
    Can.SEE_RELEASES: [[on_committee], [on_office], [an_auditor]],
    Can.READ_RELEASE: [[the_author], [on_committee], [on_office], [an_auditor]],  # 本人先看到，先说明
    Can.PROPOSE_RELEASE: [[on_office, not_author]],
    Can.ANSWER_RELEASE: [[the_author]],
    Can.DECIDE_RELEASE: [[on_committee, not_author, not_doer]],  # 两个人：提名的不批准，本人不批准
    Can.TAKE_BACK_RELEASE: [[on_committee], [on_office]],
    Can.DRAFT_UNIT_PLEDGE: [[its_secretary], [on_office], [assigned_to_it]],  # 本科室（单位）的人
    Can.COMPILE_PLEDGES: [[its_secretary], [on_office]],
    Can.HANDLE_REVIEWS: [[its_secretary], [on_committee], [on_office]],  # 逐条再按上面各行核对
    Can.DO_RECTIFICATION: [[own_window], [its_secretary], [on_office]],
    Can.VERIFY_RECTIFICATION: [  # 谁整改谁不复核
        [on_committee, not_own_window, not_doer],
        [on_office, not_own_window, not_doer],
        [an_inspector, assigned_to_it, not_own_window, not_doer],
    ],
    Can.READ_RECTIFICATION: [[own_window], [its_secretary], [on_committee], [on_office], [an_auditor]],
    Can.READ_CONTACT: [[on_office, not_own_window]],  # 回访的人，不是被评价的窗口
    Can.JUDGE_RECTIFICATION: [[known_citizen, not_own_window, no_observer]],
    Can.SEE_FLAGS: [[on_committee], [on_office], [an_auditor]],
    Can.CHECK_FLAG: [[on_office, not_own_window]],  # 自己窗口的由别人核查
    Can.ENTER_CARD: [[on_office, not_own_window]],
    Can.OBJECT: [[known_citizen, no_observer]],
    Can.READ_OBJECTION: [[its_secretary, not_author], [on_committee, not_author], [on_office, not_author], [an_inspector, assigned_to_it]],
    Can.ANSWER_OBJECTION: [[its_secretary, not_author], [on_office, not_author]],  # 对自己承诺的异议，由别人核实
    Can.RELEASE_ANSWER: [[on_committee, not_author, not_doer], [on_office, not_author, not_doer]],  # 写的人不核定
    Can.JUDGE_TEXT: [[on_committee], [on_office]],
    Can.KEEP_WORK: [[its_secretary], [on_office]],
    Can.ISSUE_PLATE: [[its_secretary], [on_office]],
    Can.PRINT_BOARD: [[its_secretary], [on_committee], [on_office]],
    Can.EXPORT_LISTS: [[its_secretary], [on_committee], [on_office], [an_auditor]],
    Can.SEE_POSTS: [[its_secretary], [on_committee], [on_office], [an_auditor]],
    Can.KEEP_DUTY: [[its_secretary], [on_office]],
    Can.NAME_MODEL: [[on_committee], [on_office]],
    Can.KEEP_WINDOWS: [[on_office]],
    Can.LOAD_CAMPAIGN: [[on_office], [an_operator]],
    Can.SEE_TODOS: [[a_member]],
    Can.HAND_IN: [[assigned_to_it], [on_office]],  # the office takes in what comes on paper
    Can.READ_SUBMISSION: [[assigned_to_it], [its_secretary], [on_committee], [on_office], [an_auditor]],
    Can.DECIDE_SUBMISSION: [[its_secretary, not_author], [on_committee, not_author], [on_office, not_author, not_for_committee]],
    Can.ASK_EXTENSION: [[assigned_to_it]],
    Can.DECIDE_EXTENSION: [[on_committee, not_author], [on_office, not_author]],
    Can.SEE_SCHEDULE: [[a_member]],
    Can.KEEP_SCHEDULE: [[on_office]],
    Can.SEE_ARREARS: [[on_committee], [on_office], [an_inspector], [an_auditor]],
    Can.URGE: [[its_secretary], [on_committee], [on_office]],
    Can.KEEP_REGISTER: [[on_office], [an_operator]],
    Can.KEEP_OWN_DATA: [[known_citizen], [a_member]],
    Can.INVITE_MEMBER: [[its_secretary], [on_office]],
    Can.CONFIRM_BINDING: [[its_secretary, not_author], [on_office, not_author]],  # author: who is said to be the applicant
    Can.READ_PEOPLE: [[its_secretary], [on_committee], [on_office], [an_auditor]],
    Can.READ_PHONE: [[the_author], [on_office]],
    Can.PROPOSE_SEAT: [[on_office]],
    Can.DECIDE_SEAT: [[on_committee, not_author, not_subject]],  # two persons: who proposes does not decide
    Can.READ_STEPS: [[an_auditor]],
    Can.ALLOW_MESSAGES: [[known_citizen], [a_member]],
    Can.SEE_LETTERS: [[on_office], [an_operator]],
    Can.CANCEL_LETTER: [[on_office]],
    Can.RUN_MACHINE: [[an_operator]],
    Can.SEE_MACHINE: [[an_operator], [an_auditor]],
    Can.SEE_DESK: [[a_member]],
}

_OWN_REFUSALS: dict[Can, type[Refusal]] = {Can.RATE_WINDOW: OwnWindow}


def may(actor: Actor, deed: Can, about: About = NOTHING) -> bool:
    """Whether one line of the deed's row holds in every word."""
    return any(all(word(actor, about) for word in line) for line in BYLAW[deed])


def could(actor: Actor, deed: Can) -> bool:
    """Whether there can be a thing about which the by-law grants it to this person: what a page or a menu asks before it knows the thing."""
    authors, windows = (actor.person_id, -1), (*actor.windows, -1)
    bodies = {actor.branch_id, *(seat.body_id for seat in actor.seats), -1}
    return any(
        may(actor, deed, About(author_id, body_id, window_id, assigned))
        for author_id in authors
        for body_id in bodies
        for window_id in windows
        for assigned in (False, True)
    )


def admit(actor: Actor, deed: Can) -> None:
    """What a door asks, before anybody knows the thing. Raises `NotAllowed` where there can be none."""
    if not could(actor, deed):
        raise NotAllowed()


def ask(actor: Actor, deed: Can, about: About = NOTHING) -> None:
    """Raise `NotAllowed` (or the deed's own refusal) unless the by-law grants it."""
    if not may(actor, deed, about):
        wrong_self = about.window_id is not None and about.window_id in actor.windows
        raise (_OWN_REFUSALS.get(deed, NotAllowed) if wrong_self else NotAllowed)()
