"""What booking, moving and promoting have in common: the verdict that must stand, the row that is written."""

import uuid
from dataclasses import replace
from datetime import datetime

from scheduler.access import Actor, Permission
from scheduler.actions.duties import send_along
from scheduler.actions.invalid import Invalid
from scheduler.core.facts import Diary, Running, VisitRequest
from scheduler.core.interpreting import common_language
from scheduler.core.lifecycle import first_state
from scheduler.core.verdicts import OVERRIDES, OverrideNeeds, Verdict
from scheduler.records.database import db
from scheduler.records.journal import enter, snapshot
from scheduler.records.tours import TourSession
from scheduler.records.visits import Visit

JOURNALLED = (
    "tour_session_id",
    "starts_at",
    "headcount",
    "part_id",
    "state",
    "hold_until",
    "language",
    "sequence",
)


class VisitRefused(Exception):
    """The rules said no, or asked "are you sure?". Nothing was written."""

    def __init__(self, verdict: Verdict) -> None:
        refusals, cautions = [r.code for r in verdict.refusals], [c.code for c in verdict.cautions]
        super().__init__(", ".join([*refusals, *cautions]))
        self.verdict = verdict


def must_be_entitled(request: VisitRequest, by: Actor) -> None:
    """Overrides are for those whom the table names, and for the refusals that can be passed at all.
    Raises NotPermitted, Invalid."""
    if not request.overrides:
        return
    by.must(Permission.OVERRIDE)
    for code in request.overrides - {code.value for code in OVERRIDES}:
        raise Invalid("override", "cannot_be_overridden", value=code, allowed=sorted(OVERRIDES))


def must_be_sound(request: VisitRequest, verdict: Verdict, running: Running, at: datetime) -> None:
    """What has to come with a request that nothing stands against: a hold that ends in time, a reason for
    every tick. Raises Invalid."""
    if request.hold_until is not None and not at < request.hold_until <= running.starts_at:
        raise Invalid("hold_until", "hold_outside", earliest=at, latest=running.starts_at)
    if verdict.cautions and not request.acknowledge_reason.strip():
        raise Invalid("acknowledge_reason", "reason_needed")
    needs = {OVERRIDES[refusal.code] for refusal in verdict.overridden}
    if needs and not request.override_reason.strip():
        raise Invalid("override_reason", "reason_needed")
    if OverrideNeeds.OWNER_AGREEMENT in needs and request.owner_agreement is None:
        raise Invalid("owner_agreement", "owner_agreement_needed")


def stands(request: VisitRequest, verdict: Verdict) -> bool:
    """Whether nothing is left against a request: no refusal, no caution without its tick."""
    return not verdict.is_refused and not verdict.unacknowledged(request.acknowledge)


def make_visit(request: VisitRequest, diary: Diary, verdict: Verdict, *, by: Actor, at: datetime) -> Visit:
    """Write a visit that the rules accepted: its row, those who go along, its journal line, its letter."""
    assert diary.running is not None
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
    fill(visit, request, diary, running=diary.running)
    record_passed(visit, request, verdict)
    db.session.add(visit)
    db.session.flush()
    if request.assign:
        send_along(visit, request, diary, by=by, at=at)
    enter(visit, "book", by=by, at=at, after=after(visit), reason=reasons(request))
    return visit


def fill(visit: Visit, request: VisitRequest, diary: Diary, *, running: Running) -> None:
    """What the session decides, and what the request brings."""
    visit.tour_session_id = session_of(diary, running)
    visit.site_id = diary.site.id
    visit.starts_at, visit.ends_at = running.starts_at, running.ends_at
    visit.headcount, visit.part_id = request.headcount, request.part_id
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


def record_passed(visit: Visit, request: VisitRequest, verdict: Verdict) -> None:
    """Which cautions were ticked and which refusals overridden, and why."""
    visit.acknowledged = sorted({caution.code.value for caution in verdict.cautions})
    visit.acknowledge_reason = request.acknowledge_reason if verdict.cautions else ""
    visit.overridden = sorted({refusal.code.value for refusal in verdict.overridden})
    visit.override_reason = request.override_reason if verdict.overridden else ""


def with_earlier_ticks(request: VisitRequest, visit: Visit) -> VisitRequest:
    """A move keeps what was ticked for the visit before."""
    return replace(
        request,
        acknowledge=(*request.acknowledge, *visit.acknowledged),
        acknowledge_reason=request.acknowledge_reason or visit.acknowledge_reason,
    )


def after(visit: Visit) -> dict[str, object]:
    """What the journal says of a visit booked or moved."""
    passed = {"acknowledged": visit.acknowledged, "overridden": visit.overridden}
    return snapshot(visit, *JOURNALLED) | {name: codes for name, codes in passed.items() if codes}


def reasons(request: VisitRequest) -> str:
    """Every reason that came with a request, in one line."""
    told = [request.acknowledge_reason, request.override_reason]
    if request.owner_agreement is not None:
        agreed = request.owner_agreement
        told.append(f"owner: {agreed.by}, {agreed.on.isoformat()}, {agreed.channel}")
    return "; ".join(text for text in told if text)
