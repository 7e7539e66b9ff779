"""The secret addresses of somebody's duties: one secret opens a calendar and the page of the day.
`subscriptions` renews and ends them."""

from flask.typing import ResponseReturnValue

from scheduler.access import Permission
from scheduler.actions.feeds import make_feed
from scheduler.blueprints.feed_panels import new_feed
from scheduler.blueprints.resources.page import resource_page
from scheduler.blueprints.resources.room import bp
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.feeds import FeedKind


@bp.post("/<int:resource_id>/links")
@allow(Permission.WRITE_RESOURCES)
def make_link(resource_id: int) -> ResponseReturnValue:
    """The answer shows the addresses: their secret is not kept to be shown again after a redirect."""
    made = new_feed(*make_feed(FeedKind.RESOURCE, resource_id, by=actor(), at=now()))
    return resource_page(resource_id, new_feed=made), 201
