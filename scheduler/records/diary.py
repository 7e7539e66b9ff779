"""All the facts that one request is weighed against, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, select

from scheduler.core.facts import Dating, Diary, Option, Running, SiteFacts, VisitRequest
from scheduler.core.spans import Span
from scheduler.core.windows import is_window_start, window, windows
from scheduler.records.absence import NotFound
from scheduler.records.database import ask
from scheduler.records.delegation_facts import delegation_facts
from scheduler.records.load import LONGEST, Sessions, sessions_between
from scheduler.records.site_facts import TOUR_COLUMNS, site_facts, tour_of
from scheduler.records.staff import Scope
from scheduler.records.tours import Tour, TourSession

# How far around the wanted day alternatives are looked for.
ALTERNATIVES_WITHIN = timedelta(days=14)

_T, _R = Tour.__table__.c, TourSession.__table__.c
_TOURS = select(*TOUR_COLUMNS)
_TOUR_BY_CODE = _TOURS.where(_T.code == bindparam("tour_code"))
_TOUR_OF_SESSION = select(*TOUR_COLUMNS, _R.starts_at).where(
    _T.id == _R.tour_id, _R.id == bindparam("tour_session_id")
)


def diary_for(request: VisitRequest, at: datetime, *, with_options: bool = False) -> Diary:
    """The facts for one request; with the sessions that could serve instead, if asked for.

    Raises NotFound when the request names a tour, tour session or delegation that does not exist.
    """
    row, wanted_at = _wanted(request)
    until = wanted_at + LONGEST
    site = site_facts([row.site_id], wanted_at - timedelta(days=1), until + timedelta(days=1))[row.site_id]
    tour = tour_of(row, site.code)
    sessions = sessions_between([site.id], wanted_at, until, at=at, leave_out=request.own_visits)
    scope = Scope((site,), (tour,), Span(wanted_at, until))
    delegation = delegation_facts(request, scope, at) if request.delegation_id is not None else None
    diary = Diary(
        site=site,
        tour=tour,
        running=running_of(site, tour, sessions, wanted_at=wanted_at),
        load=sessions.load_of(site.id),
        wanted_at=wanted_at,
        delegation=delegation,
    )
    return _with_options(request, diary, at) if with_options else diary


def _with_options(request: VisitRequest, diary: Diary, at: datetime) -> Diary:
    """The same with the sessions that could serve instead, and the delegation as it stands to their sites."""
    options = tuple(options_near(request, diary, at))
    first, last = _stretch_near(diary, at)
    if diary.delegation is None or not options or last <= first:
        return replace(diary, options=options)
    sites = {option.site.id: option.site for option in options}
    scope = Scope(
        tuple(sites.values()), tuple(option.tour for option in options), Span(first, last + LONGEST)
    )
    return replace(diary, options=options, delegation=delegation_facts(request, scope, at))


def options_near(request: VisitRequest, diary: Diary, at: datetime) -> Iterable[Option]:
    """Every tour of this site and of sites that share a topic, with its sessions around the wanted day
    and within the stay."""
    first, last = _stretch_near(diary, at)
    if last <= first:
        return
    rows = [row for row in ask(_TOURS) if row.site_id == diary.site.id or row.topics & diary.tour.topics]
    site_ids = {row.site_id for row in rows}
    sites = site_facts(site_ids, first, last)
    sessions = sessions_between(site_ids, first, last, at=at, leave_out=request.own_visits)
    for row in rows:
        site = sites[row.site_id]
        tour = tour_of(row, site.code)
        runnings = runnings_of(site, tour, sessions, first=first, last=last)
        yield Option(site=site, tour=tour, load=sessions.load_of(site.id), runnings=tuple(runnings))


def _stretch_near(diary: Diary, at: datetime) -> tuple[datetime, datetime]:
    """Where alternatives are looked for: around the wanted instant, or around the end of the stay that is
    nearest to it; far enough ahead that the site's notice can be kept."""
    wanted_at = diary.wanted_at
    ahead = max(ALTERNATIVES_WITHIN, timedelta(days=diary.site.notice_days + 7))
    if diary.delegation is None:
        return max(wanted_at - ALTERNATIVES_WITHIN, at), wanted_at + ahead
    stay = diary.delegation.stay
    nearest = min(max(wanted_at, stay.starts_at), stay.ends_at)
    first = max(nearest - ALTERNATIVES_WITHIN, stay.starts_at, at)
    return first, min(max(nearest, at) + ahead, stay.ends_at)


def runnings_of(
    site: SiteFacts, tour: Any, sessions: Sessions, *, first: datetime, last: datetime
) -> list[Running]:
    """A tour's sessions that start in [first, last): rounds as they are dated, windows as they could be."""
    dated = sessions.runnings[tour.id]
    if tour.dating is Dating.ROUNDS:
        return sorted(dated.values(), key=lambda running: running.starts_at)
    day, last_day = first.astimezone(site.zone).date(), last.astimezone(site.zone).date()
    days = [day + timedelta(days=n) for n in range((last_day - day).days + 1)]
    # Windows are in UTC, and instants of one zone are compared far quicker.
    begin, end = first.astimezone(UTC), last.astimezone(UTC)
    return [r for r in windows(site, tour, days, dated) if begin <= r.starts_at < end]


def _wanted(request: VisitRequest) -> tuple[Row[Any], datetime]:
    if request.tour_session_id is not None:
        row = ask(_TOUR_OF_SESSION, tour_session_id=request.tour_session_id).first()
        if row is None:
            raise NotFound("tour session", request.tour_session_id)
        return row, row.starts_at
    row = ask(_TOUR_BY_CODE, tour_code=request.tour_code).first()
    if row is None or request.starts_at is None:
        raise NotFound("tour", request.tour_code)
    return row, request.starts_at


def running_of(site: SiteFacts, tour: Any, sessions: Sessions, *, wanted_at: datetime) -> Running | None:
    """The session at that instant: the dated one, or the window that would be made."""
    dated = sessions.runnings[tour.id].get(wanted_at)
    if dated is None and tour.dating is Dating.WINDOWS and is_window_start(site, wanted_at):
        return window(site, tour, wanted_at)
    return dated
