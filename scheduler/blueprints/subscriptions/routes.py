"""The room `subscriptions`: one's own calendars, and the links of every calendar made, renewed and ended."""

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.feeds import make_busy_feed, make_feed, renew_feed, revoke_feed
from scheduler.blueprints.feed_panels import feed_lines, home_of, new_feed
from scheduler.blueprints.subscriptions.forms import asked_for
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.feed_list import (
    feed_managed_by,
    feeds_about,
    feeds_of_officers,
    feeds_of_sites,
    officers,
)
from scheduler.records.feeds import FeedKind, FeedLink

bp = Blueprint("subscriptions", __name__, url_prefix="/calendars")


@bp.get("")
@allow(Permission.READ_VISITS)
def index() -> ResponseReturnValue:
    """One's own calendars: an officer's and the division's, a manager's sites', a head's officers'."""
    by = actor()
    is_of_office = by.may(Permission.MAKE_OFFICE_FEEDS)
    sites = [] if by.sees_every_site else feeds_of_sites(by.site_ids)
    heads = by.may(Permission.MAKE_OFFICERS_FEEDS)
    return render_template(
        "subscriptions/index.html",
        own=feed_lines(feeds_about(FeedKind.OFFICER, by.account_id)) if is_of_office else None,
        division=feed_lines(feeds_about(FeedKind.DIVISION, None)) if is_of_office else None,
        account_id=by.account_id,
        sites=[(site, feed_lines(feeds, site.zone)) for site, feeds in sites],
        others=feed_lines(feeds_of_officers(but=by.account_id)) if heads else None,
        officers=officers(but=by.account_id) if heads else [],
    )


@bp.post("")
@allow(Permission.READ_VISITS)
def make() -> ResponseReturnValue:
    """Make a link, for its busy times or for all that is in it, and show its addresses this once."""
    asked = asked_for()
    act = make_busy_feed if asked.is_busy else make_feed
    return _shown(*act(asked.of, asked.number, by=actor(), at=now()))


@bp.post("/<int:feed_id>/renew")
@allow(Permission.READ_VISITS)
def renew(feed_id: int) -> ResponseReturnValue:
    """End a link, make another of the same, and show its addresses this once."""
    return _shown(*renew_feed(feed_id, by=actor(), at=now()))


@bp.post("/<int:feed_id>/revoke")
@allow(Permission.READ_VISITS)
def revoke(feed_id: int) -> ResponseReturnValue:
    """End a link, and lead back to where it was managed."""
    revoke_feed(feed_id, by=actor(), at=now())
    flash(_("The calendar link is revoked; it opens nothing any more."), "success")
    _name, there = home_of(feed_managed_by(actor(), feed_id))
    return redirect(there, code=303)


def _shown(feed: FeedLink, secret: str) -> ResponseReturnValue:
    """The answer to the post itself: a secret is not kept to be shown after a redirect."""
    return render_template("subscriptions/made.html", made=new_feed(feed, secret), home=home_of(feed)), 201
