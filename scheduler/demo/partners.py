"""The partner cities of partners.csv with what was signed, dates only as precise as the sources are."""

import csv
from pathlib import Path

from scheduler.records.database import db
from scheduler.records.partners import Agreement, Partner, Relation


def lay_partners() -> dict[str, Partner]:
    """Put every partner and agreement into the archive (not yet committed); by name of the partner."""
    partners: dict[str, Partner] = {}
    with (Path(__file__).parent / "partners.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            partner = partners.setdefault(row["city"], Partner(name=row["city"], country=row["country_iso2"]))
            partner.agreements.append(
                Agreement(
                    relation=Relation(row["relation"]),
                    signed_on=row["signed_on"] or None,
                    source=row["source"],
                )
            )
    db.session.add_all(partners.values())
    db.session.flush()
    return partners
