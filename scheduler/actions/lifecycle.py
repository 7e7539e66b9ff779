"""What happens to a visit once booked: asked for, agreed, declined, called off, put off, received, closed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from scheduler.access import Actor, Permission
from scheduler.actions.bookings import JOURNALLED, VisitRefused
from scheduler.actions.clashes import settle_clashes
from scheduler.actions.invalid import Invalid
from scheduler.actions.versions import must_be_current
from scheduler.core.booking import decide
from scheduler.core.facts import OwnerAgreement, VisitRequest
from scheduler.core.lifecycle import Act, VisitFacts, VisitState, refusals_of, state_after
from scheduler.core.spans import day_span
from scheduler.core.verdicts import RefusalCode, Verdict
from scheduler.records.database import db
from scheduler.records.diary import diary_for
from scheduler.records.journal import enter, snapshot
from scheduler.records.site_facts import zone_named
from scheduler.records.visit_lookup import visit_seen_by, whereabouts_of
from scheduler.records.visits import Visit
from scheduler.records.writing import Parents, writing

MOST_OFFERED = 20
COUNTING = frozenset({Act.ARRIVE, Act.UNDO_ARRIVAL})
# Clashes that a site can wave through by agreeing again. Too many people is not a matter of agreement.
WAVED_THROUGH = frozenset(
    {
        RefusalCode.CLOSED,
        RefusalCode.OUTSIDE_HOURS,
        RefusalCode.SITE_NOT_IN_OPERATION,
        RefusalCode.TOUR_NOT_IN_OPERATION,
    }
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What somebody says with an act; which of these matter depends on the act."""

    reason: str = ""
    on_behalf_of: str = ""
    offered_times: tuple[datetime, ...] = ()
    count: int | None = None
    agreement: OwnerAgreement | None = None
    acknowledge: tuple[str, ...] = ()
    acknowledge_reason: str = ""


NOTHING_TOLD = Told()


def act_upon(
    visit_id: int, act: Act, told: Told = NOTHING_TOLD, *, seen: int | None = None, by: Actor, at: datetime
) -> Visit:
    """Do one act of the lifecycle's table to a visit; `seen` is the version the asker read.

    Raises VisitRefused (the state does not allow it, a hold has run out, or a rule stands against asking for
    a held visit now), Invalid, NotFound, NotPermitted, StaleVersion.
    """
    return _act_upon(visit_id, act, told, seen=seen, by=by, at=at)


def _parents(visit_id: int, *_told: object, **_also: object) -> Parents:
    where = whereabouts_of(visit_id)
    return Parents(frozenset({where.site_id}), frozenset({where.delegation_id}))


@writing(_parents)
def _act_upon(visit_id: int, act: Act, told: Told, *, seen: int | None, by: Actor, at: datetime) -> Visit:
    visit = visit_seen_by(by, visit_id)
    by.must(PERMISSIONS[act])
    must_be_current(visit.version, seen)
    facts = facts_of(visit)
    if barred := refusals_of(act, facts, at):
        raise VisitRefused(Verdict(refusals=barred))
    told_of = (*JOURNALLED, "arrived_count") if act in COUNTING else JOURNALLED
    before = snapshot(visit, *told_of)
    was_shown = shown_in_calendars(visit)
    DETAILS.get(act, _nothing_more)(visit, told, by, at)
    visit.state = state_after(act, facts)
    visit.version += 1
    visit.changed_at = at
    if shown_in_calendars(visit) != was_shown:
        visit.revise_calendar(at)
    db.session.flush()
    if facts.state.occupies and not visit.state.occupies:
        settle_clashes({visit.site_id}, at)
    after, name = snapshot(visit, *told_of), _name_in_journal(act, facts)
    enter(visit, name, by=by, at=at, before=before, after=after, reason=_reason(told))
    return visit


def facts_of(visit: Visit) -> VisitFacts:
    """A visit as the lifecycle sees it."""
    zone = zone_named(visit.tour_session.tour.site.zone)
    return VisitFacts(
        state=visit.state,
        hold_until=visit.hold_until,
        needs_agreement=visit.tour_session.tour.needs_agreement,
        is_clashing=visit.is_clashing,
        day_begins_at=day_span(visit.starts_at.astimezone(zone).date(), zone).starts_at,
    )


def shown_in_calendars(visit: Visit) -> str:
    """What a calendar says of the state: tentative, confirmed or cancelled."""
    if visit.state in (VisitState.HELD, VisitState.REQUESTED):
        return "tentative"
    if visit.state in (VisitState.CONFIRMED, VisitState.CARRIED_OUT, VisitState.CLOSED, VisitState.NO_SHOW):
        return "confirmed"
    return "cancelled"


