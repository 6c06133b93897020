"""Who is signed in at this browser: a cookie with a random token; the person's seats are read anew at every request (R28, R30)."""

from typing import cast

from flask import Response, g, request

from domain.actor import Actor
from domain.permissions import Can, admit
from services import desk_sessions
from services.desk_sessions import LONGEST, SignedIn
from web import here

_LONGEST_TOKEN = 100


def me() -> Actor:
    """The person at the console. Raises `NotSignedIn`."""
    return signed_in().actor


def signed_in() -> SignedIn:
    """Raises `NotSignedIn`."""
    if "signed_in" not in g:
        house = here.house()
        with house.database.reading() as db:
            found = desk_sessions.behind(db, token(), here.register(), house.now())
        if found.stale:
            with house.database.transaction() as db:
                desk_sessions.touch(db, found.digest, house.now())
        g.signed_in = found
    return cast(SignedIn, g.signed_in)


def enter(needs: Can) -> None:
    """Go on only if somebody is signed in who could do this. Raises `NotSignedIn`, `NotAllowed`."""
    admit(me(), needs)


def token() -> str:
    """What the cookie says; “” for none."""
    said = request.cookies.get(cookie(), "")
    return said if len(said) <= _LONGEST_TOKEN else ""


def hand_out(response: Response, token: str) -> Response:
    """Sign this browser in."""
    response.set_cookie(cookie(), token, max_age=LONGEST, path="/", httponly=True, samesite="Lax", secure=_by_https())
    return response


def take_back(response: Response) -> Response:
    """Sign this browser out."""
    response.delete_cookie(cookie(), path="/", httponly=True, samesite="Lax", secure=_by_https())
    return response


def cookie() -> str:
    """Under https a name that no other host and no plain page can set."""
    return "__Host-liangnuo_desk" if _by_https() else "liangnuo_desk"


def _by_https() -> bool:
    return str(here.house().settings.base_url).startswith("https://")
