"""A process that is killed after any journey to PostgreSQL in the middle of a deed leaves all of it or nothing (R16)."""

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest

import app
from models.deafness import Listening
from operations.schema import migrate
from tests.bureau import Bureau, found
from tests.conftest import MONDAY, settings_for
from tests.crashes import DEEDS, Do, broken, everything
from tests.services_here import postgres

pytestmark = pytest.mark.faults


@pytest.fixture
def bureau() -> Iterator[Bureau]:
    url = postgres(durable=False).create()
    house = app.build(settings_for(url), lambda: MONDAY)
    migrate(house)
    yield found(house, MONDAY)
    house.database.close()  # type: ignore[attr-defined]
    postgres(durable=False).drop(url)


def killed_after(journeys: int, url: str, do: Do) -> bool:
    """Do the deed in a process of its own, killed after so many answers of the server; whether it lived to see the end."""
    child = os.fork()
    if child == 0:
        try:
            _deed(journeys, url, do)
        finally:
            os._exit(1)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "it did not fail in another way"
    return not os.WIFSIGNALED(status)


def _deed(journeys: int, url: str, do: Do) -> None:
    plainly, made = Listening.wait, 0

    def wait(connection: Any, *words: Any, **named: Any) -> Any:
        nonlocal made
        answer = plainly(connection, *words, **named)
        made += 1
        if made == journeys:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    database = app.build(settings_for(url), lambda: MONDAY).database
    with database.reading():
        pass
    Listening.wait = wait  # type: ignore[method-assign]
    with database.transaction() as db:
        do(db)
    os._exit(0)


@pytest.mark.parametrize("name", ["approve", "publish", "approve_batch", "transfer", "rate_badly"])
def test_killed_at_any_moment_all_is_done_or_nothing(name: str, bureau: Bureau) -> None:
    do, url = DEEDS[name](bureau), bureau.house.settings.database.url
    before, kills = everything(bureau.house), 0
    while everything(bureau.house) == before:
        kills += 1
        assert broken(bureau.house) == []
        lived = killed_after(kills, url, do)
        assert kills < 200
    print(f"{name}: killed {kills} times, the last {'lived' if lived else 'after the commit'}")
    assert kills >= 5
    assert broken(bureau.house) == []
