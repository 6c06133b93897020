"""The platform's paths, one module per chapter of the contract; `load` names those that fill `desk.CALLS`."""

import importlib

CHAPTERS = (
    "credentials",
    "menu",
    "qrcode",
    "template",
    "subscribe",
    "kf",
    "users",
    "oauth",
    "jssdk",
    "mini",
    "codes",
    "links",
    "safety",
    "limits",
    "media",
)


def load() -> None:
    for chapter in CHAPTERS:
        importlib.import_module(f"emulator.api.{chapter}")
