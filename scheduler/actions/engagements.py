"""Planning a delegation's engagements, changing them, calling them off."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from scheduler.access import Actor, Permission
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.invalid import Invalid
from scheduler.actions.versions import must_be_current
from scheduler.core.engagements import EngagementRequest, decide_engagement, stop_of
from scheduler.core.facts import DelegationFacts
from scheduler.core.stops import EngagementKind, EngagementState
from scheduler.core.verdicts import Refusal, RefusalCode, Verdict
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.engagement_lookup import (
    delegation_of_engagement,
    engagement_by_id,
    engagement_diary,
    places_called,
)
from scheduler.records.engagements import Engagement
from scheduler.records.journal import enter, snapshot
from scheduler.records.parts import Part
from scheduler.records.places import Place
from scheduler.records.replies import let_answers_lapse
from scheduler.records.writing import Parents, writing

LONGEST = timedelta(hours=24)
# What guests see in their calendars: a change of it is a new revision there. The note is the office's own.
SEEN = ("kind", "title", "part_id", "place_id", "destination_id", "starts_at", "ends_at", "host", "headcount")
JOURNALLED = ("kind", "title", "starts_at", "ends_at", "host", "headcount", "note", "state", "sequence")
# What the rules are asked about; the other columns are words.
WEIGHED = ("part_id", "place_id", "destination_id", "starts_at", "ends_at", "headcount")


class EngagementRefused(VisitRefused):
    """The rules said no to an engagement, or asked "are you sure?". Nothing was written."""


def plan_engagement(request: EngagementRequest, *, by: Actor, at: datetime) -> Engagement:
    """Put an engagement into a delegation's days. Raises EngagementRefused, Invalid, NotFound."""
    by.must(Permission.BOOK_VISITS)
    return _plan(request, by=by, at=at)


def change_engagement(
    engagement_id: int, request: EngagementRequest, *, seen: int | None = None, by: Actor, at: datetime
) -> Engagement:
    """Make an engagement what the request says; `seen` is the version the asker read. The rules are asked
    only where time, place, part or headcount change. Raises EngagementRefused, Invalid, NotFound,
    StaleVersion."""
    by.must(Permission.BOOK_VISITS)
    return _change(engagement_id, request, seen=seen, by=by, at=at)


def cancel_engagement(
    engagement_id: int, reason: str = "", *, seen: int | None = None, by: Actor, at: datetime
) -> Engagement:
    """Call an engagement off; calling it off twice is harmless. Raises NotFound, StaleVersion."""
    by.must(Permission.BOOK_VISITS)
    return _cancel(engagement_id, reason, seen=seen, by=by, at=at)


def step_aside(engagement_id: int, *, seen: int | None, by: Actor, at: datetime) -> Engagement:
    """Within an act: take an engagement off the day until it is put back, so that nobody is in two places
    while others move. Raises NotFound, StaleVersion, EngagementRefused."""
    by.must(Permission.BOOK_VISITS)
    engagement = engagement_by_id(engagement_id)
    must_be_current(engagement.version, seen)
    _must_be_planned(engagement)
    engagement.state = EngagementState.CANCELLED
    db.session.flush()
    return engagement


def put_back(engagement: Engagement, request: EngagementRequest, *, by: Actor, at: datetime) -> None:
    """Within an act: put what stepped aside where the request says. Raises as `change_engagement` does."""
    before = _kept(engagement) | {"state": EngagementState.PLANNED.value}
    with db.session.no_autoflush:
        facts = _lay(engagement, request, at)
        _weigh(engagement, request, facts, at)
        engagement.state = EngagementState.PLANNED
    engagement.version += 1
    engagement.revise_calendar(at)
    db.session.flush()
    after = _kept(engagement)
    enter(engagement, "change", by=by, at=at, before=before, after=after, reason=request.acknowledge_reason)


def _parents(request: EngagementRequest, **_told: object) -> Parents:
    return Parents(delegations=frozenset({request.delegation_id}))


def _parents_of(engagement_id: int, *_told: object, **_also: object) -> Parents:
    return Parents(delegations=frozenset({delegation_of_engagement(engagement_id)}))


@writing(_parents)
def _plan(request: EngagementRequest, *, by: Actor, at: datetime) -> Engagement:
    engagement = Engagement(
        uid=str(uuid.uuid4()),
        delegation_id=request.delegation_id,
        state=EngagementState.PLANNED,
        stamped_at=at,
        sequence=0,
        version=1,
    )
    facts = _lay(engagement, request, at)
    _weigh(engagement, request, facts, at)
    db.session.add(engagement)
    db.session.flush()
    after = _kept(engagement)
    enter(engagement, "plan", by=by, at=at, after=after, reason=request.acknowledge_reason)
    return engagement


