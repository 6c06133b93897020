"""Duty: which clock process this is, and whether it is the one on duty."""

import os
import secrets
import socket
from functools import cache

from domain.ports import House
from services import duty


@cache
def who_we_are() -> str:
    """This process: its machine, its number, and a mark that a restarted one in the same container does not have."""
    return f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"


def on_duty(house: House) -> bool:
    """Take or keep the duty. A standby asks twice a second and gets it when the other has been silent for three."""
    with house.database.transaction() as db:
        return duty.on_duty(db, who_we_are(), house.now())
