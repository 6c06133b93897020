"""The laws of design.md 2 and the sizes of style.md 3 hold, and each of them is seen to fail when it is broken on purpose."""

from pathlib import Path
from statistics import median

import pytest

from tests.architecture import DEEPEST, MAY, NETWORK, ONLY_IN, OURS, Source, breaches, cycles, functions, length, sizes, sources, stories

ROOT = Path(__file__).parent.parent
HOUSE = list(sources(ROOT))


def test_every_file_keeps_the_laws() -> None:
    assert [breach for source in HOUSE for breach in breaches(source)] == []


def test_no_room_can_reach_itself() -> None:
    assert cycles(ROOT) == []


def test_there_is_a_house_to_look_at() -> None:
    rooms = {source.room for source in HOUSE}
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
    "a late import by name": ("services/x.py", "flask = Late('flask')"),
    "a transaction outside models": ("web/x.py", "with engine.begin() as connection:\n    pass"),
    "a rollback outside the database": ("services/x.py", "db.rollback()"),
    "an update outside models": ("web/x.py", "db.execute(update(Rating))"),
    "SQL as text outside models": ("web/x.py", 'db.execute(text("DELETE FROM x"))'),
    "the day outside the clock": ("domain/x.py", "today = date.today()"),
    "a vague name": ("services/utils.py", "x = 1"),
    "another vague name": ("web/letter_manager.py", "x = 1"),
}


@pytest.mark.parametrize(("path", "text"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_law_is_seen(path: str, text: str) -> None:
    assert list(breaches(Source(Path(path), path.split("/")[0], text)))


def said(room: str, text: str) -> list[str]:
    return list(breaches(Source(Path(f"{room}/x.py"), room, text)))


def test_every_way_that_is_not_open_is_seen() -> None:
    """Each room towards each other one."""
    closed = [(room, other) for room in MAY for other in OURS - MAY[room] - {room}]
    assert [way for way in closed if f"{way[0]}/x.py: {way[0]} must not import {way[1]}" not in said(way[0], f"import {way[1]}.some_part")] == []
    assert [(room, other) for room in MAY for other in MAY[room] if said(room, f"import {other}.some_part")] == []
    assert len(closed) > 150


def test_every_library_is_seen_outside_its_rooms() -> None:
    rooms = {*MAY, "app", "manage", "operations"} - {"emulator"}
    strange = [(library, room) for library, own in ONLY_IN.items() for room in rooms - own]
    assert [one for one in strange if not any("belongs to" in breach for breach in said(one[1], f"from {one[0]} import part"))] == []
    assert [(name, room) for name in NETWORK for room in ("domain", "services", "carriers", "models") if not said(room, f"import {name}")] == []


def test_two_rooms_in_a_circle_are_seen(tmp_path: Path) -> None:
    for room, other in (("services", "models"), ("models", "domain"), ("domain", "services")):
        (tmp_path / room).mkdir()
        (tmp_path / room / "x.py").write_text(f"import {other}.x\n")
    assert sorted(cycles(tmp_path)) == ["domain", "models", "services"]


def test_nothing_is_too_long_or_too_deep() -> None:
    assert [fault for source in (*HOUSE, *stories(ROOT)) for fault in sizes(source)] == []


def test_most_is_as_short_as_the_style_says() -> None:
    """Files about 60 lines, rarely over 160; functions about 6, rarely over 15."""
    files, spans = [len(one.text.splitlines()) for one in HOUSE], [length(function) for one in HOUSE for function in functions(one)]
    assert median(files) < 80
    assert sum(lines > 160 for lines in files) <= len(files) / 8
    assert median(spans) <= 6
    assert sum(lines > 15 for lines in spans) <= len(spans) / 12


DEEP = "\n".join("    " * (n + 1) + "if x:" for n in range(DEEPEST + 1))
TOO_MUCH = {
    "a long file": ("services/x.py", "x = 1\n" * 301),
    "a long function": ("services/x.py", "def f() -> None:\n" + "    x = 1\n" * 40),
    "a deep function": ("services/x.py", f"def f() -> None:\n{DEEP}\n{'    ' * (DEEPEST + 2)}pass\n"),
    "an argument without its kind": ("services/x.py", "def f(x) -> None:\n    pass\n"),
    "an answer without its kind": ("services/x.py", "def f():\n    pass\n"),
}


@pytest.mark.parametrize(("path", "text"), TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_too_much_is_seen(path: str, text: str) -> None:
    assert len(list(sizes(Source(Path(path), "services", text)))) == 1


def test_a_chain_of_questions_is_one_level_deep() -> None:
    chain = "def f(x: int) -> None:\n    if x:\n        pass\n" + "    elif x:\n        pass\n" * 6
    assert list(sizes(Source(Path("services/x.py"), "services", chain))) == []
