"""Seeded realistic delegations for the planner: stays, wishes, engagements, prayers, places mostly taken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from benchmarks import own_plans_city as city
from scheduler.core.capacity import Occupancy, SiteLoad
from scheduler.core.duties import Staff
from scheduler.core.facts import Dating, DelegationFacts, Option, Running, SiteFacts, TourFacts
from scheduler.core.spans import Span
from scheduler.core.stops import Stop
from scheduler.core.wishes import Break, BreakKind, StayFrame, WishFacts
from scheduler.planner.asked import PlanAsked

TAKEN = 0.75
MONDAY = date(2026, 12, 14)
ASKED_AT = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)
# Guests' languages in pairs; few sites speak the second, so interpreters are wanted.
LANGUAGES = (("en", "vi"), ("en", "ar"), ("zh", "en"), ("ja",), ("es", "pt"), ("ru", "mn"), ("fr", "en"))
LUNCH = Break(kind=BreakKind.MEAL, earliest=time(11, 30), latest=time(14), minutes=50)
PRAYERS = (
    Break(kind=BreakKind.PRAYER, earliest=time(12, 10), latest=time(14, 30), minutes=20),
    Break(kind=BreakKind.PRAYER, earliest=time(14, 40), latest=time(17, 10), minutes=20),
)


@dataclass(frozen=True)
class _Asked:
    """What a tour's sessions are made from: its arrangements, the days, how much others have taken."""

    told: Mapping[str, Any]
    dates: list[date]
    taken: float


@cache
def _city():
    return city.city_sites(), city.city_travel(), city.city_people()


def case(
    number: int, seed: int, *, days: int | None = None, wishes: int | None = None, taken: float = TAKEN
) -> PlanAsked:
    """One delegation's question, the same for the same number and seed; of the places in rounds, and of the
    hours of windows, others have about the share `taken`."""
    chance = Random(f"{seed}/{number}")
    sites, travel, people = _city()
    length = days or chance.randint(3, 6)
    first = MONDAY + timedelta(days=chance.randint(0, 13))
    dates = [first + timedelta(days=n) for n in range(length)]
    headcount = min(max(3, round(chance.gauss(14, 8))), 38)
    languages = frozenset(chance.choice(LANGUAGES))
    chosen = chance.sample(range(len(sites)), wishes or chance.randint(5, 10))
    asked_wishes = tuple(_wishes(chance, [sites[n][1] for n in chosen]))
    named = {code for wish in asked_wishes for code in wish.tours}
    options = tuple(
        _option(chance, site, tour, _Asked(told, dates, taken))
        for site, tour, told in sites
        if tour.code in named
    )
    is_praying = chance.random() < 0.3
    frame = StayFrame(
        base=chance.choice(("HOTEL-PLAZA", "HOTEL-MAPO")),
        most_a_day=chance.choice((3, 3, 3, 4)),
        breaks=(LUNCH, *(PRAYERS if is_praying else ())),
    )
    delegation = DelegationFacts(
        id=number,
        headcount=headcount,
        languages=languages,
        has_interpreter=chance.random() < 0.3,
        stay=Span(_at(first, chance.choice((8, 10, 13))), _at(dates[-1], chance.choice((12, 15, 20)))),
        stops=tuple(_engagements(chance, dates)),
        needs=frozenset({"vehicle"}) if chance.random() < 0.5 else frozenset(),
        travel=travel,
        staff=Staff(resources=people),
    )
    return PlanAsked(
        at=ASKED_AT,
        zone=city.ZONE,
        delegation=delegation,
        wishes=asked_wishes,
        options=options,
        frame=frame,
    )


def _wishes(chance: Random, tours: list[TourFacts]):
    """Wishes for tours, some for either of two, one musts in four, now and then one after another."""
    for number, tour in enumerate(tours, start=1):
        more = {}
        if number > 1 and chance.random() < 0.1:
            more["after"] = chance.randint(1, number - 1)
        if number in (3, 4) and tours[0].id % 4 == 0:
            more["either"] = "a"
        yield WishFacts(
            id=number,
            tours=(tour.code,),
            priority=chance.randint(1, 5),
            is_must=chance.random() < 0.25,
            not_first_day=chance.random() < 0.1,
            not_last_day=chance.random() < 0.1,
            **more,
        )


def _option(chance: Random, site: SiteFacts, tour: TourFacts, asked: "_Asked") -> Option:
    """A tour with its sessions, of whose places others have taken some."""
    runnings = city.runnings(site, tour, asked.told, asked.dates)
    if tour.dating is Dating.WINDOWS:
        load = list(_booked_windows(chance, runnings, tour, asked.taken))
        return Option(site=site, tour=tour, load=SiteLoad(load), runnings=tuple(runnings))
    partly = [_partly_taken(chance, running, asked.taken) for running in runnings]
    load = [Occupancy(r.starts_at, r.clear_at, r.places_taken, 1, tour.id) for r in partly if r.places_taken]
    return Option(site=site, tour=tour, load=SiteLoad(load), runnings=tuple(partly))


def _partly_taken(chance: Random, running: Running, taken: float) -> Running:
    """Some sessions are nearly empty, a few are full."""
    people = round(running.places * chance.uniform(taken - 0.55, taken + 0.55))
    return replace(running, places_taken=min(running.places, max(people, 0)))


def _booked_windows(
    chance: Random, windows: list[Running], tour: TourFacts, taken: float
) -> Iterator[Occupancy]:
    """Other visits that hold a window and all that overlap it."""
    until = None
    for window in windows:
        if (until is None or window.starts_at >= until) and chance.random() < taken / 3:
            yield Occupancy(window.starts_at, window.clear_at, chance.randint(5, tour.places), 1, tour.id)
            until = window.clear_at


def _engagements(chance: Random, dates: list[date]):
    """A courtesy call, a lunch, a meeting, now and then a transfer."""
    kinds = (("courtesy_call", "MAYOR", 60), ("meal", "LUNCH-JONGNO", 75), ("meeting", "MAYOR", 90))
    number = 0
    for day in dates:
        for kind, place, minutes in kinds:
            if chance.random() < 0.2:
                number += 1
                hour = {"meal": 12, "courtesy_call": 10, "meeting": chance.choice((14, 16))}[kind]
                starts_at = _at(day, hour)
                span = Span(starts_at, starts_at + timedelta(minutes=minutes))
                yield Stop(engagement_id=number, kind=kind, site_code=place, span=span, headcount=5)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), city.ZONE).astimezone(UTC)
