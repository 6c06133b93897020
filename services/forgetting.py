"""忘记: what has outlived its term goes, by the list in domain/personal_data.py; a second round changes nothing (R35, PIPL 47)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from domain.calendar import local_day
from domain.flows.pledges import PledgeState
from domain.flows.rectifications import RectificationState
from domain.personal_data import YEARS_3, item
from domain.policy import Policy
from models import cause_releases as cause_release_table
from models import (
    conversations,
    disclosures,
    files,
    identity,
    letters,
    objections,
    people,
    pledge_progress,
    rectification_rounds,
    rectifications,
    sessions,
    text_checks,
    windows,
)
from services import cause_releases

NOBODY = "（已删除）"
"""What stands in the place of a name whose term is over."""
_WORDS_OF_LETTERS = timedelta(days=90)
_SETTLED = (RectificationState.CLOSED.value, RectificationState.WITHDRAWN.value)


def tidy(db: Session, now: datetime, policy: Policy) -> dict[str, int]:
    """One round; how much was erased, for the log."""
    today = local_day(now)
    gone = people.contacts_gone_before(db, now - timedelta(days=policy.forget_days))
    erase_contacts(db, gone)
    numbers = people.erase_numbers(db, _before(today, "P07"))
    left = people.erase_left(db, _before(today, "P03"), NOBODY)
    files.blank_names_of(db, people.erased(NOBODY))
    duties = windows.drop_duties_ended_before(db, _before(today, "P05"))
    rectifications.let_go_of_owners(db, _SETTLED, _before(today, "P12"))
    rectification_rounds.let_go_of_answerers(db, _SETTLED, _before(today, "P12"))
    pledge_progress.blank_of_persons(db, _before(today, "P11"))
    pledge_progress.blank_causes_of_persons(db, PledgeState.EXCUSE_CONFIRMED.value, _before(today, "P12"))
    cause_release_table.blank_ended_before(db, cause_releases.OVER, _before(today, "P12"))
    disclosures.drop_ended_before(db, now - YEARS_3)
    letters.blank_settled_before(db, now - _WORDS_OF_LETTERS)
    return {"addresses_erased": len(gone), "numbers_erased": numbers, "people_erased": left, "duties_erased": duties}


def erase_contacts(db: Session, marks: Sequence[str]) -> None:
    """These phones are nobody's: address, sessions, open talk, requests, and the words of letters to them."""
    identity.drop_requests_of(db, marks)
    letters.forget_contacts(db, marks)
    objections.forget_contacts(db, marks)
    text_checks.forget_contacts(db, marks)
    rectification_rounds.forget_contacts(db, marks)
    sessions.drop_all_of(db, marks)
    for mark in marks:
        conversations.end(db, mark)
    people.drop_contacts(db, marks)


def _before(today: date, id: str) -> date:
    return today - item(id).term
