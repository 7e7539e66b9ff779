"""A small city to plan in: five sites around a river, guests for four days, planners that really think."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import Flask
from playwright.sync_api import Page

from scheduler.clock import now
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.tours import Tour
from tests import make
from tests.cast import PASSWORD, SEOUL

PLACES = {
    "TOPIS": ("Traffic control room", 37.574, 126.990, {"transport"}),
    "WRC": ("Water recycling plant", 37.553, 127.063, {"water"}),
    "PARK": ("Botanic park", 37.569, 126.835, {"environment"}),
    "DMC": ("Digital media city", 37.579, 126.890, {"smart_city"}),
    "MUSEUM": ("Stream museum", 37.570, 127.034, {"urban_regeneration"}),
}
HOURS = (10, 11, 14, 15)


@dataclass(frozen=True)
class PlanCity:
    """Where it is served, its Monday, the guests, and the tours by their site's code."""

    url: str
    monday: date
    guests: int
    tours: dict[str, int]

    def at(self, day: int, hour: int) -> datetime:
        return moment(self.monday, day, hour)


def plan_city_at(app: Flask, serve_city: Callable[..., Any]) -> PlanCity:
    """The city with its officer, served by one process."""
    today = now().astimezone(SEOUL).date()
    monday = today + timedelta(days=28 - today.weekday())
    tours = {code: _tour(code, monday) for code in PLACES}
    guests = delegation_of("Hanoi planning office", monday)
    make.account("officer@tests.example")
    found = {code: tour.id for code, tour in tours.items()}, guests.id
    db.session.remove()
    url = serve_city(workers=1, PLAN_PROCESSES=1, PLAN_LINGER_SECONDS=5).url
    return PlanCity(url, monday, found[1], found[0])


def delegation_of(name: str, monday: date, **facts: Any) -> Delegation:
    """Guests from Monday morning to Thursday night."""
    stay = {"arrives_at": moment(monday, 0, 8), "departs_at": moment(monday, 3, 20)}
    return make.delegation(name, **(stay | facts))


def moment(monday: date, day: int, hour: int) -> datetime:
    """An hour on the city's clock, so many days after the Monday."""
    return datetime.combine(monday + timedelta(days=day), time(hour), SEOUL).astimezone(UTC)


def sign_in(page: Page, city: PlanCity, name: str = "officer") -> None:
    page.goto(f"{city.url}/sign-in")
    page.get_by_label("E-mail").fill(f"{name}@tests.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{city.url}/")


def _tour(code: str, monday: date) -> Tour:
    name, north, east, topics = PLACES[code]
    made = make.tour(make.site(code, name=name, latitude=north, longitude=east), topics=topics)
    for day in range(4):
        for hour in HOURS:
            make.tour_session(made, moment(monday, day, hour))
    return made
