"""Who comes to a site on one of its days."""

from typing import Any

from flask import Response

from scheduler.access import Permission
from scheduler.actions.prints import lines_changed_since
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
    since = lines_changed_since(roster)
    shown = {
        "site": site.code,
        "date": day,
        "expected": roster.expected,
        "items": roster.visits,
        "other_bookings": roster.other_bookings,
        "last_printed_at": since.last.printed_at if since.last else None,
        "next": None,
    }
    answer = RosterOut().dump(shown)
    for line in answer["items"]:
        if (change := since.changes.get(f"visit-{line['visit_id']}")) is not None:
            line |= {"since_last_print": change.change.value, "changed_fields": list(change.after)}
    return told(answer)
