"""The programme as guests read it: day by day, each stop as a card with all that its people need."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import quote

from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.actions.calendar_files import Stop, status_of
from scheduler.blueprints.portal.answers import Said, said_to
from scheduler.blueprints.portal.office import Companion, companions, numbers_in_danger
from scheduler.blueprints.portal.room import Guests
from scheduler.blueprints.portal.stops import can_be_answered, is_off, key_of, stops_of, zone_of
from scheduler.blueprints.typed import city_zone
from scheduler.calendars.entry import EntryStatus
from scheduler.core.duties import DutyState
from scheduler.records.assignments import Assignment
from scheduler.records.engagements import Engagement
from scheduler.records.places import Place
from scheduler.records.programme_lookup import Itinerary
from scheduler.records.programme_lookup import key_of as key_in_stay
from scheduler.records.sites import Site
from scheduler.records.visits import Visit
from scheduler.words.code_names import RESOURCE_KINDS, language_name
from scheduler.words.home_zones import hours_at_home
from scheduler.words.instants import hour, hours, local_day
from scheduler.words.letter_ways import MAP, map_address
from scheduler.words.lists import listed
from scheduler.words.names import name_of
from scheduler.words.own_names import own_name, second_name
from scheduler.words.programme_words import ENGAGEMENT_KINDS

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Where:
    """A place on a page: its names, its address, and a map of it."""

    name: str
    name_native: str
    address: str
    map_url: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """One stop in words. `ways` are minutes on the way to the next stop of the same people, with its name
    where it is not the one just below."""

    key: str
    starts_at: datetime
    when: str
    at_home: str
    title: str
    kind: str
    where: Where | None
    destination: Where | None
    facts: Facts
    part: str
    is_off: bool
    is_tentative: bool
    is_past: bool
    can_be_answered: bool
    sequence: int
    said: Said
    ways: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class GuestDay:
    """One local day: its stops, and who stays with them."""

    on: date
    cards: list[Card]
    companions: list[Companion]
    is_today: bool


@dataclass(frozen=True)
class GuestSheet:
    """The whole programme of whoever opened the page."""

    days: list[GuestDay]
    in_danger: list[tuple[str, str]]
    near: list[Companion]


def sheet_for(guests: Guests, stay: Itinerary) -> GuestSheet:
    """The programme of a guest, made of the calendar's own stops and the ways between them."""
    stops = stops_of(guests)
    people = {each.key: each.people for each in stay.stops}
    said = said_to(guests, stops.values())
    cards = [_card(guests, stop, people.get(key, ()), said[key]) for key, stop in stops.items()]
    _lay_ways(cards, stay)
    zone, today = city_zone().key, local_day(guests.at, city_zone().key)
    days: dict[date, list[Card]] = {}
    for card in cards:
        days.setdefault(local_day(card.starts_at, zone_of(stops[card.key])), []).append(card)
    shown = [
        GuestDay(on, days[on], companions(stay.duties, on, today, zone), on == today) for on in sorted(days)
    ]
    countries = {stop.tour_session.tour.site.country for stop in stops.values() if isinstance(stop, Visit)}
    soon = (today, today + timedelta(days=1))
    near = [each for on in soon for each in companions(stay.duties, on, today, zone) if each.phone]
    return GuestSheet(shown, numbers_in_danger(countries), list(dict.fromkeys(near)))


def card_of(guests: Guests, stop: Stop) -> Card:
    """One stop alone."""
    return _card(guests, stop, (), said_to(guests, [stop])[key_of(stop)])


def _card(guests: Guests, stop: Stop, people: Iterable[Assignment], said: Said) -> Card:
    zone, status = zone_of(stop), status_of(stop)
    place, destination = _places(stop)
    home = hours_at_home(stop.starts_at, stop.ends_at, country=guests.delegation.country, zone=zone)
    return Card(
        key=key_of(stop),
        starts_at=stop.starts_at,
        when=hours(stop.starts_at, stop.ends_at, zone),
        at_home=home,
        title=title_of(stop),
        kind=_kind(stop),
        where=_where(place) if place else None,
        destination=_where(destination) if destination else None,
        facts=[(words, value) for words, value in _facts(stop, people) if value],
        part=stop.part.name if stop.part else "",
        is_off=is_off(stop),
        is_tentative=status is EntryStatus.TENTATIVE,
        is_past=stop.ends_at <= guests.at,
        can_be_answered=can_be_answered(guests, stop),
        sequence=stop.sequence,
        said=said,
    )


def title_of(stop: Stop) -> str:
    """What a stop is called: a visit by its tour, an engagement without a title by its kind."""
    if isinstance(stop, Visit):
        return own_name(stop.tour_session.tour)
    return stop.title or name_of(ENGAGEMENT_KINDS, stop.kind)


def _kind(stop: Stop) -> str:
    """What sort of engagement one with a title of its own is."""
    return name_of(ENGAGEMENT_KINDS, stop.kind) if isinstance(stop, Engagement) and stop.title else ""


def _places(stop: Stop) -> tuple[Site | Place | None, Place | None]:
    """Where it is, and where a transfer goes."""
    return (stop.tour_session.tour.site, None) if isinstance(stop, Visit) else (stop.place, stop.destination)


def _facts(stop: Stop, people: Iterable[Assignment]) -> Facts:
    """What its people need: never a telephone number of whoever guides them."""
    with_them = [
        _(
            "%(kind)s: %(name)s",
            kind=name_of(RESOURCE_KINDS, each.resource.kind),
            name=own_name(each.resource),
        )
        for each in people
        if each.state is DutyState.ACCEPTED
    ]
    if not isinstance(stop, Visit):
        return [(_("Host"), stop.host), (_("With you"), listed(with_them))]
    site = stop.tour_session.tour.site
    return [
        (_("Please be there"), _early(stop, site)),
        (_("Meeting point"), site.meeting_point),
        (_("Wear and bring"), site.safety_gear),
        (_("Photographs"), site.photo_rule),
        (_("Language"), language_name(stop.language) if stop.language else ""),
        (_("With you"), listed(with_them)),
    ]


def _early(visit: Visit, site: Site) -> str:
    if not site.arrive_early_minutes:
        return ""
    minutes = site.arrive_early_minutes
    early = hour(visit.starts_at - timedelta(minutes=minutes), site.zone)
    return ngettext(
        "at %(hour)s, %(num)s minute early", "at %(hour)s, %(num)s minutes early", minutes, hour=early
    )


def _where(place: Site | Place) -> Where:
    words = quote(", ".join(filter(None, (place.name, place.address))), safe="")
    on_map = f"{MAP}search?query={words}"
    if place.latitude is not None and place.longitude is not None:
        on_map = map_address(round(place.latitude, 5), round(place.longitude, 5))
    return Where(
        name=own_name(place),
        name_native=second_name(place),
        address=place.address,
        map_url=on_map,
    )


def _lay_ways(cards: list[Card], stay: Itinerary) -> None:
    """Write below each card how long the way from it takes, as far as anybody knows."""
    there = {card.key: card for card in cards if not card.is_off}
    below = dict(zip(there, [*there][1:], strict=False))
    for leg in stay.legs:
        before, after = key_in_stay(leg.before), key_in_stay(leg.after)
        if leg.minutes and before in there and after in there:
            there[before].ways.append((leg.minutes, "" if below[before] == after else there[after].title))
