"""A week of some sites: sessions with the visits in them, what closes each day, how many windows are free."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, or_, select

from scheduler.core.booking import Scales
from scheduler.core.capacity import SiteLoad
from scheduler.core.facts import Closure, Dating, Running, SiteFacts, TourFacts, VisitRequest
from scheduler.core.lifecycle import VisitState
from scheduler.core.opening import hours_on, open_day
from scheduler.core.spans import day_span
from scheduler.core.verdicts import Refusal
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.diary import runnings_of
from scheduler.records.load import Sessions, sessions_between
from scheduler.records.rosters import SHOWN
from scheduler.records.site_facts import TOUR_COLUMNS, site_facts, tour_of
from scheduler.records.sites import Site
from scheduler.records.tours import Tour
from scheduler.records.visits import Visit

DAYS = 7
# The earth's zones reach so far from UTC: a local week lies within its UTC week and this at both ends.
FARTHEST_ZONE = timedelta(hours=14)

# In English, and in the city's language.
Names = tuple[str, str]


@dataclass(frozen=True, slots=True)
class WeekVisit:
    """A visit in a session, as the grid needs it."""

    id: int
    name: str
    headcount: int
    state: VisitState
    is_clashing: bool


@dataclass(frozen=True, slots=True)
class WeekSession:
    """A session that somebody booked, or a round that is offered; `tour_names` are both of its tour."""

    tour_names: Names
    running: Running
    visits: tuple[WeekVisit, ...]


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A site's day: what closes all of it, dated closures that touch it, its sessions, its free windows."""

    on: date
    is_open: bool
    refusals: tuple[Refusal, ...]
    closures: tuple[Closure, ...]
    sessions: tuple[WeekSession, ...]
    free_windows: int

    @property
    def empty_rounds(self) -> int:
        """Rounds that are offered and that nobody booked."""
        return sum(not session.visits and not session.running.places_taken for session in self.sessions)


@dataclass(frozen=True, slots=True)
class WeekSite:
    """A site's week, and how many tours it shows."""

    site: Site
    tours: int
    days: tuple[WeekDay, ...]


def week_of(
    sites: Sequence[Site],
    first: date,
    *,
    at: datetime,
    topic: str | None = None,
    is_booked_only: bool = False,
) -> list[WeekSite]:
    """Seven local days of some sites, from `first` on; with a topic, only tours and sites that show it.

    A window is free when the smallest group of its tour could book it now. A fixed number of queries.
    """
    ids = [site.id for site in sites]
    begin = datetime.combine(first, time.min, UTC) - FARTHEST_ZONE
    end = datetime.combine(first + timedelta(days=DAYS), time.min, UTC) + FARTHEST_ZONE
    facts = site_facts(ids, begin, end)
    sessions = sessions_between(ids, begin, end, at=at)
    visits = _visits(ids, begin, end, at)
    tours = _tours(ids, facts, topic)
    weeks = []
    for site in sites:
        week = _Week(facts[site.id], tours[site.id], sessions, visits, at)
        days = tuple(week.day(first + timedelta(days=n), is_booked_only) for n in range(DAYS))
        has_sessions = any(day.sessions for day in days)
        if (topic is None or tours[site.id]) and (has_sessions or not is_booked_only):
            weeks.append(WeekSite(site, len(tours[site.id]), days))
    return weeks


class _Week:
    """One site's sessions, put into its own local days."""

    def __init__(
        self,
        facts: SiteFacts,
        tours: Iterable[tuple[TourFacts, Names]],
        sessions: Sessions,
        visits: dict[int, list[WeekVisit]],
        at: datetime,
    ) -> None:
        self._facts, self._tours, self._sessions, self._at = facts, list(tours), sessions, at
        self._load = sessions.load_of(facts.id)
        self._dated: dict[date, list[WeekSession]] = defaultdict(list)
        for tour, names in self._tours:
            for running in sessions.runnings[tour.id].values():
                on = running.starts_at.astimezone(facts.zone).date()
                self._dated[on].append(WeekSession(names, running, tuple(visits.get(running.id or 0, ()))))

    def day(self, on: date, is_booked_only: bool) -> WeekDay:
        span, facts = day_span(on, self._facts.zone), self._facts
        opened = open_day(facts, on)
        found = sorted(self._dated[on], key=lambda s: (s.running.starts_at, s.tour_names))
        return WeekDay(
            on=on,
            is_open=bool(hours_on(facts, on)),
            refusals=opened.refusals,
            closures=tuple(c for c in facts.closures if c.span.overlaps(span)),
            sessions=tuple(s for s in found if s.visits or s.running.places_taken or not is_booked_only),
            free_windows=0 if is_booked_only else sum(self._free(tour, on) for tour, _names in self._tours),
        )

    def _free(self, tour: TourFacts, on: date) -> int:
        """How many windows of a day its smallest group could book now."""
        if tour.dating is not Dating.WINDOWS:
            return 0
        day = day_span(on, self._facts.zone)
        scales = Scales(VisitRequest(headcount=tour.smallest_group), self._facts, tour, None, self._at)
        runnings = runnings_of(self._facts, tour, self._sessions, first=day.starts_at, last=day.ends_at)
        return sum(running.id is None and _is_free(scales, running, self._load) for running in runnings)


def _is_free(scales: Scales, running: Running, load: SiteLoad) -> bool:
    return not scales.weigh(running, load)[0]


def _tours(
    ids: Collection[int], facts: dict[int, SiteFacts], topic: str | None
) -> dict[int, list[tuple[TourFacts, Names]]]:
    found: dict[int, list[tuple[TourFacts, Names]]] = defaultdict(list)
    rows: Select[Any] = (
        select(*TOUR_COLUMNS, Tour.name, Tour.name_native).where(Tour.site_id.in_(ids)).order_by(Tour.id)
    )
    for row in db.session.execute(rows):
        if topic is None or topic in row.topics:
            found[row.site_id].append((tour_of(row, facts[row.site_id].code), (row.name, row.name_native)))
    return found


def _visits(ids: Collection[int], begin: datetime, end: datetime, at: datetime) -> dict[int, list[WeekVisit]]:
    """The visits of the week by session; holds that ran out are left out."""
    v = Visit
    rows = (
        select(v.id, v.tour_session_id, Delegation.name, v.headcount, v.state, v.is_clashing)
        .join(v.delegation)
        .where(v.site_id.in_(ids), v.starts_at >= begin, v.starts_at < end, v.state.in_(SHOWN))
        .where(or_(v.state != VisitState.HELD, v.hold_until > at))
        .order_by(v.starts_at, Delegation.name, v.id)
    )
    found: dict[int, list[WeekVisit]] = defaultdict(list)
    for visit_id, session_id, name, headcount, state, is_clashing in db.session.execute(rows):
        found[session_id].append(WeekVisit(visit_id, name, headcount, state, is_clashing))
    return found
