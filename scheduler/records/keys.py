"""Keys to the API that an account still has, and the demo's accounts."""

from sqlalchemy import select

from scheduler.access import Actor
from scheduler.records.accounts import Account, ApiToken
from scheduler.records.database import db

MOST_SHOWN = 30


def keys_of(by: Actor) -> list[ApiToken]:
    """One's own keys that were not revoked, the newest first."""
    rows = select(ApiToken).where(ApiToken.account_id == by.account_id, ApiToken.revoked_at.is_(None))
    return list(db.session.scalars(rows.order_by(ApiToken.id.desc())))


def demo_accounts() -> list[Account]:
    """The accounts that everybody may try; none outside the demo city."""
    rows = select(Account).where(Account.is_demo, Account.is_active).order_by(Account.id)
    return list(db.session.scalars(rows.limit(MOST_SHOWN)))
