"""The clock process: APScheduler ticks, tables decide; a job that fails is logged and ticks again."""

from collections.abc import Callable

import structlog
from apscheduler.schedulers.blocking import BlockingScheduler

from domain.ports import House
from scheduler.jobs import bind, deliver, draw, screen, tidy

log = structlog.get_logger()
JOBS: tuple[tuple[str, Callable[[House], object], float], ...] = (
    ("deliver", deliver.deliver, deliver.EVERY.total_seconds()),
    ("screen", screen.screen, screen.EVERY.total_seconds()),
    ("tidy", tidy.tidy, tidy.EVERY.total_seconds()),
    ("draw", draw.draw, draw.EVERY.total_seconds()),
    ("bind", bind.bind, bind.EVERY.total_seconds()),
)


def guarded(name: str, job: Callable[[House], object], house: House) -> Callable[[], None]:
    """The outermost edge of this door: a failing round is logged, the next one comes."""

    def run() -> None:
        try:
            job(house)
        except Exception:
            log.exception("job failed", job=name)

    return run


def run(house: House) -> None:
    """Tick until told to stop."""
    scheduler = BlockingScheduler(timezone="Asia/Shanghai", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600})
    for name, job, seconds in JOBS:
        scheduler.add_job(guarded(name, job, house), "interval", seconds=seconds, id=name, next_run_time=house.now())
    scheduler.start()
