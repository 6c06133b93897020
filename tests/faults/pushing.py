"""A bureau of thousands with a phone each, letters to all of them, and senders that can be killed."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from domain.ports import House
from models.people import Contact, Person
from services import letters
from services.letters import Draft
from tests.conftest import AES_KEY
from tests.gateways.moody import Moody

ROOT = Path(__file__).parent.parent.parent
KIND = "pledge_submit"
FIRST = 1_000
"""Person ids of the phones begin here, behind the small bureau."""
APPID = "wx1234567890abcdef"


def account(server: Moody) -> dict[str, Any]:
    """The service account at this server, with one template for the letters."""
    known = {"appid": APPID, "secret": "s" * 32, "token": "bureau-token", "encoding_aes_key": AES_KEY}
    return known | {"api_base": server.base, "templates": {KIND: "TM1"}}


def openid(n: int) -> str:
    return f"o{n:027}"


def phones(house: House, many: int) -> None:
    """So many people who follow the account."""
    with house.database.transaction() as db:
        db.add_all([Person(id=FIRST + n, name="林知远") for n in range(many)])
        db.flush()
        for n in range(many):
            mark, sealed = house.pseudonyms.contact("service", openid(n)), house.sealer.seal(openid(n))
            db.add(Contact(mark=mark, account="service", openid_sealed=sealed, person_id=FIRST + n, follows=True))


def write(house: House, many: int, batch: str = "") -> None:
    """A letter to each of them."""
    with house.database.transaction() as db:
        drafts = [Draft(f"push:{batch}:{n}", KIND, {"pledge": "x"}, FIRST + n) for n in range(many)]
        letters.write_many(db, drafts, house.now())


def copies(server: Moody) -> Counter[str]:
    """openid → how often the other side was told."""
    return Counter(body.partition(b'"touser": "')[2].partition(b'"')[0].decode() for body in server.bodies)


def process(script: str, url: str, server: Moody, journal: Path, **more: str) -> "subprocess.Popen[bytes]":
    """A Python process of its own with the settings of the tests' house."""
    given = account(server)
    ours = {"SECRET_KEY": "k" * 40, "DATABASE__URL": url, "CLOCK__JOURNAL": str(journal), "CLOCK__PACE": "0", **more}
    ours |= {f"WECHAT__{name.upper()}": value for name, value in given.items() if isinstance(value, str)}
    ours["WECHAT__TEMPLATES"] = f'{{"{KIND}": "TM1"}}'
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LIANGNUO_")}
    environment = kept | {f"LIANGNUO_{key}": value for key, value in ours.items()}
    return subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
