"""The real service on a free port, with a small bureau in it, for the real client to call."""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from werkzeug.serving import make_server

from tests.bureau import Bureau
from tests.miniapp_api.conftest import MINIPROGRAM, jscode2session
from tests.miniprogram.node import Node, find, install

__all__ = ["jscode2session"]


@pytest.fixture
def given(jscode2session: str) -> dict[str, Any]:
    return {"miniprogram": MINIPROGRAM | {"api_base": jscode2session}}


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
