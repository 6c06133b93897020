"""邀请链接 /i/…: how to bind with the code in the address; the page is the same for every code, so that it tells a guesser nothing."""

from flask import Blueprint, Response

from domain import invitations
from domain.permissions import Can
from web import throttle
from web.deeds import needs
from web.drawing import draw, fresh

pages = Blueprint("web_invitations", __name__)


@pages.get("/i/<said>")
@needs(Can.BE_ANYONE)
def invitation(said: str) -> Response:
    """What somebody sees who scans the secretary's QR outside our own account."""
    throttle.pages()
    code = invitations.plain(said[:40])
    return fresh(draw("invitation.html", code=invitations.spaced(code) if invitations.is_code(code) else ""))
