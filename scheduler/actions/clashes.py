"""Visits that a later closure, shorter hours or a lower limit run against: found, flagged, never dropped."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from scheduler.core.booking import Scales
from scheduler.core.capacity import Occupancy, SiteLoad
from scheduler.core.conflicts import stay_refusals
from scheduler.core.facts import Running, SiteFacts, TourFacts, VisitRequest
from scheduler.core.lifecycle import AWAITED
from scheduler.core.spans import Span
from scheduler.core.verdicts import Refusal, RefusalCode
from scheduler.records.database import db
from scheduler.records.site_facts import TOUR_COLUMNS, site_facts, tour_of
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

# What can turn against a visit after it was booked. The rest was decided when it was asked for.
CLASHING = frozenset(
    {
        RefusalCode.OUTSIDE_HOURS,
        RefusalCode.CLOSED,
        RefusalCode.SITE_NOT_IN_OPERATION,
        RefusalCode.TOUR_NOT_IN_OPERATION,
        RefusalCode.NO_PLACES_LEFT,
        RefusalCode.TOO_MANY_PEOPLE_AT_ONCE,
        RefusalCode.TOO_MANY_GROUPS_AT_ONCE,
        RefusalCode.OUTSIDE_STAY,
    }
)

Clashes = Mapping[int, tuple[Refusal, ...]]


@dataclass(frozen=True)
class Outlook:
    """A site with everything still to come: what the rules say of each awaited visit."""

    visits: Mapping[int, Visit]
    clashes: Clashes


def outlook(site_id: int, at: datetime) -> Outlook:
    """Weigh every awaited visit of a site against the facts as they are, itself left out of the counts."""
    visits = list(db.session.scalars(_awaited(site_id, at)).unique())
    if not visits:
        return Outlook({}, {})
    until = max(visit.ends_at for visit in visits) + timedelta(days=1)
    site = site_facts([site_id], at - timedelta(days=1), until)[site_id]
    tours = {
        row.id: tour_of(row, site.code)
        for row in db.session.execute(select(*TOUR_COLUMNS).where(Tour.site_id == site_id))
    }
    load = _Load(site_id, at - timedelta(days=1), until)
    clashes = {visit.id: _clash(visit, site, tours[visit.tour_session.tour_id], load, at) for visit in visits}
    return Outlook({visit.id: visit for visit in visits}, clashes)


def newly_clashing(before: Outlook, after: Outlook) -> list[Visit]:
    """The visits whose refusals were not there before the change, in order of hour."""
    concerned = [
        visit
        for visit_id, visit in after.visits.items()
        if _told(after.clashes[visit_id]) - _told(before.clashes.get(visit_id, ()))
    ]
    return sorted(concerned, key=lambda visit: (visit.starts_at, visit.id))


def flag(visits: Collection[Visit], clashes: Clashes, at: datetime) -> None:
    """Mark visits as clashing, with the reasons, until someone acts."""
    for visit in visits:
        visit.is_clashing = True
        visit.clash = _reasons(clashes[visit.id])
        visit.version += 1
        visit.changed_at = at


def clear_what_no_longer_clashes(now: Outlook, at: datetime) -> list[Visit]:
    """Take the flag off visits that nothing stands against any more; give them back. Of the other flagged
    visits only the reasons are brought up to date."""
    cleared = []
    for visit in (visit for visit in now.visits.values() if visit.is_clashing):
        reasons = _reasons(now.clashes[visit.id])
        if reasons == visit.clash:
            continue
        visit.is_clashing, visit.clash = bool(reasons), reasons or None
        visit.version += 1
        visit.changed_at = at
        if not reasons:
            cleared.append(visit)
    return cleared


def settle_clashes(site_ids: Collection[int], at: datetime) -> None:
    """After places came free: visits that nothing stands against any more lose their flag."""
    flagged = select(Visit.site_id).where(Visit.is_clashing, Visit.site_id.in_(site_ids)).distinct()
    for site_id in db.session.scalars(flagged).all():
        clear_what_no_longer_clashes(outlook(site_id, at), at)


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts of a reason as JSON values: instants and dates in ISO 8601."""
    return {name: _plain(value) for name, value in facts.items()}


def _reasons(refusals: tuple[Refusal, ...]) -> list[dict[str, Any]]:
    return [{"code": reason.code.value, "facts": plain(reason.facts)} for reason in refusals]


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


class _Load:
    """The bookings of a site, from which any one visit can be left out."""

    def __init__(self, site_id: int, first: datetime, last: datetime) -> None:
        t = TourSession
        rows = select(t.id, t.tour_id, t.starts_at, t.clear_at, t.places_taken, t.groups_taken)
        self._sessions = db.session.execute(
            rows.where(t.site_id == site_id, t.starts_at.between(first, last), t.groups_taken > 0)
        ).all()

    def without(self, visit: Visit) -> SiteLoad:
        near = visit.starts_at - timedelta(days=1), visit.tour_session.clear_at
        return SiteLoad(
            Occupancy(
                row.starts_at,
                row.clear_at,
                row.places_taken - (visit.headcount if row.id == visit.tour_session_id else 0),
                row.groups_taken - (1 if row.id == visit.tour_session_id else 0),
                row.tour_id,
            )
            for row in self._sessions
            if near[0] < row.starts_at < near[1]
        )


def _clash(visit: Visit, site: SiteFacts, tour: TourFacts, load: _Load, at: datetime) -> tuple[Refusal, ...]:
    s = visit.tour_session
    taken = s.places_taken - visit.headcount
    running = Running(s.id, s.starts_at, s.ends_at, s.clear_at, s.places, taken)
    scales = Scales(VisitRequest(headcount=visit.headcount), site, tour, None, at)
    refusals, _ = scales.weigh(running, load.without(visit))
    stay = Span(visit.delegation.arrives_at, visit.delegation.departs_at)
    away = [] if RefusalCode.OUTSIDE_STAY in visit.overridden else stay_refusals(stay, running)
    return tuple(refusal for refusal in [*refusals, *away] if refusal.code in CLASHING)


def _awaited(site_id: int, at: datetime) -> Select[Visit]:
    whole = joinedload(Visit.tour_session).joinedload(TourSession.tour), joinedload(Visit.delegation)
    rows = (
        select(Visit)
        .options(*whole)
        .where(Visit.site_id == site_id, Visit.state.in_(AWAITED), Visit.ends_at > at)
    )
    return rows.execution_options(populate_existing=True)


def _told(refusals: tuple[Refusal, ...]) -> set[str]:
    return {f"{refusal.code}:{plain(refusal.facts)}" for refusal in refusals}
