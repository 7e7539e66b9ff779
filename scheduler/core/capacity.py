"""Places, group sizes, and how many people and groups are at a site at any one instant."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduler.core.facts import Running, SiteFacts, TourFacts
from scheduler.core.verdicts import Refusal, RefusalCode


@dataclass(frozen=True, slots=True)
class Occupancy:
    """People and groups a tour session brings to its site, from its start until the site is clear again."""

    starts_at: datetime
    clear_at: datetime
    people: int
    groups: int
    tour_id: int


@dataclass(frozen=True, slots=True)
class Peak:
    """The most people and the most groups seen at one instant; the two instants may differ."""

    people: int = 0
    groups: int = 0


class SiteLoad:
    """Everything that is at one site over a stretch of days, asked for its peak within a span."""

    def __init__(self, occupancies: Iterable[Occupancy]) -> None:
        self._sorted = sorted((o for o in occupancies if o.groups), key=lambda o: o.starts_at)
        self._starts = [o.starts_at for o in self._sorted]
        self._longest = max((o.clear_at - o.starts_at for o in self._sorted), default=timedelta())

    def also(self, more: Occupancy) -> "SiteLoad":
        """The same with one more session's people."""
        return SiteLoad((*self._sorted, more))

    def less(self, leaving: Iterable[Occupancy]) -> "SiteLoad":
        """The same without the people and groups of some who leave, each of whom is among those of one
        session."""
        gone: dict[tuple[int, datetime], Occupancy] = {}
        for each in leaving:
            key = each.tour_id, each.starts_at
            before = gone.get(key)
            people, groups = (before.people, before.groups) if before is not None else (0, 0)
            gone[key] = replace(each, people=each.people + people, groups=each.groups + groups)
        if not gone:
            return self
        return SiteLoad(_without(o, gone.get((o.tour_id, o.starts_at))) for o in self._sorted)

    @property
    def occupancies(self) -> tuple[Occupancy, ...]:
        """Everything that is there, in order of its start."""
        return tuple(self._sorted)

    def during(self, starts_at: datetime, clear_at: datetime) -> list[Occupancy]:
        """What shares an instant with [starts_at, clear_at)."""
        first = bisect_left(self._starts, starts_at - self._longest)
        last = bisect_left(self._starts, clear_at, lo=first)
        return [o for o in self._sorted[first:last] if o.clear_at > starts_at]


def _without(there: Occupancy, gone: Occupancy | None) -> Occupancy:
    if gone is None:
        return there
    return replace(there, people=there.people - gone.people, groups=there.groups - gone.groups)


def peak(present: Iterable[Occupancy], starts_at: datetime) -> Peak:
    """The peak of some occupancies from an instant on. Load only rises where one starts, so only those
    instants are looked at: the peak at any instant, not the sum of all that overlap."""
    present = list(present)
    if len(present) < 2:
        return Peak(present[0].people, present[0].groups) if present else Peak()
    people = groups = 0
    for instant in {max(o.starts_at, starts_at) for o in present}:
        here = [o for o in present if o.starts_at <= instant < o.clear_at]
        people = max(people, sum(o.people for o in here))
        groups = max(groups, sum(o.groups for o in here))
    return Peak(people, groups)


def group_refusals(tour: TourFacts, headcount: int) -> list[Refusal]:
    """Whether the tour takes groups of this size."""
    facts = {"headcount": headcount, "smallest": tour.smallest_group, "largest": tour.largest_group}
    if headcount < tour.smallest_group:
        return [Refusal(RefusalCode.GROUP_TOO_SMALL, facts)]
    if headcount > tour.largest_group:
        return [Refusal(RefusalCode.GROUP_TOO_LARGE, facts)]
    return []


def place_refusals(running: Running, headcount: int) -> list[Refusal]:
    """Whether the session itself still has the places."""
    if running.places_taken + headcount <= running.places:
        return []
    return [
        Refusal(
            RefusalCode.NO_PLACES_LEFT,
            {"places": running.places, "places_left": running.places_left, "headcount": headcount},
        )
    ]


def at_once_refusals(
    site: SiteFacts, tour: TourFacts, load: SiteLoad, *, running: Running, headcount: int
) -> list[Refusal]:
    """Whether site and tour can bear these people and one more group at every instant of the running,
    turnaround included; the stricter of the two binds. The load leaves the asker out."""
    present = load.during(running.starts_at, running.clear_at)
    refusals = []
    if not _fits(site, present, headcount):
        refusals += _over("site", site, peak(present, running.starts_at), headcount)
    of_tour = [o for o in present if o.tour_id == tour.id]
    if not _fits(tour, of_tour, headcount):
        refusals += _over("tour", tour, peak(of_tour, running.starts_at), headcount)
    return _strictest(refusals)


def _fits(limits: SiteFacts | TourFacts, present: list[Occupancy], headcount: int) -> bool:
    """Whether even all that overlap fit together, so that no peak need be looked for: the common case."""
    people, groups = limits.people_at_once, limits.groups_at_once
    return (people is None or sum([o.people for o in present]) + headcount <= people) and (
        groups is None or sum([o.groups for o in present]) + 1 <= groups
    )


def _over(bound_by: str, limits: SiteFacts | TourFacts, top: Peak, headcount: int) -> list[Refusal]:
    refusals = []
    if limits.people_at_once is not None and top.people + headcount > limits.people_at_once:
        refusals.append(
            Refusal(
                RefusalCode.TOO_MANY_PEOPLE_AT_ONCE,
                {
                    "bound_by": bound_by,
                    "limit": limits.people_at_once,
                    "present": top.people,
                    "headcount": headcount,
                },
            )
        )
    if limits.groups_at_once is not None and top.groups + 1 > limits.groups_at_once:
        refusals.append(
            Refusal(
                RefusalCode.TOO_MANY_GROUPS_AT_ONCE,
                {"bound_by": bound_by, "limit": limits.groups_at_once, "present": top.groups},
            )
        )
    return refusals


def _strictest(refusals: list[Refusal]) -> list[Refusal]:
    """One refusal a code: the one whose limit leaves the least room."""
    if len(refusals) < 2:
        return refusals
    kept: dict[RefusalCode, Refusal] = {}
    for refusal in refusals:
        standing = kept.get(refusal.code)
        if standing is None or _room(refusal) < _room(standing):
            kept[refusal.code] = refusal
    return list(kept.values())


def _room(refusal: Refusal) -> int:
    return int(refusal.facts["limit"]) - int(refusal.facts["present"])
