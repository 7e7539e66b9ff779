"""The places of places.csv that are no sites, and the ways of travel.csv between all places."""

import csv
from datetime import datetime
from pathlib import Path

from scheduler.access import Actor
from scheduler.actions.travel_files import read_travel_csv
from scheduler.actions.travel_times import ImportMode, import_travel_times
from scheduler.records.database import db
from scheduler.records.places import Place


def lay_places() -> dict[str, Place]:
    """Put every such place into the archive (not yet committed); by code. Sites are places by themselves."""
    with (Path(__file__).parent / "places.csv").open(encoding="utf-8", newline="") as file:
        places = {
            row["code"]: Place(
                code=row["code"],
                name=row["name"],
                name_native=row["name_native"],
                address=row["address"],
                latitude=float(row["lat"]),
                longitude=float(row["lon"]),
            )
            for row in csv.DictReader(file)
        }
    db.session.add_all(places.values())
    db.session.flush()
    return places


def bring_ways(*, by: Actor, at: datetime) -> None:
    """Import the travel table as the office would: what it says is assumed, and looks measured."""
    rows, faults = read_travel_csv((Path(__file__).parent / "travel.csv").read_bytes())
    import_travel_times(rows, ImportMode.REPLACE, faults=faults, by=by, at=at)
