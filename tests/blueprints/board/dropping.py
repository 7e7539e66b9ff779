"""What a drop sends, and what is booked after it."""

from datetime import datetime
from typing import Any

from scheduler.records.database import db
from scheduler.records.tours import TourSession
from scheduler.records.visits import Visit


def dropping(item: str, where: TourSession, **more: Any) -> dict[str, Any]:
    """On a session, in its site's row."""
    told = {"item": item, "row": f"site:{where.site_id}", "session": f"session:{where.id}"}
    return told | {"start": where.starts_at.isoformat()} | more


def at_hour(item: str, site_id: int, start: datetime, **more: Any) -> dict[str, Any]:
    """On an empty place of a site's row."""
    return {"item": item, "row": f"site:{site_id}", "start": start.isoformat()} | more


def visits() -> list[Visit]:
    """Every visit there is by now."""
    db.session.rollback()
    return list(db.session.query(Visit).order_by(Visit.id))
