"""Disturbances looked over before anybody plans: do they make sense, and whom are they about."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select

from scheduler.access import Actor
from scheduler.actions.delegations import LONGEST_STAY_DAYS, delegation_by_id
from scheduler.actions.invalid import Invalid
from scheduler.core.disturbances import Disturbance, DisturbanceKind
from scheduler.core.lifecycle import AWAITED
from scheduler.core.spans import Span
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.resource_lookup import whole_resource
from scheduler.records.site_lookup import site_seen_by
from scheduler.records.sites import SiteClosure
from scheduler.records.visits import Visit

# A repair is of days; who is closed or away for longer is a change of the city, not a disturbance.
LONGEST_DAYS = 366
MOST_PEOPLE = 5000


def sound(told: Disturbance, *, by: Actor, at: datetime) -> Disturbance:
    """A disturbance with what the archive knows of it: the span of a closure, how many somebody was thought
    to be. Raises Invalid (no span, over, too long; a headcount out of range, or above what the delegation is
    said to have), NotFound."""
    return CHECKS[told.kind](told, by, at)


def closure_at(code: str, closure_id: int, *, by: Actor) -> Disturbance:
    """The disturbance that a closure in the archive is. Raises NotFound."""
    site = site_seen_by(by, code)
    closure = db.session.get(SiteClosure, closure_id, populate_existing=True)
    if closure is None or closure.site_id != site.id:
        raise NotFound("closure", closure_id)
    return Disturbance(
        kind=DisturbanceKind.CLOSURE,
        span=Span(closure.starts_at, closure.ends_at),
        site_code=site.code,
        closure_id=closure.id,
        reason=closure.reason,
    )


def _closure(told: Disturbance, by: Actor, at: datetime) -> Disturbance:
    if told.site_code is None:
        raise Invalid("site", "site_needed")
    if told.closure_id is not None:
        return closure_at(told.site_code, told.closure_id, by=by)
    site_seen_by(by, told.site_code)
    if not told.is_rehearsed:
        raise Invalid("closure_id", "closure_needed")
    _must_be_a_stretch(told.span, at)
    return told


def _absence(told: Disturbance, by: Actor, at: datetime) -> Disturbance:
    if told.resource_id is None:
        raise Invalid("resource_id", "resource_needed")
    leave = whole_resource(told.resource_id).leave
    _must_be_a_stretch(told.span, at)
    span = told.span
    if span is None or told.is_rehearsed:
        return told
    if not any(span.overlaps(Span(each.starts_at, each.ends_at)) for each in leave):
        raise Invalid("starts_at", "leave_needed")
    return told


def _stay(told: Disturbance, by: Actor, at: datetime) -> Disturbance:
    _delegation_id(told)
    if not told.is_rehearsed:
        return replace(told, span=None)
    if told.span is None:
        raise Invalid("arrives_at", "arrival_or_departure_needed")
    if (told.span.ends_at - told.span.starts_at).days > LONGEST_STAY_DAYS:
        raise Invalid("departs_at", "too_long", most=LONGEST_STAY_DAYS)
    return told


def _headcount(told: Disturbance, by: Actor, at: datetime) -> Disturbance:
    delegation = delegation_by_id(_delegation_id(told))
    if told.is_rehearsed and told.headcount is None:
        raise Invalid("headcount", "headcount_needed")
    wanted = delegation.headcount if told.headcount is None else told.headcount
    most = MOST_PEOPLE if told.is_rehearsed else delegation.headcount
    if not 1 <= wanted <= most:
        raise Invalid("headcount", "out_of_range", least=1, most=most)
    was = told.was
    if was is None:
        was = delegation.headcount if told.is_rehearsed else _most_booked(delegation.id, wanted, at)
    return replace(told, headcount=wanted, was=was, span=None)


def _delegation_id(told: Disturbance) -> int:
    if told.delegation_id is None:
        raise Invalid("delegation_id", "delegation_needed")
    return delegation_by_id(told.delegation_id).id


def _most_booked(delegation_id: int, wanted: int, at: datetime) -> int:
    """For how many the visits of everybody were booked that are to be for another number now."""
    rows = select(func.max(Visit.headcount)).where(
        Visit.delegation_id == delegation_id,
        Visit.part_id.is_(None),
        Visit.state.in_(AWAITED),
        Visit.starts_at > at,
        Visit.headcount != wanted,
    )
    return db.session.scalar(rows) or wanted


def _must_be_a_stretch(span: Span | None, at: datetime) -> None:
    if span is None:
        raise Invalid("starts_at", "stretch_needed")
    if span.ends_at <= at:
        raise Invalid("ends_at", "in_the_past", earliest=at)
    if (span.ends_at - span.starts_at).days > LONGEST_DAYS:
        raise Invalid("ends_at", "too_long", most=LONGEST_DAYS)


CHECKS = {
    DisturbanceKind.CLOSURE: _closure,
    DisturbanceKind.ABSENCE: _absence,
    DisturbanceKind.STAY: _stay,
    DisturbanceKind.HEADCOUNT: _headcount,
}
