"""配档表 on paper: the very table of the screen in the official layout, phases run together, for A4 or A3 across (A25, F03)."""

from datetime import date

from domain.listings import Cell, Column, Listing, Size, spoken
from services.schedule_table import Band, Entry, Table

_COLUMNS = (
    Column("阶段", 7, joined=True, centred=True),
    Column("序号", 3, centred=True),
    Column("工作任务", 16),
    Column("责任单位（人）", 9, centred=True),
    Column("时间要求", 9, centred=True),
    Column("截止日期", 9, centred=True),
    Column("提交材料", 8, centred=True),
    Column("报送、审定", 8, centred=True),
    Column("进展", 8, centred=True),
)
_OTHERS = "其他"


def listing(table: Table, bureau: str, today: date, size: Size = Size.A4) -> Listing:
    """One row for each task, phase by phase; what belongs to no phase stands at the end."""
    rows: list[tuple[Cell, ...]] = []
    for band in (*table.bands, None):
        for entry in table.of_phase(band.no if band else 0):
            rows.append((_phase(band), len(rows) + 1, *_words(entry)))
    under = "\u3000".join(part for part in (bureau, table.document_no, f"{spoken(today)}印制") if part)
    notes = ("“时间要求”是文件原文，“截止日期”是按原文推算的最后一天；文件没有写明日子的，注“最迟”。",)
    return Listing(f"{table.title}配档表", _COLUMNS, tuple(rows), under, notes, size, landscape=True)


def _phase(band: Band | None) -> str:
    return "\n".join(part for part in (band.name, band.wording) if part) if band else _OTHERS


def _words(entry: Entry) -> tuple[Cell, ...]:
    title = f"{entry.title}（{entry.track}）" if entry.track else entry.title
    approver = f"{entry.approver}审定" if entry.approver else ""
    handed = "\n".join(part for part in (entry.report_to, approver) if part)
    return (title, entry.who, entry.wording or ("经常性" if entry.standing else ""), _day(entry), entry.deliverable, handed, entry.state)


def _day(entry: Entry) -> Cell:
    if entry.standing or entry.due_on is None:
        return "经常性"
    return entry.due_on if entry.firm else f"最迟\n{spoken(entry.due_on)}"
