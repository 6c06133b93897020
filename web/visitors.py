"""Who a browser is: a random device mark in a signed cookie, given only to somebody who rates; nothing else is known (F28)."""

import ipaddress
import secrets
from datetime import timedelta

from flask import Response, g, request
from itsdangerous import BadSignature, Signer

from domain.actor import NOBODY, Actor
from web import here

COOKIE = "liangnuo_device"
_SALT = "web.device"


def visitor() -> Actor:
    """The person at this browser: known by the device mark; a browser that sends a form gets a mark if it has none."""
    if "device" not in g:
        g.device = _read(request.cookies.get(COOKIE, "")) or (secrets.token_urlsafe(16) if request.method == "POST" else "")
    return Actor(rater=here.house().pseudonyms.rater(f"browser:{g.device}")) if g.device else NOBODY


def hand_out(response: Response) -> Response:
    """Put the mark into the answer to a rating, for as long as the rating may be changed and not a day longer."""
    house = here.house()
    keep = timedelta(days=house.settings.policy.change_term_days + 1)
    secure = house.settings.base_url.startswith("https://")
    response.set_cookie(COOKIE, _signer().sign(g.device).decode(), max_age=keep, path="/", httponly=True, samesite="Lax", secure=secure)
    return response


def network() -> str:
    """A keyed mark of the network address, for counters that live an hour at most; IPv6 by its /64, which one household shares."""
    return here.house().pseudonyms.contact("network", _network_of(request.remote_addr or ""))[:16]


def from_inside() -> bool:
    """Whether the request comes from this machine or a private network; a forwarded one whose proxy is not trusted never does."""
    if not here.house().settings.serve.trusted_proxies and ("X-Forwarded-For" in request.headers or "Forwarded" in request.headers):
        return False
    address = _address(request.remote_addr or "")
    return address is not None and (address.is_loopback or address.is_private)


def _signer() -> Signer:
    return Signer(here.house().settings.secret_key.get_secret_value(), salt=_SALT)


def _read(cookie: str) -> str:
    """The device mark of a cookie of ours; a forged or cut one is no mark at all."""
    if not cookie or len(cookie) > 200:
        return ""
    try:
        return _signer().unsign(cookie).decode("ascii")
    except (BadSignature, UnicodeDecodeError):
        return ""


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def _network_of(text: str) -> str:
    address = _address(text)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
