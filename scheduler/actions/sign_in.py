"""Signing in, and making guessing slow."""

import secrets
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import delete, func, or_, select

from scheduler.records.accounts import Account, SignInFailure
from scheduler.records.database import db
from scheduler.records.writing import writing

HASHER = PasswordHasher()
# Spent on unknown addresses too, so that the time taken does not tell who has an account.
NOBODYS_HASH = HASHER.hash(secrets.token_urlsafe(16))


class WrongSignIn(Exception):
    """No account takes this address and password together."""


class TooManyFailures(Exception):
    """Too many sign-ins failed of late; wait until `again_at`."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__(f"wait until {again_at}")
        self.again_at = again_at


def sign_in(
    email: str, password: str, *, address: str, failures: int, within: timedelta, at: datetime
) -> Account:
    """The account that this address and password open.

    After `failures` wrong tries for the account, or ten times as many from one network address, `within` a
    stretch of time, every further try is refused unread. Raises TooManyFailures, WrongSignIn.
    """
    email = email.strip().lower()
    since = at - within
    _must_not_be_guessing(email, address, failures=failures, since=since, within=within)
    account = db.session.scalar(select(Account).where(Account.email == email, Account.is_active))
    if account is None or not opens(account.password_hash, password):
        _note_failure(email, address, since=since, at=at)
        raise WrongSignIn
    return account


def opens(password_hash: str | None, password: str) -> bool:
    """Whether a password is the one that was hashed; as slow where there is none."""
    try:
        return HASHER.verify(password_hash or NOBODYS_HASH, password) and password_hash is not None
    except VerificationError:
        return False


def _must_not_be_guessing(
    email: str, address: str, *, failures: int, since: datetime, within: timedelta
) -> None:
    f = SignInFailure
    for column, value, most in ((f.email, email, failures), (f.address, address, failures * 10)):
        tries = db.session.execute(
            select(func.count(), func.min(f.failed_at)).where(column == value, f.failed_at > since)
        ).one()
        if tries[0] >= most:
            raise TooManyFailures(again_at=tries[1] + within)


@writing()
def _note_failure(email: str, address: str, *, since: datetime, at: datetime) -> None:
    stale = or_(SignInFailure.email == email, SignInFailure.address == address)
    db.session.execute(delete(SignInFailure).where(stale, SignInFailure.failed_at <= since))
    db.session.add(SignInFailure(email=email[:254], address=address[:64], failed_at=at))
