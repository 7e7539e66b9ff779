"""The accounts of the demo: an officer, a head of division, an administrator, and one manager a site, save
where a desk answers by letter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from scheduler.access import SYSTEM, Actor, Role
from scheduler.actions.accounts import create_account
from scheduler.actions.sign_in import HASHER
from scheduler.records.sites import Site


@dataclass(frozen=True)
class Office:
    """Who acts in the demo: the officer, the head of division, the managers by the codes of their sites."""

    officer: Actor
    head: Actor
    managers: dict[str, Actor]


def open_accounts(sites: Iterable[Site], password: str, at: datetime) -> Office:
    """Open every demo account with one password, hashed once: hashing is slow on purpose."""
    password_hash = HASHER.hash(password)

    def opened(who: str, name: str, role: Role, site_ids: frozenset[int] = frozenset()) -> Actor:
        account = create_account(
            f"{who}@demo.example", name, roles={role}, site_ids=site_ids, is_demo=True, by=SYSTEM, at=at
        )
        account.password_hash = password_hash
        return Actor(
            account_id=account.id,
            email=account.email,
            name=account.name,
            roles=frozenset({role}),
            site_ids=site_ids,
        )

    opened("admin", "Administrator", Role.ADMINISTRATOR)
    return Office(
        officer=opened("officer", "Protocol officer", Role.OFFICER),
        head=opened("head", "Head of division", Role.HEAD),
        managers={
            site.code: opened(
                site.code.lower(), f"Site manager, {site.code}", Role.MANAGER, frozenset({site.id})
            )
            for site in sites
            if not site.contact_email
        },
    )
