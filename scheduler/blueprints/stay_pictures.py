"""A stay in pictures: its days as a strip, each day's route on a map, and both in words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from scheduler.blueprints.programmes.sheet import TONES
from scheduler.blueprints.typed import city_zone
from scheduler.core.slack import spare_of
from scheduler.core.travel import Leg, Point, great_circle_km
from scheduler.pictures.day_strip import StripDay, StripLeg, StripStop, StripWords, day_strip
from scheduler.pictures.rivers import rivers
from scheduler.pictures.route_map import MapLook, MapStop, MapWords, route_map
from scheduler.records.places import Place
from scheduler.records.programme_lookup import Itinerary, ItineraryDay, PlannedStop, key_of
from scheduler.records.site_facts import point_at
from scheduler.records.sites import Site
from scheduler.words.instants import day_in_words, hours, short_day
from scheduler.words.names import TABLES, name_of
from scheduler.words.own_names import own_name
from scheduler.words.picture_words import (
    hour_marks,
    is_mirrored,
    kilometres,
    minutes_note,
    north,
    spare_in_words,
    spare_note,
    way_in_words,
)


@dataclass(frozen=True)
class StopWords:
    """One stop of a picture in words: the number it bears, and the ways that lead to it, each in phrases."""

    number: str
    when: str
    title: str
    place: str
    is_drawn: bool
    ways: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class DayPicture:
    """One day: its route, and its stops in words. `map` is empty where no place has coordinates."""

    on: date
    map: Markup
    stops: list[StopWords]


@dataclass(frozen=True)
class StayPictures:
    """The strip of all days, and each day by its date. `has_slack` is false for guests."""

    strip: Markup
    days: Mapping[date, DayPicture]
    has_slack: bool


@dataclass(frozen=True)
class _Day:
    """The part of a day that is shown: its stops with their numbers, the legs between them, and which of them
    follow one another (by their keys), be it past a stop that is not shown."""

    on: date
    stops: Sequence[PlannedStop]
    legs: Sequence[Leg]
    pairs: Sequence[tuple[str, str]]

    @property
    def numbers(self) -> dict[str, str]:
        return {stop.key: str(number) for number, stop in enumerate(self.stops, 1)}


def stay_pictures(
    stay: Itinerary, *, has_slack: bool, keys: Collection[str] | None = None, has_maps: bool = True
) -> StayPictures:
    """A stay in pictures; of some stops only, by their keys. Without slack, a note says how long a way is."""
    days = [shown for day in stay.days if (shown := _shown(day, keys)).stops]
    zone = city_zone()
    words = StripWords(
        title=_("The days hour by hour"),
        description=_("Stops as blocks, the ways between them hatched. The same stands below in words."),
        hours=hour_marks(),
    )
    strips = [_strip_day(day, zone, has_slack=has_slack) for day in days]
    strip = day_strip(strips, words, name="days-strip", is_mirrored=is_mirrored())
    # The office sees where a single stop is; guests read its address, and need a map for a way alone.
    least = 1 if has_slack else 2
    pictures = {
        day.on: DayPicture(
            day.on,
            Markup(_map(day, least) if has_maps else ""),  # noqa: S704 - Drawn by us, all words escaped.
            _in_words(day, zone, has_slack=has_slack),
        )
        for day in days
    }
    return StayPictures(Markup(strip), pictures, has_slack)  # noqa: S704 - The same.


def _shown(day: ItineraryDay, keys: Collection[str] | None) -> _Day:
    stops = [stop for stop in day.stops if keys is None or stop.key in keys]
    there = {stop.key for stop in stops}
    ways = [leg for found in day.legs.values() for leg in found]
    legs = [leg for leg in ways if {key_of(leg.before), key_of(leg.after)} <= there]
    following: dict[str, list[str]] = {}
    for leg in ways:
        following.setdefault(key_of(leg.before), []).append(key_of(leg.after))
    pairs = [(key, other) for key in following if key in there for other in _next(key, following, there)]
    return _Day(day.on, stops, legs, pairs)


def _next(key: str, following: Mapping[str, Sequence[str]], shown: Collection[str]) -> Iterator[str]:
    """The stops that are shown to which the people of a stop go next."""
    for other in following.get(key, ()):
        yield from (other,) if other in shown else _next(other, following, shown)


def _strip_day(day: _Day, zone: ZoneInfo, *, has_slack: bool) -> StripDay:
    numbers = day.numbers
    stops = []
    for each in day.stops:
        span = each.stop.span
        starts, ends = (_minute(day.on, moment, zone) for moment in (span.starts_at, span.ends_at))
        look = "engagement" if each.visit is None else "visit"
        stops.append(StripStop(number=numbers[each.key], starts=starts, ends=ends, look=look))
    legs = [_strip_leg(day.on, leg, zone, has_slack=has_slack) for leg in day.legs]
    return StripDay(name=short_day(day.on), stops=stops, legs=legs)


def _strip_leg(on: date, leg: Leg, zone: ZoneInfo, *, has_slack: bool) -> StripLeg:
    starts, ends = (_minute(on, at, zone) for at in (leg.before.span.ends_at, leg.after.span.starts_at))
    spare = spare_of(leg.minutes, leg.slack_minutes)
    if has_slack:
        tone, note = TONES[spare], spare_note(spare, leg.slack_minutes)
    else:
        tone, note = "neutral", minutes_note(leg.minutes) if leg.minutes else ""
    return StripLeg(starts=starts, ends=ends, minutes=leg.minutes, tone=tone, note=note)


def _minute(on: date, moment: datetime, zone: ZoneInfo) -> int:
    """The minute on the clock of a local day; a later day's is midnight."""
    local = moment.astimezone(zone)
    return 24 * 60 if local.date() > on else local.hour * 60 + local.minute


