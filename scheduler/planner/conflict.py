"""Which demands cannot be met together: the smallest set of them, found by trying."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from itertools import combinations
from time import monotonic

from scheduler.core.stops import Stop
from scheduler.core.verdicts import RefusalCode
from scheduler.core.wishes import WishFacts
from scheduler.planner.answers import Demand, DemandKind
from scheduler.planner.asked import Pin, PlanAsked
from scheduler.planner.candidates import Weighing
from scheduler.planner.cutting import best_standing
from scheduler.planner.question import room_of
from scheduler.planner.worth import Wishes

# What another number of people would change.
GROUP_SIZES = frozenset(
    {
        RefusalCode.GROUP_TOO_SMALL,
        RefusalCode.GROUP_TOO_LARGE,
        RefusalCode.NO_PLACES_LEFT,
        RefusalCode.TOO_MANY_PEOPLE_AT_ONCE,
        RefusalCode.MORE_THAN_THE_DELEGATION,
    }
)
# A day without limits of its own; nobody bears more stops than this.
WHOLE_DAY, UNBOUNDED = (time(0), time(23, 59, 59)), 8
# Sets up to this size are all tried, so that no smaller one is overlooked.
TRIED_WHOLE = 3
# For so many seconds: who waits has the reasons already.
TRIED_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Demands that cannot all be met though all but any one of them can; `is_smallest`: no fewer do."""

    demands: tuple[Demand, ...]
    is_smallest: bool


class OutOfTime(Exception):
    """Nothing can be said within the time there is."""


def conflict_of(asked: PlanAsked, *, until: float) -> Conflict | None:
    """The smallest set of demands that cannot be met together; None where all can, or where there is no time
    (until a monotonic second) to find out. What is not demanded (other wishes) is left aside."""
    demands = list(demands_of(asked))
    try:
        found = None if _can(asked, demands, until) else _minimal(asked, demands, until)
    except OutOfTime:
        return None
    if found is None:
        return None
    try:
        smaller = _smaller(asked, demands, len(found), min(until, monotonic() + TRIED_SECONDS))
        is_smallest = smaller is not None or len(found) <= TRIED_WHOLE + 1
    except OutOfTime:
        smaller, is_smallest = None, False
    found = smaller or found
    if len(found) == 1 and found[0].kind is DemandKind.MUST:
        found = [found[0], _against(asked, found[0])]
    return Conflict(tuple(found), is_smallest)


def _smaller(asked: PlanAsked, demands: Sequence[Demand], size: int, until: float) -> list[Demand] | None:
    """The fewest demands, fewer than so many, that cannot be met together, of the sizes that are tried."""
    for smaller in range(1, min(size - 1, TRIED_WHOLE) + 1):
        for few in combinations(demands, smaller):
            if not _can(asked, few, until):
                return list(few)
    return None


def demands_of(asked: PlanAsked) -> Iterator[Demand]:
    """Everything that is demanded: first what stands in time, last the musts, which are given up last."""
    frame, wishes = asked.frame, Wishes(asked)
    hours = {"day_starts": frame.day_starts, "day_ends": frame.day_ends}
    yield Demand(kind=DemandKind.DAY_HOURS, facts=hours)
    yield Demand(kind=DemandKind.MOST_A_DAY, facts={"most": frame.most_a_day})
    for number, each in enumerate(frame.breaks):
        facts: dict[str, object] = {
            "break": each.kind.value,
            "earliest": each.earliest,
            "latest": each.latest,
        }
        yield Demand(kind=DemandKind.BREAK, id=number, facts=facts | {"minutes": each.minutes})
    yield from (_standing(stop) for stop in asked.delegation.stops)
    for wish in asked.wishes:
        if _is_demanded(asked, wish) and wishes.comes_after(wish.id) is not None:
            yield Demand(kind=DemandKind.ORDER, id=wish.id, facts={"after": wish.after})
        if _is_demanded(asked, wish) and (wish.not_first_day or wish.not_last_day):
            days = {"not_first_day": wish.not_first_day, "not_last_day": wish.not_last_day}
            yield Demand(kind=DemandKind.OTHER_DAYS, id=wish.id, facts=days)
    for number, ban in enumerate(asked.bans):
        barred = {"tour": ban.tour_code, "starts_at": ban.starts_at, "on": ban.on}
        yield Demand(kind=DemandKind.BAN, id=number, facts=barred)
    for pin in asked.pins:
        facts = {"tour": pin.tour_code, "starts_at": pin.starts_at}
        yield Demand(kind=DemandKind.PIN, id=pin.wish_id, facts=facts)
    for wish in asked.wishes:
        if wishes.is_must(wish):
            yield Demand(kind=DemandKind.MUST, id=wish.id, facts={"either": wish.either})


def _standing(stop: Stop) -> Demand:
    facts: dict[str, object] = {
        "kind": stop.kind,
        "site": stop.site_code,
        "starts_at": stop.span.starts_at,
        "ends_at": stop.span.ends_at,
    }
    if stop.engagement_id is not None:
        return Demand(kind=DemandKind.ENGAGEMENT, id=stop.engagement_id, facts=facts)
    return Demand(kind=DemandKind.BOOKED_VISIT, id=stop.visit_id, facts=facts)


