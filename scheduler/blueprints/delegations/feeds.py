"""A delegation's secret calendar link: made, shown once, ended."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.feeds import make_feed, revoke_feed
from scheduler.blueprints.delegations.page import delegation_page
from scheduler.blueprints.delegations.room import bp
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.delegation_lists import feeds_of_delegation
from scheduler.records.feeds import FeedKind


@bp.post("/<int:delegation_id>/feeds")
@allow(Permission.MAKE_FEEDS)
def make_link(delegation_id: int) -> ResponseReturnValue:
    """The answer shows the addresses of calendar and page: their one secret is not kept to be shown again
    after a redirect."""
    _feed, secret = make_feed(FeedKind.DELEGATION, delegation_id, by=actor(), at=now())
    address = url_for("calendar.feed", secret=secret, _external=True)
    page = url_for("programmes.held", secret=secret, _external=True)
    return delegation_page(delegation_id, new_address=address, new_page=page), 201


@bp.post("/<int:delegation_id>/feeds/<int:feed_id>/revoke")
@allow(Permission.MAKE_FEEDS)
def revoke_link(delegation_id: int, feed_id: int) -> ResponseReturnValue:
    if feed_id not in [feed.id for feed in feeds_of_delegation(delegation_id)]:
        raise NotFound("feed", feed_id)
    revoke_feed(feed_id, by=actor(), at=now())
    flash(_("The calendar link is ended."), "success")
    there = url_for("delegations.delegation", delegation_id=delegation_id, _anchor="calendar")
    return redirect(there, code=303)
