"""What this door was given: the house, the sheets it keeps, its files; and the register as it stands now."""

from datetime import date
from typing import cast

from flask import current_app

from domain.calendar import local_day
from domain.ports import House
from services import register as registers
from services.register import Register
from web.assets import Assets
from web.sheets import Shelf


def house() -> House:
    return cast(House, current_app.extensions["house"])


def shelf() -> Shelf:
    return cast(Shelf, current_app.extensions["web_shelf"])


def assets() -> Assets:
    return cast(Assets, current_app.extensions["web_assets"])


def today() -> date:
    """The bureau's day."""
    return local_day(house().now())


def register() -> Register:
    """The register of this edition and day."""
    with house().database.reading() as db:
        return registers.current(db, today())
