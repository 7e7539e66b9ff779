"""Which visits a disturbance touches: those that the rules, asked anew with it in the facts, would refuse."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduler.core.booking import Scales
from scheduler.core.disturbances import BookedVisit, CityFacts, Disturbance, DisturbanceKind
from scheduler.core.escort import NONE_FREE, VEHICLE_WANTED, Escort
from scheduler.core.facts import VisitRequest
from scheduler.core.spans import Span
from scheduler.core.staffing import resource_refusals
from scheduler.core.travel import Travel
from scheduler.core.verdicts import Refusal, RefusalCode
from scheduler.planner.repairs.world import World

_R, _D = RefusalCode, DisturbanceKind
# What each kind can turn against a visit that stood; the rest was decided when it was booked.
TURNS: dict[DisturbanceKind, frozenset[RefusalCode]] = {
    _D.CLOSURE: frozenset({_R.CLOSED}),
    _D.ABSENCE: frozenset(NONE_FREE.values()),
    _D.STAY: frozenset({_R.OUTSIDE_STAY}),
    _D.HEADCOUNT: frozenset(
        {
            _R.GROUP_TOO_LARGE,
            _R.GROUP_TOO_SMALL,
            _R.NO_PLACES_LEFT,
            _R.TOO_MANY_PEOPLE_AT_ONCE,
            _R.MORE_THAN_THE_DELEGATION,
            _R.MORE_THAN_THE_PART,
            _R.VEHICLE_TOO_SMALL,
            _R.NO_VEHICLE_FREE,
        }
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Touched:
    """A visit that cannot stay as it is, and what stands against it; nothing does where only its headcount
    follows."""

    visit: BookedVisit
    because: tuple[Refusal, ...]


def touched_by(facts: CityFacts, disturbance: Disturbance, at: datetime) -> list[Touched]:
    """Every visit that the disturbance touches, by hour; the facts have it laid over them already. What was
    passed when a visit was booked, and closures its site waved through, touch nobody. Pure."""
    found = []
    for visit in facts.visits.values():
        if visit.starts_at <= at or not _is_concerned(facts, disturbance, visit):
            continue
        because = tuple(_against(facts, disturbance, visit, at))
        if because or visit.headcount != visit.booked_for:
            found.append(Touched(visit, because))
    return sorted(found, key=lambda each: (each.visit.starts_at, each.visit.id))


def _is_concerned(facts: CityFacts, told: Disturbance, visit: BookedVisit) -> bool:
    """The cheap question first: whether the disturbance could reach this visit at all."""
    if told.kind is _D.CLOSURE:
        is_there = facts.tours[visit.tour_id].site_code == told.site_code
        return is_there and told.span is not None and told.span.overlaps(_span(visit))
    if told.kind is _D.ABSENCE:
        return told.span is None or told.span.overlaps(_widened(visit))
    return visit.delegation_id == told.delegation_id


def _against(facts: CityFacts, told: Disturbance, visit: BookedVisit, at: datetime) -> Iterator[Refusal]:
    world = World(facts, {visit.id}, frozenset())
    running = world.running_at(visit.tour_id, visit.starts_at)
    if running is None:
        return
    plan = world.plan(visit, visit.tour_id, running)
    diary = plan.diary
    scales = Scales(plan.request, diary.site, diary.tour, diary.delegation, at)
    refusals, _cautions = scales.weigh(running, diary.load)
    for refusal in refusals:
        if refusal.code not in TURNS[told.kind] or not _is_news(told, visit, refusal):
            continue
        if told.kind is not _D.ABSENCE or not _was_so_before(facts, told, visit, refusal.code, at):
            yield refusal
    yield from _cannot_go(world, visit, told, plan.request)


def _is_news(told: Disturbance, visit: BookedVisit, refusal: Refusal) -> bool:
    """Whether nobody has passed it: by an override, or the site by saying "come all the same"."""
    if refusal.code.value in visit.overridden:
        return False
    if told.kind is not _D.CLOSURE:
        return True
    if refusal.facts.get("by") != "closure" or refusal.facts.get("closure_id") != told.closure_id:
        return False
    return told.is_rehearsed or visit.is_clashing


def _was_so_before(
    facts: CityFacts, told: Disturbance, visit: BookedVisit, code: RefusalCode, at: datetime
) -> bool:
    """Whether nobody of a kind was free even while the one who is away now was not."""
    who = facts.resources.get(told.resource_id or 0)
    if who is None:
        return True
    back = replace(who, leave=tuple(s for s in who.leave if told.span is None or not s.overlaps(told.span)))
    before = World(replace(facts, resources={**facts.resources, who.id: back}), {visit.id}, frozenset())
    running = before.running_at(visit.tour_id, visit.starts_at)
    assert running is not None
    diary = before.plan(visit, visit.tour_id, running).diary
    request = before.request(visit, visit.tour_id, running, ())
    refusals, _ = Scales(request, diary.site, diary.tour, diary.delegation, at).weigh(running, diary.load)
    return any(refusal.code is code for refusal in refusals)


def _cannot_go(
    world: World, visit: BookedVisit, told: Disturbance, request: VisitRequest
) -> Iterator[Refusal]:
    """What keeps those who are to come along from it now; of an absence, only who is away, and of a
    headcount, only vehicles grown too small."""
    staff = world.staff(visit, visit.tour_id)
    if staff is None or told.kind not in (_D.ABSENCE, _D.HEADCOUNT):
        return
    going = [staff.resources[g.resource_id] for g in visit.going if g.resource_id in staff.resources]
    if told.kind is _D.HEADCOUNT:
        vehicles = [resource for resource in going if resource.seats is not None]
        seats = sum(vehicle.seats or 0 for vehicle in vehicles)
        is_wanted = VEHICLE_WANTED in world.delegation(visit.delegation_id).needs
        if is_wanted and vehicles and visit.headcount > max(seats, visit.booked_for):
            facts_told = {"headcount": visit.headcount, "seats": seats, "name": vehicles[0].name}
            yield Refusal(_R.VEHICLE_TOO_SMALL, facts_told)
        return
    site, facts = world.site_of(visit.tour_id), world.delegation(visit.delegation_id)
    travel = (facts.travel or Travel()).also_at(site.code, site.point)
    escort = Escort(request, site, world.facts.tours[visit.tour_id], facts, staff, travel)
    for resource in going:
        if resource.id == told.resource_id:
            refusals = resource_refusals(resource, escort.errand(_span(visit)), travel)
            yield from (r for r in refusals if r.code is _R.ASSIGNEE_OFF_DUTY)


def _span(visit: BookedVisit) -> Span:
    return Span(visit.starts_at, visit.ends_at)


def _widened(visit: BookedVisit) -> Span:
    """A visit with the longest set-up and wrap-up of those who come."""
    before = max((each.setup_minutes for each in visit.going), default=0)
    after = max((each.wrap_up_minutes for each in visit.going), default=0)
    hour = timedelta(hours=1)
    return Span(
        visit.starts_at - timedelta(minutes=before) - hour, visit.ends_at + timedelta(minutes=after) + hour
    )
