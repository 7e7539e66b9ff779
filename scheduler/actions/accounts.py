"""Accounts: who they are, what they may do, which sites they answer for."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from scheduler.access import Actor, Permission, Role
from scheduler.actions.invalid import Invalid
from scheduler.actions.sign_in import HASHER, WrongSignIn, opens
from scheduler.records.absence import NotFound
from scheduler.records.accounts import Account
from scheduler.records.database import db
from scheduler.records.journal import enter, snapshot
from scheduler.records.sites import Site
from scheduler.records.writing import writing

SHORTEST_PASSWORD = 12


def create_account(
    email: str,
    name: str,
    *,
    roles: Collection[Role],
    site_ids: Collection[int] = (),
    password: str | None = None,
    is_demo: bool = False,
    by: Actor,
    at: datetime,
) -> Account:
    """Open an account. Raises Invalid (address taken, no role, short password), NotPermitted."""
    if by.account_id is not None:
        by.must(Permission.WRITE_ACCOUNTS)
    if not is_demo:
        _must_be_long_enough(password)
    return _create_account(
        email.strip().lower(),
        name,
        roles=roles,
        site_ids=site_ids,
        password=password,
        is_demo=is_demo,
        by=by,
        at=at,
    )


def change_account(
    account_id: int,
    *,
    name: str | None = None,
    roles: Collection[Role] | None = None,
    site_ids: Collection[int] | None = None,
    is_active: bool | None = None,
    password: str | None = None,
    by: Actor,
    at: datetime,
) -> Account:
    """Change what is given of an account; nobody takes their own administration away.

    Raises Invalid, NotFound.
    """
    by.must(Permission.WRITE_ACCOUNTS)
    _must_be_long_enough(password)
    return _change_account(
        account_id,
        name=name,
        roles=roles,
        site_ids=site_ids,
        is_active=is_active,
        password=password,
        by=by,
        at=at,
    )


def change_own_password(old: str, new: str, *, by: Actor, at: datetime) -> None:
    """Give oneself another password. Raises WrongSignIn, Invalid."""
    _must_be_long_enough(new)
    _change_own_password(old, new, by=by, at=at)


def choose_language(language: str, *, by: Actor, at: datetime) -> None:
    """Remember in which language somebody reads."""
    _choose_language(language, by=by, at=at)


def be_guided(is_guided: bool, *, by: Actor, at: datetime) -> None:
    """Be led through the first steps, or not any more."""
    _be_guided(is_guided, by=by, at=at)


def _must_be_long_enough(password: str | None) -> None:
    if password is not None and len(password) < SHORTEST_PASSWORD:
        raise Invalid("password", "too_short", least=SHORTEST_PASSWORD)


@writing()
def _create_account(
    email: str,
    name: str,
    *,
    roles: Collection[Role],
    site_ids: Collection[int],
    password: str | None,
    is_demo: bool,
    by: Actor,
    at: datetime,
) -> Account:
    if db.session.scalar(select(Account.id).where(Account.email == email)) is not None:
        raise Invalid("email", "taken", value=email)
    if not roles:
        raise Invalid("roles", "role_needed")
    account = Account(
        email=email,
        name=name,
        roles=frozenset(role.value for role in roles),
        password_hash=HASHER.hash(password) if password else None,
        is_demo=is_demo,
        is_active=True,
        created_at=at,
        sites=_sites(site_ids),
    )
    db.session.add(account)
    db.session.flush()
    enter(account, "create_account", by=by, at=at, after=snapshot(account, "email", "roles"))
    return account


@writing()
def _change_account(
    account_id: int,
    *,
    name: str | None,
    roles: Collection[Role] | None,
    site_ids: Collection[int] | None,
    is_active: bool | None,
    password: str | None,
    by: Actor,
    at: datetime,
) -> Account:
    account = db.session.get(Account, account_id, populate_existing=True)
    if account is None:
        raise NotFound("account", account_id)
    locks_out = is_active is False or (roles is not None and Role.ADMINISTRATOR not in roles)
    if account.id == by.account_id and locks_out:
        raise Invalid("roles", "own_administration")
    if roles is not None and not roles:
        raise Invalid("roles", "role_needed")
    before = snapshot(account, "name", "roles", "is_active")
    account.name = account.name if name is None else name
    account.is_active = account.is_active if is_active is None else is_active
    if roles is not None:
        account.roles = frozenset(role.value for role in roles)
    if site_ids is not None:
        account.sites = _sites(site_ids)
    if password:
        account.password_hash = HASHER.hash(password)
    after = snapshot(account, "name", "roles", "is_active")
    enter(account, "change_account", by=by, at=at, before=before, after=after)
    return account


@writing()
def _change_own_password(old: str, new: str, *, by: Actor, at: datetime) -> None:
    account = db.session.get_one(Account, by.account_id, populate_existing=True)
    if not opens(account.password_hash, old):
        raise WrongSignIn
    account.password_hash = HASHER.hash(new)
    enter(account, "change_password", by=by, at=at)


@writing()
def _choose_language(language: str, *, by: Actor, at: datetime) -> None:
    db.session.get_one(Account, by.account_id).language = language


@writing()
def _be_guided(is_guided: bool, *, by: Actor, at: datetime) -> None:
    db.session.get_one(Account, by.account_id).is_guided = is_guided


def _sites(site_ids: Collection[int]) -> list[Site]:
    sites = list(db.session.scalars(select(Site).where(Site.id.in_(site_ids))))
    if len(sites) != len(set(site_ids)):
        raise Invalid("site_ids", "unknown", value=sorted(set(site_ids) - {site.id for site in sites}))
    return sites
