"""The accounts and their keys, as the administrator's pages list them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from scheduler.records.absence import NotFound
from scheduler.records.accounts import Account, ApiToken
from scheduler.records.database import db


def every_account() -> Sequence[Account]:
    """All accounts with their sites, the active ones first, by name."""
    accounts = select(Account).options(selectinload(Account.sites))
    return db.session.scalars(accounts.order_by(Account.is_active.desc(), Account.name, Account.id)).all()


def account_numbered(account_id: int) -> Account:
    """One account with its sites. Raises NotFound."""
    account = db.session.get(Account, account_id, options=[selectinload(Account.sites)])
    if account is None:
        raise NotFound("account", account_id)
    return account


def keys_of_account(account_id: int) -> Sequence[ApiToken]:
    """The keys of an account that still open, the newest first."""
    keys = select(ApiToken).where(ApiToken.account_id == account_id, ApiToken.revoked_at.is_(None))
    return db.session.scalars(keys.order_by(ApiToken.created_at.desc(), ApiToken.id.desc())).all()


def key_counts() -> dict[int, int]:
    """How many keys of each account still open."""
    open_keys = select(ApiToken.account_id, func.count()).where(ApiToken.revoked_at.is_(None))
    rows = db.session.execute(open_keys.group_by(ApiToken.account_id))
    return {row[0]: row[1] for row in rows}


def account_of_key(token_id: int) -> int:
    """Whose key it is. Raises NotFound."""
    account_id = db.session.scalar(select(ApiToken.account_id).where(ApiToken.id == token_id))
    if account_id is None:
        raise NotFound("key", token_id)
    return account_id
