"""The demo's programmes: engagements, a divided delegation, a version published and amended once."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import select

from scheduler import create_app
from scheduler.core.stops import EngagementKind
from scheduler.demo.load import load_demo_city
from scheduler.demo.sites import ZONE
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.engagements import Engagement
from scheduler.records.parts import Part
from scheduler.records.programme_lookup import itinerary
from scheduler.records.programmes import ProgrammeVersion
from tests.cast import seoul
from tests.conftest import app_settings
from tests.engines import SqliteEngine

# A Sunday, the eve of New Year, a summer night.
DAYS = [seoul(22, 12, month=11), seoul(31, 23, 59), seoul(16, 2, month=7, year=2027)]


@pytest.fixture(scope="module", params=DAYS, ids=lambda at: at.date().isoformat())
def loaded_at(request: pytest.FixtureRequest, sqlite_engine: SqliteEngine) -> Iterator[datetime]:
    with sqlite_engine.database() as url:
        app = create_app(app_settings(url))
        with app.app_context():
            load_demo_city(request.param)
            yield request.param
            db.session.remove()
            db.engine.dispose()


def named(name: str) -> Delegation:
    return db.session.scalars(select(Delegation).where(Delegation.name == name)).one()


def test_friday_at_one_is_kept_for_prayer(loaded_at):
    prayers = db.session.scalars(select(Engagement).where(Engagement.kind == EngagementKind.PRAYER)).all()
    assert [f"{each.starts_at.astimezone(ZONE):%A %H:%M}" for each in prayers] == ["Friday 13:00"]
    assert prayers[0].delegation.name == "Riyadh Municipality"


def test_one_delegation_is_divided_and_is_in_two_places_at_once(loaded_at):
    parts = db.session.scalars(select(Part).order_by(Part.id)).all()
    assert [(part.name, part.headcount) for part in parts] == [("Ministers", 8), ("Officials", 12)]
    of_parts = db.session.scalars(select(Engagement).where(Engagement.part_id.is_not(None))).all()
    assert len({each.starts_at for each in of_parts}) == 1
    assert len({each.place_id for each in of_parts}) == 2


def test_one_programme_was_published_and_amended_once(loaded_at):
    versions = db.session.scalars(select(ProgrammeVersion).order_by(ProgrammeVersion.number)).all()
    assert [(version.number, version.is_amended) for version in versions] == [(1, False), (2, True)]
    assert [each["field"] for each in versions[1].differences[0]["fields"]] == [
        "starts_at",
        "ends_at",
        "host",
    ]
    assert versions[1].content["approval"]["document_number"] == "국제교류과-2188"


def test_nobody_is_late_for_any_stop_of_a_programme(loaded_at):
    for name in ("Riyadh Municipality", "City of São Paulo", "Ministers of Telangana"):
        ways = itinerary(named(name).id, ZONE).legs
        assert ways
        assert [way for way in ways if way.slack_minutes is not None and way.slack_minutes < 0] == []