def _is_demanded(asked: PlanAsked, wish: WishFacts) -> bool:
    return wish.is_must or any(pin.wish_id == wish.id for pin in asked.pins)


def _minimal(asked: PlanAsked, demands: Sequence[Demand], until: float) -> list[Demand]:
    """Leave out one demand after another as long as the rest still cannot be met."""
    kept = list(demands)
    for demand in demands:
        without = [other for other in kept if other != demand]
        if not _can(asked, without, until):
            kept = without
    return kept


def _against(asked: PlanAsked, must: Demand) -> Demand:
    """What a must that cannot be met by itself stands against: the size of the party, its languages, or the
    days it is in town."""
    weighing = Weighing(asked)
    wish = Wishes(asked).by_id[must.id or 0]
    headcount, delegation = weighing.headcount(wish), asked.delegation
    weights = [
        {refusal.code for refusal in weighing.weigh(option, headcount, running)[0]}
        for option, _ in weighing.tours(wish)
        for running in option.runnings
    ]
    if weights and all(RefusalCode.NO_COMMON_LANGUAGE in codes for codes in weights):
        return Demand(kind=DemandKind.LANGUAGE, facts={"languages": sorted(delegation.languages)})
    if any(codes and codes <= GROUP_SIZES for codes in weights):
        return Demand(kind=DemandKind.HEADCOUNT, facts={"headcount": headcount})
    stay = delegation.stay
    return Demand(kind=DemandKind.STAY, facts={"arrives_at": stay.starts_at, "departs_at": stay.ends_at})


def _can(asked: PlanAsked, demands: Sequence[Demand], until: float) -> bool:
    """Whether some days meet all of these demands, nothing else being asked, and stand up to the rules."""
    narrowed = _only(asked, demands)
    musts = {demand.id for demand in demands if demand.kind is DemandKind.MUST}
    room = room_of(narrowed, until)
    found = best_standing(room, until=until)
    if monotonic() > until:
        raise OutOfTime
    if found is None:
        return not narrowed.wishes
    held = {visit.wish.id for visit in found.visits if not visit.is_fallback}
    groups = {room.wishes.by_id[wish].either for wish in held} - {""}
    kept = all(i in held or room.wishes.by_id[i].either in groups for i in musts if i is not None)
    return kept and sum(visit.is_pinned for visit in found.visits) == len(narrowed.pins)


def _only(asked: PlanAsked, demands: Sequence[Demand]) -> PlanAsked:
    """The question with these demands alone."""
    ids = {kind: {d.id for d in demands if d.kind is kind} for kind in DemandKind}
    kinds = {demand.kind for demand in demands}
    frame, delegation = asked.frame, asked.delegation
    hours = (frame.day_starts, frame.day_ends) if DemandKind.DAY_HOURS in kinds else WHOLE_DAY
    narrowed = replace(
        frame,
        day_starts=hours[0],
        day_ends=hours[1],
        most_a_day=frame.most_a_day if DemandKind.MOST_A_DAY in kinds else UNBOUNDED,
        breaks=tuple(each for n, each in enumerate(frame.breaks) if n in ids[DemandKind.BREAK]),
    )
    stops = tuple(
        stop
        for stop in delegation.stops
        if (stop.engagement_id in ids[DemandKind.ENGAGEMENT] and stop.engagement_id is not None)
        or (stop.visit_id in ids[DemandKind.BOOKED_VISIT] and stop.engagement_id is None)
    )
    pins = tuple(pin for pin in asked.pins if pin.wish_id in ids[DemandKind.PIN])
    return replace(
        asked,
        frame=narrowed,
        delegation=replace(delegation, stops=stops),
        pins=pins,
        bans=tuple(ban for n, ban in enumerate(asked.bans) if n in ids[DemandKind.BAN]),
        wishes=tuple(_wishes(asked, pins, ids)),
    )


def _wishes(
    asked: PlanAsked, pins: Sequence[Pin], ids: Mapping[DemandKind, set[int | None]]
) -> Iterator[WishFacts]:
    must, ordered = ids[DemandKind.MUST], ids[DemandKind.ORDER]
    demanded = {*must, *(pin.wish_id for pin in pins)}
    by_id, before = Wishes(asked).by_id, set[int]()
    for first in ordered & demanded:
        # What has to come before is asked for, too, though nobody demands it.
        earlier = by_id[first or 0].after
        while earlier in by_id and earlier not in before:
            before.add(earlier)
            earlier = by_id[earlier].after
    for wish in asked.wishes:
        if wish.id in demanded | before:
            is_ordered = wish.id in ordered or wish.id not in demanded
            days = wish.id in ids[DemandKind.OTHER_DAYS]
            yield replace(
                wish,
                is_must=wish.id in must,
                after=wish.after if is_ordered else None,
                not_first_day=wish.not_first_day and days,
                not_last_day=wish.not_last_day and days,
            )
