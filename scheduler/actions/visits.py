"""Booking a visit, and moving one: the two acts that take places."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.access import Actor, Permission
from scheduler.actions.clashes import settle_clashes
from scheduler.actions.invalid import Invalid
from scheduler.actions.letters import write_first_letter, write_letter
from scheduler.actions.versions import must_be_current
from scheduler.core.booking import decide, nearest
from scheduler.core.facts import Diary, Running, VisitRequest
from scheduler.core.interpreting import common_language
from scheduler.core.lifecycle import AWAITED, Act, VisitFacts, first_state, refusals_of, state_after
from scheduler.core.verdicts import OVERRIDES, OverrideNeeds, Verdict
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.diary import diary_for
from scheduler.records.journal import enter, snapshot
from scheduler.records.tours import TourSession
from scheduler.records.visit_lookup import identical_visit, site_of_request, visit_seen_by, whereabouts_of
from scheduler.records.visits import Visit
from scheduler.records.writing import Parents, writing

JOURNALLED = ("tour_session_id", "starts_at", "headcount", "state", "hold_until", "language", "sequence")


class VisitRefused(Exception):
    """The rules said no, or asked "are you sure?". Nothing was written."""

    def __init__(self, verdict: Verdict) -> None:
        refusals, cautions = [r.code for r in verdict.refusals], [c.code for c in verdict.cautions]
        super().__init__(", ".join([*refusals, *cautions]))
        self.verdict = verdict


@dataclass(frozen=True)
class Booked:
    """A visit, and whether this call made it."""

    visit: Visit
    is_new: bool


def request_visit(request: VisitRequest, *, by: Actor, at: datetime) -> Booked:
    """Book a visit: held if `hold_until` is given, else requested, or confirmed where no agreement is needed.

    Asking again for an identical awaited visit gives the one that is there. Raises VisitRefused with every
    reason and the nearest alternatives, NotFound, Invalid (a hold that ends before now or after the visit
    begins), NotPermitted (overrides are the head of division's).
    """
    _must_be_entitled(request, by)
    try:
        return _book(request, by=by, at=at)
    except VisitRefused as refused:
        raise VisitRefused(_advised(request, refused.verdict, at)) from None


def move_visit(
    visit_id: int, request: VisitRequest, *, seen: int | None = None, by: Actor, at: datetime
) -> Visit:
    """Give a visit another session or headcount, through the same rules and locks as a booking.

    The owner is asked again: a confirmed visit becomes requested, unless its tour needs no agreement.
    `seen` is the version the asker read. Raises as `request_visit` does, and StaleVersion.
    """
    _must_be_entitled(request, by)
    request = replace(request, visit_id=visit_id, delegation_id=whereabouts_of(visit_id).delegation_id)
    try:
        return _move(request, seen=seen, by=by, at=at)
    except VisitRefused as refused:
        raise VisitRefused(_advised(request, refused.verdict, at)) from None


def _parents(request: VisitRequest, **_told: object) -> Parents:
    if request.delegation_id is None:
        raise NotFound("delegation", None)
    sites = {site_of_request(request)}
    if request.visit_id is not None:
        sites.add(whereabouts_of(request.visit_id).site_id)
    return Parents(frozenset(sites), frozenset({request.delegation_id}))


@writing(_parents)
def _book(request: VisitRequest, *, by: Actor, at: datetime) -> Booked:
    diary = diary_for(request, at)
    if not by.sees_site(diary.site.id):
        raise NotFound("site", diary.site.code)
    there = _identical(request, diary)
    if there is not None:
        return Booked(there, is_new=False)
    verdict, running = _accepted(request, diary, at)
    state = first_state(is_hold=request.hold_until is not None, needs_agreement=diary.tour.needs_agreement)
    visit = Visit(
        uid=str(uuid.uuid4()),
        delegation_id=request.delegation_id,
        state=state,
        stamped_at=at,
        asked_by_id=by.account_id,
        asked_at=at,
        created_at=at,
        changed_at=at,
        sequence=0,
        version=1,
    )
    _fill(visit, request, diary, running=running)
    _record_passed(visit, request, verdict)
    db.session.add(visit)
    db.session.flush()
    enter(visit, "book", by=by, at=at, after=_after(visit), reason=_reasons(request))
    write_first_letter(visit, at)
    return Booked(visit, is_new=True)


@writing(_parents)
def _move(request: VisitRequest, *, seen: int | None, by: Actor, at: datetime) -> Visit:
    assert request.visit_id is not None
    visit = visit_seen_by(by, request.visit_id)
    must_be_current(visit.version, seen)
    diary = diary_for(request, at)
    facts = VisitFacts(
        state=visit.state, hold_until=visit.hold_until, needs_agreement=diary.tour.needs_agreement
    )
    if barred := refusals_of(Act.MOVE, facts, at):
        raise VisitRefused(Verdict(refusals=barred))
    if _changes_nothing(visit, request, diary):
        return visit
    request = replace(
        request,
        acknowledge=(*request.acknowledge, *visit.acknowledged),
        acknowledge_reason=request.acknowledge_reason or visit.acknowledge_reason,
    )
    verdict, running = _accepted(request, diary, at)
    before, old_site_id = snapshot(visit, *JOURNALLED), visit.site_id
    _fill(visit, request, diary, running=running)
    visit.state = state_after(Act.MOVE, facts)
    _record_passed(visit, request, verdict)
    visit.is_clashing, visit.clash, visit.offered_times = False, None, []
    visit.agreement, visit.ended_by, visit.ended_reason = None, "", ""
    visit.asked_at, visit.version = at, visit.version + 1
    visit.revise_calendar(at)
    db.session.flush()
    enter(visit, "move", by=by, at=at, before=before, after=_after(visit), reason=_reasons(request))
    write_letter(visit, at)
    settle_clashes({visit.site_id, old_site_id}, at)
    return visit


def _identical(request: VisitRequest, diary: Diary) -> Visit | None:
    """The visit that is asked for a second time; only a stop at that very instant can be it."""
    stops = diary.delegation.stops if diary.delegation is not None else ()
    if all(stop.span.starts_at != diary.wanted_at for stop in stops):
        return None
    return identical_visit(request, diary.wanted_at)


def _changes_nothing(visit: Visit, request: VisitRequest, diary: Diary) -> bool:
    """A move to where the visit is, with as many people: nobody needs to be asked again."""
    there = diary.running.id if diary.running is not None else None
    is_settled = visit.state in AWAITED and not visit.is_clashing
    wants_same = request.language in (None, visit.language) and request.hold_until in (None, visit.hold_until)
    return (
        is_settled and wants_same and (there, request.headcount) == (visit.tour_session_id, visit.headcount)
    )


def _must_be_entitled(request: VisitRequest, by: Actor) -> None:
    """Overrides are for those whom the table names, and for the refusals that can be passed at all."""
    if not request.overrides:
        return
    by.must(Permission.OVERRIDE)
    for code in request.overrides - {code.value for code in OVERRIDES}:
        raise Invalid("override", "cannot_be_overridden", value=code, allowed=sorted(OVERRIDES))


def _accepted(request: VisitRequest, diary: Diary, at: datetime) -> tuple[Verdict, Running]:
    """The verdict when nothing stands against the request. Raises VisitRefused, Invalid."""
    verdict = decide(request, diary, at)
    if verdict.is_refused or verdict.unacknowledged(request.acknowledge) or diary.running is None:
        raise VisitRefused(verdict)
    if request.hold_until is not None and not at < request.hold_until <= diary.running.starts_at:
        raise Invalid("hold_until", "hold_outside", earliest=at, latest=diary.running.starts_at)
    if verdict.cautions and not request.acknowledge_reason.strip():
        raise Invalid("acknowledge_reason", "reason_needed")
    needs = {OVERRIDES[refusal.code] for refusal in verdict.overridden}
    if needs and not request.override_reason.strip():
        raise Invalid("override_reason", "reason_needed")
    if OverrideNeeds.OWNER_AGREEMENT in needs and request.owner_agreement is None:
        raise Invalid("owner_agreement", "owner_agreement_needed")
    return verdict, diary.running


def _fill(visit: Visit, request: VisitRequest, diary: Diary, *, running: Running) -> None:
    """What the session decides, and what the request brings."""
    visit.tour_session_id = session_of(diary, running)
    visit.site_id = diary.site.id
    visit.starts_at, visit.ends_at = running.starts_at, running.ends_at
    visit.headcount = request.headcount
    hold_until = request.hold_until or visit.hold_until
    visit.hold_until = hold_until and min(hold_until, running.starts_at)
    assert diary.delegation is not None
    visit.language = common_language(diary.site, diary.delegation, request.language)


def session_of(diary: Diary, running: Running) -> int:
    """The id of the tour session to book; a window becomes one by its first booking."""
    if running.id is not None:
        return running.id
    made = TourSession(
        tour_id=diary.tour.id,
        site_id=diary.site.id,
        starts_at=running.starts_at,
        ends_at=running.ends_at,
        clear_at=running.clear_at,
        places=running.places,
    )
    db.session.add(made)
    db.session.flush()
    return made.id


def _record_passed(visit: Visit, request: VisitRequest, verdict: Verdict) -> None:
    """Which cautions were ticked and which refusals overridden, and why."""
    visit.acknowledged = sorted({caution.code.value for caution in verdict.cautions})
    visit.acknowledge_reason = request.acknowledge_reason if verdict.cautions else ""
    visit.overridden = sorted({refusal.code.value for refusal in verdict.overridden})
    visit.override_reason = request.override_reason if verdict.overridden else ""


def _after(visit: Visit) -> dict[str, object]:
    passed = {"acknowledged": visit.acknowledged, "overridden": visit.overridden}
    return snapshot(visit, *JOURNALLED) | {name: codes for name, codes in passed.items() if codes}


def _reasons(request: VisitRequest) -> str:
    told = [request.acknowledge_reason, request.override_reason]
    if request.owner_agreement is not None:
        agreed = request.owner_agreement
        told.append(f"owner: {agreed.by}, {agreed.on.isoformat()}, {agreed.channel}")
    return "; ".join(text for text in told if text)


def _advised(request: VisitRequest, verdict: Verdict, at: datetime) -> Verdict:
    """The refusal with the nearest alternatives, looked for after the locks are gone."""
    db.session.rollback()
    if not verdict.is_refused:
        return verdict
    diary = diary_for(request, at, with_options=True)
    return verdict.with_alternatives(tuple(nearest(request, diary, at)))
