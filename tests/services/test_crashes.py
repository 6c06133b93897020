"""A deed that breaks off at any of its statements leaves the house as it was, and can be done again (R16)."""

import pytest
from sqlalchemy import text

from tests.bureau import Bureau
from tests.crashes import DEEDS, BrokenOff, Ready, broken, counting, everything


@pytest.mark.parametrize("ready", DEEDS.values(), ids=DEEDS.keys())
def test_broken_off_at_any_statement_nothing_is_half_done(ready: Ready, bureau: Bureau) -> None:
    database, do = bureau.house.database, ready(bureau)
    engine = database.engine  # type: ignore[attr-defined]
    before, at = everything(bureau.house), 0
    assert broken(bureau.house) == []
    while True:
        at += 1
        try:
            with counting(engine, at) as said, database.transaction() as db:
                do(db)
            break
        except BrokenOff:
            assert everything(bureau.house) == before, said[-1]
    assert at > len(said) >= 8
    assert "COMMIT" in said
    assert everything(bureau.house) != before
    assert broken(bureau.house) == []


@pytest.mark.parametrize(
    "half",
    [
        "DELETE FROM board_words",
        "DELETE FROM pledge_versions",
        "DELETE FROM rectifications",
        "DELETE FROM letters WHERE kind = 'rectification_open'",
        "UPDATE pledges SET author_id = (SELECT CAST(substr(who, 8) AS INTEGER) FROM steps WHERE verb = 'approve')",
        "UPDATE tallies SET n = n + 1",
        "UPDATE people SET left_on = '2026-11-16' WHERE id = (SELECT person_id FROM duties LIMIT 1)",
    ],
)
def test_what_is_half_done_is_found(half: str, bureau: Bureau) -> None:
    with bureau.house.database.transaction() as db:
        DEEDS["rate_badly"](bureau)(db)
    assert broken(bureau.house) == []
    with bureau.house.database.transaction() as db:
        db.execute(text(half))
    assert broken(bureau.house) != []
