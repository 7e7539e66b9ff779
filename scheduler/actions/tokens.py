"""Keys to the API: made, shown once, known again by their SHA-256, revoked."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import select

from scheduler.access import Actor, Permission
from scheduler.records.absence import NotFound
from scheduler.records.accounts import Account, ApiToken
from scheduler.records.database import db
from scheduler.records.journal import enter
from scheduler.records.writing import writing

TOKEN_PREFIX = "dsk_"  # noqa: S105  a prefix to be recognised by, no secret


def create_token(email: str, label: str, *, by: Actor, at: datetime) -> str:
    """A new key to the API for an account; the only time it can be read. Raises NotFound, NotPermitted."""
    if by.account_id is not None and by.email != email.strip().lower():
        by.must(Permission.WRITE_ACCOUNTS)
    return _create_token(email.strip().lower(), label, by=by, at=at)


def revoke_token(token_id: int, *, by: Actor, at: datetime) -> None:
    """End a key: one's own, or anybody's for an administrator. Raises NotFound."""
    _revoke_token(token_id, by=by, at=at)


def digest_of(secret: str) -> str:
    """What is kept of a secret: enough to know it again, too little to use it."""
    return hashlib.sha256(secret.encode()).hexdigest()


@writing()
def _create_token(email: str, label: str, *, by: Actor, at: datetime) -> str:
    account = db.session.scalar(select(Account).where(Account.email == email, Account.is_active))
    if account is None:
        raise NotFound("account", email)
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    kept = ApiToken(account_id=account.id, label=label, digest=digest_of(token), created_at=at)
    db.session.add(kept)
    db.session.flush()
    enter(kept, "create_token", by=by, at=at, after={"account": email, "label": label})
    return token


@writing()
def _revoke_token(token_id: int, *, by: Actor, at: datetime) -> None:
    token = db.session.get(ApiToken, token_id, populate_existing=True)
    is_own = token is not None and token.account_id == by.account_id
    if token is None or not (is_own or by.may(Permission.WRITE_ACCOUNTS)):
        raise NotFound("token", token_id)
    token.revoked_at = token.revoked_at or at
    enter(token, "revoke_token", by=by, at=at)
