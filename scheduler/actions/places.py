"""Places that are no sites: hotels, restaurants, offices, airports; entered, changed, removed."""

import math
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from scheduler.access import Actor, Permission
from scheduler.actions.invalid import Invalid
from scheduler.actions.versions import must_be_current
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.engagements import Engagement
from scheduler.records.journal import enter, snapshot
from scheduler.records.places import Place, TravelTime
from scheduler.records.resources import Resource
from scheduler.records.writing import writing

COLUMNS = ("name", "name_native", "address", "latitude", "longitude")
CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
RANGES = {"latitude": 90, "longitude": 180}


class PlaceOfSite(Exception):
    """A site's place is the site's own: it is changed where the site is changed."""


class PlaceInUse(Exception):
    """Delegations sleep there, resources wait there, or engagements are held there."""

    def __init__(self, resources: int, engagements: int) -> None:
        super().__init__(f"{resources} resources, {engagements} engagements")
        self.resources, self.engagements = resources, engagements


def add_place(code: str, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> Place:
    """Enter a place; `facts` are columns of Place, `name` among them, the position in degrees (WGS 84).

    Raises Invalid (code taken or of the wrong form, half a position), NotPermitted.
    """
    by.must(Permission.WRITE_TRAVEL)
    if len(code) > 20 or not CODE.fullmatch(code):
        raise Invalid("code", "place_code_form", value=code[:40])
    return _add(code, facts, by=by, at=at)


def change_place(
    code: str, changes: Mapping[str, Any], *, seen: int | None = None, by: Actor, at: datetime
) -> Place:
    """Change columns of a place; `seen` is the version the asker read. Nothing already booked is dropped
    when ways become longer by it.

    Raises NotFound, StaleVersion, PlaceOfSite, Invalid, NotPermitted.
    """
    by.must(Permission.WRITE_TRAVEL)
    return _change(code, changes, seen=seen, by=by, at=at)


def remove_place(code: str, *, seen: int | None = None, by: Actor, at: datetime) -> int:
    """Remove a place that nothing refers to, with its rows of the travel table; says how many those were.

    Raises NotFound, StaleVersion, PlaceOfSite, PlaceInUse, NotPermitted.
    """
    by.must(Permission.WRITE_TRAVEL)
    return _remove(code, seen=seen, by=by, at=at)


@writing()
def _add(code: str, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> Place:
    _must_make_sense(facts)
    if db.session.scalar(select(Place.id).where(Place.code == code)) is not None:
        raise Invalid("code", "place_code_taken", value=code)
    # Somebody may enter the same code at this very moment: then the insert finds it, and enters nothing.
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    row = {"code": code, "name_native": "", "address": "", "version": 1, **facts}
    entered = insert(Place).values(row).on_conflict_do_nothing(index_elements=["code"]).returning(Place.id)
    place_id = db.session.execute(entered).scalar()
    if place_id is None:
        raise Invalid("code", "place_code_taken", value=code)
    place = db.session.get_one(Place, place_id)
    enter(place, "add_place", by=by, at=at, after=snapshot(place, "code", *facts))
    return place


@writing()
def _change(code: str, changes: Mapping[str, Any], *, seen: int | None, by: Actor, at: datetime) -> Place:
    place = _locked(code)
    must_be_current(place.version, seen)
    _must_make_sense({name: getattr(place, name) for name in COLUMNS} | dict(changes))
    before = snapshot(place, *changes)
    for name, value in changes.items():
        setattr(place, name, value)
    place.version += 1
    enter(place, "change_place", by=by, at=at, before=before, after=snapshot(place, *changes))
    return place


@writing()
def _remove(code: str, *, seen: int | None, by: Actor, at: datetime) -> int:
    place = _locked(code)
    must_be_current(place.version, seen)
    _must_be_free(place)
    touching = or_(TravelTime.origin_id == place.id, TravelTime.destination_id == place.id)
    rows = _count(TravelTime, touching)
    before = snapshot(place, "code", *COLUMNS) | {"travel_times": rows}
    enter(place, "remove_place", by=by, at=at, before=before)
    db.session.delete(place)
    return rows


def _locked(code: str) -> Place:
    """A place that may be changed, locked against everybody who would come to refer to it."""
    rows = select(Place).where(Place.code == code).with_for_update()
    place = db.session.scalar(rows.execution_options(populate_existing=True))
    if place is None:
        raise NotFound("place", code)
    if place.site_id is not None:
        raise PlaceOfSite(code)
    return place


def _must_make_sense(told: Mapping[str, Any]) -> None:
    if not told.get("name"):
        raise Invalid("name", "place_needs_name")
    for name, most in RANGES.items():
        degrees = told.get(name)
        if degrees is not None and not (math.isfinite(degrees) and abs(degrees) <= most):
            raise Invalid(name, "out_of_range", least=-most, most=most)
    if (told.get("latitude") is None) != (told.get("longitude") is None):
        missing = "latitude" if told.get("latitude") is None else "longitude"
        raise Invalid(missing, "half_a_position")


def _must_be_free(place: Place) -> None:
    used = PlaceInUse(
        resources=_count(Resource, Resource.base_id == place.id),
        engagements=_count(
            Engagement, or_(Engagement.place_id == place.id, Engagement.destination_id == place.id)
        ),
    )
    if used.resources or used.engagements:
        raise used


def _count(table: Any, condition: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(table).where(condition)) or 0
