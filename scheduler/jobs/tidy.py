"""tidy: publish what is ripe, forget what must be forgotten, post the chain's digest to the log (P01, R31, R35)."""

from datetime import timedelta

import structlog

from domain.ports import House
from services import (
    board,
    cause_releases,
    desk_sessions,
    figures,
    files,
    forgetting,
    identity,
    inbox,
    letters,
    objections,
    print_jobs,
    seats,
    sessions,
    steps,
)

log = structlog.get_logger()
EVERY = timedelta(hours=1)


def tidy(house: House) -> None:
    """One round. The digest goes to the log, outside the database, so that even a cut-off tail is found."""
    now, policy = house.now(), house.settings.policy
    with house.database.transaction() as db:
        ripe = figures.publish(db, now, policy)
        inbox.tidy(db, now, policy)
        sessions.tidy(db, now)
        desk_sessions.tidy(db, now)
        objections.tidy(db, now)
        identity.tidy(db, now)
        letters.tidy(db, now)
        seats.carry_out_due(db, now)
        board.catch_up(db)
        cause_releases.end_due(db, now)
        erased = forgetting.tidy(db, now, policy)
        unneeded = files.forget_free(db, now) | print_jobs.expire(db, now)
    for digest in unneeded:
        house.files.drop(digest, now - EVERY)
    with house.database.reading() as db:
        head_no, head_digest = steps.head(db)
    log.info("tidied", windows_published=ripe, **erased, steps=head_no, digest=head_digest.hex())
