"""The schema goes down and up over full tables while somebody wants to write into them (R38). ROWS=500000 takes as many as the promise says."""

import os
from collections.abc import Iterator

import pytest

from models import migrations
from models.database import Database, whole_metadata
from tests.models import climbing, filling
from tests.services_here import postgres

pytestmark = pytest.mark.faults
ROWS = int(os.environ.get("ROWS", "10000"))
LONGEST = 2.0
"""Seconds for which a step may keep others waiting."""


@pytest.fixture
def database() -> Iterator[Database]:
    url = postgres(durable=False).create()
    made = Database(url, lambda _db: None)
    yield made
    made.close()
    postgres(durable=False).drop(url)


def test_every_step_down_up_and_down_loses_nothing_and_keeps_nobody_waiting(database: Database) -> None:
    engine = database.engine
    at = climbing.shapes(engine)
    tables = whole_metadata().sorted_tables
    filling.fill(engine, tables, range(1, filling.FEW + 1))
    filling.fill(engine, [table for table in tables if table.name in climbing.GREAT], range(filling.FEW + 1, ROWS + 1))
    gone = climbing.walk(engine, at)
    for step in sorted(gone, key=lambda step: step.waited)[-5:]:
        print(f"to {step.to}: {step.seconds:.2f} s, longest wait {step.waited:.3f} s")
    assert {step.to: step.lost for step in gone if step.lost} == {}
    assert max(step.waited for step in gone) <= LONGEST
    assert migrations.differences(engine) == []
