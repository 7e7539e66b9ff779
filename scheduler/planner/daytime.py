"""One local day of a stay as the planner sees it: its hours, what stands in it, what stays free."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.core.spans import Span, day_span
from scheduler.core.stops import Stop
from scheduler.core.travel import Travel, first_after, last_before
from scheduler.planner.asked import PlanAsked
from scheduler.planner.breaks import BreakWindow, seconds_of, windows_on
from scheduler.planner.candidates import Candidate

INSTANT = timedelta(seconds=1)


class Ways:
    """The minutes between places by the local hour of leaving, each looked up once; None where unknown."""

    def __init__(self, asked: PlanAsked) -> None:
        travel = asked.delegation.travel or Travel()
        for option in asked.options:
            travel = travel.also_at(option.site.code, option.site.point)
        self.travel = travel
        self._found: dict[tuple[str | None, str | None, int], int | None] = {}

    def minutes(self, origin: str | None, destination: str | None, hour: int) -> int | None:
        key = origin, destination, hour
        if key not in self._found:
            is_known = origin is not None and destination is not None
            self._found[key] = (
                self.travel.minutes(origin or "", destination or "", hour) if is_known else None
            )
        return self._found[key]


@dataclass(frozen=True, eq=False)
class Daytime:
    """One day: from and to which second people are free at all, when the day's visits begin, the stops that
    stand already (in order), the breaks to keep, visits booked, how many more may come."""

    on: date
    zone: ZoneInfo
    opens: int
    closes: int
    begins: int
    fixed: tuple[Stop, ...]
    windows: tuple[BreakWindow, ...]
    booked: int
    most_new: int
    base: str | None
    ways: Ways = field(repr=False)

    def hour(self, instant: datetime) -> int:
        return instant.astimezone(self.zone).hour

    def slot(self, instant: datetime) -> int:
        """How many of the standing stops begin before an instant."""
        return sum(stop.span.starts_at < instant for stop in self.fixed)

    def is_free(self, candidate: Candidate) -> bool:
        """Whether nothing that stands already lies in the candidate's hours."""
        return not any(self.clashes(candidate))

    def clashes(self, candidate: Candidate) -> list[Stop]:
        """The standing stops that lie in the candidate's hours."""
        span = Span(candidate.starts_at, candidate.ends_at)
        return [stop for stop in self.fixed if stop.span.overlaps(span)]

    def entries(self, slot: int) -> list[Stop]:
        """The standing stops to which people go next, so many being over: one of each share of them."""
        coming = self.fixed[slot:]
        if not coming:
            return []
        starts_at = coming[0].span.starts_at
        return list(first_after(Span(starts_at - INSTANT, starts_at), None, coming))

    def exits(self, slot: int) -> list[Stop]:
        """The standing stops from which people come, so many being over: the last of each share of them."""
        over = self.fixed[:slot]
        if not over:
            return []
        ends_at = max(stop.span.ends_at for stop in over)
        return list(last_before(Span(ends_at, ends_at + INSTANT), None, over))

    def morning(self, place: str | None, starts_at: datetime) -> int:
        """The minutes from the base to a first stop by the hour of leaving; nought where nobody knows."""
        if self.base is None:
            return 0
        guess = self.ways.minutes(self.base, place, self.hour(starts_at)) or 0
        leaves_at = starts_at - timedelta(minutes=guess)
        return self.ways.minutes(self.base, place, self.hour(leaves_at)) or 0

    def evening(self, place: str | None, ends_at: datetime) -> int:
        """The minutes from a last stop to the base; nought where nobody knows."""
        return 0 if self.base is None else self.ways.minutes(place, self.base, self.hour(ends_at)) or 0


def daytime_of(asked: PlanAsked, day: date, ways: Ways) -> Daytime:
    """One local day of the stay, with everything that stands in it already."""
    whole, stay = day_span(day, asked.zone), asked.delegation.stay
    fixed = tuple(
        sorted(
            (stop for stop in asked.delegation.stops if stop.span.overlaps(whole)),
            key=lambda stop: (stop.span.starts_at, stop.span.ends_at),
        )
    )
    begins = datetime.combine(day, asked.frame.day_starts, asked.zone)
    booked = sum(1 for stop in fixed if stop.kind == "visit" and whole.starts_at <= stop.span.starts_at)
    return Daytime(
        on=day,
        zone=asked.zone,
        opens=seconds_of(max(whole.starts_at, stay.starts_at)),
        closes=seconds_of(min(whole.ends_at, stay.ends_at)),
        begins=seconds_of(begins),
        fixed=fixed,
        windows=tuple(windows_on(day, asked.frame.breaks, fixed, asked.zone)),
        booked=booked,
        most_new=max(0, asked.frame.most_a_day - booked),
        base=asked.frame.base,
        ways=ways,
    )


def ends_of(stops: Sequence[Stop]) -> int:
    """When the last of some stops is over, in seconds."""
    return max(seconds_of(stop.span.ends_at) for stop in stops)
