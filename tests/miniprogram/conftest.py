"""The real service on a free port, with a small bureau in it, for the real client to call."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from werkzeug.serving import make_server

import app
from domain.ports import House
from operations.schema import migrate
from tests.bureau import Bureau
from tests.conftest import Clock, settings_for
from tests.miniapp_api.conftest import MINIPROGRAM, jscode2session
from tests.miniprogram.node import Node, find, install

__all__ = ["jscode2session"]


@pytest.fixture
def house(clock: Clock, tmp_path: Path, jscode2session: str) -> Iterator[House]:
    settings = settings_for(f"sqlite:///{tmp_path}/liangnuo.db", miniprogram=MINIPROGRAM | {"api_base": jscode2session})
    built = app.build(settings, clock.now)
    migrate(built)
    yield built
    built.database.close()  # type: ignore[attr-defined]


@pytest.fixture
def service(application: Any, bureau: Bureau) -> Iterator[str]:
    """The address of the running service."""
    server = make_server("127.0.0.1", 0, application, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def node() -> Node:
    """Node with the client's packages installed."""
    found = find()
    install(found)
    return found
