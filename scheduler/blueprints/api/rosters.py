"""Who comes to a site on one of its days."""

from typing import Any

from flask import Response

from scheduler.access import Permission
from scheduler.blueprints.api.answering import told
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.site_days import RosterOut, RosterQuery
from scheduler.blueprints.api.sites import known_code
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.rosters import roster_of
from scheduler.records.site_facts import zone_named
from scheduler.records.site_lookup import site_seen_by


@bp.get("/sites/<code>/roster")
@bp.input(RosterQuery, location="query")
@bp.output(RosterOut)
@allow(Permission.READ_ROSTER)
def read_roster(code: str, query_data: dict[str, Any]) -> Response:
    """Read a site's day: its visits by hour, and the other bookings."""
    site = site_seen_by(actor(), known_code(code))
    day = query_data.get("date") or now().astimezone(zone_named(site.zone)).date()
    roster = roster_of(site, day)
    shown = {
        "site": site.code,
        "date": day,
        "expected": roster.expected,
        "items": roster.visits,
        "other_bookings": roster.other_bookings,
        "next": None,
    }
    return told(RosterOut().dump(shown))
