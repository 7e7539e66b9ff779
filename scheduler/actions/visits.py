"""Booking a visit, and moving one: the two acts that take places."""

from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.access import Actor
from scheduler.actions.bookings import (
    JOURNALLED,
    VisitRefused,
    after,
    fill,
    make_visit,
    must_be_entitled,
    must_be_sound,
    reasons,
    record_passed,
    stands,
    with_earlier_ticks,
)
from scheduler.actions.clashes import settle_clashes
from scheduler.actions.duties import let_follow, send_along
from scheduler.actions.stepping_aside import Aside
from scheduler.actions.versions import must_be_current
from scheduler.core.booking import decide, nearest
from scheduler.core.facts import Diary, Running, VisitRequest
from scheduler.core.lifecycle import AWAITED, Act, VisitFacts, refusals_of, state_after
from scheduler.core.spans import Span
from scheduler.core.verdicts import Verdict
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.diary import diary_for
from scheduler.records.duty_lookup import resources_of_visit
from scheduler.records.journal import enter, snapshot
from scheduler.records.replies import let_answers_lapse
from scheduler.records.visit_lookup import identical_visit, site_of_request, visit_seen_by, whereabouts_of
from scheduler.records.visits import Visit
from scheduler.records.writing import Parents, writing


@dataclass(frozen=True)
class Booked:
    """A visit, and whether this call made it."""

    visit: Visit
    is_new: bool


def request_visit(request: VisitRequest, *, by: Actor, at: datetime) -> Booked:
    """Book a visit: held if `hold_until` is given, else requested, or confirmed where no agreement is needed.
    Whoever is named in `assign` is asked to come along.

    Asking again for an identical awaited visit gives the one that is there. Raises VisitRefused with every
    reason and the nearest alternatives, NotFound, Invalid (a hold that ends before now or after the visit
    begins), NotPermitted (overrides are the head of division's).
    """
    must_be_entitled(request, by)
    try:
        return _book(request, by=by, at=at)
    except VisitRefused as refused:
        raise VisitRefused(_advised(request, refused.verdict, at)) from None


def move_visit(
    visit_id: int, request: VisitRequest, *, seen: int | None = None, by: Actor, at: datetime
) -> Visit:
    """Give a visit another session, headcount or part, through the same rules and locks as a booking.

    A part goes on as that part, unless another is named. The owner is asked again: a confirmed visit becomes
    requested, unless its tour needs no agreement. Who was
    to come along is taken along and asked again, or let go where a caution said so. `seen` is the version
    the asker read. Raises as `request_visit` does, and StaleVersion.
    """
    must_be_entitled(request, by)
    where = whereabouts_of(visit_id)
    part_id = where.part_id if request.part_id is None else request.part_id
    request = replace(request, visit_id=visit_id, delegation_id=where.delegation_id, part_id=part_id)
    try:
        return _move(request, seen=seen, by=by, at=at)
    except VisitRefused as refused:
        raise VisitRefused(_advised(request, refused.verdict, at)) from None


def parents_of_request(request: VisitRequest, **_told: object) -> Parents:
    """What a booking or a move may touch. Raises NotFound."""
    if request.delegation_id is None:
        raise NotFound("delegation", None)
    sites, resources = {site_of_request(request)}, set(request.assign)
    if request.visit_id is not None:
        sites.add(whereabouts_of(request.visit_id).site_id)
        resources |= resources_of_visit(request.visit_id)
    return Parents(frozenset(sites), frozenset({request.delegation_id}), frozenset(resources))


@writing(parents_of_request)
def _book(request: VisitRequest, *, by: Actor, at: datetime) -> Booked:
    diary = diary_for(request, at)
    if not by.sees_site(diary.site.id):
        raise NotFound("site", diary.site.code)
    there = _identical(request, diary)
    if there is not None:
        return Booked(there, is_new=False)
    verdict, _running = _accepted(request, diary, at)
    return Booked(make_visit(request, diary, verdict, by=by, at=at), is_new=True)


