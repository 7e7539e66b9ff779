"""What changes at a site: closures, facts, limits, hours. Visits are never dropped: they are flagged."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from scheduler.access import Actor, Permission
from scheduler.actions.clashes import Clashes, clear_what_no_longer_clashes, flag, newly_clashing, outlook
from scheduler.actions.invalid import Invalid
from scheduler.actions.versions import must_be_current
from scheduler.core.facts import OpeningHours
from scheduler.core.spans import Span
from scheduler.core.verdicts import Refusal
from scheduler.core.windows import clear_after
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.journal import Journal, enter, snapshot
from scheduler.records.sites import Site, SiteClosure, SiteFact, SiteHours
from scheduler.records.tours import TourSession
from scheduler.records.visits import Visit
from scheduler.records.writing import Parents, writing

# The journal never keeps how to reach a person, which must be erasable.
CONTACT = frozenset({"contact_name", "contact_email"})
LIMITS = frozenset({"people_at_once", "groups_at_once"})
LONGEST_CLOSURE_DAYS = 3660


@dataclass(frozen=True)
class Changed:
    """What a change at a site came to: what changed, the visits it runs against, those it frees again."""

    subject: Any
    concerned: list[Visit]
    cleared: list[Visit]
    reasons: Clashes = field(default_factory=dict)


class Rehearsed(Exception):
    """The change was only tried: this is what it would come to. Everything is rolled back."""

    def __init__(self, changed: Changed) -> None:
        super().__init__("rehearsed")
        self.changed = changed


def close_site(
    site_id: int, span: Span, reason: str, *, is_rehearsal: bool = False, by: Actor, at: datetime
) -> Changed:
    """Close a site from one instant to another. The visits concerned stay, flagged, and are given back.

    A rehearsal writes nothing. Raises Invalid (already over, absurdly long), NotFound, NotPermitted.
    """
    if span.ends_at <= at:
        raise Invalid("ends_at", "in_the_past", earliest=at)
    if (span.ends_at - span.starts_at).days > LONGEST_CLOSURE_DAYS:
        raise Invalid("ends_at", "too_long", most=LONGEST_CLOSURE_DAYS)
    try:
        return _close(site_id, span, reason, is_rehearsal=is_rehearsal, by=by, at=at)
    except Rehearsed as rehearsed:
        return rehearsed.changed


def reopen_site(site_id: int, closure_id: int, *, by: Actor, at: datetime) -> Changed:
    """Take a closure back; visits nothing else stands against are no longer flagged."""
    return _reopen(site_id, closure_id, by=by, at=at)


def change_site(
    site_id: int,
    changes: Mapping[str, Any],
    *,
    seen: int | None = None,
    is_rehearsal: bool = False,
    by: Actor,
    at: datetime,
) -> Changed:
    """Change columns of a site (`hours`: a collection of OpeningHours; `facts`: name to SiteFact values).

    A rehearsal writes nothing and answers with the visits the change would run against.
    """
    try:
        return _change(site_id, changes, seen=seen, is_rehearsal=is_rehearsal, by=by, at=at)
    except Rehearsed as rehearsed:
        return rehearsed.changed


def weighing_both_sides(site_id: int, line: Journal, change: Callable[[], Any], at: datetime) -> Changed:
    """Make a change at a site and say which awaited visits newly run against the rules because of it."""
    changed = weighing_sites([site_id], change, at)
    if line.subject_id is None:
        line.subject_id = getattr(changed.subject, "id", None)
    return changed


def weighing_sites(site_ids: Collection[int], change: Callable[[], Any], at: datetime) -> Changed:
    """The same for a change that reaches several sites, all of them locked by the caller."""
    before = {site_id: outlook(site_id, at) for site_id in site_ids}
    reasons: dict[int, tuple[Refusal, ...]] = {}
    changed = Changed(change(), [], [], reasons)
    db.session.flush()
    for site_id in site_ids:
        after = outlook(site_id, at)
        concerned = newly_clashing(before[site_id], after)
        flag(concerned, after.clashes, at)
        changed.concerned.extend(concerned)
        changed.cleared.extend(clear_what_no_longer_clashes(after, at))
        reasons.update({visit.id: after.clashes[visit.id] for visit in concerned})
    return changed


def _parents(site_id: int, *_told: object, **_also: object) -> Parents:
    return Parents(sites=frozenset({site_id}))


def site_for(by: Actor, site_id: int) -> Site:
    """A site that somebody may change. Raises NotFound, NotPermitted."""
    site = db.session.get(Site, site_id, populate_existing=True)
    if site is None or not by.sees_site(site_id):
        raise NotFound("site", site_id)
    by.must(Permission.WRITE_SITES, site_id=site_id)
    return site


@writing(_parents)
def _close(site_id: int, span: Span, reason: str, *, is_rehearsal: bool, by: Actor, at: datetime) -> Changed:
    site = site_for(by, site_id)
    closure = SiteClosure(
        site_id=site.id,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        reason=reason,
        closed_by_id=by.account_id,
        created_at=at,
    )
    told = {"site": site.code, "starts_at": span.starts_at.isoformat(), "ends_at": span.ends_at.isoformat()}
    line = enter("site_closure", "close_site", by=by, at=at, after=told, reason=reason)

    def change() -> SiteClosure:
        db.session.add(closure)
        return closure

    changed = weighing_both_sides(site.id, line, change, at)
    if is_rehearsal:
        raise Rehearsed(changed)
    return changed


@writing(_parents)
def _reopen(site_id: int, closure_id: int, *, by: Actor, at: datetime) -> Changed:
    site = site_for(by, site_id)
    closure = db.session.get(SiteClosure, closure_id)
    if closure is None or closure.site_id != site.id:
        raise NotFound("closure", closure_id)
    before = snapshot(closure, "starts_at", "ends_at", "reason")
    line = enter(closure, "reopen_site", by=by, at=at, before=before)

    def change() -> SiteClosure:
        db.session.delete(closure)
        return closure

    return weighing_both_sides(site.id, line, change, at)


@writing(_parents)
def _change(
    site_id: int, changes: Mapping[str, Any], *, seen: int | None, is_rehearsal: bool, by: Actor, at: datetime
) -> Changed:
    site = site_for(by, site_id)
    must_be_current(site.version, seen)
    plain = {name: value for name, value in changes.items() if name not in ("hours", "facts")}
    line = enter(site, "change_site", by=by, at=at, before=_told(site, changes))
    db.session.flush()

    def change() -> Site:
        for name, value in plain.items():
            setattr(site, name, value)
        if LIMITS & plain.keys():
            site.limits_journal_id = line.id
        _replace_hours(site, changes.get("hours"))
        _note_facts(site, changes.get("facts"))
        if "turnaround_minutes" in plain:
            _new_turnaround(site, at)
        site.version += 1
        return site

    changed = weighing_both_sides(site.id, line, change, at)
    line.after = _told(site, changes)
    if is_rehearsal:
        raise Rehearsed(changed)
    return changed


def _told(site: Site, changes: Mapping[str, Any]) -> dict[str, Any]:
    """How what is being changed looks now, for the journal."""
    told = snapshot(site, *(name for name in changes if name not in {"hours", "facts", *CONTACT}))
    if "hours" in changes:
        columns = ("weekday", "opens", "closes", "valid_from", "valid_to")
        told["hours"] = [snapshot(row, *columns) for row in site.hours]
    if "facts" in changes:
        about = ("source", "checked_on", "is_assumption")
        told["facts"] = {
            fact.name: snapshot(fact, *about) for fact in site.facts if fact.name in changes["facts"]
        }
    return told


def _replace_hours(site: Site, hours: Collection[OpeningHours] | None) -> None:
    if hours is not None:
        site.hours = [
            SiteHours(
                weekday=h.weekday,
                opens=h.opens,
                closes=h.closes,
                valid_from=h.valid_from,
                valid_to=h.valid_to,
            )
            for h in hours
        ]


def _note_facts(site: Site, facts: Mapping[str, SiteFact] | None) -> None:
    """Each fact of a site has one source, one date and one doubt; the newest stands."""
    for name, told in (facts or {}).items():
        kept = next((fact for fact in site.facts if fact.name == name), None)
        if kept is None:
            site.facts.append(told)
        else:
            kept.source, kept.checked_on = told.source, told.checked_on
            kept.is_assumption = told.is_assumption


def _new_turnaround(site: Site, at: datetime) -> None:
    """Sessions that somebody has booked keep the turnaround they were booked under."""
    unbooked = select(TourSession).where(
        TourSession.site_id == site.id, TourSession.starts_at > at, TourSession.groups_taken == 0
    )
    for tour_session in db.session.scalars(unbooked):
        tour_session.clear_at = clear_after(tour_session.ends_at, site.turnaround_minutes)
