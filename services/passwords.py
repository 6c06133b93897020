"""账号密码登录: for the first administrator, while nobody is bound yet: password and TOTP, five wrong tries, then a lock (R13, R30).

Checking a password takes long on purpose, so it is done between two short transactions: `account`, `step_of`, `settle`.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from math import ceil

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from domain.actor import Actor
from domain.errors import Refusal
from domain.sealing import Sealer
from domain.sign_in_refusals import PasswordTooShort, SignInLocked, WrongPassword
from models import signing_in as table
from services import steps

MOST_WRONG = 5
MOST_WRONG_OF_NETWORK = 20
LOCK = timedelta(minutes=15)
LEAST = 12
_SPAN = 30
"""Seconds a TOTP number is shown; the one before and the one after count too, for clocks that differ."""
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's least for argon2id: a guess costs 20 ms, and a hundred guessers at once do not exhaust the machine."""


@dataclass(frozen=True, slots=True)
class Account:
    """What is needed to check a password, outside any transaction."""

    person_id: int
    hash: str
    totp: str
    used_step: int


def create(db: Session, actor: Actor, person_id: int, login: str, password: str, sealer: Sealer, now: datetime) -> str:
    """A way in for this person, in place of any before; the TOTP secret, shown once. Raises `PasswordTooShort`."""
    if len(password) < LEAST:
        raise PasswordTooShort(least=LEAST)
    secret = pyotp.random_base32()
    row = table.Password(person_id=person_id, login=login, hash=_hasher.hash(password), totp_sealed=sealer.seal(secret), totp_step=0)
    db.merge(row)
    steps.record(db, actor, "password", person_id, "set", now)
    return secret


def totp_link(secret: str, login: str, bureau: str) -> str:
    """What an authenticator reads from a code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=bureau)


def account(db: Session, login: str, sealer: Sealer) -> Account | None:
    """None too when its secret was sealed under another key: it must be set anew."""
    found = table.password(db, login)
    try:
        return Account(found.person_id, found.hash, sealer.open(found.totp_sealed), found.totp_step) if found else None
    except ValueError:
        return None


def step_of(account: Account | None, password: str, number: str, now: datetime) -> int | None:
    """The step of time whose number was said, if the password fits too; an unknown account takes as long as a known one."""
    fits = _fits(account.hash if account else _nobodys(), password)
    if account is None or not fits:
        return None
    this = int(now.timestamp()) // _SPAN
    totp = pyotp.TOTP(account.totp)
    right = [step for step in (this - 1, this, this + 1) if hmac.compare_digest(totp.at(step * _SPAN), number)]
    return next((step for step in right if step > account.used_step), None)


def settle(db: Session, login: str, marks: Sequence[str], step: int | None, now: datetime) -> int | Refusal:
    """Count the try under its marks (account first, then network): the person, or the refusal; handed back, so that the count is kept."""
    tries = table.tries(db, marks)
    until = max((one.locked_until for one in tries.values() if one.locked_until and one.locked_until > now), default=None)
    if until is not None:
        left = ceil((until - now).total_seconds())
        return SignInLocked(left, minutes=-(-left // 60))
    found = table.password(db, login)
    if found is None or step is None or step <= found.totp_step:
        for mark, most in zip(marks, (MOST_WRONG, MOST_WRONG_OF_NETWORK), strict=True):
            _count(db, tries.get(mark), mark, most, now)
        return WrongPassword()
    found.totp_step = step
    if marks[0] in tries:
        db.delete(tries[marks[0]])
    return found.person_id


def _count(db: Session, kept: table.WrongTries | None, mark: str, most: int, now: datetime) -> None:
    if kept is None:
        kept = table.WrongTries(mark=mark, wrong=0, last_at=now, locked_until=None)
        db.add(kept)
    kept.wrong = 1 if kept.locked_until else kept.wrong + 1
    kept.last_at = now
    kept.locked_until = now + LOCK if kept.wrong >= most else None


def _fits(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    """A hash that no password fits."""
    return _hasher.hash(pyotp.random_base32(40))
