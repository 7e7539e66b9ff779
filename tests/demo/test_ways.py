"""The demo's places, the ways between them, and the two who should not meet."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from scheduler import create_app
from scheduler.demo.load import load_demo_city
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.journal import Journal
from scheduler.records.kept_apart_lookup import in_town_with, kept_apart_from
from scheduler.records.travel_lookup import every_place, places_called, travel_between, travel_table
from tests.cast import AT
from tests.conftest import app_settings
from tests.engines import SqliteEngine

PLACES = ["GIMPO", "HOTEL-MAPO", "HOTEL-PLAZA", "INCHEON", "LUNCH-JONGNO", "MAYOR", "MOTORPOOL"]


@pytest.fixture(scope="module", autouse=True)
def demo(sqlite_engine: SqliteEngine) -> Iterator[None]:
    with sqlite_engine.database() as url, create_app(app_settings(url)).app_context():
        load_demo_city(AT)
        yield
        db.session.remove()
        db.engine.dispose()


def test_hotels_airports_and_the_like_are_places_beside_the_seventeen_sites():
    assert [place.code for place in db.session.scalars(places_called(is_site=False))] == PLACES
    assert len(every_place()) == 17 + len(PLACES)
    assert all(place.latitude is not None for place in every_place())


def test_the_travel_table_is_imported_as_the_office_would():
    line = db.session.scalars(select(Journal).where(Journal.act == "import_travel_times")).one()
    assert (line.actor, line.after["removed"]) == ("officer@demo.example", 0)
    assert line.after["added"] == len(travel_table())


@pytest.mark.parametrize(
    ("origin", "destination", "hour", "minutes", "source"),
    [
        ("HOTEL-PLAZA", "WRC-S", 8, 85, "table"),
        ("WRC-S", "HOTEL-PLAZA", 8, 85, "way_back"),
        ("HOTEL-PLAZA", "WRC-S", 12, 70, "model"),
        ("WRC-J", "WRC-S", 18, 135, "table"),
        ("WRC-J", "WRC-S", 12, 105, "model"),
        ("INCHEON", "HOTEL-PLAZA", 12, 75, "table"),
    ],
)
def test_rush_hours_take_longer(origin, destination, hour, minutes, source):
    way = travel_between(every_place()).way(origin, destination, hour)
    assert (way.minutes, way.source) == (minutes, source)


def test_two_who_are_in_town_together_should_not_meet():
    ministers = db.session.scalars(select(Delegation).where(Delegation.name.like("%African%"))).one()
    (pair,) = kept_apart_from(ministers.id)
    assert pair.other.name == "Journalists from Surakarta"
    assert pair.other in in_town_with(ministers)
