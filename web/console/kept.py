"""What a person had filled in when the session ended: it travels through the sign-in page in hidden fields, and nowhere else."""

from flask import request

_PREFIX = "kept:"
_HOME = "/console/"


def fields() -> list[tuple[str, str]]:
    """The fields of the form that was sent; what was typed to sign in is never handed back."""
    if request.method != "POST" or request.blueprint == "web_console_signing_in":
        return []
    return list(request.form.items(multi=True))


def carried() -> list[tuple[str, str]]:
    """The same on their way through the sign-in page."""
    return [(name.removeprefix(_PREFIX), value) for name, value in request.form.items(multi=True) if name.startswith(_PREFIX)]


def hidden(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """As the sign-in page carries them."""
    return [(_PREFIX + name, value) for name, value in pairs]


def onward() -> str:
    """Where to go after signing in: a page of the console, and no other."""
    said = request.values.get("onward", "")
    return said if said.startswith("/console/") and "//" not in said and "\\" not in said else _HOME
