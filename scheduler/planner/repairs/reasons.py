"""Why a visit finds no place in a repair: each day's own reasons, the nearest that works, what would help."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from scheduler.core.booking import Scales, nearest
from scheduler.core.disturbances import BookedVisit
from scheduler.core.facts import Diary, Option, Running
from scheduler.core.splitting import sizes, spread
from scheduler.core.stops import PartFacts
from scheduler.core.together import Plan, among
from scheduler.core.verdicts import Alternative, Refusal, RefusalCode
from scheduler.planner.answers import DayReason, ReasonCode, Remedy, RemedyCode
from scheduler.planner.repairs.world import World


def advice_on(
    world: World,
    visit: BookedVisit,
    others: Sequence[Plan],
    tour_ids: Sequence[int],
    at: datetime,
    *,
    is_advised: bool = True,
) -> tuple[tuple[DayReason, ...], tuple[Alternative, ...], tuple[Remedy, ...]]:
    """Reasons of each day for a visit's own tour, as if the rest of the plan were booked; the nearest
    sessions of its own and other tours that would do; remedies that work, where advice is wanted. Pure."""
    running = world.running_at(visit.tour_id, visit.starts_at)
    if running is None:
        return (), (), ()
    plan = world.plan(visit, visit.tour_id, running)
    options = tuple(_option(world, visit, tour_id) for tour_id in (visit.tour_id, *tour_ids))
    diary = among(Plan(plan.request, replace(plan.diary, options=options)), others)
    reasons = tuple(_reasons(world, plan, diary, at))
    if not is_advised:
        return reasons, (), ()
    alternatives = tuple(nearest(plan.request, diary, at))
    return reasons, alternatives, tuple(_remedies(plan, diary, at))


def _option(world: World, visit: BookedVisit, tour_id: int) -> Option:
    """A tour with its sessions within the stay: no other is any help."""
    site, stay = world.site_of(tour_id), world.delegation(visit.delegation_id).stay
    return Option(
        site=site,
        tour=world.facts.tours[tour_id],
        load=world.load(site.id),
        runnings=tuple(
            r for r in world.runnings(tour_id) if stay.starts_at <= r.starts_at and r.ends_at <= stay.ends_at
        ),
    )


def _reasons(world: World, plan: Plan, diary: Diary, at: datetime) -> Iterator[DayReason]:
    """For each day of the stay: no session at all, or what the rules say of those there are."""
    delegation = diary.delegation
    assert delegation is not None
    zone, option = diary.site.zone, diary.options[0]
    by_day: dict[date, list[Running]] = {}
    for running in option.runnings:
        by_day.setdefault(running.starts_at.astimezone(zone).date(), []).append(running)
    first, last = (
        moment.astimezone(zone).date() for moment in (delegation.stay.starts_at, delegation.stay.ends_at)
    )
    scales = Scales(plan.request, diary.site, diary.tour, delegation, at)
    for day in (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)):
        if day < at.astimezone(zone).date():
            continue
        there = by_day.get(day, [])
        refusals = [scales.weigh(running, option.load)[0] for running in there]
        yield DayReason(
            on=day,
            code=ReasonCode.REFUSED if there else ReasonCode.NO_SESSION,
            tour_code=diary.tour.code,
            starts=tuple(running.starts_at for running in there),
            refusals=_one_of_each([refusal for found in refusals for refusal in found]),
        )


def _one_of_each(refusals: Sequence[Refusal]) -> tuple[Refusal, ...]:
    found: dict[RefusalCode, Refusal] = {}
    for refusal in refusals:
        found.setdefault(refusal.code, refusal)
    return tuple(found.values())


def _remedies(plan: Plan, diary: Diary, at: datetime) -> Iterator[Remedy]:
    """A party too large for one session, split over several that take its pieces."""
    request = plan.request
    if request.part_id is not None or request.headcount <= min(diary.tour.largest_group, diary.tour.places):
        return
    pieces = sizes(request.headcount, diary.tour)
    if not pieces:
        return
    parts = [PartFacts(-n, "split", str(n), size) for n, size in enumerate(pieces, start=1)]
    own = replace(diary, options=tuple(o for o in diary.options if o.tour.id == diary.tour.id))
    placed = [found for found in spread(request, own, parts, at) if found is not None]
    if len(placed) < len(parts):
        return
    starts = [each.diary.wanted_at for each, _verdict in placed]
    yield Remedy(
        code=RemedyCode.SPLIT_PARTY,
        tour_code=diary.tour.code,
        starts_at=min(starts),
        facts={"sizes": pieces, "starts": starts},
    )


def by_visit(plans: Mapping[int, Plan], without: int) -> list[Plan]:
    """The plans of all the others."""
    return [plan for key, plan in plans.items() if key != without]
