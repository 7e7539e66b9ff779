"""The waiting list of a session: joining it, leaving it, and the hold that the first who fits is given."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from scheduler.access import SYSTEM, Actor, Permission
from scheduler.actions.bookings import VisitRefused, make_visit
from scheduler.actions.invalid import Invalid
from scheduler.actions.versions import must_be_current
from scheduler.core.booking import decide
from scheduler.core.facts import VisitRequest
from scheduler.core.verdicts import RefusalCode
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.diary import diary_for
from scheduler.records.journal import enter, snapshot
from scheduler.records.visit_lookup import site_of_request
from scheduler.records.waiting import Waiting, WaitingState
from scheduler.records.waiting_lookup import parents_of_waiting, sites_with_waiting, waiting_in_turn
from scheduler.records.writing import Parents, writing

# What waiting helps against. Everything else would still stand when places come free.
WORTH_WAITING = frozenset(
    {
        RefusalCode.NO_PLACES_LEFT,
        RefusalCode.TOO_MANY_PEOPLE_AT_ONCE,
        RefusalCode.TOO_MANY_GROUPS_AT_ONCE,
    }
)
WAITING_JOURNALLED = ("tour_session_id", "delegation_id", "part_id", "headcount", "hold_hours", "state")
REASON = "from the waiting list"
MOST_HOURS = 720


class PlacesAreFree(Exception):
    """Nobody needs to wait: the session has the places. Book it."""


def join_waiting(request: VisitRequest, *, hold_hours: int = 48, by: Actor, at: datetime) -> Waiting:
    """Put a delegation, or a part of it, on the waiting list of a dated session. When places come free the
    first that fits gets a hold of `hold_hours`. Asking twice gives the entry that is there; asking for
    another number changes it, and keeps its turn.

    Raises PlacesAreFree, VisitRefused (something stands against it that no waiting cures), NotFound,
    Invalid, NotPermitted.
    """
    by.must(Permission.BOOK_VISITS)
    if not 1 <= hold_hours <= MOST_HOURS:
        raise Invalid("hold_hours", "out_of_range", least=1, most=MOST_HOURS)
    if request.tour_session_id is None:
        raise NotFound("tour session", None)
    return _join(request, hold_hours=hold_hours, by=by, at=at)


def leave_waiting(waiting_id: int, *, seen: int | None = None, by: Actor, at: datetime) -> Waiting:
    """Take an entry off its list. Raises NotFound, StaleVersion, Invalid (no longer waiting)."""
    by.must(Permission.BOOK_VISITS)
    return _leave(waiting_id, seen=seen, by=by, at=at)


def settle_waiting_lists(*, at: datetime) -> None:
    """The clock's part: offer what came free without an act, and end the waiting for what has begun."""
    sites = sites_with_waiting()
    db.session.rollback()
    for site_id in sites:
        _visit_list(site_id, at=at)


def promote_waiting(site_ids: frozenset[int], at: datetime) -> None:
    """Give holds to whoever waits at these sites and fits now, in turn. Called under their locks."""
    for waiting in waiting_in_turn(site_ids):
        _offer(waiting, at)


def _parents(request: VisitRequest, **_told: object) -> Parents:
    if request.delegation_id is None:
        raise NotFound("delegation", None)
    return Parents(frozenset({site_of_request(request)}), frozenset({request.delegation_id}))


