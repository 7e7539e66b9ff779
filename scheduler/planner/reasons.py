"""Why a wish found no place: what the rules and the other stops of a proposal say of each day's sessions."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from scheduler.core.booking import Scales
from scheduler.core.conflicts import stay_refusals
from scheduler.core.facts import Dating, DelegationFacts, Option, Running, VisitRequest
from scheduler.core.opening import open_day
from scheduler.core.spans import Span
from scheduler.core.stops import Stop
from scheduler.core.verdicts import Refusal, RefusalCode
from scheduler.core.wishes import WishFacts
from scheduler.planner.answers import DayReason, PlannedStop, ReasonCode
from scheduler.planner.candidates import Weighing
from scheduler.planner.room import local_days

# What is said of a session: all that stands in the first of these that has anything. Who is closed need not
# hear of places; who asks of one session hears everything from the rules themselves.
_R = RefusalCode
TIERS = (
    frozenset({_R.SITE_NOT_IN_OPERATION, _R.TOUR_NOT_IN_OPERATION, _R.CLOSED, _R.IN_THE_PAST}),
    frozenset({_R.OUTSIDE_STAY}),
    frozenset({_R.NOTICE_TOO_SHORT, _R.OUTSIDE_HOURS}),
    frozenset({_R.GROUP_TOO_SMALL, _R.GROUP_TOO_LARGE, _R.NO_COMMON_LANGUAGE}),
    frozenset({_R.NO_PLACES_LEFT}),
    frozenset({_R.TOO_MANY_PEOPLE_AT_ONCE, _R.TOO_MANY_GROUPS_AT_ONCE}),
)
NOBODY = frozenset({RefusalCode.NO_GUIDE_FREE, RefusalCode.NO_INTERPRETER_FREE, RefusalCode.NO_VEHICLE_FREE})


NO_NEWS = (
    (ReasonCode.OUTSIDE_DAY, frozenset[RefusalCode]()),
    (ReasonCode.REFUSED, frozenset({RefusalCode.OUTSIDE_STAY})),
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of one session: a code, and the rules' refusals where they are what stands against it."""

    code: ReasonCode
    refusals: tuple[Refusal, ...] = ()

    @property
    def kind(self) -> Hashable:
        """What is said together: the same codes, and of clashes with the same stop."""
        if self.code is ReasonCode.CLASHES:
            return self.code, frozenset(
                (r.facts.get("site"), r.facts.get("starts_at")) for r in self.refusals
            )
        return self.code, frozenset(refusal.code for refusal in self.refusals)


def reasons_of(weighing: Weighing, wish: WishFacts, stops: Sequence[PlannedStop]) -> tuple[DayReason, ...]:
    """Why a wish is on none of the days, given the stops of a proposal: day by day, tour by tour, the
    sessions against which the same things stand together. Pure."""
    found: list[DayReason] = []
    for option, _ in weighing.tours(wish):
        beside = _beside(weighing, wish, option, stops)
        for on in local_days(weighing.asked):
            found += _of_day(weighing, wish, option, on=on, beside=beside, stops=stops)
    return tuple(sorted(found, key=lambda reason: reason.on))


def stop_in_day(stop: PlannedStop) -> Stop:
    """A proposal's stop as the rules see it among the delegation's others."""
    return Stop(site_code=stop.site_code, span=Span(stop.starts_at, stop.ends_at))


def _beside(weighing: Weighing, wish: WishFacts, option: Option, stops: Sequence[PlannedStop]) -> Scales:
    """The rules' scales for the whole party, all other stops of the proposal standing."""
    request = VisitRequest(headcount=weighing.headcount(wish), tour_code=option.tour.code)
    return Scales(request, option.site, option.tour, _with_stops(weighing, stops), weighing.asked.at)


def _with_stops(weighing: Weighing, stops: Sequence[PlannedStop]) -> DelegationFacts:
    delegation = weighing.asked.delegation
    both = sorted((*delegation.stops, *map(stop_in_day, stops)), key=lambda stop: stop.span.starts_at)
    return replace(delegation, stops=tuple(both))


