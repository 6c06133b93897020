"""The laws of design.md 2 hold, and each of them is seen to fail when it is broken on purpose."""

from pathlib import Path

import pytest

from tests.architecture import Source, breaches, cycles, sources

ROOT = Path(__file__).parent.parent


def test_every_file_keeps_the_laws() -> None:
    assert [breach for source in sources(ROOT) for breach in breaches(source)] == []


def test_no_room_can_reach_itself() -> None:
    assert cycles(ROOT) == []


def test_there_is_a_house_to_look_at() -> None:
    rooms = {source.room for source in sources(ROOT)}
    assert {"bot", "miniapp_api", "web", "scheduler", "services", "models", "gateways", "domain", "emulator", "app", "manage"} <= rooms


BROKEN = {
    "a door sees a table": ("bot/x.py", "from models import people"),
    "a door sees another door": ("web/x.py", "import bot"),
    "a service sees a gateway": ("services/x.py", "from gateways import clock"),
    "a service sees Flask": ("services/x.py", "import flask"),
    "a service opens a socket": ("services/x.py", "import socket"),
    "a table sees a service": ("models/x.py", "import services"),
    "a gateway sees a table": ("gateways/x.py", "import models"),
    "a rule sees a table": ("domain/x.py", "import models.people"),
    "a carrier sees a service": ("carriers/x.py", "import services"),
    "the emulator sees a room": ("emulator/x.py", "import domain"),
    "a room sees the emulator": ("services/x.py", "import emulator"),
    "a bench sees a room": ("bench/x.py", "from services import ratings"),
    "a migration sees a table": ("migrations/x.py", "import models"),
    "wechatpy outside its rooms": ("services/x.py", "import wechatpy"),
    "redis outside gateways": ("web/x.py", "import redis"),
    "apscheduler outside the clock": ("services/x.py", "import apscheduler"),
    "SQL outside models": ("services/x.py", "found = db.execute(select(Rating))"),
    "the time outside the clock": ("services/x.py", "now = datetime.now()"),
    "a commit outside the database": ("services/x.py", "db.commit()"),
    "a state outside moves": ("services/x.py", "pledge.state = 'published'"),
    "a late import": ("services/x.py", "def f() -> None:\n    import os\n"),
    "a vague name": ("services/utils.py", "x = 1"),
}


@pytest.mark.parametrize(("path", "text"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_law_is_seen(path: str, text: str) -> None:
    assert list(breaches(Source(Path(path), path.split("/")[0], text)))
