"""Secret addresses of calendars: made, listed, renewed, revoked. Secrets are not kept, so no Idempotency-Key
is heeded where one is told."""

from typing import Any

from apiflask.exceptions import HTTPError
from flask import Response
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.feeds import make_busy_feed, make_feed, renew_feed, revoke_feed
from scheduler.blueprints.api.answering import answered, told, writes
from scheduler.blueprints.api.paging import page_of_rows
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.feeds import (
    AskedKind,
    FeedIn,
    FeedListed,
    FeedOut,
    FeedQuery,
    FeedsOut,
)
from scheduler.blueprints.api.schemas.visits import NothingIn
from scheduler.blueprints.feed_addresses import feed_addresses
from scheduler.clock import now
from scheduler.core.duties import ResourceKind
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.feed_list import feeds_managed_by, officer_by_email
from scheduler.records.feeds import FeedKind, FeedLink
from scheduler.records.link_lookup import resource_numbered
from scheduler.records.site_lookup import site_seen_by

TELL, TELL_LISTED = FeedOut(), FeedListed()
OF_RESOURCES = {
    AskedKind.GUIDE: ResourceKind.GUIDE,
    AskedKind.INTERPRETER: ResourceKind.INTERPRETER,
}


@bp.post("/feeds")
@bp.input(FeedIn, example={"kind": "site", "site": "TOPIS"})
@bp.output(FeedOut, status_code=201)
@allow(Permission.READ_VISITS)
def create_feed(json_data: dict[str, Any]) -> Response:
    """Make a calendar feed; its address is told this once.

    Officers make those of sites, delegations, delegates and resources, site managers those of their own
    sites; officers and heads their own and the division's, heads those of other officers, too. Busy times
    go by the same rule. An Idempotency-Key is not heeded here, since the secret is not kept and could not be
    told again: revoke a feed whose answer was lost.
    """
    of, number = _subject(json_data)
    make = make_busy_feed if json_data["kind"] is AskedKind.BUSY else make_feed
    return _made(*make(of, number, by=actor(), at=now()))


@bp.get("/feeds")
@bp.input(FeedQuery, location="query")
@bp.output(FeedsOut)
@allow(Permission.READ_VISITS)
def list_feeds(query_data: dict[str, Any]) -> Response:
    """List the feeds that still open and that you may renew and revoke, the newest first."""
    return told(page_of_rows(feeds_managed_by(actor()), query_data, _listed))


@bp.post("/feeds/<id:feed_id>/renew")
@bp.input(NothingIn)
@bp.output(FeedOut, status_code=201)
@allow(Permission.READ_VISITS)
def replace_feed(feed_id: int, json_data: dict[str, Any]) -> Response:
    """Make a new address for a feed and end the old one, in one act: it answers 410 from now on.

    404 when it was revoked before. The new address is told this once; an Idempotency-Key is not heeded.
    """
    return _made(*renew_feed(feed_id, by=actor(), at=now()))


@bp.delete("/feeds/<id:feed_id>")
@bp.output({}, status_code=204)
@allow(Permission.READ_VISITS)
@writes()
def end_feed(feed_id: int) -> Response:
    """Revoke a feed: from now on its address answers 410."""

    def act() -> Answered:
        revoke_feed(feed_id, by=actor(), at=now())
        return Answered(204, {})

    return answered(act)


def _subject(asked: dict[str, Any]) -> tuple[FeedKind, int | None]:
    """Of what kind of subject, and its number."""
    for of in (FeedKind.DELEGATION, FeedKind.DELEGATE):
        if f"{of.value}_id" in asked:
            return of, asked[f"{of.value}_id"]
    if "site" in asked:
        return FeedKind.SITE, site_seen_by(actor(), asked["site"]).id
    if "resource_id" in asked:
        return FeedKind.RESOURCE, _resource(asked["resource_id"], OF_RESOURCES.get(asked["kind"]))
    if "account" in asked:
        return FeedKind.OFFICER, officer_by_email(asked["account"])
    if asked["kind"] is AskedKind.OFFICER:
        return FeedKind.OFFICER, actor().account_id
    return FeedKind.DIVISION, None


def _resource(number: int, wanted: ResourceKind | None) -> int:
    """Whoever may make feeds of nobody's duties is told nothing about them."""
    actor().must(Permission.MAKE_FEEDS)
    if wanted is not None and actor().sees_delegations and resource_numbered(number).kind is not wanted:
        words = {
            ResourceKind.GUIDE: _("This is no guide. Ask for the kind `resource`."),
            ResourceKind.INTERPRETER: _("This is no interpreter. Ask for the kind `resource`."),
        }
        raise HTTPError(422, detail={"json": {"resource_id": [words[wanted]]}})
    return number


def _made(feed: FeedLink, secret: str) -> Response:
    addresses = feed_addresses(feed.kind, secret)
    is_resource = feed.kind is FeedKind.RESOURCE
    made = {
        "id": feed.id,
        "kind": feed.kind,
        "url": addresses.calendar,
        "day_url": addresses.page if is_resource else None,
        "page_url": None if is_resource else addresses.page,
    }
    return told(TELL.dump(made), 201)


def _listed(feed: FeedLink) -> dict[str, Any]:
    named = ("id", "kind", "delegation_id", "delegate_id", "resource_id", "is_derived", "made_at")
    values = {name: getattr(feed, name) for name in named}
    values["site"] = feed.site.code if feed.site else None
    values["account"] = feed.account.email if feed.account else None
    listed: dict[str, Any] = TELL_LISTED.dump(values)
    return listed
