"""A hundred people use everything, then unsubscribe, withdraw or delete: after the terms nothing is left of them, and every count stays (R35)."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from domain.ports import House
from scheduler.jobs.tidy import tidy
from services import figures, steps
from tests.bureau import Bureau
from tests.conftest import Clock
from tests.frames import flask_of
from tests.journeys.leavers import JOINED, Crowd, Leaver, everything, found, rows
from tests.miniapp_api.conftest import MINIPROGRAM, Mini, jscode2session  # noqa: F401  the one server of WeChat's that sign-in needs
from tests.phones import Phone
from tests.services.test_todos import start

CITIZENS, MEMBERS = 60, 40


@pytest.fixture
def given(jscode2session: str) -> dict[str, Any]:  # noqa: F811
    return {"miniprogram": MINIPROGRAM | {"api_base": jscode2session}}


@pytest.fixture
def crowd(bureau: Bureau, house: House, phone: Callable[..., Phone]) -> Crowd:
    """All of them, after they have done everything."""
    made, flask = Crowd(replace(bureau, people=dict(bureau.people))), flask_of(house)

    def somebody(n: int) -> Leaver:
        name = f"甄{chr(0x4E00 + 41 * n)}{chr(0x6000 + 37 * n)}"
        mini = Mini(flask)
        mini.client.environ_base["REMOTE_ADDR"] = f"203.0.113.{n + 1}"
        return Leaver(f"canary{n}m", name, f"139{n:08d}", phone(f"canary{n}x"), mini.sign_in(f"canary{n}m"))

    start(bureau)
    for n in range(CITIZENS):
        made.visit(somebody(n))
    for n in range(CITIZENS, CITIZENS + MEMBERS):
        made.join(somebody(n))
    made.answer_all()
    return made


def test_after_the_terms_nothing_is_left_of_a_hundred_people(crowd: Crowd, house: House, clock: Clock, tmp_path: Path) -> None:
    everybody = [*crowd.citizens, *crowd.members]
    marks = [mark for one in everybody for mark in one.marks(house)]
    said = [word for one in everybody for word in one.said(house)]
    folder = tmp_path / "files"
    there = everything(house, folder)
    assert len(found([one.name for one in crowd.members], there)) == MEMBERS, "the search finds what is there"
    assert len(found(marks, there)) >= 4 * len(everybody), "and what lies sealed"
    assert found([str(JOINED), repr(JOINED)], there)

    with capture_logs() as log:
        for at, one in enumerate(everybody):
            crowd.leave(at, one)
        before = rows(house)
        clock.pass_(days=31)
        tidy(house)
        assert found(marks, everything(house, folder)) == []
        clock.pass_(days=3 * 366)
        tidy(house)
    left = everything(house, folder)
    assert found(said, left) == []
    assert found([str(JOINED), repr(JOINED)], left) == []
    assert found(said, str(log)) == []

    assert rows(house) == before
    with house.database.reading() as db:
        assert figures.differences(db, clock.now()) == 0
        assert steps.verify(db, house.pseudonyms.steps_key).sound
    tidy(house)
    assert everything(house, folder) == left
