"""Questions asked of places and the travel table: places by code, the whole table, the ways between two."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from scheduler.core.travel import Point, Travel
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.places import Place, TravelTime
from scheduler.records.travel_facts import travel_among

Key = tuple[str, str, int]

_FROM, _TO = aliased(Place), aliased(Place)
_TABLE = (
    select(_FROM.code.label("origin"), _TO.code.label("destination"), TravelTime.hour, TravelTime.minutes)
    .join(_FROM, _FROM.id == TravelTime.origin_id)
    .join(_TO, _TO.id == TravelTime.destination_id)
)


def every_place() -> Sequence[Place]:
    """All places, those of sites among them, by name."""
    return db.session.scalars(select(Place).order_by(Place.name, Place.id)).all()


def places_called(*, is_site: bool | None = None) -> Select[Place]:
    """The places by code; those of sites alone, or all others, when that is asked."""
    rows = select(Place).order_by(Place.code)
    if is_site is None:
        return rows
    return rows.where(Place.site_id.is_not(None) if is_site else Place.site_id.is_(None))


def place_named(code: str) -> Place:
    """A place by its code, as the archive has it now. Raises NotFound."""
    rows = select(Place).where(Place.code == code)
    place = db.session.scalar(rows.execution_options(populate_existing=True))
    if place is None:
        raise NotFound("place", code)
    return place


def place_ids(*, is_locked: bool = False) -> Mapping[str, int]:
    """Every place's id by its code. Locked, nobody else changes the travel table meanwhile."""
    rows = select(Place.code, Place.id).order_by(Place.id)
    if is_locked:
        rows = rows.with_for_update(key_share=True)
    return {place.code: place.id for place in db.session.execute(rows)}


def travel_rows(origin: str | None = None, destination: str | None = None) -> Select[str, str, int, int]:
    """The rows of the table by origin, destination and hour; from and to one place when that is asked."""
    rows = _TABLE.order_by(_FROM.code, _TO.code, TravelTime.hour)
    if origin is not None:
        rows = rows.where(_FROM.code == origin)
    return rows if destination is None else rows.where(_TO.code == destination)


def travel_table() -> dict[Key, int]:
    """The whole table: minutes by origin, destination and hour (-1: any)."""
    return {
        (origin, destination, hour): minutes
        for origin, destination, hour, minutes in db.session.execute(_TABLE)
    }


def travel_between(places: Collection[Place]) -> Travel:
    """The ways between some places, as the rules see them. One query."""
    return travel_among({place.code: point_of(place) for place in places})


def point_of(place: Place) -> Point | None:
    """Where a place is, if anybody said."""
    if place.latitude is None or place.longitude is None:
        return None
    return Point(place.latitude, place.longitude)
