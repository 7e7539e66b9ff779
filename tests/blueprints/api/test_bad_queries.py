"""Queries at fault, for every list; and the keys that open nothing."""

import pytest

from tests.blueprints.api.programs import fields_at_fault

LISTS = ("/sites", "/visits", "/delegations", "/sites/TOPIS/sessions", "/sites/TOPIS/closures")


@pytest.mark.parametrize("path", LISTS)
def test_every_list_has_pages_within_bounds(as_officer, city, path):
    for query, fields in (
        ("page=0", ["page"]),
        ("page=-1&per_page=201", ["page", "per_page"]),
        ("page=1.0&per_page=", ["page", "per_page"]),
        ("page=999999999999999999999999", ["page"]),
        ("page=1&page=2", ["page"]),
        ("x=1&y=2&page=0", ["page", "x", "y"]),
        ("page=%00", ["page"]),
        ("lang=ko", ["lang"]),
    ):
        assert fields_at_fault(as_officer.get(f"{path}?{query}", status=422)) == fields
    assert as_officer.get(f"{path}?page=100000&per_page=200") == {"items": [], "next": None}


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("state=gone&site=%0A&delegation=-1", ["delegation", "site", "state"]),
        ("from=x&to=y", ["from", "to"]),
        ("from=2026-12-14&to=2026-12-13", ["to"]),
        ("site=" + "x" * 21, ["site"]),
    ],
)
def test_visits_are_asked_for_by_sound_parameters(as_officer, query, fields):
    assert fields_at_fault(as_officer.get(f"/visits?{query}", status=422)) == fields


@pytest.mark.parametrize("query", ["q=%00", "q=a%0Ab", "q=" + "x" * 201, "q=a&q=b"])
def test_words_looked_for_stand_on_one_line(as_officer, query):
    assert fields_at_fault(as_officer.get(f"/delegations?{query}", status=422)) == ["q"]


def test_doors_without_a_query_take_none(as_officer, booked):
    made = booked()
    assert fields_at_fault(as_officer.get(f"/visits/{made['id']}?verbose=1", status=422)) == ["verbose"]
    problem = as_officer.post(f"/visits/{made['id']}/cancel?force=1", {}, status=422)
    assert fields_at_fault(problem) == ["force"]
    assert as_officer.get(f"/visits/{made['id']}") == made


@pytest.mark.parametrize(
    "key",
    ["", "Bearer", "Bearer ", "Bearer x", "Basic dXNlcjpwYXNz", "Bearer \xff", "Bearer dsk_" + "x" * 5000],
)
def test_keys_that_open_nothing(as_stranger, key):
    problem = as_stranger.ask("GET", "/visits", status=401, headers={"Authorization": key})
    assert problem["code"] == "no_key"


def test_an_address_carries_no_key(app, as_officer, as_stranger):
    as_stranger.get(f"/visits?access_token={as_officer.key}", status=401)
