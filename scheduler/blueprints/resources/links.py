"""The secret addresses of somebody's duties: one secret opens a calendar and the page of the day."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.feeds import make_feed, revoke_feed
from scheduler.blueprints.resources.page import resource_page
from scheduler.blueprints.resources.room import bp
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.feeds import FeedKind
from scheduler.records.resource_lookup import feeds_of_resource


@bp.post("/<int:resource_id>/links")
@allow(Permission.WRITE_RESOURCES)
def make_link(resource_id: int) -> ResponseReturnValue:
    """The answer shows the addresses: their secret is not kept to be shown again after a redirect."""
    _link, secret = make_feed(FeedKind.RESOURCE, resource_id, by=actor(), at=now())
    addresses = {
        "day": url_for("duties.day", secret=secret, _external=True),
        "calendar": url_for("calendar.feed", secret=secret, _external=True),
    }
    return resource_page(resource_id, addresses=addresses), 201


@bp.post("/<int:resource_id>/links/<int:feed_id>/revoke")
@allow(Permission.WRITE_RESOURCES)
def revoke_link(resource_id: int, feed_id: int) -> ResponseReturnValue:
    """End both addresses of one secret."""
    if feed_id not in [feed.id for feed in feeds_of_resource(resource_id)]:
        raise NotFound("feed", feed_id)
    revoke_feed(feed_id, by=actor(), at=now())
    flash(_("The link is revoked; it opens nothing any more."), "success")
    return redirect(url_for("resources.resource", resource_id=resource_id, _anchor="links"), code=303)