@writing(parents_of_request)
def _move(request: VisitRequest, *, seen: int | None, by: Actor, at: datetime) -> Visit:
    assert request.visit_id is not None
    visit = visit_seen_by(by, request.visit_id)
    must_be_current(visit.version, seen)
    diary = diary_for(request, at)
    must_be_movable(visit, diary, at)
    if changes_nothing(visit, request, diary):
        return visit
    request = with_earlier_ticks(request, visit)
    verdict, _running = _accepted(request, diary, at)
    return write_move(visit, request, diary, verdict, by=by, at=at)


def must_be_movable(visit: Visit, diary: Diary, at: datetime) -> None:
    """Raise VisitRefused when its state keeps a visit where it is."""
    if barred := refusals_of(Act.MOVE, _facts(visit, diary), at):
        raise VisitRefused(Verdict(refusals=barred))


def write_move(
    visit: Visit,
    request: VisitRequest,
    diary: Diary,
    verdict: Verdict,
    *,
    by: Actor,
    at: datetime,
    aside: Aside | None = None,
) -> Visit:
    """Write a move that the rules accepted; `aside` tells where a visit stood that has stepped aside."""
    assert diary.running is not None
    old_site_id = visit.site_id
    before = snapshot(visit, *JOURNALLED) if aside is None else dict(aside.visit)
    was = Span(visit.starts_at, visit.ends_at)
    state = state_after(Act.MOVE, _facts(visit, diary))
    fill(visit, request, diary, running=diary.running)
    visit.state = state
    record_passed(visit, request, verdict)
    visit.is_clashing, visit.clash, visit.offered_times = False, None, []
    visit.agreement, visit.ended_by, visit.ended_reason = None, "", ""
    visit.asked_at, visit.version = at, visit.version + 1
    visit.revise_calendar(at)
    db.session.flush()
    let_answers_lapse(visit.uid, before, after(visit))
    stood = aside.duties if aside is not None else {}
    let_follow(visit, verdict, was=was, stood=stood, by=by, at=at)
    if newly := _newly_named(request):
        send_along(visit, replace(request, assign=newly), diary, by=by, at=at)
    enter(visit, "move", by=by, at=at, before=before, after=after(visit), reason=reasons(request))
    settle_clashes({visit.site_id, old_site_id}, at)
    return visit


def _facts(visit: Visit, diary: Diary) -> VisitFacts:
    return VisitFacts(
        state=visit.state, hold_until=visit.hold_until, needs_agreement=diary.tour.needs_agreement
    )


def _identical(request: VisitRequest, diary: Diary) -> Visit | None:
    """The visit that is asked for a second time; only a stop at that very instant can be it."""
    stops = diary.delegation.stops if diary.delegation is not None else ()
    if all(stop.span.starts_at != diary.wanted_at for stop in stops):
        return None
    return identical_visit(request, diary.wanted_at)


def changes_nothing(visit: Visit, request: VisitRequest, diary: Diary) -> bool:
    """A move to where the visit is, with as many people: nobody needs to be asked again."""
    there = diary.running.id if diary.running is not None else None
    is_settled = visit.state in AWAITED and not visit.is_clashing
    wants_same = request.language in (None, visit.language) and request.hold_until in (None, visit.hold_until)
    return (
        is_settled
        and wants_same
        and request.part_id == visit.part_id
        and not _newly_named(request)
        and (there, request.headcount) == (visit.tour_session_id, visit.headcount)
    )


def _newly_named(request: VisitRequest) -> tuple[int, ...]:
    """Who is to come along with a visit that moves and was not asked before."""
    if not request.assign or request.visit_id is None:
        return ()
    there = resources_of_visit(request.visit_id)
    return tuple(dict.fromkeys(each for each in request.assign if each not in there))


def _accepted(request: VisitRequest, diary: Diary, at: datetime) -> tuple[Verdict, Running]:
    """The verdict when nothing stands against the request. Raises VisitRefused, Invalid."""
    verdict = decide(request, diary, at)
    if not stands(request, verdict) or diary.running is None:
        raise VisitRefused(verdict)
    must_be_sound(request, verdict, diary.running, at)
    return verdict, diary.running


def _advised(request: VisitRequest, verdict: Verdict, at: datetime) -> Verdict:
    """The refusal with the nearest alternatives, looked for after the locks are gone."""
    db.session.rollback()
    if not verdict.is_refused:
        return verdict
    diary = diary_for(request, at, with_options=True)
    return verdict.with_alternatives(tuple(nearest(request, diary, at)))
