"""Who a notice speaks of: its words for bodies and people, and the role each stands for (vocabulary.md)."""

import re

ROLES: tuple[tuple[str, str, str], ...] = (
    ("leading_office", "领导小组办公室", r"(?:活动)?领导小组办公室|活动办公室|活动办"),
    ("leading_group", "领导小组", r"(?:活动)?领导小组"),
    ("branch_secretary", "党支部书记", r"(?:各)?(?:党)?支部书记|党支部负责人|党组织书记|党组织主要负责人"),
    (
        "section",
        "科室(单位)",
        r"(?:各|机关|相关|有关|职能|宣教|人秘|业务)*科室(?:\(单位\))?|宣教科|人秘科|职能单位(?:\(科室\))?|各?股室|直属单位|局属单位",
    ),
    ("committee", "局党委", r"(?:局|系统|县局|单位)?党(?:委|组)(?!织|书记|班子|副|会)"),
    ("service_window", "窗口单位", r"(?:服务)?窗口(?:服务)?单位|各?服务窗口|各窗口"),
    ("branch", "党支部", r"(?:局属|各|所在|所属|基层|全局|企业|机关|事业)*(?:党支部|支部|单位党组织|(?<!基层)党组织)|志愿服务队"),
    ("member", "党员", r"(?:全体|广大|各位|每名|全局)*党员(?:干部)?(?!大会|志愿|先锋|示范|活动室|之家|代表)"),
)
"""(role, name in the draft, words). In this order: “领导小组办公室” is not “领导小组”, “党支部书记” is not “党支部”."""

NAMES = {role: name for role, name, _ in ROLES}
_WORDS = re.compile("|".join(f"(?P<{role}>{words})" for role, _, words in ROLES))


def roles_in(text: str) -> list[tuple[int, int, str]]:
    """(begin, end, role) of everybody a text names, in its order."""
    return [(found.start(), found.end(), str(found.lastgroup)) for found in _WORDS.finditer(text)]


def doer(text: str) -> str:
    """Who is to do what a text says: after “由”, else the first one named before its verb; “” when it names nobody."""
    by = re.search(rf"由(?:{_WORDS.pattern})", text)
    if by:
        return str(by.lastgroup)
    named = roles_in(text)
    return next((role for begin, _, role in named if not _is_object(text, begin)), "")


def _is_object(text: str, begin: int) -> bool:
    """Whether who stands here is only spoken to or of: 报局党委, 向群众, 对党员, 组织党员, 把党员."""
    return bool(re.search(r"(?:报|向|对|经|按照|组织|深入|把|将|为|在|使|和|与|引导|带动)(?:各自|局|活动|所属)?$", text[:begin]))
