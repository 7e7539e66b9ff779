"""Registering delegations and changing them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from scheduler.access import Actor, Permission
from scheduler.actions.endings import end_what_is_planned, let_whole_parties_follow
from scheduler.actions.invalid import Invalid
from scheduler.actions.sites import weighing_sites
from scheduler.actions.versions import must_be_current
from scheduler.core.lifecycle import AWAITED, OCCUPYING
from scheduler.core.stops import EngagementState
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegations import Delegation, DelegationState
from scheduler.records.engagements import Engagement
from scheduler.records.journal import enter, snapshot
from scheduler.records.partners import Partner
from scheduler.records.parts import Part
from scheduler.records.visits import Visit
from scheduler.records.writing import Parents, writing

# The journal never keeps how to reach a person, which must be erasable.
CONTACT = frozenset({"contact_name", "contact_email", "contact_phone"})
# The longest staff exchanges last two years; what is longer is a slip of the pen.
LONGEST_STAY_DAYS = 1100


class StillAwaited(Exception):
    """The delegation has visits that sites still wait for; they must be called off first."""

    def __init__(self, visits: int) -> None:
        super().__init__(f"{visits} visits are still awaited")
        self.visits = visits


def register_delegation(told: Mapping[str, Any], *, by: Actor, at: datetime) -> Delegation:
    """Register a delegation from the columns it was told. Raises Invalid."""
    by.must(Permission.WRITE_DELEGATIONS)
    return _register(told, by=by, at=at)


def change_delegation(
    delegation_id: int, changes: Mapping[str, Any], *, seen: int | None = None, by: Actor, at: datetime
) -> Delegation:
    """Change columns of a delegation; `seen` is the version the asker read. Visits that a changed stay leaves
    outside are flagged as clashing, never dropped.

    Raises NotFound, StaleVersion, Invalid (a stay or headcount that its own visits do not fit),
    StillAwaited (closing or cancelling while sites still wait).
    """
    by.must(Permission.WRITE_DELEGATIONS)
    return _change(delegation_id, changes, seen=seen, by=by, at=at)


def delegation_by_id(delegation_id: int) -> Delegation:
    """A delegation. Raises NotFound."""
    delegation = db.session.get(Delegation, delegation_id, populate_existing=True)
    if delegation is None:
        raise NotFound("delegation", delegation_id)
    return delegation


@writing()
def _register(told: Mapping[str, Any], *, by: Actor, at: datetime) -> Delegation:
    _must_make_sense(told)
    delegation = Delegation(registered_at=at, changed_at=at, version=1, officer_id=by.account_id)
    _lay(delegation, told)
    db.session.add(delegation)
    db.session.flush()
    enter(delegation, "register", by=by, at=at, after=snapshot(delegation, *_kept(told)))
    return delegation


def parents_of_change(delegation_id: int, *_told: object, **_also: object) -> Parents:
    """The sites it visits too: their calendars name it, and the database raises their revision."""
    sites = db.session.scalars(select(Visit.site_id).where(Visit.delegation_id == delegation_id).distinct())
    return Parents(frozenset(sites), frozenset({delegation_id}))


@writing(parents_of_change)
def _change(
    delegation_id: int, changes: Mapping[str, Any], *, seen: int | None, by: Actor, at: datetime
) -> Delegation:
    delegation = delegation_by_id(delegation_id)
    must_be_current(delegation.version, seen)
    _must_make_sense(snapshot_of_sense(delegation) | dict(changes))
    if changes.get("state", DelegationState.REGISTERED) != DelegationState.REGISTERED:
        _must_not_be_awaited(delegation)
        end_what_is_planned(delegation_id, by=by, at=at)
    was = delegation.headcount
    wanted = changes.get("headcount", was)
    if wanted < was:
        let_whole_parties_follow(delegation_id, was, wanted)
    _must_fit_its_visits(delegation, changes)
    kept = _kept(changes)
    before = snapshot(delegation, *kept)
    moved_stay = {"arrives_at", "departs_at"} & changes.keys()
    sites = _sites_awaiting(delegation_id) if moved_stay else []
    weighing_sites(sites, lambda: _lay(delegation, changes), at)
    if wanted > was:
        db.session.flush()
        let_whole_parties_follow(delegation_id, was, wanted)
    delegation.version += 1
    delegation.changed_at = at
    enter(delegation, "change", by=by, at=at, before=before, after=snapshot(delegation, *kept))
    return delegation


def snapshot_of_sense(delegation: Delegation) -> dict[str, Any]:
    """The columns whose sense depends on each other."""
    return {name: getattr(delegation, name) for name in ("arrives_at", "departs_at", "headcount")}


def _must_make_sense(told: Mapping[str, Any]) -> None:
    if told["departs_at"] <= told["arrives_at"]:
        raise Invalid("departs_at", "not_after", earliest=told["arrives_at"])
    if (told["departs_at"] - told["arrives_at"]).days > LONGEST_STAY_DAYS:
        raise Invalid("departs_at", "too_long", most=LONGEST_STAY_DAYS)
    if not 1 <= told["headcount"] <= 5000:
        raise Invalid("headcount", "out_of_range", least=1, most=5000)
    if told.get("partner_id") is not None and db.session.get(Partner, told["partner_id"]) is None:
        raise Invalid("partner_id", "unknown", value=told["partner_id"])


def would_fit(delegation: Delegation, headcount: int) -> bool:
    """Whether so many fewer hold all that is planned; engagements of the whole party shrink with it."""
    follows = Engagement.part_id.is_(None) & (Engagement.headcount == delegation.headcount)
    questions = (
        select(func.max(Visit.headcount)).where(
            Visit.delegation_id == delegation.id, Visit.state.in_(OCCUPYING)
        ),
        select(func.max(Engagement.headcount)).where(
            Engagement.delegation_id == delegation.id, Engagement.state == EngagementState.PLANNED, ~follows
        ),
        select(func.sum(Part.headcount))
        .where(Part.delegation_id == delegation.id)
        .group_by(Part.division)
        .order_by(func.sum(Part.headcount).desc()),
    )
    return all((db.session.scalars(question).first() or 0) <= headcount for question in questions)


def _must_fit_its_visits(delegation: Delegation, changes: Mapping[str, Any]) -> None:
    """A smaller headcount must still hold the visits and engagements already planned, and each division into
    parts; a stay may move, since flights do."""
    if changes.get("headcount", delegation.headcount) >= delegation.headcount:
        return
    wanted = changes["headcount"]
    of_visits = select(func.max(Visit.headcount)).where(
        Visit.delegation_id == delegation.id, Visit.state.in_(OCCUPYING)
    )
    of_engagements = select(func.max(Engagement.headcount)).where(
        Engagement.delegation_id == delegation.id, Engagement.state == EngagementState.PLANNED
    )
    of_parts = select(func.sum(Part.headcount)).where(Part.delegation_id == delegation.id)
    for question, code in (
        (of_visits, "below_its_visits"),
        (of_engagements, "below_its_visits"),
        (of_parts.group_by(Part.division).order_by(func.sum(Part.headcount).desc()), "below_its_parts"),
    ):
        least = db.session.scalars(question).first()
        if least is not None and wanted < least:
            raise Invalid("headcount", code, least=least)


def _sites_awaiting(delegation_id: int) -> list[int]:
    rows = select(Visit.site_id).where(Visit.delegation_id == delegation_id, Visit.state.in_(AWAITED))
    return sorted(set(db.session.scalars(rows)))


def _must_not_be_awaited(delegation: Delegation) -> None:
    awaited = select(func.count()).where(Visit.delegation_id == delegation.id, Visit.state.in_(AWAITED))
    visits = db.session.scalar(awaited) or 0
    if visits:
        raise StillAwaited(visits)


def _lay(delegation: Delegation, told: Mapping[str, Any]) -> None:
    for name, value in told.items():
        setattr(delegation, name, value)
    if told.get("partner_id") and not told.get("country"):
        partner = db.session.get(Partner, told["partner_id"])
        delegation.country = partner.country if partner else None


def _kept(told: Mapping[str, Any]) -> list[str]:
    """The columns of a delegation that the journal may keep."""
    return [name for name in told if name not in CONTACT]
