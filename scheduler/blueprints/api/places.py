"""Places: those of sites are read here, all others kept."""

from typing import Any

from flask import Response
from flask import url_for as address_of

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.places import add_place, change_place, remove_place
from scheduler.blueprints.api.answering import (
    answered,
    required_version,
    seen_version,
    something_said,
    told,
    writes,
)
from scheduler.blueprints.api.paging import Page, page_of_rows
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.places import PlaceChanges, PlaceIn, PlaceOut, PlacesOut
from scheduler.blueprints.api.sites import known_code
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.travel_lookup import place_named, places_called

EXAMPLE = {"code": "HOTEL-PLAZA", "name": "Hotel at Seoul Plaza", "latitude": 37.5647, "longitude": 126.978}
TELL = PlaceOut()


@bp.post("/places")
@bp.input(PlaceIn, example=EXAMPLE)
@bp.output(PlaceOut, status_code=201)
@allow(Permission.WRITE_TRAVEL)
@writes()
def make_place(json_data: dict[str, Any]) -> Response:
    """Enter a place that is no site."""
    facts = {name: value for name, value in json_data.items() if name != "code"}

    def act() -> Answered:
        return Answered(201, TELL.dump(add_place(json_data["code"], facts, by=actor(), at=now())))

    answer = answered(act)
    answer.headers["Location"] = address_of("api.read_place", code=json_data["code"])
    return answer


@bp.get("/places")
@bp.input(Page, location="query")
@bp.output(PlacesOut)
@allow(Permission.READ_SITES)
def list_places(query_data: dict[str, Any]) -> Response:
    """List every place by code, sites among them."""
    return told(page_of_rows(places_called(), query_data, TELL.dump))


@bp.get("/places/<code>")
@bp.output(PlaceOut)
@allow(Permission.READ_SITES)
def read_place(code: str) -> Response:
    """Read a place."""
    return told(TELL.dump(place_named(known_code(code))))


@bp.patch("/places/<code>")
@bp.input(PlaceChanges)
@bp.output(PlaceOut)
@allow(Permission.WRITE_TRAVEL)
@writes(version="must")
def change_a_place(code: str, json_data: dict[str, Any]) -> Response:
    """Change a place that is no site. What is left out stays as it is; what is booked stays booked."""
    something_said(json_data)
    seen = required_version()

    def act() -> Answered:
        changed = change_place(known_code(code), json_data, seen=seen, by=actor(), at=now())
        return Answered(200, TELL.dump(changed))

    return answered(act)


@bp.delete("/places/<code>")
@bp.output({}, status_code=204)
@allow(Permission.WRITE_TRAVEL)
@writes(version="may")
def remove_a_place(code: str) -> Response:
    """Remove a place that nothing refers to, with its rows of the travel table."""

    def act() -> Answered:
        remove_place(known_code(code), seen=seen_version(), by=actor(), at=now())
        return Answered(204, {})

    return answered(act)
