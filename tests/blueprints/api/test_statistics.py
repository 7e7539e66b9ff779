"""The figures of the reports by key."""

import pytest

from tests import make
from tests.blueprints.api.programs import fields_at_fault


def test_every_number_has_its_name(as_officer, booked, city):
    guests = make.delegation("Hanoi", country="VN")
    booked(delegation_id=guests.id, headcount=8)
    told = as_officer.get("/statistics", year="2026")
    count = {"teams": 1, "visits": 1, "persons": 8, "person_visits": 8}
    assert told["total"]["announced"] == count
    assert told["as_of"] == "2026-11-22T12:00:00+09:00"
    assert (told["from"], told["to"]) == ("2026-01-01", "2026-12-31")
    countries = next(part for part in told["parts"] if part["by"] == "country")
    assert [(line["code"], line["tally"]["announced"]) for line in countries["items"]] == [("VN", count)]
    assert [year["from"] for year in told["years"]] == ["2026-01-01", "2025-01-01", "2024-01-01"]


def test_any_stretch_of_days_is_counted(as_officer, city):
    query = {"from": "2026-12-01", "to": "2026-12-13"}
    assert as_officer.get("/statistics", **query)["total"]["announced"]["visits"] == 0


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"year": "26"}, "year"),
        ({"from": "2026-12-01"}, "to"),
        ({"from": "2026-12-02", "to": "2026-12-01"}, "to"),
        ({"from": "1990-01-01", "to": "2026-12-01"}, "to"),
    ],
)
def test_days_that_cannot_be_meant_are_told_why(as_officer, city, query, field):
    assert field in fields_at_fault(as_officer.get("/statistics", status=422, **query))


def test_managers_see_no_figures(as_manager, city):
    as_manager.get("/statistics", status=403)
