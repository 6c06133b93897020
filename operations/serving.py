"""Start a part: the web processes behind granian, or the clock."""

from granian import Granian
from granian.constants import Interfaces

import app
from domain.ports import House
from gateways import logs
from scheduler import clock as ticking
from settings import Settings


def serve(settings: Settings) -> None:
    """Serve until told to stop; each worker builds its own house."""
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
    )
    granian.serve()


def clock(house: House) -> None:
    """Tick until told to stop. The schema is brought up first, so that a fresh machine needs no order of starting."""
    logs.set_up()
    app.migrate(house)
    ticking.run(house)
