"""The clock process: APScheduler ticks, tables decide; a job that fails is logged and ticks again."""

import os
import signal
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from domain.ports import House
from scheduler.duty import on_duty
from scheduler.jobs import bind, deliver, draw, remind, screen, tidy
from services import duty

log = structlog.get_logger()
JOBS: tuple[tuple[str, Callable[[House], object], float], ...] = (
    ("deliver", deliver.deliver, deliver.EVERY.total_seconds()),
    ("remind", remind.remind, remind.EVERY.total_seconds()),
    ("screen", screen.screen, screen.EVERY.total_seconds()),
    ("tidy", tidy.tidy, tidy.EVERY.total_seconds()),
    ("draw", draw.draw, draw.EVERY.total_seconds()),
    ("bind", bind.bind, bind.EVERY.total_seconds()),
)


BEAT = 0.5
"""Seconds between two looks at the duty."""
_KEPT = timedelta(seconds=1)
"""The clock on duty renews it no more often than this: only a standby has to be quick."""


def guarded(name: str, job: Callable[[House], object], house: House) -> Callable[[], None]:
    """The outermost edge of this door: a failing round is logged, the next one comes."""

    def run() -> None:
        try:
            job(house)
        except Exception:
            log.exception("job failed", job=name)

    return run


class Watch:
    """Whether this clock is on duty: it is as long as the duty it took last runs; the jobs of a standby do nothing."""

    def __init__(self, house: House) -> None:
        self._house, self._until = house, datetime.min.replace(tzinfo=UTC)
        self._said: bool | None = None

    @property
    def on_duty(self) -> bool:
        return self._house.now() < self._until

    def beat(self) -> None:
        """Take or keep the duty. While the database is asked, and when it does not answer, the duty taken before runs on to its end."""
        now = self._house.now()
        if self._until - now > duty.TERM - _KEPT:
            return
        self._until = now + duty.TERM if on_duty(self._house) else now
        if self.on_duty is not self._said:
            self._said = self.on_duty
            log.info("on duty" if self.on_duty else "standing by")

    def leave(self) -> None:
        """Take no more."""
        self._until = self._house.now()

    def kept(self, job: Callable[[House], object]) -> Callable[[House], object]:
        """The job, when on duty. Delivering may take long: it asks now and then whether it still is."""
        able: Callable[[House], object] = partial(deliver.deliver, may_go_on=lambda: self.on_duty) if job is deliver.deliver else job
        return lambda house: able(house) if self.on_duty else None


def _asked_to_stop() -> int:
    """A pipe into which SIGTERM and Ctrl-C put a byte. No handler does more than that: it may come while its thread holds any lock, and
    would wait for itself, or just before that thread falls asleep, and nobody would hear it.
    """
    asked, told = os.pipe()
    os.set_blocking(told, False)
    signal.set_wakeup_fd(told)
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda _signal, _frame: None)
    return asked


def run(house: House, jobs: Sequence[tuple[str, Callable[[House], object], float]] = JOBS) -> None:
    """Tick until told to stop. On SIGTERM the letters in hand are carried to their end, and no more are taken."""
    asked = _asked_to_stop()
    defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600}
    scheduler, watch = BackgroundScheduler(timezone="Asia/Shanghai", job_defaults=defaults), Watch(house)
    guarded("beat", lambda _: watch.beat(), house)()
    scheduler.add_job(guarded("beat", lambda _: watch.beat(), house), "interval", seconds=BEAT, id="beat")
    for name, job, seconds in jobs:
        scheduler.add_job(guarded(name, watch.kept(job), house), "interval", seconds=seconds, id=name, next_run_time=house.now())
    scheduler.start()
    os.read(asked, 1)
    watch.leave()
    scheduler.shutdown()