@writing(_parents_of)
def _change(
    engagement_id: int, request: EngagementRequest, *, seen: int | None, by: Actor, at: datetime
) -> Engagement:
    engagement = engagement_by_id(engagement_id)
    must_be_current(engagement.version, seen)
    _must_be_planned(engagement)
    request = replace(request, engagement_id=engagement.id, delegation_id=engagement.delegation_id)
    before = _kept(engagement)
    weighed, shown = _columns(engagement, WEIGHED), _columns(engagement, SEEN)
    with db.session.no_autoflush:
        facts = _lay(engagement, request, at)
        if _columns(engagement, WEIGHED) != weighed:
            _weigh(engagement, request, facts, at)
    if _kept(engagement) == before:
        return engagement
    engagement.version += 1
    if _columns(engagement, SEEN) != shown:
        engagement.revise_calendar(at)
    db.session.flush()
    after = _kept(engagement)
    let_answers_lapse(engagement.uid, before, after)
    enter(engagement, "change", by=by, at=at, before=before, after=after, reason=request.acknowledge_reason)
    return engagement_by_id(engagement_id)


@writing(_parents_of)
def _cancel(engagement_id: int, reason: str, *, seen: int | None, by: Actor, at: datetime) -> Engagement:
    engagement = engagement_by_id(engagement_id)
    must_be_current(engagement.version, seen)
    if engagement.state is EngagementState.CANCELLED:
        return engagement
    before = _kept(engagement)
    engagement.state = EngagementState.CANCELLED
    engagement.version += 1
    engagement.revise_calendar(at)
    after = _kept(engagement)
    enter(engagement, "cancel", by=by, at=at, before=before, after=after, reason=reason)
    return engagement


def _must_be_planned(engagement: Engagement) -> None:
    if engagement.state is EngagementState.CANCELLED:
        facts = {"act": "change", "state": engagement.state.value, "allowed_from": ["planned"]}
        raise EngagementRefused(Verdict(refusals=(Refusal(RefusalCode.STATE_FORBIDS, facts),)))


def _weigh(engagement: Engagement, request: EngagementRequest, facts: DelegationFacts, at: datetime) -> None:
    """Ask the rules; what was ticked once for this engagement need not be ticked again."""
    verdict = decide_engagement(request, facts, at)
    ticked = (*request.acknowledge, *(engagement.acknowledged or "").split())
    if verdict.is_refused or verdict.unacknowledged(ticked):
        raise EngagementRefused(verdict)
    reason = request.acknowledge_reason.strip() or (engagement.acknowledge_reason or "")
    if verdict.cautions and not reason:
        raise Invalid("acknowledge_reason", "reason_needed")
    engagement.acknowledged = " ".join(sorted({caution.code.value for caution in verdict.cautions}))
    engagement.acknowledge_reason = reason if verdict.cautions else ""


def _lay(engagement: Engagement, request: EngagementRequest, at: datetime) -> DelegationFacts:
    """Put what was asked into the columns, once it can be meant; gives the facts to weigh it against."""
    _must_make_sense(request)
    places = places_called({code for code in (request.place, request.destination) if code is not None})
    place_id = _place_id(places, request.place, "place")
    destination_id = _place_id(places, request.destination, "destination")
    facts = _facts(request, places, at)
    engagement.kind, engagement.title = request.kind, request.title
    engagement.part_id, engagement.headcount = request.part_id, stop_of(request, facts).headcount
    engagement.place_id, engagement.destination_id = place_id, destination_id
    engagement.starts_at, engagement.ends_at = _whole(request.starts_at), _whole(request.ends_at)
    engagement.host, engagement.note = request.host, request.note
    return facts


def _facts(request: EngagementRequest, places: Mapping[str, Place], at: datetime) -> DelegationFacts:
    try:
        return engagement_diary(request, places.values(), at)
    except NotFound as absent:
        if absent.what != "part":
            raise
        raise Invalid("part_id", "unknown", value=request.part_id) from None


def _must_make_sense(request: EngagementRequest) -> None:
    if _whole(request.ends_at) <= _whole(request.starts_at):
        raise Invalid("ends_at", "not_after", earliest=request.starts_at)
    if request.ends_at - request.starts_at > LONGEST:
        raise Invalid("ends_at", "longer_than_a_day")
    if request.headcount is not None and not 1 <= request.headcount <= 5000:
        raise Invalid("headcount", "out_of_range", least=1, most=5000)
    if request.kind is not EngagementKind.TRANSFER and request.destination is not None:
        raise Invalid("destination", "only_transfers_go_somewhere")
    if request.kind is EngagementKind.TRANSFER and request.destination is None:
        raise Invalid("destination", "transfer_goes_somewhere")


def _place_id(places: Mapping[str, Place], code: str | None, field: str) -> int | None:
    if code is not None and code not in places:
        raise Invalid(field, "unknown", value=code)
    return None if code is None else places[code].id


def _whole(instant: datetime) -> datetime:
    """An instant to the minute: nobody is invited to a second."""
    return instant.astimezone(UTC).replace(second=0, microsecond=0)


def _kept(engagement: Engagement) -> dict[str, Any]:
    """What the journal keeps: places and part by what they are called."""
    names = {
        "place": _code(engagement.place_id),
        "destination": _code(engagement.destination_id),
        "part": _name(engagement.part_id),
    }
    return snapshot(engagement, *JOURNALLED) | names


def _code(place_id: int | None) -> str | None:
    place = db.session.get(Place, place_id) if place_id is not None else None
    return None if place is None else place.code


def _name(part_id: int | None) -> str | None:
    part = db.session.get(Part, part_id) if part_id is not None else None
    return None if part is None else part.name


def _columns(engagement: Engagement, names: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(engagement, name) for name in names)
