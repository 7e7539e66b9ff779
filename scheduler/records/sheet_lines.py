"""The lines of a day sheet as plain values, and the last print of a site's day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from scheduler.core.gate import Photographs
from scheduler.records.database import db
from scheduler.records.rosters import Roster
from scheduler.records.sheet_prints import PrintWay, SheetPrint
from scheduler.records.tours import OtherBooking
from scheduler.records.visits import Visit

Line = dict[str, Any]


def lines_of(roster: Roster) -> list[Line]:
    """What a print of this roster says, in order of hour; by its key each line is known again."""
    lines = [line_of(visit) for visit in roster.visits]
    lines += [_other_line(booking) for booking in roster.other_bookings]
    return sorted(lines, key=lambda line: (line["starts_at"], line["name"], line["key"]))


def line_of(visit: Visit) -> Line:
    """One visit as a sheet tells it. How many came is written on paper by hand: the plan stays the same."""
    who = visit.delegation
    return {
        "key": f"visit-{visit.id}",
        "starts_at": visit.starts_at.isoformat(),
        "ends_at": visit.ends_at.isoformat(),
        "name": who.name,
        "part": visit.part.name if visit.part else "",
        "headcount": visit.headcount,
        "head_post": who.head_post,
        "language": visit.language,
        "needs": sorted(who.needs),
        "contact": " ".join(filter(None, (who.contact_name, who.contact_phone))),
        "photographs": visit.photographs.value,
        "is_awaited": visit.state.occupies,
    }


def last_print(site_id: int, on: date, *, before: int | None = None) -> SheetPrint | None:
    """The last print of a site's day; of those before one, where that is given."""
    rows = select(SheetPrint).options(joinedload(SheetPrint.printed_by))
    rows = rows.where(SheetPrint.site_id == site_id, SheetPrint.day == on)
    if before is not None:
        rows = rows.where(SheetPrint.id < before)
    return db.session.scalar(rows.order_by(SheetPrint.id.desc()).limit(1))


def was_mailed(site_id: int, on: date) -> bool:
    """Whether the sheet of a site's day was posted."""
    rows = select(SheetPrint.id).where(SheetPrint.site_id == site_id, SheetPrint.day == on)
    return db.session.scalar(rows.where(SheetPrint.way == PrintWay.MAILED).limit(1)) is not None


def visits_by_key(lines: Mapping[str, Line]) -> dict[str, Visit]:
    """The visits of some lines as they are now, wherever they have gone."""
    ids = [int(key.removeprefix("visit-")) for key in lines if key.startswith("visit-")]
    if not ids:
        return {}
    rows = select(Visit).options(joinedload(Visit.delegation)).where(Visit.id.in_(ids))
    return {f"visit-{visit.id}": visit for visit in db.session.scalars(rows)}


def _other_line(booking: OtherBooking) -> Line:
    return {
        "key": f"other-{booking.id}",
        "starts_at": booking.tour_session.starts_at.isoformat(),
        "ends_at": booking.tour_session.ends_at.isoformat(),
        "name": booking.name,
        "part": "",
        "headcount": booking.headcount,
        "head_post": "",
        "language": None,
        "needs": [],
        "contact": "",
        "photographs": Photographs.UNKNOWN.value,
        "is_awaited": True,
    }
