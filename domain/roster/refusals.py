"""Refusals of lists and of the files they come in."""

from domain.errors import Invalid, Unknown, WrongMoment


class NoSuchFile(Unknown):
    code = "no_such_file"
    sentence = "“{said}”不存在或不能读写，请核对文件的位置和权限。"


class SheetUnreadable(Invalid):
    code = "sheet_unreadable"
    sentence = "“{said}”打不开：不是表格，或者已损坏。请用表格软件另存为 xlsx 或 csv 后再试。"
    field = "file"


class SheetLocked(Invalid):
    code = "sheet_locked"
    sentence = "“{said}”有打开密码，请去掉密码、另存后再试。"
    field = "file"


class SheetTooLarge(Invalid):
    code = "sheet_too_large"
    sentence = "“{said}”太大：{limit}。请只留党员名单，另存后再试。"
    field = "file"


class SheetEmpty(Invalid):
    code = "sheet_empty"
    sentence = "“{said}”里没有内容，请核对是不是选错了文件。"
    field = "file"


class NoMembersFound(Invalid):
    code = "no_members_found"
    sentence = "没有读到党员：表头里要有“姓名”和“党支部”，表头下面每人一行。请改好后再试。"
    field = "file"


class NotWaiting(Unknown):
    code = "not_waiting"
    sentence = "“{said}”不在待确认的行里，请按预览里的单元格写，例如：--accept A12。"


class RosterHasFaults(WrongMoment):
    code = "roster_has_faults"
    sentence = "名单里还有{n}处错误，这时不能登记离开的人。请先改好，再加 --leavers 导入。"
