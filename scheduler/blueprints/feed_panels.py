"""What pages say of calendar links: those that still open, and a new one with its addresses, shown once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from scheduler.actions.tokens import digest_of
from scheduler.blueprints.calendar.content import name_of
from scheduler.blueprints.feed_addresses import FeedAddresses, feed_addresses
from scheduler.records.feed_lookup import feed_opened_by
from scheduler.records.feeds import FeedKind, FeedLink
from scheduler.words.instants import moment_in_words
from scheduler.words.own_names import own_name

WHAT = {
    FeedKind.SITE: _l("All visits"),
    FeedKind.DELEGATION: _l("The whole programme"),
    FeedKind.DELEGATE: _l("The programme of one delegate"),
    FeedKind.RESOURCE: _l("Duties"),
    FeedKind.OFFICER: _l("The delegations of one officer"),
    FeedKind.DIVISION: _l("Everything in the city"),
    FeedKind.BUSY: _l("Busy times only"),
}
PAGE_WORDS = {
    FeedKind.DELEGATION: _l("The guests’ page, opened by the same secret"),
    FeedKind.DELEGATE: _l("The guests’ page, opened by the same secret"),
    FeedKind.RESOURCE: _l("The page of the day, for the phone"),
}


@dataclass(frozen=True)
class FeedLine:
    """A link that still opens, as a list tells it; `whose` names the delegate or officer it is of."""

    id: int
    what: Any
    whose: str
    when: str
    is_told_in_letters: bool


@dataclass(frozen=True)
class NewFeed:
    """A link that was made just now, with everything its secret opens."""

    what: Any
    name: str
    addresses: FeedAddresses
    page_words: Any


def feed_lines(feeds: Iterable[FeedLink], zone: str | None = None) -> list[FeedLine]:
    """The lines of a list, with times on the city's clock unless a zone is given."""
    told_in = zone or current_app.config["CITY_ZONE"]
    return [
        FeedLine(
            id=feed.id,
            what=WHAT[feed.kind],
            whose=_whose(feed),
            when=moment_in_words(feed.made_at, told_in),
            is_told_in_letters=feed.is_derived,
        )
        for feed in feeds
    ]


def new_feed(feed: FeedLink, secret: str) -> NewFeed:
    """A new link for the page that shows it this once. One query."""
    name = name_of(feed_opened_by(digest_of(secret)))
    addresses = feed_addresses(feed.kind, secret, name=name)
    return NewFeed(WHAT[feed.kind], name, addresses, PAGE_WORDS.get(feed.kind, ""))


def home_of(feed: FeedLink) -> tuple[str, str]:
    """The page where the link is managed: its name and address."""
    if feed.site is not None:
        return own_name(feed.site), url_for("sites.site", code=feed.site.code, _anchor="feeds")
    delegation_id = feed.delegate.delegation_id if feed.delegate else feed.delegation_id
    if delegation_id is not None:
        there = url_for("delegations.delegation", delegation_id=delegation_id, _anchor="calendar")
        return _("The delegation"), there
    if feed.resource_id is not None:
        there = url_for("resources.resource", resource_id=feed.resource_id, _anchor="links")
        return _("Guides, interpreters, vehicles"), there
    return _("My calendars"), url_for("subscriptions.index")


def _whose(feed: FeedLink) -> str:
    if feed.delegate is not None:
        return feed.delegate.print_as
    return feed.account.name or feed.account.email if feed.account is not None else ""
