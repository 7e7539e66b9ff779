"""Minutes between places, and whether a delegation can be there in time from the stop before."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from scheduler.core.slack import Spare, spare_of
from scheduler.core.spans import Span
from scheduler.core.stops import PartFacts, Stop
from scheduler.core.verdicts import Caution, CautionCode, Refusal, RefusalCode

EVERY_HOUR = -1
# Nobody travels across a city for longer: stops farther away in time say nothing of each other.
FAR = timedelta(hours=12)
# The stated model where the table has nothing: straight line times a detour factor at a city bus's pace,
# plus a fixed share for getting in and out, to the next five minutes.
DETOUR, KM_PER_HOUR, FIXED_MINUTES, ROUNDED_TO = 1.4, 20.0, 10, 5
EARTH_KM = 6371.0


class WaySource(StrEnum):
    """Where the minutes of a way come from."""

    SAME_PLACE = "same_place"
    TABLE = "table"
    WAY_BACK = "way_back"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Way:
    """How long a way takes, and how that is known: `listed_hour` is the table's own hour, -1 for any."""

    minutes: int
    source: WaySource
    listed_hour: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """Where a place is: degrees north and east (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, eq=False)
class Travel:
    """What is known of the ways between places, by place code: `table` holds minutes by (origin,
    destination) and local hour of leaving, or -1 for any hour; `points` serve the model."""

    points: Mapping[str, Point] = field(default_factory=dict)
    table: Mapping[tuple[str, str], Mapping[int, int]] = field(default_factory=dict)

    def minutes(self, origin: str, destination: str, hour: int) -> int | None:
        """Minutes from one place to another when leaving within a local hour; None where nobody knows."""
        way = self.way(origin, destination, hour)
        return None if way is None else way.minutes

    def way(self, origin: str, destination: str, hour: int) -> "Way | None":
        """The same with where the number comes from. The table comes first (that hour, else any hour), then
        the table's way back, then the model."""
        if origin == destination:
            return Way(0, WaySource.SAME_PLACE)
        for pair, source in (
            ((origin, destination), WaySource.TABLE),
            ((destination, origin), WaySource.WAY_BACK),
        ):
            by_hour = self.table.get(pair, {})
            for listed in (hour, EVERY_HOUR):
                if listed in by_hour:
                    return Way(by_hour[listed], source, listed)
        one, other = self.points.get(origin), self.points.get(destination)
        if one is None or other is None:
            return None
        return Way(modelled_minutes(one, other), WaySource.MODEL)

    def knows(self, origin: str, destination: str, hour: int = EVERY_HOUR) -> bool:
        """Whether anybody knows how long the way takes when leaving within a local hour."""
        return self.minutes(origin, destination, hour) is not None

    def also_at(self, code: str, point: Point | None) -> "Travel":
        """The same with one more place on the map."""
        return (
            self
            if point is None or code in self.points
            else replace(self, points={**self.points, code: point})
        )

    def joined_with(self, other: "Travel") -> "Travel":
        """What either of two knows."""
        return Travel(points={**self.points, **other.points}, table={**self.table, **other.table})


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """The way from one stop to the next of the same people: minutes on the way and minutes to spare, None
    where nobody knows the way."""

    before: Stop
    after: Stop
    minutes: int | None
    slack_minutes: int | None


def modelled_minutes(one: Point, other: Point) -> int:
    """The model's minutes between two points: distance times factor plus fixed minutes."""
    minutes = great_circle_km(one, other) * DETOUR / KM_PER_HOUR * 60 + FIXED_MINUTES
    return math.ceil(round(minutes, 3) / ROUNDED_TO) * ROUNDED_TO


def great_circle_km(one: Point, other: Point) -> float:
    """The distance over the ground in a straight line (haversine)."""
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    east = math.radians(other.longitude - one.longitude)
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))


def shares_people(one: PartFacts | None, other: PartFacts | None) -> bool:
    """Whether two shares of a delegation may hold the same person: only different parts of one division
    surely do not."""
    return one is None or other is None or one.id == other.id or one.division != other.division


def legs(stops: Iterable[Stop], travel: Travel, zone: ZoneInfo, *, headcount: int | None = None) -> list[Leg]:
    """Every leg between stops that follow one another for some of the same people, in order of hour.

    Who knows the delegation's `headcount` is spared the legs of people who are all in some part by then."""
    ordered = sorted(stops, key=lambda stop: (stop.span.starts_at, stop.span.ends_at))
    return [
        _leg(before, after, travel, zone)
        for after in ordered
        for before in reversed(list(last_before(after.span, after.part, ordered, headcount=headcount)))
    ]


