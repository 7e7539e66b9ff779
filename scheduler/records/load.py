"""Who takes places where and when: tour sessions and the load they put on their sites."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from scheduler.core.capacity import Occupancy, SiteLoad
from scheduler.core.facts import Running
from scheduler.core.lifecycle import VisitState
from scheduler.records.database import db
from scheduler.records.tours import TourSession
from scheduler.records.visits import Visit

# No tour session lasts longer (the database sees to it), so a day back is far enough to look.
LONGEST = timedelta(days=1)


@dataclass(frozen=True)
class Sessions:
    """Tour sessions by tour and start, and the load of their sites."""

    runnings: dict[int, dict[datetime, Running]] = field(default_factory=lambda: defaultdict(dict))
    loads: dict[int, SiteLoad] = field(default_factory=dict)

    def load_of(self, site_id: int) -> SiteLoad:
        return self.loads.get(site_id) or SiteLoad(())


def sessions_between(
    site_ids: Collection[int], first: datetime, last: datetime, *, at: datetime, visit_id: int | None = None
) -> Sessions:
    """The sessions of some sites that touch [first, last), and the load of those sites.

    Left out of every count: the asking visit, and holds that have run out but are not yet turned to expired.
    Two queries, however many sites and sessions.
    """
    free = _not_counted(site_ids, first - LONGEST, last, at=at, visit_id=visit_id)
    t = TourSession
    columns = (t.id, t.tour_id, t.site_id, t.starts_at, t.ends_at, t.clear_at, t.places)
    rows = select(*columns, t.places_taken, t.groups_taken).where(
        t.site_id.in_(site_ids), t.starts_at >= first - LONGEST, t.starts_at < last
    )
    sessions, occupancies = Sessions(), defaultdict(list)
    for row in db.session.execute(rows):
        session_id, tour_id, site_id, starts_at, ends_at, clear_at, places, people, groups = row
        if session_id in free:
            people, groups = people - free[session_id][0], groups - free[session_id][1]
        if starts_at >= first:
            sessions.runnings[tour_id][starts_at] = Running(
                session_id, starts_at, ends_at, clear_at, places, people
            )
        if groups > 0:
            occupancies[site_id].append(Occupancy(starts_at, clear_at, people, groups, tour_id))
    sessions.loads.update({site_id: SiteLoad(found) for site_id, found in occupancies.items()})
    return sessions


def _not_counted(
    site_ids: Collection[int], first: datetime, last: datetime, *, at: datetime, visit_id: int | None
) -> dict[int, tuple[int, int]]:
    """(people, groups) that a session's counters hold and that the rules should not see."""
    overdue = (Visit.state == VisitState.HELD) & (Visit.hold_until <= at) & Visit.site_id.in_(site_ids)
    left_out = overdue & (Visit.starts_at >= first) & (Visit.starts_at < last)
    if visit_id is not None:
        left_out = left_out | (Visit.id == visit_id)
    rows = select(Visit.id, Visit.tour_session_id, Visit.headcount, Visit.state).where(left_out)
    free: dict[int, tuple[int, int]] = {}
    for _, session_id, headcount, state in db.session.execute(rows):
        if VisitState(state).occupies:
            people, groups = free.get(session_id, (0, 0))
            free[session_id] = people + headcount, groups + 1
    return free
