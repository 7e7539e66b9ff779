"""A week as its grid shows it: words for what is closed, a way into each session."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.blueprints.ways import booking_url, roster_url
from scheduler.core.facts import Closure
from scheduler.core.spans import day_span
from scheduler.records.holidays import public_holidays
from scheduler.records.site_facts import zone_named
from scheduler.records.sites import Site
from scheduler.records.weeks import DAYS, WeekDay, WeekSession, WeekSite, WeekVisit
from scheduler.words.instants import hour, hours, short_day
from scheduler.words.own_names import in_order, own_name, second_name
from scheduler.words.verdict_words import refusal_in_words


@dataclass(frozen=True)
class Day:
    """The head of a column."""

    words: str
    note: str | None
    is_today: bool


@dataclass(frozen=True)
class Session:
    """One session in a cell."""

    time: str
    tour_name: str
    url: str
    places: int
    places_taken: int
    is_clashing: bool
    visits: tuple[WeekVisit, ...]


@dataclass(frozen=True)
class Cell:
    """A site's day. `closed` says why all of it is; `notes` are closures of a part; `free` leads to windows,
    `empty` stands for the rounds nobody booked where there is no room to show each."""

    closed: str | None
    notes: list[str] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    free: tuple[str, str] | None = None
    empty: tuple[str, str] | None = None


@dataclass(frozen=True)
class SiteRow:
    """A site's week."""

    name: str
    second_name: str
    url: str
    days: list[Cell]


def columns(first: date, today: date, countries: Iterable[str]) -> list[Day]:
    """The seven days, with the public holidays of the sites' countries."""
    days = [first + timedelta(days=n) for n in range(DAYS)]
    named: dict[date, str] = {}
    for country in countries:
        named |= {on: holiday.name for on, holiday in public_holidays(country, days[0], days[-1]).items()}
    return [Day(short_day(on), named.get(on), on == today) for on in days]


def site_row(week: WeekSite, at: datetime) -> SiteRow:
    """One row of the grid."""
    site = week.site
    return SiteRow(
        name=own_name(site),
        second_name=second_name(site),
        url=url_for("sites.site", code=site.code),
        days=[_cell(week, day, at) for day in week.days],
    )


def _cell(week: WeekSite, day: WeekDay, at: datetime) -> Cell:
    site, windows, rounds = week.site, day.free_windows, day.empty_rounds
    whole = day_span(day.on, zone_named(site.zone))
    all_day = [c for c in day.closures if c.span.holds(whole)]
    partly = [c for c in day.closures if c not in all_day]
    return Cell(
        closed=_why_closed(day, all_day),
        notes=[_part_words(site, closure, day.on) for closure in partly],
        sessions=[_session(week, session, day.on, at) for session in day.sessions],
        free=_free(site, day, ngettext("%(num)s free window", "%(num)s free windows", windows), windows),
        empty=_free(site, day, ngettext("%(num)s empty round", "%(num)s empty rounds", rounds), rounds),
    )


def _why_closed(day: WeekDay, all_day: list[Closure]) -> str | None:
    if all_day:
        return _("Closed: %(reason)s", reason=all_day[0].reason)
    if day.refusals:
        return refusal_in_words(day.refusals[0])
    return None if day.is_open else _("Not open that day")


def _part_words(site: Site, closure: Closure, on: date) -> str:
    """The part of the day that a closure takes."""
    day = day_span(on, zone_named(site.zone))
    first, last = max(closure.span.starts_at, day.starts_at), min(closure.span.ends_at, day.ends_at)
    until = "24:00" if last == day.ends_at else hour(last, site.zone)
    return _(
        "Closed %(first)s–%(last)s: %(reason)s",
        first=hour(first, site.zone),
        last=until,
        reason=closure.reason,
    )


def _session(week: WeekSite, session: WeekSession, on: date, at: datetime) -> Session:
    site, running = week.site, session.running
    book = booking_url(site.code, on) if running.starts_at > at else None
    return Session(
        time=hours(running.starts_at, running.ends_at, site.zone),
        tour_name=in_order(*session.tour_names)[0] if week.tours > 1 else "",
        url=book or roster_url(site.code, on),
        places=running.places,
        places_taken=running.places_taken,
        is_clashing=any(visit.is_clashing for visit in session.visits),
        visits=session.visits,
    )


def _free(site: Site, day: WeekDay, words: str, number: int) -> tuple[str, str] | None:
    """Words that lead to where it can be booked; nothing when there is nothing to book."""
    return (words, booking_url(site.code, day.on) or roster_url(site.code, day.on)) if number else None
