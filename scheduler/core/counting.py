"""How visits are counted for reports. One delegation at four sites is one team, four visits, its people once
as persons, and four times as person-visits: each is counted apart (decision 24)."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.core.lifecycle import CALLED_OFF, OCCUPYING, VisitState

ARRIVED = frozenset({VisitState.CARRIED_OUT, VisitState.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedVisit:
    """One visit as it is counted: the local day of its site, how many were announced and how many came, and
    how many the whole delegation has."""

    delegation_id: int
    people: int
    part_id: int | None
    headcount: int
    arrived_count: int | None
    state: VisitState
    on: date
    country: str | None
    level: str
    site: str
    topics: frozenset[str]


@dataclass(frozen=True, slots=True)
class Count:
    """Delegations, visits, people counted once for each delegation, people counted at each visit."""

    teams: int = 0
    visits: int = 0
    persons: int = 0
    person_visits: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(*(a + b for a, b in zip(self.told, other.told, strict=True)))

    def __sub__(self, other: "Count") -> "Count":
        return Count(*(a - b for a, b in zip(self.told, other.told, strict=True)))

    @property
    def told(self) -> tuple[int, int, int, int]:
        return self.teams, self.visits, self.persons, self.person_visits


@dataclass(frozen=True, slots=True)
class Tally:
    """What is planned or took place, as it was announced; what of it arrived, as it was counted at the door;
    and, in neither, visits to which nobody came and visits called off."""

    announced: Count = Count()
    arrived: Count = Count()
    no_shows: int = 0
    called_off: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.announced + other.announced,
            self.arrived + other.arrived,
            self.no_shows + other.no_shows,
            self.called_off + other.called_off,
        )

    def __sub__(self, other: "Tally") -> "Tally":
        return Tally(
            self.announced - other.announced,
            self.arrived - other.arrived,
            self.no_shows - other.no_shows,
            self.called_off - other.called_off,
        )

    @property
    def told(self) -> tuple[int, ...]:
        return (*self.announced.told, *self.arrived.told, self.no_shows, self.called_off)


@dataclass(frozen=True)
class Breakdown:
    """A total in parts. `again` is what the parts count more than once, as a negative: parts and it add up
    to the total."""

    parts: Sequence[tuple[Hashable, Tally]]
    again: Tally
    total: Tally


def tally(visits: Iterable[CountedVisit]) -> Tally:
    """Count some visits. Pure."""
    visits = list(visits)
    return Tally(
        count((visit for visit in visits if visit.state in OCCUPYING), lambda visit: visit.headcount),
        count((visit for visit in visits if visit.state in ARRIVED), lambda visit: visit.arrived_count or 0),
        sum(visit.state is VisitState.NO_SHOW for visit in visits),
        sum(visit.state in CALLED_OFF for visit in visits),
    )


def count(visits: Iterable[CountedVisit], people: Callable[[CountedVisit], int]) -> Count:
    """Count some visits whatever their state; `people` says which number of a visit counts. A delegation's
    persons are the most people of it at any one visit: of each part its own most, together no more than it
    has, or than came at once. Pure."""
    largest: dict[int, dict[int | None, int]] = defaultdict(dict)
    whole: dict[int, int] = {}
    number = person_visits = 0
    for visit in visits:
        told = people(visit)
        number, person_visits = number + 1, person_visits + told
        parts = largest[visit.delegation_id]
        parts[visit.part_id] = max(parts.get(visit.part_id, 0), told)
        whole[visit.delegation_id] = max(visit.people, told, whole.get(visit.delegation_id, 0))
    persons = sum(min(sum(parts.values()), whole[of]) for of, parts in largest.items())
    return Count(len(largest), number, persons, person_visits)


def broken_down(
    visits: Sequence[CountedVisit], keys: Callable[[CountedVisit], Iterable[Hashable]]
) -> Breakdown:
    """The total in parts by some keys, each visit under one or several; the part `None` is what states
    nothing. In order of first occurrence. Pure."""
    groups: dict[Hashable, list[CountedVisit]] = {}
    for visit in visits:
        for key in tuple(keys(visit)) or (None,):
            groups.setdefault(key, []).append(visit)
    parts = [(key, tally(group)) for key, group in groups.items()]
    total = tally(visits)
    return Breakdown(parts, total - sum((each for _key, each in parts), Tally()), total)


def years_before(first: date, last: date, years: int) -> tuple[date, date]:
    """The same stretch of days, both ends included, so many years earlier: February ends where it ends."""
    after = last + timedelta(days=1)
    return _earlier(first, years), _earlier(after, years) - timedelta(days=1)


def _earlier(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)