def _map(day: _Day, least: int) -> str:
    """The route of a day; empty where fewer places than the least are known on earth."""
    numbers = day.numbers
    stops: list[MapStop] = []
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for each in day.stops:
        first[each.key] = len(stops)
        stops += [_map_stop(place, numbers[each.key]) for place in _places(each)]
        last[each.key] = len(stops) - 1
    if len({stop.code for stop in stops if stop.point}) < least:
        return ""
    there = {key for key in first if last[key] >= first[key]}
    legs = [(last[one], first[other]) for one, other in day.pairs if {one, other} <= there]
    legs += [(first[key], last[key]) for key in there if last[key] > first[key]]
    words = MapWords(
        title=_("The route of %(day)s", day=day_in_words(day.on)),
        description=_("Numbered stops with arrows in their order. The same stands beside it in words."),
        north=north(),
        kilometres=kilometres,
        far=_("Dashed: farther out"),
    )
    look = MapLook(rivers=rivers(str(get_locale() or "en").split("_")[0]))
    return route_map(stops, words, name=f"route-{day.on}", look=look, legs=legs)


def _map_stop(place: Site | Place, number: str) -> MapStop:
    return MapStop(number=number, code=place.code, name=own_name(place), point=_point(place))


def _places(each: PlannedStop) -> list[Site | Place]:
    """Where a stop is; a transfer is at two places, one after the other."""
    if each.visit is not None:
        return [each.visit.tour_session.tour.site]
    assert each.engagement is not None
    return [place for place in (each.engagement.place, each.engagement.destination) if place is not None]


def _point(place: Site | Place) -> Point | None:
    return point_at(place.latitude, place.longitude)


def _in_words(day: _Day, zone: ZoneInfo, *, has_slack: bool) -> list[StopWords]:
    numbers = day.numbers
    by_key = {stop.key: stop for stop in day.stops}
    lines: list[StopWords] = []
    for each in day.stops:
        legs = [leg for leg in day.legs if key_of(leg.after) == each.key]
        above = lines[-1].number if lines else ""
        ways = [
            _way(
                leg,
                by_key,
                origin="" if numbers[key_of(leg.before)] == above else numbers[key_of(leg.before)],
            )
            if has_slack
            else _way(leg, by_key, origin="")[:1]
            for leg in legs
        ]
        places = _places(each)
        lines.append(
            StopWords(
                number=numbers[each.key],
                when=hours(each.stop.span.starts_at, each.stop.span.ends_at, zone.key),
                title=_title(each),
                place=" → ".join(own_name(place) for place in places),
                is_drawn=any(_point(place) for place in places),
                ways=ways,
            )
        )
    return lines


def _way(leg: Leg, by_key: Mapping[str, PlannedStop], *, origin: str) -> list[str]:
    """A way in phrases: how long and how far, what is to spare, from which stop where not the one above."""
    starts, ends = _places(by_key[key_of(leg.before)])[-1:], _places(by_key[key_of(leg.after)])[:1]
    points = [_point(place) for place in (*starts, *ends)]
    far = great_circle_km(points[0], points[1]) if len(points) == 2 and points[0] and points[1] else None
    spare = spare_in_words(spare_of(leg.minutes, leg.slack_minutes), leg.slack_minutes)
    whence = _("from stop %(number)s", number=origin) if origin else ""
    return [phrase for phrase in (way_in_words(leg.minutes, far), spare, whence) if phrase]


def _title(each: PlannedStop) -> str:
    if each.visit is not None:
        return own_name(each.visit.tour_session.tour)
    assert each.engagement is not None
    return str(each.engagement.title or name_of(TABLES["stop_kinds"], each.engagement.kind.value))