def _of_day(
    weighing: Weighing,
    wish: WishFacts,
    option: Option,
    *,
    on: date,
    beside: Scales,
    stops: Sequence[PlannedStop],
) -> Iterator[DayReason]:
    zone = weighing.asked.zone
    that_day = [r for r in option.runnings if r.starts_at.astimezone(zone).date() == on]
    if not that_day:
        yield _none_runs(weighing, option, on)
        return
    together: dict[Hashable, list[tuple[datetime, _Said]]] = {}
    for running in sorted(that_day, key=lambda running: running.starts_at):
        said = _said(weighing, wish, option, running=running, beside=beside)
        said = said or _of_the_day(weighing, wish, option, on=on, stops=stops)
        together.setdefault(said.kind, []).append((running.starts_at, said))
    for nothing_new in NO_NEWS:
        # That a session lies before breakfast is news only where nothing else stands against the day.
        if len(together) > 1:
            together.pop(nothing_new, None)
    for group in together.values():
        first = group[0][1]
        yield DayReason(
            on=on,
            code=first.code,
            tour_code=option.tour.code,
            starts=tuple(starts_at for starts_at, _ in group),
            refusals=_told_once(said for _, said in group),
            facts={"most": weighing.asked.frame.most_a_day} if first.code is ReasonCode.DAY_FULL else {},
        )


def _said(
    weighing: Weighing, wish: WishFacts, option: Option, *, running: Running, beside: Scales
) -> _Said | None:
    """What stands against one session; None where it is free but for the shape of the day."""
    kept_out = weighing.kept_out(wish, option, running)
    if kept_out is not None:
        return _Said(kept_out)
    alone = weighing.scales(option, weighing.headcount(wish), quick=True)
    refusals, _ = alone.weigh(running, option.load)
    if refusals:
        foremost = _foremost(refusals)
        is_staff = {refusal.code for refusal in foremost} <= NOBODY
        return _Said(ReasonCode.NOBODY_TO_SEND if is_staff else ReasonCode.REFUSED, foremost)
    refusals, _ = beside.weigh(running, option.load)
    return _Said(ReasonCode.CLASHES, refusals) if refusals else None


def _foremost(refusals: tuple[Refusal, ...]) -> tuple[Refusal, ...]:
    for tier in TIERS:
        found = tuple(refusal for refusal in refusals if refusal.code in tier)
        if found:
            return found
    return refusals


def _of_the_day(
    weighing: Weighing, wish: WishFacts, option: Option, *, on: date, stops: Sequence[PlannedStop]
) -> _Said:
    """Why a free session is not taken all the same: its tour is in the proposal already, the day has enough,
    the order, a meal, or its price."""
    asked = weighing.asked
    if any(stop.tour_code == option.tour.code for stop in stops):
        return _Said(ReasonCode.SEEN_ALREADY)
    planned = sum(1 for stop in stops if stop.starts_at.astimezone(asked.zone).date() == on)
    booked = sum(
        1
        for stop in asked.delegation.stops
        if stop.kind == "visit" and stop.span.starts_at.astimezone(asked.zone).date() == on
    )
    if planned + booked >= asked.frame.most_a_day:
        return _Said(ReasonCode.DAY_FULL)
    if wish.after is not None or any(other.after == wish.id for other in asked.wishes):
        return _Said(ReasonCode.OUT_OF_ORDER)
    if any(on.weekday() in each.weekdays for each in asked.frame.breaks):
        return _Said(ReasonCode.NO_TIME_FOR_BREAK)
    return _Said(ReasonCode.COSTS_MORE)


def _none_runs(weighing: Weighing, option: Option, on: date) -> DayReason:
    """Nothing runs that day while they are in town: because the site is closed, or open only when they are
    not there yet or gone already, if it is that."""
    opened, stay = open_day(option.site, on), weighing.asked.delegation.stay
    refusals = opened.refusals
    if not refusals and option.tour.dating is Dating.WINDOWS:
        refusals = tuple(r for hours in opened.opens for r in stay_refusals(stay, hours))[:1]
    code = ReasonCode.REFUSED if refusals else ReasonCode.NO_SESSION
    return DayReason(on=on, code=code, tour_code=option.tour.code, refusals=refusals)


def _told_once(said: Iterator[_Said]) -> tuple[Refusal, ...]:
    """One refusal of each code: of the session with the most places left, else of the first."""
    kept: dict[RefusalCode, Refusal] = {}
    for each in said:
        for refusal in each.refusals:
            standing = kept.setdefault(refusal.code, refusal)
            if refusal.facts.get("places_left", 0) > standing.facts.get("places_left", 0):
                kept[refusal.code] = refusal
    return tuple(kept.values())
