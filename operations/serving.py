"""The web processes, behind granian."""

from collections import deque
from collections.abc import Callable
from typing import Any

import click
import structlog
from granian import Granian
from granian.constants import Interfaces

from app import build
from gateways.logs import for_server
from operations.entrance import enter
from settings import Settings, SettingsFault, load

log = structlog.get_logger()


class Respawns(dict[int, float]):
    """When each worker was last started anew. Granian ends the whole service when one worker dies twice within 5.5 s; two kills in
    a row (out of memory, say) must not close the window. Only a real crash loop, `MOST` restarts within a minute, is let through.
    """

    MOST = 60

    def __init__(self) -> None:
        super().__init__()
        self._lately: deque[float] = deque(maxlen=self.MOST)

    def __setitem__(self, worker: int, at: float) -> None:
        self._lately.append(at)
        if len(self._lately) == self.MOST and at - self._lately[0] < 60:
            super().__setitem__(worker, at)


def careful(change: Callable[..., None]) -> Callable[..., None]:
    """What SIGHUP does: `change` the workers one by one, each reading the settings anew; while those are faulty, today's workers stay."""

    def hear(*told: Any) -> None:
        try:
            load()
        except SettingsFault as fault:
            log.error("settings are faulty, the workers stay", faults=fault.faults)
        else:
            change(*told)

    return hear


def serve(settings: Settings) -> None:
    """Serve until told to stop; each worker builds its own house. The one built here connects to nothing and is thrown away: what it
    loads, drivers too, a worker that starts anew has already (decision 10).
    """
    build(settings)
    granian = Granian(
        "app:serve",
        factory=True,
        interface=Interfaces.RSGI,
        address=settings.serve.host,
        port=settings.serve.port,
        workers=settings.serve.workers,
        backlog=1024,
        backpressure=1024,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        websockets=False,
        log_access=False,
        log_enabled=True,
        log_dictconfig=for_server("_granian"),
    )
    granian.respawned_wrks = Respawns()
    granian.signal_handler_reload = careful(granian.signal_handler_reload)  # type: ignore[method-assign]
    granian.serve()


@click.command(help="提供服务：公众号回调、小程序接口、公开页面。")
def command() -> None:
    serve(enter())