@writing(_parents)
def _join(request: VisitRequest, *, hold_hours: int, by: Actor, at: datetime) -> Waiting:
    there = _same(request)
    if there is not None and (there.headcount, there.hold_hours) == (request.headcount, hold_hours):
        return there
    diary = diary_for(request, at)
    if not by.sees_site(diary.site.id):
        raise NotFound("site", diary.site.code)
    verdict = decide(request, diary, at)
    if standing := tuple(r for r in verdict.refusals if r.code not in WORTH_WAITING):
        raise VisitRefused(replace(verdict, refusals=standing))
    if not verdict.is_refused:
        raise PlacesAreFree
    if diary.running is not None and request.headcount > diary.running.places:
        raise VisitRefused(verdict)
    if there is not None:
        return _change(there, request, hold_hours, by=by, at=at)
    waiting = Waiting(
        tour_session_id=request.tour_session_id,
        site_id=diary.site.id,
        delegation_id=request.delegation_id,
        part_id=request.part_id,
        headcount=request.headcount,
        language=request.language,
        hold_hours=hold_hours,
        state=WaitingState.WAITING,
        asked_by_id=by.account_id,
        asked_at=at,
    )
    db.session.add(waiting)
    db.session.flush()
    enter(waiting, "join_waiting", by=by, at=at, after=snapshot(waiting, *WAITING_JOURNALLED))
    return waiting


def _change(waiting: Waiting, request: VisitRequest, hold_hours: int, *, by: Actor, at: datetime) -> Waiting:
    """Who waits already waits for another number from now on, in the same turn."""
    before = snapshot(waiting, *WAITING_JOURNALLED)
    waiting.headcount, waiting.hold_hours = request.headcount, hold_hours
    waiting.version += 1
    after = snapshot(waiting, *WAITING_JOURNALLED)
    enter(waiting, "change", by=by, at=at, before=before, after=after)
    return waiting


def _same(request: VisitRequest) -> Waiting | None:
    rows = select(Waiting).where(
        Waiting.tour_session_id == request.tour_session_id,
        Waiting.delegation_id == request.delegation_id,
        Waiting.part_id.is_(None) if request.part_id is None else Waiting.part_id == request.part_id,
        Waiting.state == WaitingState.WAITING,
    )
    return db.session.scalar(rows)


def _parents_of_entry(waiting_id: int, **_told: object) -> Parents:
    site_id, delegation_id = parents_of_waiting(waiting_id)
    return Parents(frozenset({site_id}), frozenset({delegation_id}))


@writing(_parents_of_entry)
def _leave(waiting_id: int, *, seen: int | None, by: Actor, at: datetime) -> Waiting:
    waiting = db.session.get_one(Waiting, waiting_id, populate_existing=True)
    must_be_current(waiting.version, seen)
    if waiting.state is not WaitingState.WAITING:
        raise Invalid("waiting", "no_longer_waiting", state=waiting.state.value)
    _end(waiting, WaitingState.WITHDRAWN, by=by, at=at)
    return waiting


def _parents_of_site(site_id: int, **_told: object) -> Parents:
    return Parents(frozenset({site_id}))


@writing(_parents_of_site)
def _visit_list(site_id: int, *, at: datetime) -> None:
    """Taking the lock of a site settles its waiting lists; nothing more is to be done."""


def _offer(waiting: Waiting, at: datetime) -> None:
    starts_at = waiting.tour_session.starts_at
    if starts_at <= at:
        _end(waiting, WaitingState.LAPSED, by=SYSTEM, at=at)
        return
    request = VisitRequest(
        delegation_id=waiting.delegation_id,
        tour_session_id=waiting.tour_session_id,
        headcount=waiting.headcount,
        part_id=waiting.part_id,
        language=waiting.language,
        hold_until=min(at + timedelta(hours=waiting.hold_hours), starts_at),
        acknowledge=("all",),
        acknowledge_reason=REASON,
    )
    diary = diary_for(request, at)
    verdict = decide(request, diary, at)
    if verdict.is_refused or diary.running is None:
        return
    visit = make_visit(request, diary, verdict, by=SYSTEM, at=at)
    waiting.visit_id = visit.id
    _end(waiting, WaitingState.PROMOTED, by=SYSTEM, at=at)


def _end(waiting: Waiting, state: WaitingState, *, by: Actor, at: datetime) -> None:
    before = snapshot(waiting, *WAITING_JOURNALLED)
    waiting.state, waiting.ended_at, waiting.version = state, at, waiting.version + 1
    db.session.flush()
    after = snapshot(waiting, *WAITING_JOURNALLED) | {"visit_id": waiting.visit_id}
    enter(waiting, state.value, by=by, at=at, before=before, after=after)
