"""体检: what is wrong inside the house, each finding a sentence with what to do (R04, R31, 3.1)."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models import letters, rectifications
from services import figures, steps

_NEGATIVE = (1, 2)


def findings(db: Session, steps_key: bytes, now: datetime) -> list[str]:
    """Empty when all is well."""
    found = []
    verdict = steps.verify(db, steps_key)
    if verdict.broken is not None:
        found.append(f"办理记录第{verdict.broken}步对不上校验：记录被改动过，或 secret_key 换过。请保留现场，对照备份核查。")
    if verdict.lost:
        found.append(f"办理记录末尾缺少{verdict.lost}步：请对照备份核查。")
    wrong = figures.differences(db, now)
    if wrong:
        found.append(f"有{wrong}项评价合计与明细不符：请运行 python manage.py recount。")
    orphans = rectifications.without_one(db, _NEGATIVE)
    if orphans:
        found.append(f"有{len(orphans)}条差评没有整改单：请联系开发者。")
    stuck = letters.waiting_since(db, now - timedelta(hours=1))
    if stuck:
        found.append(f"有{stuck}封信件超过1小时没有结果：请确认时钟进程在运行（python manage.py clock）。")
    return found
