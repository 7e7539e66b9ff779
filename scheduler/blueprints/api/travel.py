"""The travel table, row by row and whole, and how long one way takes."""

import hashlib
from typing import Any

from apiflask.exceptions import HTTPError
from flask import Response, g, request
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.invalid import Invalid
from scheduler.actions.travel_files import LineFault, TravelRow, TravelTableFaulty, read_travel_csv
from scheduler.actions.travel_times import clear_travel_time, import_travel_times, set_travel_time
from scheduler.blueprints.api.answering import answered, told, writes
from scheduler.blueprints.api.body import takes_csv
from scheduler.blueprints.api.paging import page_of_values
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.places import (
    ImportQuery,
    RowQuery,
    RowsQuery,
    TravelTableIn,
    TravelTableOut,
    TravelTimeIn,
    TravelTimeOut,
    TravelTimesOut,
    WayOut,
    WayQuery,
)
from scheduler.blueprints.typed import city_zone
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.places import Place
from scheduler.records.travel_lookup import place_named, travel_between, travel_rows
from scheduler.words.travel_words import line_fault_in_words


@bp.get("/travel")
@bp.input(WayQuery, location="query")
@bp.output(WayOut)
@allow(Permission.READ_SITES)
def read_way(query_data: dict[str, Any]) -> Response:
    """Tell how long a way takes when leaving at an instant, and how that is known."""
    at = query_data.get("at") or now()
    origin, destination = _place("from", query_data["origin"]), _place("to", query_data["destination"])
    way = travel_between({origin, destination}).way(
        origin.code, destination.code, at.astimezone(city_zone()).hour
    )
    found = {
        "origin": origin.code,
        "destination": destination.code,
        "at": at,
        "minutes": way.minutes if way else None,
        "source": way.source.value if way else "unknown",
    }
    return told(WayOut().dump(found))


@bp.put("/travel-times")
@bp.input(TravelTimeIn)
@bp.output(TravelTimeOut)
@allow(Permission.WRITE_TRAVEL)
@writes()
def put_travel_time(json_data: dict[str, Any]) -> Response:
    """Set the minutes of one way at one hour, or at any. What is booked stays booked."""

    def act() -> Answered:
        try:
            set_travel_time(_row(1, json_data), by=actor(), at=now())
        except TravelTableFaulty as faulty:
            raise HTTPError(422, detail={"json": _by_column(faulty.faults)}) from None
        return Answered(200, TravelTimeOut().dump(json_data))

    return answered(act)


@bp.get("/travel-times")
@bp.input(RowsQuery, location="query")
@bp.output(TravelTimesOut)
@allow(Permission.READ_SITES)
def list_travel_times(query_data: dict[str, Any]) -> Response:
    """List the rows of the travel table by origin, destination and hour."""
    rows = travel_rows(query_data.get("origin"), query_data.get("destination"))
    return told(page_of_values(db.session.execute(rows).all(), query_data, TravelTimeOut().dump))


@bp.delete("/travel-times")
@bp.input(RowQuery, location="query")
@bp.output({}, status_code=204)
@allow(Permission.WRITE_TRAVEL)
@writes()
def remove_travel_time(query_data: dict[str, Any]) -> Response:
    """Take a row out of the table: its way back or the model counts again."""
    g.body = query_data

    def act() -> Answered:
        clear_travel_time(**query_data, by=actor(), at=now())
        return Answered(204, {})

    return answered(act)


@bp.post("/travel-times")
@bp.input(ImportQuery, location="query")
@bp.input(TravelTableIn)
@bp.output(TravelTableOut)
@allow(Permission.WRITE_TRAVEL)
@writes()
@takes_csv
def import_table(query_data: dict[str, Any], json_data: dict[str, Any]) -> Response:
    """Import a whole travel table, as rows or as text/csv: all of it, or nothing with every faulty line told.

    `mode=replace` removes what is not named; `rehearsal=1` only says what would change.
    """
    is_csv, is_rehearsal = request.mimetype == "text/csv", bool(query_data["rehearsal"])
    if not is_csv and "rows" not in json_data:
        raise HTTPError(422, detail={"json": {"rows": [_("This is needed.")]}})
    demand = hashlib.sha256(request.get_data()).hexdigest()
    g.body = {"body": demand, "mode": query_data["mode"], "rehearsal": is_rehearsal}

    def act() -> Answered:
        how: dict[str, Any] = {"is_rehearsal": is_rehearsal, "by": actor(), "at": now()}
        if is_csv:
            rows, faults = read_travel_csv(request.get_data())
            imported = import_travel_times(rows, query_data["mode"], faults=faults, **how)
        else:
            rows = [_row(number, row) for number, row in enumerate(json_data["rows"])]
            imported = _imported_rows(rows, query_data["mode"], how)
        counts = imported.counts | {"is_rehearsal": is_rehearsal, "mode": query_data["mode"]}
        return Answered(200, TravelTableOut().dump(counts))

    return answered(act)


def _imported_rows(rows: list[TravelRow], mode: Any, how: dict[str, Any]) -> Any:
    """Rows of JSON are named by their place in the list, not by lines."""
    try:
        return import_travel_times(rows, mode, **how)
    except TravelTableFaulty as faulty:
        faults: dict[int, list[str]] = {}
        for fault in faulty.faults:
            faults.setdefault(fault.line, []).append(line_fault_in_words(fault))
        raise HTTPError(422, detail={"json": {"rows": faults}}) from None


def _row(line: int, told_row: dict[str, Any]) -> TravelRow:
    hour = told_row["hour"]
    hours = "" if hour is None else str(hour)
    return TravelRow(line, told_row["origin"], told_row["destination"], hours, str(told_row["minutes"]))


def _by_column(faults: list[LineFault]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fault in faults:
        column = fault.facts.get("column", "destination")
        found.setdefault(column, []).append(line_fault_in_words(fault))
    return found


def _place(parameter: str, code: str) -> Place:
    try:
        return place_named(code)
    except NotFound:
        raise Invalid(parameter, "unknown", value=code) from None
