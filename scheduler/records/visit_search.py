"""Visits looked for: by site, delegation, time and state, as far as somebody may see them."""

from datetime import datetime

from sqlalchemy import Select, and_, case, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from scheduler.access import Actor
from scheduler.core.lifecycle import VisitState
from scheduler.core.searching import Sought
from scheduler.records.assignments import Assignment
from scheduler.records.delegations import Delegation
from scheduler.records.sites import Site
from scheduler.records.text_search import says, texts, touching
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


def visits_found(by: Actor, sought: Sought, at: datetime) -> Select[Visit]:
    """The visits that somebody sees and looks for, by number, day, delegation, site or tour: the very number
    first, then those to come in order of hour, then those that were, the latest first."""
    v, d = Visit, Delegation
    rows = visits_matching(by).join(v.delegation).join(v.tour_session).join(TourSession.tour).join(Tour.site)
    told = texts(
        d.name, d.name_native, Site.code, Site.name, Site.name_native, Tour.code, Tour.name, Tour.name_native
    )
    named = and_(*(says(told, word.text) for word in sought.words)) if sought.words else true()
    rows = rows.where(or_(named, v.id == sought.number) if sought.number is not None else named)
    if sought.days:
        rows = rows.where(touching(sought.days, v.starts_at, v.ends_at))
    is_number = case((v.id == sought.number, 0), else_=1)
    is_over, to_come = case((v.ends_at > at, 0), else_=1), case((v.ends_at > at, v.starts_at))
    return rows.order_by(None).order_by(is_number, is_over, to_come, v.starts_at.desc(), v.id)
