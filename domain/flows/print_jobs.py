"""打印任务 print_job: asked for at the console, drawn by the clock, kept for some days, then gone (F19)."""

from enum import StrEnum

from domain.flow import Flow, row
from domain.permissions import Can


class PrintJobState(StrEnum):
    QUEUED = "queued"
    DRAWING = "drawing"
    READY = "ready"
    FAILED = "failed"
    GONE = "gone"


S = PrintJobState
PRINT_JOBS = Flow(
    thing="print_job",
    chinese="打印任务",
    start=S.QUEUED,
    names={S.QUEUED: "排队中", S.DRAWING: "正在生成", S.READY: "可以下载", S.FAILED: "没有打印成", S.GONE: "已过期清除"},
    rows=(
        #   verb       中文          from         to          who may
        row("draw", "开始生成", [S.QUEUED], S.DRAWING, Can.RUN_MACHINE),
        row("finish", "生成完毕", [S.DRAWING], S.READY, Can.RUN_MACHINE),
        row("fail", "生成不了", [S.QUEUED, S.DRAWING], S.FAILED, Can.RUN_MACHINE),
        row("retake", "中断后重排", [S.DRAWING], S.QUEUED, Can.RUN_MACHINE),
        row("expire", "到期清除", [S.READY], S.GONE, Can.RUN_MACHINE),
    ),
)
