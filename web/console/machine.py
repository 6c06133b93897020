"""系统状况: for who runs the machine: what answers, what queues, what is stuck; nothing of people, nothing to change (rule 2 of the matrix)."""

from flask import Response

from domain.letters import LetterState
from domain.permissions import Can
from services import gauges
from web import here
from web.console.drawing import draw
from web.console.room import Room
from web.errors import answers

room = Room("machine", "系统状况", rank=95)


@room.page("/", needs=Can.SEE_MACHINE, entry="系统状况")
def shown() -> Response:
    """Parts, queue, letters, and the settings that are no secret."""
    house, settings = here.house(), here.house().settings
    with house.database.reading() as db:
        read = gauges.read(db, house.now())
    parts = (("数据库", answers(house.database.ready)), ("缓存", answers(house.store.ready)))
    letters = [(LetterState(state).chinese, n) for state, n in sorted(read.letters.items())]
    facts = (
        ("运行方式", "正式" if settings.production else "试用"),
        ("数据库", "SQLite（单进程）" if settings.database.url.startswith("sqlite") else "PostgreSQL"),
        ("缓存", "Redis" if settings.redis.url else "进程内存"),
        ("工作进程", f"{settings.serve.workers}个，每个{settings.serve.threads}个线程"),
        ("服务号", "已配置" if settings.wechat.appid else "未配置"),
        ("小程序", "已配置" if settings.miniprogram.appid else "未配置"),
        ("网址", settings.base_url),
    )
    return draw("machine.html", parts=parts, queue=house.database.queue(), letters=letters, late=read.late, facts=facts)
