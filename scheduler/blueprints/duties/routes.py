"""The room `duties`: the page of the day of whoever serves visits, read without an account."""

from datetime import datetime, time, timedelta

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.tokens import digest_of
from scheduler.blueprints.duties.sheet import duty_days
from scheduler.clock import now
from scheduler.core.duties import OCCUPYING_DUTIES, DutyState
from scheduler.core.spans import Span
from scheduler.doors import allow
from scheduler.records.absence import NotFound
from scheduler.records.feed_lookup import feed_opened_by
from scheduler.records.feeds import FeedKind
from scheduler.records.resource_lookup import duties_touching, whole_resource
from scheduler.records.site_facts import zone_named
from scheduler.words.instants import local_day, moment_in_words

bp = Blueprint("duties", __name__)

DAYS_AHEAD = 14
# What was released is shown as off, so that nobody goes for nothing; what they refused is no news to them.
SHOWN = OCCUPYING_DUTIES | {DutyState.RELEASED}


@bp.get("/day/<secret>")
@allow(Permission.OPEN)
def day(secret: str) -> ResponseReturnValue:
    """Today's duties and those of the next two weeks, for whoever has the secret."""
    link = feed_opened_by(digest_of(secret))
    if link.kind is not FeedKind.RESOURCE or link.resource_id is None:
        raise NotFound("resource", "…")
    if link.is_gone:
        abort(410, _("This page was withdrawn. Ask the office for a new link."))
    found, at = whole_resource(link.resource_id), now()
    days = duty_days(found, duties_touching(found.id, _stretch(at, found.zone), SHOWN), at)
    return render_template(
        "duties/day.html",
        resource=found,
        days=days,
        read_at=moment_in_words(at, found.zone),
        days_ahead=DAYS_AHEAD,
    )


@bp.after_request
def keep_secret(answer: Response) -> Response:
    """The address is a secret: no search engine lists it, no page that it leads to learns it."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _stretch(at: datetime, zone: str) -> Span:
    """From this morning's midnight on."""
    midnight = datetime.combine(local_day(at, zone), time.min, zone_named(zone))
    return Span(midnight, midnight + timedelta(days=DAYS_AHEAD + 1))
