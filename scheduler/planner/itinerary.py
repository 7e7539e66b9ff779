"""One day of a programme from the base and back: its ways with what they leave to spare, and its breaks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product

from scheduler.core.slack import Spare, spare_of
from scheduler.core.spans import Span
from scheduler.planner.answers import PlannedBreak, PlannedLeg
from scheduler.planner.breaks import IMPOSSIBLE, BreakWindow, Gap, pauses_of, placed_in, seconds_of, worth_of
from scheduler.planner.candidates import Candidate
from scheduler.planner.daytime import Daytime

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The ways and breaks of one day, and its minutes travelled and idle."""

    legs: tuple[PlannedLeg, ...]
    breaks: tuple[PlannedBreak, ...]
    travel_minutes: int
    idle_minutes: int


@dataclass(frozen=True, slots=True)
class _There:
    """A stretch at one place, entered at one code and left at another."""

    enters: str | None
    leaves: str | None
    starts_at: datetime
    ends_at: datetime


def day_plan(day: Daytime, chain: Sequence[Candidate]) -> DayPlan:
    """The day of some visits between what stands in it already."""
    stops = _stops(day, chain)
    if not stops:
        return DayPlan((), _breaks(day, [_whole(day)]), 0, 0)
    inner = list(_between(day, stops))
    last = max(stops, key=lambda there: there.ends_at)
    there, back = list(_morning(day, stops[0])), list(_evening(day, last))
    gaps = [_outer(there, day.opens, seconds_of(stops[0].starts_at)), *map(_gap, inner)]
    gaps.append(_outer(back, seconds_of(last.ends_at), day.closes))
    gaps += [gap for candidate in chain for gap in pauses_of(candidate)]
    breaks = _breaks(day, gaps)
    travel = sum(leg.minutes or 0 for leg in (*there, *inner, *back))
    between = sum((leg.arrives_by - leg.leaves_at) // timedelta(minutes=1) for leg in inner)
    kept = sum(_minutes(span) for leg in inner for span in _held(leg, breaks))
    idle = between - sum(leg.minutes or 0 for leg in inner) - kept
    legs = (*there, *(_beside(leg, breaks) for leg in inner), *back)
    return DayPlan(legs, breaks, travel, max(idle, 0))


def _stops(day: Daytime, chain: Sequence[Candidate]) -> list[_There]:
    found = [_There(s.site_code, s.ends_where, s.span.starts_at, s.span.ends_at) for s in day.fixed]
    for candidate in chain:
        code = candidate.option.site.code
        found.append(_There(code, code, candidate.starts_at, candidate.ends_at))
    return sorted(found, key=lambda there: (there.starts_at, there.ends_at))


def _between(day: Daytime, stops: Sequence[_There]) -> Iterator[PlannedLeg]:
    """The ways from stop to stop; none to what begins while parts of the delegation are still elsewhere."""
    last = stops[0]
    for there in stops[1:]:
        if there.starts_at >= last.ends_at:
            yield _leg(day, last, there)
        last = max(last, there, key=lambda each: each.ends_at)


def _leg(day: Daytime, one: _There, other: _There) -> PlannedLeg:
    minutes = day.ways.minutes(one.leaves, other.enters, day.hour(one.ends_at))
    slack = None if minutes is None else (other.starts_at - one.ends_at) // timedelta(minutes=1) - minutes
    return PlannedLeg(
        origin=one.leaves,
        destination=other.enters,
        leaves_at=one.ends_at,
        arrives_by=other.starts_at,
        minutes=minutes,
        slack_minutes=slack,
        spare=spare_of(minutes, slack),
    )


def _beside(leg: PlannedLeg, breaks: Sequence[PlannedBreak]) -> PlannedLeg:
    """The way with what it leaves to spare when the breaks in its time are kept."""
    held = _held(leg, breaks)
    if leg.slack_minutes is None or not held:
        return leg
    slack = leg.slack_minutes - sum(map(_minutes, held))
    return replace(leg, slack_minutes=slack, spare=spare_of(leg.minutes, slack))


def _held(leg: PlannedLeg, breaks: Sequence[PlannedBreak]) -> list[Span]:
    """The breaks that lie in the time of a way."""
    return [b.span for b in breaks if leg.leaves_at <= b.span.starts_at and b.span.ends_at <= leg.arrives_by]


def _morning(day: Daytime, first: _There) -> Iterator[PlannedLeg]:
    """From the base; who leaves early enough has all the time there is."""
    if day.base is not None:
        minutes = day.morning(first.enters, first.starts_at)
        leaves_at = first.starts_at - timedelta(minutes=minutes)
        yield _base_leg(day.base, first.enters, leaves_at, minutes)


def _evening(day: Daytime, last: _There) -> Iterator[PlannedLeg]:
    """Back to the base."""
    if day.base is not None:
        yield _base_leg(last.leaves, day.base, last.ends_at, day.evening(last.leaves, last.ends_at))


def _base_leg(origin: str | None, destination: str | None, leaves_at: datetime, minutes: int) -> PlannedLeg:
    is_known = minutes > 0 or origin == destination
    return PlannedLeg(
        origin=origin,
        destination=destination,
        leaves_at=leaves_at,
        arrives_by=leaves_at + timedelta(minutes=minutes),
        minutes=minutes if is_known else None,
        slack_minutes=None,
        spare=Spare.AMPLE if is_known else Spare.UNKNOWN,
    )


def _gap(leg: PlannedLeg) -> Gap:
    way = (leg.minutes or 0) * 60
    return Gap(seconds_of(leg.leaves_at), seconds_of(leg.arrives_by), way)


def _outer(ways: Sequence[PlannedLeg], starts: int, ends: int) -> Gap:
    """The time before the first stop or after the last, the way from or to the base within it."""
    return Gap(starts, ends, sum(leg.minutes or 0 for leg in ways) * 60, is_between=False)


def _whole(day: Daytime) -> Gap:
    return _outer((), day.opens, day.closes)


def _breaks(day: Daytime, gaps: Sequence[Gap]) -> tuple[PlannedBreak, ...]:
    """Where each break lies: of all the ways to keep them, one that leaves the fewest ways too little time
    and uses the most time between stops."""
    best: list[tuple[BreakWindow, int]] = []
    best_saved = IMPOSSIBLE
    near = [[n for n, gap in enumerate(gaps) if _meets(gap, window)] for window in day.windows]
    for where in product(*near):
        held = {n: [w for w, own in zip(day.windows, where, strict=True) if own == n] for n in set(where)}
        saved = sum(worth_of(gaps[n], windows) for n, windows in held.items())
        if saved <= best_saved:
            continue
        placed = _placed(gaps, held)
        if placed is not None:
            best, best_saved = placed, saved
    return tuple(
        PlannedBreak(kind=window.kind.kind, span=Span(_instant(begins), _instant(begins + window.seconds)))
        for window, begins in sorted(best, key=lambda found: found[1])
    )


def _placed(
    gaps: Sequence[Gap], held: Mapping[int, Sequence[BreakWindow]]
) -> list[tuple[BreakWindow, int]] | None:
    found: list[tuple[BreakWindow, int]] = []
    for n, windows in held.items():
        placed = placed_in(gaps[n], windows)
        if placed is None:
            return None
        found += placed
    return found


def _meets(gap: Gap, window: BreakWindow) -> bool:
    return min(gap.ends, window.closes) - max(gap.starts, window.opens) >= window.seconds


def _instant(seconds: int) -> datetime:
    return EPOCH + timedelta(seconds=seconds)


def _minutes(span: Span) -> int:
    return (span.ends_at - span.starts_at) // timedelta(minutes=1)
