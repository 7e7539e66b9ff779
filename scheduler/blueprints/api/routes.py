"""The JSON API under /api/v1: one room, its doors in one file a noun."""

from scheduler.blueprints.api import (
    acts,
    assignments,
    calendar_files,
    closures,
    delegates,
    delegations,
    feeds,
    kept_apart,
    links,
    other_bookings,
    places,
    resources,
    rosters,
    sites,
    travel,
    visits,
    wishes,
)
from scheduler.blueprints.api.room import bp

__all__ = [
    "acts",
    "assignments",
    "bp",
    "calendar_files",
    "closures",
    "delegates",
    "delegations",
    "feeds",
    "kept_apart",
    "links",
    "other_bookings",
    "places",
    "resources",
    "rosters",
    "sites",
    "travel",
    "visits",
    "wishes",
]
