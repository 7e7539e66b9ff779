"""Who is asking: one query that turns an account or a key into somebody the floors below can judge."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from scheduler.access import Actor, Role
from scheduler.records.accounts import Account, ApiToken, site_manager
from scheduler.records.database import db, glance


@dataclass(frozen=True)
class Known:
    """Somebody at the door: who, in which language, and a key that changes with their password."""

    actor: Actor
    language: str | None
    is_demo: bool
    is_guided: bool
    password_key: str


def known_by_id(account_id: int) -> Known | None:
    """An active account."""
    return _known(Account.id == account_id)


def known_by_token(digest: str) -> Known | None:
    """The active account behind a key that was not revoked."""
    token = select(ApiToken.account_id).where(ApiToken.digest == digest, ApiToken.revoked_at.is_(None))
    return _known(Account.id == token.scalar_subquery())


def password_key(password_hash: str | None) -> str:
    """Changes whenever the password does, so that old cookies end with the old password."""
    return hashlib.sha256((password_hash or "").encode()).hexdigest()[:16]


def _known(which: ColumnElement[bool]) -> Known | None:
    a = Account
    columns = (a.id, a.email, a.name, a.roles, a.language, a.is_demo, a.is_guided, a.password_hash)
    rows = db.session.execute(
        select(*columns, site_manager.c.site_id)
        .outerjoin(site_manager, site_manager.c.account_id == a.id)
        .where(which, a.is_active)
    ).all()
    if not rows:
        return None
    first = rows[0]
    actor = Actor(
        account_id=first.id,
        email=first.email,
        name=first.name,
        roles=frozenset(Role(role) for role in first.roles),
        site_ids=frozenset(row.site_id for row in rows if row.site_id is not None),
    )
    return Known(actor, first.language, first.is_demo, first.is_guided, password_key(first.password_hash))


def is_demo_city() -> bool:
    """Whether this city is the demo, whose accounts are known to all and whose guests do not exist."""
    return glance(_DEMO_ACCOUNT) is not None


_DEMO_ACCOUNT = select(Account.id).where(Account.is_demo.is_(True)).limit(1)
