"""Who may do what: one table, readable by the head of protocol. Nothing here knows how it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the office. RELAY is no person: a program that hands in mail, and nothing else."""

    OFFICER = "officer"
    MANAGER = "manager"
    HEAD = "head"
    ADMINISTRATOR = "administrator"
    RELAY = "relay"


class Permission(StrEnum):
    """What a door asks for. OPEN doors need nobody; SIGNED_IN ones need somebody."""

    OPEN = "open"
    SIGNED_IN = "signed_in"
    READ_DELEGATIONS = "read_delegations"
    WRITE_DELEGATIONS = "write_delegations"
    READ_VISITS = "read_visits"
    BOOK_VISITS = "book_visits"
    OVERRIDE = "override"
    AGREE_TO_VISITS = "agree_to_visits"
    RECORD_AGREEMENT = "record_agreement"
    RECEIVE_VISITS = "receive_visits"
    READ_SITES = "read_sites"
    WRITE_SITES = "write_sites"
    WRITE_TRAVEL = "write_travel"
    READ_ROSTER = "read_roster"
    MAKE_FEEDS = "make_feeds"
    MAKE_OFFICE_FEEDS = "make_office_feeds"
    MAKE_OFFICERS_FEEDS = "make_officers_feeds"
    MAKE_LINKS = "make_links"
    POST_LETTERS = "post_letters"
    WRITE_RESOURCES = "write_resources"
    PUBLISH_PROGRAMMES = "publish_programmes"
    REGISTER_SITES = "register_sites"
    WRITE_HOLIDAYS = "write_holidays"
    WRITE_ACCOUNTS = "write_accounts"
    SETTLE_MAIL = "settle_mail"
    DELIVER_MAIL = "deliver_mail"


_R, _P = Role, Permission
EVERYBODY = frozenset(Role) - {Role.RELAY}

# The table. A site manager's rights reach only as far as the sites they answer for.
TABLE: Mapping[Permission, frozenset[Role]] = {
    _P.SIGNED_IN: EVERYBODY,
    _P.READ_DELEGATIONS: frozenset({_R.OFFICER, _R.HEAD}),
    _P.WRITE_DELEGATIONS: frozenset({_R.OFFICER}),
    _P.READ_VISITS: frozenset({_R.OFFICER, _R.HEAD, _R.MANAGER}),
    _P.BOOK_VISITS: frozenset({_R.OFFICER, _R.HEAD}),
    _P.OVERRIDE: frozenset({_R.HEAD}),
    _P.AGREE_TO_VISITS: frozenset({_R.OFFICER, _R.MANAGER}),
    _P.RECORD_AGREEMENT: frozenset({_R.OFFICER}),
    _P.RECEIVE_VISITS: frozenset({_R.OFFICER, _R.MANAGER}),
    _P.READ_SITES: EVERYBODY,
    _P.WRITE_SITES: frozenset({_R.OFFICER, _R.MANAGER, _R.ADMINISTRATOR}),
    _P.WRITE_TRAVEL: frozenset({_R.OFFICER, _R.ADMINISTRATOR}),
    _P.READ_ROSTER: EVERYBODY,
    _P.MAKE_FEEDS: frozenset({_R.OFFICER, _R.MANAGER}),
    # The calendar of the whole division, and one's own; that of another officer.
    _P.MAKE_OFFICE_FEEDS: frozenset({_R.OFFICER, _R.HEAD}),
    _P.MAKE_OFFICERS_FEEDS: frozenset({_R.HEAD}),
    _P.MAKE_LINKS: frozenset({_R.OFFICER}),
    _P.POST_LETTERS: frozenset({_R.OFFICER}),
    _P.WRITE_RESOURCES: frozenset({_R.OFFICER}),
    _P.PUBLISH_PROGRAMMES: frozenset({_R.OFFICER, _R.HEAD}),
    _P.REGISTER_SITES: frozenset({_R.ADMINISTRATOR}),
    _P.WRITE_HOLIDAYS: frozenset({_R.ADMINISTRATOR}),
    _P.WRITE_ACCOUNTS: frozenset({_R.ADMINISTRATOR}),
    _P.SETTLE_MAIL: frozenset({_R.OFFICER, _R.HEAD}),
    _P.DELIVER_MAIL: frozenset({_R.RELAY}),
}
# Whoever holds one of these sees every site, not only those they answer for.
SEES_EVERY_SITE = frozenset({_R.OFFICER, _R.HEAD, _R.ADMINISTRATOR})


class NotPermitted(Exception):
    """Somebody asked for what their roles do not allow."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(f"this needs the permission {permission.value}")
        self.permission = permission


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: an account as the floors below see it. `account_id` is None for the system itself."""

    account_id: int | None
    email: str
    name: str = ""
    roles: frozenset[Role] = frozenset()
    site_ids: frozenset[int] = frozenset()

    def may(self, permission: Permission, *, site_id: int | None = None) -> bool:
        """Whether the table allows it, and, when a site is named, whether this site is theirs to see."""
        if permission is Permission.OPEN:
            return True
        return bool(self.roles & TABLE[permission]) and (site_id is None or self.sees_site(site_id))

    def sees_site(self, site_id: int) -> bool:
        return self.sees_every_site or site_id in self.site_ids

    @property
    def sees_every_site(self) -> bool:
        return bool(self.roles & SEES_EVERY_SITE)

    @property
    def sees_delegations(self) -> bool:
        return self.may(Permission.READ_DELEGATIONS)

    def must(self, permission: Permission, *, site_id: int | None = None) -> None:
        """Raise NotPermitted unless the table allows it."""
        if not self.may(permission, site_id=site_id):
            raise NotPermitted(permission)


SYSTEM = Actor(account_id=None, email="system")
