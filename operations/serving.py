"""The web processes: gunicorn keeps them, uvicorn answers in each (decision 19)."""

import socket
from typing import Any

import click
import structlog
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from uvicorn_worker import UvicornWorker

import app
import front
from gateways.logs import for_server
from operations.entrance import enter
from operations.listening import Listener
from settings import Settings, SettingsFault, load

log = structlog.get_logger()
_BACKLOG = 1024


class Worker(UvicornWorker):  # type: ignore[misc]
    """One web process."""

    CONFIG_KWARGS: dict[str, Any] = {
        "loop": "uvloop",
        "http": Listener,
        "ws": "none",
        "lifespan": "off",
        "proxy_headers": False,
        "server_header": False,
        "access_log": False,
    }

    def load_wsgi(self) -> None:
        super().load_wsgi()
        front.settle()


class Keeper(Arbiter):
    """Keeps the workers alive, and changes them when told to."""

    def handle_hup(self) -> None:
        """Change the workers, each reading the settings anew; while those are faulty, today's workers stay."""
        try:
            load()
        except SettingsFault as fault:
            log.error("settings are faulty, the workers stay", faults=fault.faults)
        else:
            super().handle_hup()


class Service(BaseApplication):
    """What gunicorn is to keep. Each worker builds its own house."""

    def __init__(self, workers: int, door: int) -> None:
        self._workers, self._door = workers, door
        super().__init__()

    def load_config(self) -> None:
        given = {
            "bind": f"fd://{self._door}",
            "workers": self._workers,
            "worker_class": Worker,
            "backlog": _BACKLOG,
            "graceful_timeout": 10,
            "keepalive": 75,
            "control_socket_disable": True,
            "logconfig_dict": {"root": {"level": "WARNING", "handlers": ["line"]}, **for_server("gunicorn.error")},
        }
        for name, value in given.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return app.serve()

    def run(self) -> None:
        Keeper(self).run()


def serve(settings: Settings) -> None:
    """Serve until told to stop. The house built here connects to nothing and is thrown away: what it loads, drivers too, a worker that
    starts anew has already (decision 10).
    """
    app.build(settings)
    Service(settings.serve.workers, door_at(settings.serve.host, settings.serve.port)).run()


def door_at(host: str, port: int) -> int:
    """All workers listen at one door, told by its number, which gunicorn closes in the end; a second service may stand at the same address
    while it takes over from the first (README).
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG, reuse_port=True).detach()
    except OSError as fault:
        told = f"不能在 {host}:{port} 上提供服务（{fault.strerror}）。请结束占用这个端口的程序，或改 config.yaml 的 serve.port。"
        raise click.ClickException(told) from None


@click.command(help="提供服务：公众号回调、小程序接口、公开页面。")
def command() -> None:
    serve(enter())
