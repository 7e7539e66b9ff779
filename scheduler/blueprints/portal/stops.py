"""The stops of whoever opened the page: exactly those that the calendar of the same secret shows."""

from datetime import timedelta

from flask import current_app

from scheduler.actions.calendar_files import Stop, status_of
from scheduler.blueprints.portal.room import Guests
from scheduler.calendars.entry import EntryStatus
from scheduler.core.spans import Span
from scheduler.records.absence import NotFound
from scheduler.records.feed_lookup import engagements_of, visits_of
from scheduler.records.feed_stops import Stretch
from scheduler.records.visits import Visit

# What was called off stays in sight, struck through, for so many days.
STRUCK_THROUGH = timedelta(days=7)
# Stops may lie outside the stay once flights have moved.
AROUND_THE_STAY = timedelta(days=60)


def stops_of(guests: Guests) -> dict[str, Stop]:
    """By key (see `key_of`), in order of hour, with those lately called off. Two queries."""
    stay = guests.delegation
    span = Span(stay.arrives_at - AROUND_THE_STAY, stay.departs_at + AROUND_THE_STAY)
    stretch = Stretch(span, guests.at - STRUCK_THROUGH)
    found: list[Stop] = [*visits_of(guests.feed, stretch), *engagements_of(guests.feed, stretch)]
    return {key_of(stop): stop for stop in sorted(found, key=lambda each: (each.starts_at, each.ends_at))}


def stop_called(guests: Guests, key: str) -> Stop:
    """One of their stops. Raises NotFound for anybody else's, as for none."""
    found = stops_of(guests).get(key)
    if found is None:
        raise NotFound("stop", key)
    return found


def key_of(stop: Stop) -> str:
    """What a stop is called in addresses, and in every version of the programme."""
    return f"{'visit' if isinstance(stop, Visit) else 'engagement'}-{stop.id}"


def zone_of(stop: Stop) -> str:
    """On whose clock its hours are told."""
    return stop.tour_session.tour.site.zone if isinstance(stop, Visit) else current_app.config["CITY_ZONE"]


def is_off(stop: Stop) -> bool:
    return status_of(stop) is EntryStatus.CANCELLED


def can_be_answered(guests: Guests, stop: Stop) -> bool:
    """Whether they can still say of it that they come: until it begins."""
    return guests.may_act and not is_off(stop) and guests.at < stop.starts_at
