"""The visits of a stretch of days as they are counted for reports. Two queries, however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select

from scheduler.core.counting import CountedVisit
from scheduler.core.lifecycle import OCCUPYING
from scheduler.core.spans import Span, day_span
from scheduler.records.database import db
from scheduler.records.delegations import Delegation, DelegationState
from scheduler.records.partners import Partner
from scheduler.records.site_facts import zone_named
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

_VISITS = (
    select(
        Visit.delegation_id,
        Delegation.headcount.label("people"),
        Visit.part_id,
        Visit.headcount,
        Visit.arrived_count,
        Visit.state,
        Visit.starts_at,
        func.coalesce(Delegation.country, Partner.country).label("country"),
        Delegation.kind,
        Site.zone,
        Site.code,
        Tour.topics,
    )
    .join(Delegation, Delegation.id == Visit.delegation_id)
    .outerjoin(Partner, Partner.id == Delegation.partner_id)
    .join(TourSession, TourSession.id == Visit.tour_session_id)
    .join(Tour, Tour.id == TourSession.tour_id)
    .join(Site, Site.id == Visit.site_id)
    .order_by(Visit.starts_at, Visit.id)
)
# No zone is further from another than this: the query takes in a day more at both ends.
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """Some local days, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def span(self, zone: str) -> Span:
        """From the midnight before the first to that after the last, on the clock of a zone."""
        return Span(
            day_span(self.first, zone_named(zone)).starts_at, day_span(self.last, zone_named(zone)).ends_at
        )


def visits_counted(stretches: Sequence[Days]) -> list[list[CountedVisit]]:
    """The visits of each of some stretches of days, each on the local day of its own site, in every state.
    One query."""
    rows = _VISITS.where(or_(*(_around(days) for days in stretches)))
    found: list[list[CountedVisit]] = [[] for _ in stretches]
    for row in db.session.execute(rows):
        visit = _counted(row)
        for stretch, visits in zip(stretches, found, strict=True):
            if visit.on in stretch:
                visits.append(visit)
    return found


def without_visits(days: Days, zone: str) -> int:
    """How many delegations whose stay begins on one of the days, and was not called off, have no visit that
    is planned or took place."""
    span = days.span(zone)
    is_visited = exists().where(Visit.delegation_id == Delegation.id, Visit.state.in_(OCCUPYING))
    rows = select(func.count()).select_from(Delegation)
    rows = rows.where(Delegation.arrives_at >= span.starts_at, Delegation.arrives_at < span.ends_at)
    rows = rows.where(Delegation.state != DelegationState.CANCELLED, ~is_visited)
    return db.session.scalar(rows) or 0


def first_visit_at() -> datetime | None:
    """When the first visit on record began: what was before it, nobody entered."""
    return db.session.scalar(select(func.min(Visit.starts_at)))


def _counted(row: Any) -> CountedVisit:
    return CountedVisit(
        delegation_id=row.delegation_id,
        people=row.people,
        part_id=row.part_id,
        headcount=row.headcount,
        arrived_count=row.arrived_count,
        state=row.state,
        on=row.starts_at.astimezone(zone_named(row.zone)).date(),
        country=row.country,
        level=row.kind.value,
        site=row.code,
        topics=row.topics,
    )


def _around(days: Days) -> ColumnElement[bool]:
    span = days.span("UTC")
    return (Visit.starts_at >= span.starts_at - _DAY) & (Visit.starts_at < span.ends_at + _DAY)