def _request(visit: Visit, told: Told, by: Actor, at: datetime) -> None:
    """A hold becomes a request: the rules are asked again, since notice runs from the asking."""
    request = VisitRequest(
        delegation_id=visit.delegation_id,
        tour_session_id=visit.tour_session_id,
        headcount=visit.headcount,
        language=visit.language,
        part_id=visit.part_id,
        visit_id=visit.id,
        overrides=frozenset(visit.overridden),
        acknowledge=(*told.acknowledge, *visit.acknowledged),
    )
    verdict = decide(request, diary_for(request, at), at)
    if verdict.is_refused or verdict.unacknowledged(request.acknowledge):
        raise VisitRefused(verdict)
    reason = told.acknowledge_reason.strip() or visit.acknowledge_reason
    if verdict.cautions and not reason:
        raise Invalid("acknowledge_reason", "reason_needed")
    visit.acknowledged = sorted({caution.code.value for caution in verdict.cautions})
    visit.acknowledge_reason = reason if verdict.cautions else ""
    visit.hold_until = None
    visit.asked_at, visit.asked_by_id = at, by.account_id


def _confirm(visit: Visit, told: Told, by: Actor, at: datetime) -> None:
    """The site's manager agrees, or an officer records who agreed for the site, when, by which channel."""
    if visit.site_id in by.site_ids:
        agreement = told.agreement or OwnerAgreement(by=by.name or by.email, on=at, channel="system")
    elif told.agreement is None:
        by.must(Permission.RECORD_AGREEMENT)
        raise Invalid("agreement", "agreement_needed")
    else:
        by.must(Permission.RECORD_AGREEMENT)
        agreement = told.agreement
    if agreement.on > at:
        raise Invalid("agreement", "agreement_in_future", latest=at)
    visit.agreement = {"by": agreement.by, "at": agreement.on.isoformat(), "channel": agreement.channel}
    codes = {RefusalCode(reason["code"]) for reason in visit.clash or ()}
    if codes <= WAVED_THROUGH:
        visit.is_clashing, visit.clash = False, None


def _decline(visit: Visit, told: Told, by: Actor, at: datetime) -> None:
    if len(told.offered_times) > MOST_OFFERED:
        raise Invalid("offered_times", "too_many", most=MOST_OFFERED)
    if any(offered <= at for offered in told.offered_times):
        raise Invalid("offered_times", "in_the_past", earliest=at)
    visit.offered_times = [offered.isoformat() for offered in sorted(told.offered_times)]
    _call_off(visit, told, by, at)


def _call_off(visit: Visit, told: Told, by: Actor, at: datetime) -> None:
    visit.ended_by = told.on_behalf_of or by.name or by.email
    visit.ended_reason = told.reason
    visit.is_clashing, visit.clash = False, None


def _arrive(visit: Visit, told: Told, by: Actor, at: datetime) -> None:
    count = visit.headcount if told.count is None else told.count
    if not 0 < count <= 5000:
        raise Invalid("count", "out_of_range", least=1, most=5000)
    visit.arrived_count = count
    visit.arrived_at = visit.arrived_at or at
    visit.is_clashing, visit.clash = False, None


def _undo_arrival(visit: Visit, told: Told, by: Actor, at: datetime) -> None:
    visit.arrived_count, visit.arrived_at = None, None


def _name_in_journal(act: Act, before: VisitFacts) -> str:
    """A count after the first is an amendment, and is read as one."""
    return "amend_count" if act is Act.ARRIVE and before.state is VisitState.CARRIED_OUT else act.value


def _nothing_more(visit: Visit, told: Told, by: Actor, at: datetime) -> None:
    """The change of state says it all."""


def _reason(told: Told) -> str:
    who = f"on behalf of {told.on_behalf_of}" if told.on_behalf_of else ""
    return "; ".join(text for text in (told.reason, who, told.acknowledge_reason) if text)


PERMISSIONS = {
    Act.REQUEST: Permission.BOOK_VISITS,
    Act.CONFIRM: Permission.AGREE_TO_VISITS,
    Act.DECLINE: Permission.AGREE_TO_VISITS,
    Act.CANCEL: Permission.BOOK_VISITS,
    Act.POSTPONE: Permission.BOOK_VISITS,
    Act.ARRIVE: Permission.RECEIVE_VISITS,
    Act.UNDO_ARRIVAL: Permission.RECEIVE_VISITS,
    Act.NO_SHOW: Permission.RECEIVE_VISITS,
    Act.CLOSE: Permission.BOOK_VISITS,
}
DETAILS: dict[Act, Callable[[Visit, Told, Actor, datetime], None]] = {
    Act.REQUEST: _request,
    Act.CONFIRM: _confirm,
    Act.DECLINE: _decline,
    Act.CANCEL: _call_off,
    Act.POSTPONE: _call_off,
    Act.NO_SHOW: _call_off,
    Act.ARRIVE: _arrive,
    Act.UNDO_ARRIVAL: _undo_arrival,
}
