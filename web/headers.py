"""Headers every answer carries: what a browser may load, frame, guess and tell others (ASVS 3.4; R37)."""

from flask import Blueprint, Response

pages = Blueprint("web_headers", __name__)

ALWAYS = {
    # WeUI keeps its icons as data: pictures inside the style sheet; nothing else comes from outside our own host.
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: browsers would then send our own forms with `Origin: null`, and guard.py could not know them.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
}


@pages.after_app_request
def dress(response: Response) -> Response:
    """What a view has set itself stays."""
    headers = response.headers
    for name, value in ALWAYS.items():
        if name not in headers:
            headers[name] = value
    return response
