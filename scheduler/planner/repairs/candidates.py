"""Where each visit of a repair could go: every session the rules allow it alone, and who could come along."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from scheduler.core.booking import Scales
from scheduler.core.disturbances import BookedVisit
from scheduler.core.duties import ResourceKind, Staff
from scheduler.core.escort import NOT_ASSIGNED, Escort
from scheduler.core.facts import Running
from scheduler.core.spans import Span
from scheduler.core.staffing import duty_span, resource_refusals
from scheduler.core.travel import Travel
from scheduler.core.verdicts import OVERRIDES, Caution, CautionCode, RefusalCode
from scheduler.planner.repairs.world import World

# What is said of people along is weighed with the choice of them, not with the hour.
OF_ESCORT = frozenset({*NOT_ASSIGNED.values(), CautionCode.ASSIGNMENT_NOT_ACCEPTED})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Companions:
    """Those of one kind who could go along: their duty spans by id; who went before, and whether the visit
    must not be without. Where they are fixed nobody chooses: those who went stay."""

    kind: ResourceKind
    free: Mapping[int, Span]
    seats: Mapping[int, int]
    before: tuple[int, ...]
    is_needed: bool
    is_fixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidate:
    """One session for one visit, which nothing stands against as long as no other visit moves. One that is at
    rest stays with all its people as it is; where a touched one does, it has found no place. `is_elsewhere`
    says of a stand-in, another tour, that it is not at the very site and hour of the visit."""

    visit_id: int
    tour_id: int
    site_id: int
    running: Running
    is_move: bool
    is_other_day: bool
    minutes: int
    is_elsewhere: bool = False
    cautions: tuple[Caution, ...] = ()
    companions: tuple[Companions, ...] = field(default=())
    is_at_rest: bool = False
    is_place: bool = True

    @property
    def span(self) -> Span:
        return Span(self.running.starts_at, self.running.ends_at)


def candidates_for(
    world: World, visit: BookedVisit, tour_ids: Iterable[int], at: datetime
) -> list[Candidate]:
    """Every session of some tours that a visit may have, in order of hour within each tour. Pure."""
    found: list[Candidate] = []
    for tour_id in tour_ids:
        staff = world.staff(visit, tour_id)
        zone = world.site_of(tour_id).zone
        runnings = sorted(_within_stay(world, visit, tour_id), key=lambda running: running.starts_at)
        for day, on_day in groupby(runnings, key=lambda running: _day(running, zone)):
            found += _on_one_day(world, visit, tour_id, list(on_day), _that_day(staff, day), at)
    return found


def staying(
    world: World, visit: BookedVisit, at: datetime, *, against: Collection[RefusalCode] = ()
) -> Candidate | None:
    """A visit where it is. It stands there already, so that nothing is asked anew but who could come along;
    `against` are refusals that would not let it stay. None where it cannot. Pure."""
    running = world.running_at(visit.tour_id, visit.starts_at)
    if running is None:
        return None
    site, tour = world.site_of(visit.tour_id), world.facts.tours[visit.tour_id]
    staff = world.staff(visit, visit.tour_id)
    delegation = replace(world.delegation(visit.delegation_id), staff=staff)
    request = world.request(visit, visit.tour_id, running, ())
    refusals, _ = Scales(request, site, tour, delegation, at).weigh(running, world.load(site.id))
    if any(refusal.code in against for refusal in refusals):
        return None
    travel = (delegation.travel or Travel()).also_at(site.code, site.point)
    companions: tuple[Companions, ...] = ()
    if staff is not None:
        escort = Escort(request, site, tour, delegation, staff, travel)
        companions = tuple(_companions(visit, escort, running))
    if any(each.is_needed and not each.free for each in companions):
        return None
    return Candidate(
        visit_id=visit.id,
        tour_id=visit.tour_id,
        site_id=site.id,
        running=running,
        is_move=False,
        is_other_day=False,
        minutes=0,
        companions=companions,
    )


def at_rest(world: World, visit: BookedVisit, *, is_place: bool) -> Candidate | None:
    """A visit left alone: where it is, with everybody who comes to it. None where its session is unknown."""
    running = world.running_at(visit.tour_id, visit.starts_at)
    if running is None:
        return None
    fixed = [
        Companions(
            kind=world.resources[each.resource_id].kind,
            free={each.resource_id: world.duty(visit, each)},
            seats={},
            before=(each.resource_id,),
            is_needed=False,
            is_fixed=True,
        )
        for each in visit.going
        if each.resource_id in world.resources
    ]
    return Candidate(
        visit_id=visit.id,
        tour_id=visit.tour_id,
        site_id=world.site_of(visit.tour_id).id,
        running=running,
        is_move=False,
        is_other_day=False,
        minutes=0,
        companions=tuple(fixed),
        is_at_rest=True,
        is_place=is_place,
    )


def _within_stay(world: World, visit: BookedVisit, tour_id: int) -> list[Running]:
    """Sessions that the rules cannot refuse for the stay alone, unless that may be passed."""
    stay = world.delegation(visit.delegation_id).stay
    return [
        r
        for r in world.runnings(tour_id)
        if (stay.starts_at <= r.starts_at and r.ends_at <= stay.ends_at)
        or (tour_id, r.starts_at) == (visit.tour_id, visit.starts_at)
    ]


def _that_day(staff: Staff | None, day: date) -> Staff | None:
    """The same people with the duties around one day only: weighing looks at no others."""
    if staff is None:
        return None
    resources = {
        key: replace(
            r,
            duties=tuple(
                d
                for d in r.duties
                if abs(d.span.starts_at.astimezone(r.zone).date() - day) <= _DAY
                or abs(d.span.ends_at.astimezone(r.zone).date() - day) <= _DAY
            ),
        )
        for key, r in staff.resources.items()
    }
    return replace(staff, resources=resources)


def _on_one_day(
    world: World,
    visit: BookedVisit,
    tour_id: int,
    runnings: list[Running],
    staff: Staff | None,
    at: datetime,
) -> Iterator[Candidate]:
    """The sessions of one local day, of which the rules' refusals leave none but those that may be passed."""
    site, tour = world.site_of(tour_id), world.facts.tours[tour_id]
    delegation = replace(world.delegation(visit.delegation_id), staff=staff)
    request = world.request(visit, tour_id, runnings[0], ())
    scales = Scales(request, site, tour, delegation, at)
    passed = world.overrides & OVERRIDES.keys()
    if any(refusal.code not in passed for refusal in scales.standing):
        return
    travel, own = (
        (delegation.travel or Travel()).also_at(site.code, site.point),
        world.site_of(visit.tour_id).id,
    )
    escort = None if staff is None else Escort(request, site, tour, delegation, staff, travel)
    for running in runnings:
        refusals, cautions = scales.weigh(running, world.load(site.id))
        if any(refusal.code not in passed for refusal in refusals):
            continue
        companions = tuple(_companions(visit, escort, running)) if escort is not None else ()
        if any(each.is_needed and not each.free for each in companions):
            continue
        yield Candidate(
            visit_id=visit.id,
            tour_id=tour_id,
            site_id=site.id,
            running=running,
            is_move=(tour_id, running.starts_at) != (visit.tour_id, visit.starts_at),
            is_other_day=_day(running, site.zone) != visit.starts_at.astimezone(site.zone).date(),
            minutes=int(abs(running.starts_at - visit.starts_at) / timedelta(minutes=1)),
            is_elsewhere=tour_id != visit.tour_id and (site.id, running.starts_at) != (own, visit.starts_at),
            cautions=tuple(each for each in cautions if each.code not in OF_ESCORT),
            companions=companions,
        )


def _companions(visit: BookedVisit, escort: Escort, running: Running) -> Iterator[Companions]:
    """Of each kind that goes along already: who of it could at that hour, as far as others' duties go."""
    resources = escort.staff.resources
    kinds = {resources[each.resource_id].kind for each in visit.going if each.resource_id in resources}
    if not kinds:
        return
    span = Span(running.starts_at, running.ends_at)
    errand, needed = escort.errand(span), set(escort.needs(span))
    for kind in sorted(kinds):
        of_kind = [r for r in resources.values() if r.kind is kind]
        yield Companions(
            kind=kind,
            free={
                r.id: duty_span(r, span) for r in of_kind if not resource_refusals(r, errand, escort.travel)
            },
            seats={r.id: r.seats or 0 for r in of_kind},
            before=tuple(e.resource_id for e in visit.going if resources[e.resource_id].kind is kind),
            is_needed=kind in needed,
        )


def _day(running: Running, zone: ZoneInfo) -> date:
    return running.starts_at.astimezone(zone).date()
