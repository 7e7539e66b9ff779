"""Visits looked for: by site, delegation, time and state, as far as somebody may see them."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from scheduler.access import Actor
from scheduler.core.lifecycle import VisitState
from scheduler.records.assignments import Assignment
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

WHOLE = (
    joinedload(Visit.delegation),
    joinedload(Visit.tour_session).joinedload(TourSession.tour).joinedload(Tour.site),
    selectinload(Visit.assignments).joinedload(Assignment.resource),
)


def visits_matching(
    by: Actor,
    *,
    site_id: int | None = None,
    delegation_id: int | None = None,
    first: datetime | None = None,
    last: datetime | None = None,
    state: VisitState | None = None,
) -> Select[Visit]:
    """The visits that begin in [first, last), in order of hour, with sessions, sites, delegations and
    whoever is asked along."""
    rows = select(Visit).options(*WHOLE).order_by(Visit.starts_at, Visit.id)
    if not by.sees_every_site:
        rows = rows.where(Visit.site_id.in_(by.site_ids))
    wanted = (
        (Visit.site_id, site_id),
        (Visit.delegation_id, delegation_id),
        (Visit.state, state),
    )
    for column, value in wanted:
        if value is not None:
            rows = rows.where(column == value)
    if first is not None:
        rows = rows.where(Visit.starts_at >= first)
    return rows if last is None else rows.where(Visit.starts_at < last)
