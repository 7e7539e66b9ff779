"""What was rehearsed happens: it is entered as it was rehearsed, and its repair is asked for at once."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from scheduler.access import Actor, Permission
from scheduler.actions.delegations import change_delegation, delegation_by_id
from scheduler.actions.disturbances import closure_at
from scheduler.actions.invalid import Invalid
from scheduler.actions.plans import Asked
from scheduler.actions.repairs import ask_repair, disturbance_of, terms_of_repair
from scheduler.actions.resources import add_leave
from scheduler.actions.sites import close_site
from scheduler.core.disturbances import Disturbance, DisturbanceKind
from scheduler.records.database import db
from scheduler.records.plan_lookup import plan_numbered
from scheduler.records.plans import PlanKind
from scheduler.records.resource_lookup import whole_resource
from scheduler.records.site_lookup import site_seen_by
from scheduler.records.sites import SiteClosure

# What somebody must be allowed to enter each, besides booking visits.
NEEDED = {
    DisturbanceKind.CLOSURE: Permission.WRITE_SITES,
    DisturbanceKind.ABSENCE: Permission.WRITE_RESOURCES,
    DisturbanceKind.STAY: Permission.WRITE_DELEGATIONS,
    DisturbanceKind.HEADCOUNT: Permission.WRITE_DELEGATIONS,
}


def enter_for_real(plan_id: int, reason: str = "", *, by: Actor, at: datetime) -> Asked:
    """Close the site, note the leave, change the stay or the headcount as a rehearsal had it, and ask for the
    repair of it, which follows the rehearsal. What is entered already is not entered again. A headcount that
    shrinks below its visits is lowered when the repair of these is accepted.

    Raises NotFound, NotPermitted, Invalid (not a rehearsal; whatever stands against entering it).
    """
    by.must(Permission.BOOK_VISITS)
    plan = plan_numbered(plan_id, PlanKind.REPAIR)
    told, terms = disturbance_of(plan), terms_of_repair(plan)
    if not told.is_rehearsed:
        raise Invalid("rehearse", "not_rehearsed")
    by.must(NEEDED[told.kind])
    entered = ENTER[told.kind](told, reason, by, at)
    return ask_repair(entered, terms, follows_id=plan_id, by=by, at=at)


def _closure(told: Disturbance, reason: str, by: Actor, at: datetime) -> Disturbance:
    assert told.site_code is not None
    assert told.span is not None
    site = site_seen_by(by, told.site_code)
    same = (
        SiteClosure.site_id == site.id,
        SiteClosure.starts_at == told.span.starts_at,
        SiteClosure.ends_at == told.span.ends_at,
    )
    closure_id = db.session.scalars(select(SiteClosure.id).where(*same).limit(1)).first()
    if closure_id is None:
        reason = reason or told.reason
        if not reason:
            raise Invalid("reason", "closure_reason_needed")
        closure_id = close_site(site.id, told.span, reason, by=by, at=at).subject.id
    return closure_at(told.site_code, closure_id, by=by)


def _absence(told: Disturbance, reason: str, by: Actor, at: datetime) -> Disturbance:
    assert told.resource_id is not None
    assert told.span is not None
    leave = whole_resource(told.resource_id).leave
    if not any((each.starts_at, each.ends_at) == (told.span.starts_at, told.span.ends_at) for each in leave):
        add_leave(told.resource_id, told.span, reason, by=by, at=at)
    return replace(told, is_rehearsed=False)


def _stay(told: Disturbance, _reason: str, by: Actor, at: datetime) -> Disturbance:
    assert told.delegation_id is not None
    assert told.span is not None
    stay = {"arrives_at": told.span.starts_at, "departs_at": told.span.ends_at}
    change_delegation(told.delegation_id, stay, by=by, at=at)
    return replace(told, is_rehearsed=False)


def _headcount(told: Disturbance, _reason: str, by: Actor, at: datetime) -> Disturbance:
    assert told.delegation_id is not None
    if delegation_by_id(told.delegation_id).headcount != told.headcount:
        try:
            change_delegation(told.delegation_id, {"headcount": told.headcount}, by=by, at=at)
        except Invalid as wrong:
            # Its visits come first; the repair that fits them lowers the headcount with the last of them.
            if wrong.code != "below_its_visits":
                raise
    return replace(told, is_rehearsed=False)


ENTER = {
    DisturbanceKind.CLOSURE: _closure,
    DisturbanceKind.ABSENCE: _absence,
    DisturbanceKind.STAY: _stay,
    DisturbanceKind.HEADCOUNT: _headcount,
}
