"""Links for people without an account: made, shown once, revoked; and the link that a secret opens.

Only the SHA-256 of a secret is kept (docs/decisions/0011-links-are-random.md).
"""

import secrets
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from scheduler.access import SYSTEM, Actor, Permission
from scheduler.actions.invalid import Invalid
from scheduler.actions.tokens import digest_of
from scheduler.records.absence import NotFound
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.journal import enter
from scheduler.records.link_lookup import (
    awaits_owner,
    awaits_person,
    duties_asked_of,
    link_kept_as,
    link_numbered,
    resource_numbered,
    visits_at,
    visits_awaiting_on,
)
from scheduler.records.links import Link, LinkPurpose, LinkState
from scheduler.records.sites import Site
from scheduler.records.visits import Visit
from scheduler.records.writing import writing

LASTS = timedelta(days=14)
MOST_ASKED = 100

Asked = Sequence[Visit] | Sequence[Assignment]


class NothingToAsk(Exception):
    """None of what was named, or not all of it, waits for an answer."""


class LinkUnknown(Exception):
    """No link has this secret: it was mistyped, cut short, or made up."""


class LinkGone(Exception):
    """A link that was made, and opens nothing any more."""

    def __init__(self, link: Link) -> None:
        super().__init__(f"link {link.id} opens nothing any more")
        self.link = link


class LinkUsed(LinkGone):
    """It was answered."""


class LinkExpired(LinkGone):
    """Its time is over."""


class LinkRevoked(LinkGone):
    """The office took it back."""


GONE = {LinkState.ANSWERED: LinkUsed, LinkState.EXPIRED: LinkExpired, LinkState.REVOKED: LinkRevoked}


def make_site_link(
    site_id: int, visit_ids: Collection[int], *, expires_at: datetime | None = None, by: Actor, at: datetime
) -> tuple[Link, str]:
    """A link by which a site's owner answers for some visits, and its secret, which cannot be read again.

    It opens for 14 days unless `expires_at` says otherwise, at the latest until the first of them begins.
    Raises NothingToAsk unless each waits for the owner, NotFound, NotPermitted, Invalid.
    """

    def find() -> Sequence[Visit]:
        _site(site_id)
        if len(visit_ids) > MOST_ASKED:
            raise Invalid("visit_ids", "too_many", most=MOST_ASKED)
        found = visits_at(site_id, visit_ids)
        return found if all(awaits_owner(visit, at) for visit in found) else []

    by.must(Permission.MAKE_LINKS)
    return _make(LinkPurpose.SITE, site_id, find, expires_at=expires_at, by=by, at=at)


def make_day_link(
    site_id: int, day: date, *, expires_at: datetime | None = None, by: Actor, at: datetime
) -> tuple[Link, str]:
    """The same for all visits of one local day of the site that wait for its owner."""

    def find() -> Sequence[Visit]:
        return visits_awaiting_on(_site(site_id), day, at)

    by.must(Permission.MAKE_LINKS)
    return _make(LinkPurpose.SITE, site_id, find, expires_at=expires_at, by=by, at=at)


def make_duty_link(
    resource_id: int,
    assignment_ids: Collection[int] | None = None,
    *,
    expires_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> tuple[Link, str]:
    """A link by which a guide, interpreter, driver or liaison officer accepts or refuses duties: those named,
    or all that they were asked to take. Raises what `make_site_link` raises."""

    def find() -> Sequence[Assignment]:
        resource_numbered(resource_id)
        asked = duties_asked_of(resource_id, at)
        if assignment_ids is None:
            return asked
        named = [duty for duty in asked if duty.id in assignment_ids and awaits_person(duty, at)]
        return named if len(named) == len(set(assignment_ids)) else []

    by.must(Permission.MAKE_LINKS)
    return _make(LinkPurpose.DUTIES, resource_id, find, expires_at=expires_at, by=by, at=at)


def make_derived(purpose: LinkPurpose, subject_id: int, asked: Visit | Assignment, *, at: datetime) -> Link:
    """A link about one visit or duty, made by the office itself for a letter, within the act that gives it a
    secret (`derived_links`)."""
    both: list[Any] = [asked]
    return _make(purpose, subject_id, lambda: both, expires_at=None, by=SYSTEM, at=at)[0]


def revoke_link(link_id: int, *, by: Actor, at: datetime) -> Link:
    """Take a link back: from now on it answers that it was withdrawn. Doing so twice changes nothing.

    Raises NotFound, NotPermitted, LinkUsed when the answer was quicker.
    """
    by.must(Permission.MAKE_LINKS)
    return _revoke(link_id, by=by, at=at)


def link_opened_by(secret: str, at: datetime) -> Link:
    """The link that a secret opens now. Raises LinkUnknown, LinkUsed, LinkRevoked, LinkExpired."""
    return must_be_open(link_kept_as(digest_of(secret)), at)


def must_be_open(link: Link | None, at: datetime) -> Link:
    """The link itself, if it still opens something. Raises what `link_opened_by` raises."""
    if link is None:
        raise LinkUnknown
    state = link.state_at(at)
    if state in GONE:
        raise GONE[state](link)
    return link


@writing()
def _make(
    purpose: LinkPurpose,
    subject_id: int,
    find: Callable[[], Asked],
    *,
    expires_at: datetime | None,
    by: Actor,
    at: datetime,
) -> tuple[Link, str]:
    asked = find()
    if not asked:
        raise NothingToAsk
    secret = secrets.token_urlsafe(32)
    link = Link(
        purpose=purpose,
        asked=[[row.id, row.version] for row in asked],
        digest=digest_of(secret),
        made_by_id=by.account_id,
        made_at=at,
        expires_at=_expiry(expires_at, min(row.starts_at for row in asked), at),
        answers=[],
    )
    link.site_id, link.resource_id = (subject_id, None) if purpose is LinkPurpose.SITE else (None, subject_id)
    db.session.add(link)
    db.session.flush()
    told = {"purpose": purpose.value, "of": subject_id, "asked": link.asked}
    enter(link, "make_link", by=by, at=at, after=told | {"expires_at": link.expires_at.isoformat()})
    return link, secret


def _expiry(wanted: datetime | None, first_start: datetime, at: datetime) -> datetime:
    if wanted is None:
        return min(at + LASTS, first_start)
    if not at < wanted <= first_start:
        raise Invalid("expires_at", "out_of_range", least=at, most=first_start)
    return wanted


@writing()
def _revoke(link_id: int, *, by: Actor, at: datetime) -> Link:
    link = link_numbered(link_id, is_locked=True)
    if link.answered_at is not None:
        raise LinkUsed(link)
    if link.revoked_at is None:
        link.revoked_at = at
        enter(link, "revoke_link", by=by, at=at)
    return link


def _site(site_id: int) -> Site:
    site = db.session.get(Site, site_id)
    if site is None:
        raise NotFound("site", site_id)
    return site
