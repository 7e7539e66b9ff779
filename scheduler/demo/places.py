"""The places of places.csv that are no sites: hotels, airports, where the buses wait, where one eats."""

import csv
from pathlib import Path

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
