"""Who takes places where and when: tour sessions and the load they put on their sites."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, bindparam, or_, select

from scheduler.core.capacity import Occupancy, SiteLoad
from scheduler.core.facts import Running
from scheduler.records.database import ask
from scheduler.records.holds import IS_OVERDUE
from scheduler.records.tours import TourSession
from scheduler.records.visits import Visit

# No tour session lasts longer (the database sees to it), so a day back is far enough to look.
LONGEST = timedelta(days=1)

_T, _V = TourSession.__table__.c, Visit.__table__.c
_SITE_IDS: BindParameter[int] = bindparam("site_ids", expanding=True)
_SESSIONS = select(
    _T.id,
    _T.tour_id,
    _T.site_id,
    _T.starts_at,
    _T.ends_at,
    _T.clear_at,
    _T.places,
    _T.places_taken,
    _T.groups_taken,
).where(_T.site_id.in_(_SITE_IDS), _T.starts_at >= bindparam("first"), _T.starts_at < bindparam("last"))
# Overdue holds are few: those of other days may come along.
_LEFT_OUT = select(_V.tour_session_id, _V.headcount, _V.state).where(
    or_(IS_OVERDUE & _V.site_id.in_(_SITE_IDS), _V.id.in_(bindparam("visit_ids", expanding=True)))
)


@dataclass(frozen=True)
class Sessions:
    """Tour sessions by tour and start, and the load of their sites."""

    runnings: dict[int, dict[datetime, Running]] = field(default_factory=lambda: defaultdict(dict))
    loads: dict[int, SiteLoad] = field(default_factory=dict)

    def load_of(self, site_id: int) -> SiteLoad:
        return self.loads.get(site_id) or SiteLoad(())


def sessions_between(
    site_ids: Collection[int],
    first: datetime,
    last: datetime,
    *,
    at: datetime,
    leave_out: Collection[int] = (),
) -> Sessions:
    """The sessions of some sites that touch [first, last), and the load of those sites.

    Left out of every count: some visits, such as the one that asks, and holds that have run out but are not
    yet turned to expired. Two queries, however many sites and sessions.
    """
    free = _not_counted(site_ids, at, leave_out)
    sessions, occupancies = Sessions(), defaultdict(list)
    for row in ask(_SESSIONS, site_ids=list(site_ids), first=first - LONGEST, last=last):
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
    site_ids: Collection[int], at: datetime, leave_out: Collection[int]
) -> dict[int, tuple[int, int]]:
    """(people, groups) that a session's counters hold and that the rules should not see."""
    free: dict[int, tuple[int, int]] = {}
    for session_id, headcount, state in ask(
        _LEFT_OUT, site_ids=list(site_ids), at=at, visit_ids=list(leave_out)
    ):
        if state.occupies:
            people, groups = free.get(session_id, (0, 0))
            free[session_id] = people + headcount, groups + 1
    return free
