"""Ways into other rooms: the address of a page there, or none for those who may not enter."""

from datetime import date

from flask import url_for

from scheduler.access import Permission
from scheduler.identity import actor


def visit_url(visit_id: int) -> str | None:
    """A visit's own page."""
    return url_for("visits.visit", visit_id=visit_id) if actor().may(Permission.READ_VISITS) else None


def roster_url(site_code: str, on: date) -> str:
    """A site's day."""
    return url_for("rosters.roster", code=site_code, on=on.isoformat())


def booking_url(site_code: str, on: date) -> str | None:
    """Where sessions of that site and day are booked."""
    if not actor().may(Permission.BOOK_VISITS):
        return None
    return url_for("visits.book", site=site_code, on=on.isoformat())
