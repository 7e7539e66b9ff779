"""What a feed says: its name, its language, its file, and the tag that stands for all of these."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, time
from hashlib import sha256

import icalendar
from flask import current_app
from flask_babel import force_locale

from scheduler.actions.calendar_files import BusyCalendar, Stop, busy_file, duty_feed_file, feed_file
from scheduler.calendars.entry import Person
from scheduler.frame import VERSION
from scheduler.language import language_of_guests
from scheduler.records.assignments import Assignment
from scheduler.records.feed_lookup import Feed, duties_of, engagements_of, visits_of
from scheduler.records.feed_stops import Stretch
from scheduler.records.feeds import FeedKind
from scheduler.records.site_facts import zone_named
from scheduler.words import calendar_texts, duty_texts

GUESTS = frozenset({FeedKind.DELEGATION, FeedKind.DELEGATE})
SETTINGS = (
    *("CITY_NAME", "CITY_ZONE", "BABEL_DEFAULT_LOCALE", "LANGUAGES"),
    *("ORGANIZER_EMAIL", "ORGANIZER_NAME"),
)


MADE_BY = VERSION, icalendar.__version__


def tag_of(feed: Feed, numbers: str, today: date) -> str:
    """A strong tag: it differs with anything that the file says. Files of one tag are the same bytes."""
    subject = feed.id, feed.kind.value, feed.name, feed.zone, feed.country, sorted(feed.languages)
    city = [current_app.config[name] for name in SETTINGS]
    told = (MADE_BY, city, subject, today.isoformat(), numbers)
    return sha256(repr(told).encode()).hexdigest()[:32]


def name_of(feed: Feed) -> str:
    """What the calendar is called, in its own language. Busy times bear no guest's name, and no word."""
    if feed.kind is FeedKind.BUSY:
        return _bare_name(feed)
    with _language(feed):
        return NAMES[feed.kind](feed.name)


def file_of(feed: Feed, stretch: Stretch, today: date) -> bytes:
    """The calendar of a feed. Every subscriber reads the same bytes: its language is not the asker's."""
    zone = feed.zone or current_app.config["CITY_ZONE"]
    if feed.kind is FeedKind.BUSY:
        return _busy(
            feed, stretch, datetime.combine(today, time.min, zone_named(current_app.config["CITY_ZONE"]))
        )
    name = name_of(feed)
    with _language(feed):
        if feed.kind is FeedKind.RESOURCE:
            return duty_feed_file(duties_of(feed, stretch), duty_texts.for_resource, name=name, zone=zone)
        stops: list[Stop] = [*visits_of(feed, stretch), *engagements_of(feed, stretch)]
        return feed_file(stops, PHRASES[feed.kind], name=name, zone=zone)


def _busy(feed: Feed, stretch: Stretch, since: datetime) -> bytes:
    """Stamped with the newest change among what is shown, at least with the midnight the window moved at."""
    shown: list[Stop | Assignment] = [
        *visits_of(feed, stretch),
        *engagements_of(feed, stretch),
        *duties_of(feed, stretch),
    ]
    office = Person(email=current_app.config["ORGANIZER_EMAIL"])
    uid = f"busy-{feed.id}@{office.email.partition('@')[2]}"
    about = BusyCalendar(uid=uid, name=name_of(feed), organizer=office)
    return busy_file(shown, about=about, window=stretch.span, since=since)


def _language(feed: Feed) -> AbstractContextManager[None]:
    if feed.kind in GUESTS:
        return force_locale(language_of_guests(feed.country, feed.languages))
    return force_locale(current_app.config["BABEL_DEFAULT_LOCALE"])


def _bare_name(feed: Feed) -> str:
    if feed.shows in GUESTS:
        return ""
    return current_app.config["ORGANIZER_NAME"] if feed.shows is FeedKind.DIVISION else feed.name


def _office_name(_name: str) -> str:
    return calendar_texts.division_calendar_name(current_app.config["CITY_NAME"])


NAMES: dict[FeedKind, Callable[[str], str]] = {
    FeedKind.SITE: calendar_texts.site_calendar_name,
    FeedKind.DELEGATION: calendar_texts.programme_name,
    FeedKind.DELEGATE: calendar_texts.programme_name,
    FeedKind.RESOURCE: duty_texts.calendar_name,
    FeedKind.OFFICER: calendar_texts.officer_calendar_name,
    FeedKind.DIVISION: _office_name,
}
PHRASES = {
    FeedKind.SITE: calendar_texts.for_site,
    FeedKind.DELEGATION: calendar_texts.for_guests,
    FeedKind.DELEGATE: calendar_texts.for_guests,
    FeedKind.OFFICER: calendar_texts.for_office,
    FeedKind.DIVISION: calendar_texts.for_office,
}
