"""What changes at a tour: its facts and limits, the rounds of a season, the places of one session."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from scheduler.access import Actor
from scheduler.actions.invalid import Invalid
from scheduler.actions.sites import LIMITS, Changed, Rehearsed, site_for, weighing_both_sides
from scheduler.actions.versions import must_be_current
from scheduler.core.facts import Dating, Running, SiteFacts
from scheduler.core.opening import open_day, refusals_for
from scheduler.core.windows import clear_after
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.journal import Journal, enter, snapshot
from scheduler.records.site_facts import site_facts
from scheduler.records.tours import RoundPattern, Tour, TourSession
from scheduler.records.writing import Parents, writing

LONGEST_SEASON_DAYS = 400


def create_tour(site_id: int, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> Tour:
    """Add a tour to a site; `facts` are columns of Tour. Raises Invalid (code taken, sizes or dates the wrong
    way round), NotFound, NotPermitted."""
    return _create(site_id, facts, by=by, at=at)


def change_tour(
    tour_id: int,
    changes: Mapping[str, Any],
    *,
    seen: int | None = None,
    is_rehearsal: bool = False,
    by: Actor,
    at: datetime,
) -> Changed:
    """Change columns of a tour (`patterns`: RoundPattern rows). New `places` reach every session to come.

    A rehearsal writes nothing and answers with the visits the change would run against. Raises Invalid (sizes
    or dates the wrong way round), NotFound, NotPermitted, StaleVersion.
    """
    try:
        return _change(tour_id, changes, seen=seen, is_rehearsal=is_rehearsal, by=by, at=at)
    except Rehearsed as rehearsed:
        return rehearsed.changed


def change_session_places(
    tour_session_id: int, places: int, *, is_rehearsal: bool = False, by: Actor, at: datetime
) -> Changed:
    """Give one session more or fewer places; fewer than are taken flags the visits in it."""
    if not 0 <= places <= 5000:
        raise Invalid("places", "out_of_range", least=0, most=5000)
    try:
        return _change_places(tour_session_id, places, is_rehearsal=is_rehearsal, by=by, at=at)
    except Rehearsed as rehearsed:
        return rehearsed.changed


def generate_rounds(tour_id: int, first: date, last: date, *, by: Actor, at: datetime) -> int:
    """Date the rounds of a tour's patterns from one local day to another, both included. How many are new.

    Days on which the site is closed by rule or by date, and hours it is not open, get none. Repeating is
    harmless. Raises Invalid (the wrong way round, too long, a tour of windows).
    """
    if last < first:
        raise Invalid("last", "before_first", earliest=first)
    if (last - first).days > LONGEST_SEASON_DAYS:
        raise Invalid("last", "too_long", most=LONGEST_SEASON_DAYS)
    return _generate(tour_id, first, last, by=by, at=at)


def _parents_of_site(site_id: int, *_told: object, **_also: object) -> Parents:
    return Parents(sites=frozenset({site_id}))


def _parents_of_tour(tour_id: int, *_told: object, **_also: object) -> Parents:
    site_id = db.session.scalar(select(Tour.site_id).where(Tour.id == tour_id))
    if site_id is None:
        raise NotFound("tour", tour_id)
    return Parents(sites=frozenset({site_id}))


def _parents_of_session(tour_session_id: int, *_told: object, **_also: object) -> Parents:
    rows = select(TourSession.site_id).where(TourSession.id == tour_session_id)
    site_id = db.session.scalar(rows)
    if site_id is None:
        raise NotFound("tour session", tour_session_id)
    return Parents(sites=frozenset({site_id}))


@writing(_parents_of_site)
def _create(site_id: int, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> Tour:
    site_for(by, site_id)
    if db.session.scalar(select(Tour.id).where(Tour.code == facts["code"])) is not None:
        raise Invalid("code", "code_taken", value=facts["code"])
    tour = Tour(site_id=site_id, **facts)
    _must_run_forward(tour)
    db.session.add(tour)
    db.session.flush()
    enter(tour, "create_tour", by=by, at=at, after=snapshot(tour, *facts))
    return tour


def _must_run_forward(tour: Tour) -> None:
    """The smallest group is no larger than the largest, and a tour does not end before it begins."""
    if tour.smallest_group > tour.largest_group:
        raise Invalid("smallest_group", "out_of_range", least=1, most=tour.largest_group)
    if tour.active_from is not None and tour.active_to is not None and tour.active_to < tour.active_from:
        raise Invalid("active_to", "before_first", earliest=tour.active_from)


@writing(_parents_of_tour)
def _change(
    tour_id: int, changes: Mapping[str, Any], *, seen: int | None, is_rehearsal: bool, by: Actor, at: datetime
) -> Changed:
    tour = db.session.get_one(Tour, tour_id, populate_existing=True)
    site_for(by, tour.site_id)
    must_be_current(tour.version, seen)
    plain = {name: value for name, value in changes.items() if name != "patterns"}
    line = enter(tour, "change_tour", by=by, at=at, before=snapshot(tour, *plain))
    db.session.flush()

    def change() -> Tour:
        for name, value in plain.items():
            setattr(tour, name, value)
        _must_run_forward(tour)
        if LIMITS & plain.keys():
            tour.limits_journal_id = line.id
        if "places" in plain:
            _give_places(tour, line, at)
        if "patterns" in changes:
            tour.patterns = list(changes["patterns"])
        tour.version += 1
        return tour

    changed = weighing_both_sides(tour.site_id, line, change, at)
    line.after = snapshot(tour, *plain)
    if is_rehearsal:
        raise Rehearsed(changed)
    return changed


@writing(_parents_of_session)
def _change_places(
    tour_session_id: int, places: int, *, is_rehearsal: bool, by: Actor, at: datetime
) -> Changed:
    tour_session = db.session.get_one(TourSession, tour_session_id, populate_existing=True)
    site_for(by, tour_session.site_id)
    line = enter(
        tour_session,
        "change_places",
        by=by,
        at=at,
        before={"places": tour_session.places},
        after={"places": places},
    )
    db.session.flush()

    def change() -> TourSession:
        tour_session.places, tour_session.limits_journal_id = places, line.id
        return tour_session

    changed = weighing_both_sides(tour_session.site_id, line, change, at)
    if is_rehearsal:
        raise Rehearsed(changed)
    return changed


@writing(_parents_of_tour)
def _generate(tour_id: int, first: date, last: date, *, by: Actor, at: datetime) -> int:
    tour = db.session.get_one(Tour, tour_id, populate_existing=True)
    site_for(by, tour.site_id)
    if tour.dating is not Dating.ROUNDS:
        raise Invalid("tour", "has_no_rounds", tour=tour.code)
    site = _facts_over(tour.site_id, first, last)
    dated = set(db.session.scalars(select(TourSession.starts_at).where(TourSession.tour_id == tour.id)))
    new = [starts_at for starts_at in _rounds(tour, site, first, last) if starts_at not in dated]
    for starts_at in new:
        ends_at = starts_at + timedelta(minutes=tour.minutes)
        db.session.add(
            TourSession(
                tour_id=tour.id,
                site_id=tour.site_id,
                starts_at=starts_at,
                ends_at=ends_at,
                clear_at=clear_after(ends_at, site.turnaround_minutes),
                places=tour.places,
            )
        )
    told = {"first": first.isoformat(), "last": last.isoformat(), "rounds": len(new)}
    enter(tour, "generate_rounds", by=by, at=at, after=told)
    return len(new)


def _rounds(tour: Tour, site: SiteFacts, first: date, last: date) -> Iterator[datetime]:
    """Every start that the patterns give on days the site is open."""
    length = timedelta(minutes=tour.minutes)
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        hours = open_day(site, day)
        for pattern in tour.patterns:
            starts_at = datetime.combine(day, pattern.starts, site.zone)
            running = Running(None, starts_at, starts_at + length, starts_at + length, tour.places)
            if _runs_on(pattern, day) and not refusals_for(site, hours, running):
                yield starts_at


def _runs_on(pattern: RoundPattern, day: date) -> bool:
    return (
        str(day.weekday()) in pattern.weekdays
        and (pattern.valid_from is None or pattern.valid_from <= day)
        and (pattern.valid_to is None or day <= pattern.valid_to)
    )


def _facts_over(site_id: int, first: date, last: date) -> SiteFacts:
    """The facts of a site over some local days, a day to spare at each end for the zone."""
    from_at = datetime.combine(first - timedelta(days=1), time.min, UTC)
    return site_facts([site_id], from_at, datetime.combine(last + timedelta(days=2), time.min, UTC))[site_id]


def _give_places(tour: Tour, line: Journal, at: datetime) -> None:
    """New places reach every session to come."""
    to_come = select(TourSession).where(TourSession.tour_id == tour.id, TourSession.starts_at > at)
    for tour_session in db.session.scalars(to_come):
        tour_session.places, tour_session.limits_journal_id = tour.places, line.id
