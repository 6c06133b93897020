"""The platform's paths, one module per chapter of the contract; `load` names those that fill `desk.CALLS`."""

import importlib

CHAPTERS = ("credentials", "kf", "template", "subscribe", "menu", "qrcode", "mini")


def load() -> None:
    for chapter in CHAPTERS:
        importlib.import_module(f"emulator.api.{chapter}")
