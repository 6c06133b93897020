"""Forms are taken only from our own pages (CSRF): the device cookie is SameSite=Lax, and the sender's host is looked at."""

from urllib.parse import urlsplit

from flask import request

from web import here
from web.refusals import FromElsewhere


def own_pages_only(*, said_aloud: bool = False) -> None:
    """Raises `FromElsewhere`. Old browsers say nothing about the sender: without our cookie they can only rate as anybody can.
    With `said_aloud` silence is refused as well: the console's browsers are known, and act for more than themselves.
    """
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        raise FromElsewhere()
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if said_aloud and source is None and "Sec-Fetch-Site" not in request.headers:
        raise FromElsewhere()
    if source is not None and _host(source) not in (request.host, _host(here.house().settings.base_url)):
        raise FromElsewhere()


def _host(address: str) -> str:
    """Host and port of an address; “” for `null` and for what is no address."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""