def last_before(
    span: Span, part: PartFacts | None, stops: Iterable[Stop], *, headcount: int | None = None
) -> Iterator[Stop]:
    """The stops from which the people of a part come to a span: the last one of each share of them."""
    ended = [s for s in stops if s.span.ends_at <= span.starts_at and shares_people(part, s.part)]
    nearest_first = sorted(ended, key=lambda stop: stop.span.ends_at, reverse=True)
    yield from _uncovered(nearest_first, part, headcount)


def first_after(span: Span, part: PartFacts | None, stops: Iterable[Stop]) -> Iterator[Stop]:
    """The stops to which the people of a part go from a span: the first one of each share of them."""
    coming = [s for s in stops if s.span.starts_at >= span.ends_at and shares_people(part, s.part)]
    yield from _uncovered(sorted(coming, key=lambda stop: stop.span.starts_at), part)


def travel_weight(
    stops: Iterable[Stop], here: Stop, *, travel: Travel, zone: ZoneInfo
) -> tuple[list[Refusal], list[Caution]]:
    """Whether the people of a stop (`here`: its place, span and part) can come from their stop before and go
    on to their stop after in time, and whether that leaves fifteen minutes to spare. `zone` is whose hour of
    the day counts. Ways that nobody knows say nothing."""
    near = [stop for stop in stops if _is_near(stop.span, here.span)]
    found = [
        (RefusalCode.CANNOT_COME_FROM_STOP_BEFORE, "before", stop, _leg(stop, here, travel, zone))
        for stop in last_before(here.span, here.part, near)
    ]
    found += [
        (RefusalCode.CANNOT_REACH_STOP_AFTER, "after", stop, _leg(here, stop, travel, zone))
        for stop in first_after(here.span, here.part, near)
    ]
    refusals, cautions = [], []
    for code, side, stop, leg in found:
        facts, spare = _told(stop, leg), spare_of(leg.minutes, leg.slack_minutes)
        if spare is Spare.SHORT:
            refusals.append(Refusal(code, facts))
        elif spare is Spare.THIN:
            cautions.append(Caution(CautionCode.THIN_SLACK, facts | {"side": side}))
    return refusals, cautions


def _is_near(one: Span, other: Span) -> bool:
    return one.starts_at - other.ends_at < FAR and other.starts_at - one.ends_at < FAR


def _uncovered(stops: Iterable[Stop], part: PartFacts | None, headcount: int | None = None) -> Iterator[Stop]:
    """Nearest first: a stop counts until nearer ones have held all of its people that matter here."""
    kept: list[Stop] = []
    for stop in stops:
        if _is_everyone(kept, headcount):
            return
        if any(_covers(nearer, stop, part) for nearer in kept):
            continue
        kept.append(stop)
        yield stop


def _is_everyone(stops: Iterable[Stop], headcount: int | None) -> bool:
    """Whether the parts of one division that were at these stops are the whole delegation."""
    parts = {stop.part for stop in stops if stop.part is not None}
    sums = Counter[str]()
    for part in parts:
        sums[part.division] += part.headcount
    return headcount is not None and any(people >= headcount for people in sums.values())


def _covers(nearer: Stop, stop: Stop, part: PartFacts | None) -> bool:
    if nearer.part is None:
        return True
    same = stop.part is not None and stop.part.id == nearer.part.id
    return same or (part is not None and part.id == nearer.part.id)


def _leg(before: Stop, after: Stop, travel: Travel, zone: ZoneInfo) -> Leg:
    origin, destination = before.ends_where, after.site_code
    if origin is None or destination is None:
        return Leg(before=before, after=after, minutes=None, slack_minutes=None)
    minutes = travel.minutes(origin, destination, before.span.ends_at.astimezone(zone).hour)
    slack = None if minutes is None else _gap(before.span.ends_at, after.span.starts_at) - minutes
    return Leg(before=before, after=after, minutes=minutes, slack_minutes=slack)


def _gap(earlier: datetime, later: datetime) -> int:
    return (later - earlier) // timedelta(minutes=1)


def _told(stop: Stop, leg: Leg) -> dict[str, object]:
    told: dict[str, object] = {
        "site": stop.site_code,
        "starts_at": stop.span.starts_at,
        "ends_at": stop.span.ends_at,
        "minutes": leg.minutes,
        "slack_minutes": leg.slack_minutes,
        "kind": stop.kind,
    }
    is_visit = stop.engagement_id is None
    return told | ({"visit_id": stop.visit_id} if is_visit else {"engagement_id": stop.engagement_id})
