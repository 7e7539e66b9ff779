"""Which delegates attend a visit or an engagement; where none is named, all attend whom it is for."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from scheduler.access import Actor, Permission
from scheduler.actions.invalid import Invalid
from scheduler.actions.versions import must_be_current
from scheduler.core.spans import Span
from scheduler.records.attendance_lookup import attended_elsewhere, attending
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.engagement_lookup import delegation_of_engagement, engagement_by_id
from scheduler.records.engagements import Attendance, Engagement
from scheduler.records.journal import enter
from scheduler.records.visit_lookup import visit_seen_by, whereabouts_of
from scheduler.records.visits import Visit
from scheduler.records.writing import Parents, writing


def attend_visit(
    visit_id: int, delegate_ids: Collection[int], *, seen: int | None = None, by: Actor, at: datetime
) -> Visit:
    """Say which delegates attend a visit; none means all. `seen` is the visit's version that was read.

    Raises Invalid (a delegate of another delegation or not of the part that goes, more named than go, a
    delegate who is named for another stop at that time), NotFound, StaleVersion."""
    by.must(Permission.BOOK_VISITS)
    return _attend_visit(visit_id, frozenset(delegate_ids), seen=seen, by=by, at=at)


def attend_engagement(
    engagement_id: int, delegate_ids: Collection[int], *, seen: int | None = None, by: Actor, at: datetime
) -> Engagement:
    """The same for an engagement."""
    by.must(Permission.BOOK_VISITS)
    return _attend_engagement(engagement_id, frozenset(delegate_ids), seen=seen, by=by, at=at)


def _parents_of_visit(visit_id: int, *_told: object, **_also: object) -> Parents:
    where = whereabouts_of(visit_id)
    return Parents(frozenset({where.site_id}), frozenset({where.delegation_id}))


def _parents_of_engagement(engagement_id: int, *_told: object, **_also: object) -> Parents:
    return Parents(delegations=frozenset({delegation_of_engagement(engagement_id)}))


@writing(_parents_of_visit)
def _attend_visit(
    visit_id: int, delegate_ids: frozenset[int], *, seen: int | None, by: Actor, at: datetime
) -> Visit:
    visit = visit_seen_by(by, visit_id)
    must_be_current(visit.version, seen)
    if _name(visit, delegate_ids, by=by, at=at):
        visit.version += 1
        visit.changed_at = at
    return visit


@writing(_parents_of_engagement)
def _attend_engagement(
    engagement_id: int, delegate_ids: frozenset[int], *, seen: int | None, by: Actor, at: datetime
) -> Engagement:
    engagement = engagement_by_id(engagement_id)
    must_be_current(engagement.version, seen)
    if _name(engagement, delegate_ids, by=by, at=at):
        engagement.version += 1
    return engagement


def _name(stop: Visit | Engagement, wanted: frozenset[int], *, by: Actor, at: datetime) -> bool:
    """Name exactly these; whether that changed anything."""
    before = attending(stop)
    if before.keys() == wanted:
        return False
    _must_be_able_to(stop, wanted)
    for delegate_id, line in before.items():
        if delegate_id not in wanted:
            db.session.delete(line)
    of_stop = {"visit_id": stop.id} if isinstance(stop, Visit) else {"engagement_id": stop.id}
    db.session.add_all(
        Attendance(delegate_id=delegate_id, **of_stop) for delegate_id in sorted(wanted - before.keys())
    )
    db.session.flush()
    told = {"delegate_ids": sorted(before)}, {"delegate_ids": sorted(wanted)}
    enter(stop, "attend", by=by, at=at, before=told[0], after=told[1])
    return True


def _must_be_able_to(stop: Visit | Engagement, wanted: frozenset[int]) -> None:
    rows = select(Delegate).where(Delegate.delegation_id == stop.delegation_id, Delegate.id.in_(wanted))
    found = {delegate.id: delegate for delegate in db.session.scalars(rows)}
    for unknown in sorted(wanted - found.keys()):
        raise Invalid("delegate_ids", "delegate_unknown", value=unknown)
    if len(wanted) > stop.headcount:
        raise Invalid("delegate_ids", "more_named_than_go", named=len(wanted), headcount=stop.headcount)
    if stop.part is not None and stop.part.members:
        members = {delegate.id for delegate in stop.part.members}
        for stranger in sorted(wanted - members):
            name = found[stranger].print_as
            raise Invalid("delegate_ids", "not_of_the_part", name=name, part=stop.part.name)
    span = Span(stop.starts_at, stop.ends_at)
    for busy in sorted(attended_elsewhere(stop, span) & wanted):
        raise Invalid("delegate_ids", "attends_elsewhere", name=found[busy].print_as)
