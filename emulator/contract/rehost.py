"""Sends what an SDK addresses to WeChat's hosts to the emulator: the base address is all that changes."""

import json
import os
import sys
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter

HOSTS = ("api.weixin.qq.com", "open.weixin.qq.com", "mp.weixin.qq.com")


class Rehost(HTTPAdapter):
    """Rewrites scheme and host; path, query and body stay as the SDK made them."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = urlsplit(base)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        parts = urlsplit(request.url or "")
        request.url = urlunsplit((self._base.scheme, self._base.netloc, parts.path, parts.query, ""))
        return super().send(request, *args, **kwargs)


def config() -> dict[str, Any]:
    """What the test hands over: base, service, mini, openid, template, codes."""
    given: dict[str, Any] = json.loads(os.environ["CONTRACT"])
    return given


def everywhere(base: str) -> None:
    """Mount the adapter on every session an SDK may open."""
    before = requests.Session.__init__

    def opened(self: requests.Session, *args: Any, **kwargs: Any) -> None:
        before(self, *args, **kwargs)
        for host in HOSTS:
            self.mount(f"https://{host}", Rehost(base))

    requests.Session.__init__ = opened  # type: ignore[method-assign]


def told(results: dict[str, Any]) -> None:
    json.dump(results, sys.stdout, ensure_ascii=False)
