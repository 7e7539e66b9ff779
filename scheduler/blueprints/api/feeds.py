"""Secret addresses of calendars: made and revoked. Secrets are not kept, so no Idempotency-Key is heeded."""

from typing import Any

from flask import Response, url_for

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.feeds import make_feed, revoke_feed
from scheduler.blueprints.api.answering import answered, told, writes
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.feeds import FeedIn, FeedOut
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.feeds import FeedKind
from scheduler.records.site_lookup import site_seen_by


@bp.post("/feeds")
@bp.input(FeedIn)
@bp.output(FeedOut, status_code=201)
@allow(Permission.MAKE_FEEDS)
def create_feed(json_data: dict[str, Any]) -> Response:
    """Make a calendar feed; its address is told this once.

    Officers make any, site managers those of their own sites. An Idempotency-Key is not heeded here, since
    the secret is not kept and could not be told again: revoke a feed whose answer was lost.
    """
    kind = json_data["kind"]
    named = json_data.get("delegation_id") or json_data.get("resource_id")
    feed, secret = make_feed(kind, named or _site(json_data["site"]), by=actor(), at=now())
    url = url_for("calendar.feed", secret=secret, _external=True)
    is_resource = kind is FeedKind.RESOURCE
    day_url = url_for("duties.day", secret=secret, _external=True) if is_resource else None
    made = {"id": feed.id, "kind": FeedKind(kind), "url": url, "day_url": day_url}
    return told(FeedOut().dump(made), 201)


@bp.delete("/feeds/<id:feed_id>")
@bp.output({}, status_code=204)
@allow(Permission.MAKE_FEEDS)
@writes()
def end_feed(feed_id: int) -> Response:
    """Revoke a feed: from now on its address answers 410."""

    def act() -> Answered:
        revoke_feed(feed_id, by=actor(), at=now())
        return Answered(204, {})

    return answered(act)


def _site(code: str) -> int:
    return site_seen_by(actor(), code).id
