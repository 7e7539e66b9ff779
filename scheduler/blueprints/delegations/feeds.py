"""A delegation's secret calendar link: made, and shown once. `subscriptions` renews and ends it."""

from flask.typing import ResponseReturnValue

from scheduler.access import Permission
from scheduler.actions.feeds import make_feed
from scheduler.blueprints.delegations.page import delegation_page
from scheduler.blueprints.delegations.room import bp
from scheduler.blueprints.feed_panels import new_feed
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.feeds import FeedKind


@bp.post("/<int:delegation_id>/feeds")
@allow(Permission.MAKE_FEEDS)
def make_link(delegation_id: int) -> ResponseReturnValue:
    """The answer shows the addresses of calendar and page: their one secret is not kept to be shown again
    after a redirect."""
    made = new_feed(*make_feed(FeedKind.DELEGATION, delegation_id, by=actor(), at=now()))
    return delegation_page(delegation_id, new_feed=made), 201
