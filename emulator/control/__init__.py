"""The control API under `/_emulator/`, for test code and for the phone page; one module per duty."""

import importlib

DUTIES = ("acting", "watching", "tuning", "making")


def load() -> None:
    for duty in DUTIES:
        importlib.import_module(f"emulator.control.{duty}")
