"""Names in public: the member chooses the form; the least is the default (P03, PIPL 25)."""

_COMPOUND = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒")
    + ("令狐", "端木", "百里", "南宫", "西门", "东郭", "长孙", "宇文", "鲜于", "第五", "钟离")
)


def surname(name: str) -> str:
    return name[:2] if name[:2] in _COMPOUND and len(name) > 2 else name[:1]


FORMS = {"full": "公开姓名", "surname": "只公开姓氏", "post": "不公开姓名，只显示岗位"}
"""Forms a member may choose from, and what they are called."""


MEMBERSHIP = "identity_display"
"""亮身份: consent, apart from that for the name, to be shown as a Party member where one is on duty (P04, PIPL 29)."""


def public_name(name: str, form: str) -> str:
    """`full` the whole name, `surname` “欧阳同志”, anything else only “值守人员”."""
    if form == "full":
        return name
    return f"{surname(name)}同志" if form == "surname" else "值守人员"


def masked(name: str) -> str:
    """张*三, 张*: for lists of the office where the whole name is not needed."""
    return name[0] + "*" * (len(name) - 2) + name[-1] if len(name) > 2 else name[0] + "*"


def seat_name(body: str, title: str) -> str:
    """“窗口党支部” and “党支部书记” as one says them: “窗口党支部书记”."""
    shared = next((n for n in range(len(title), 1, -1) if body.endswith(title[:n])), 0)
    return body + title[shared:]
