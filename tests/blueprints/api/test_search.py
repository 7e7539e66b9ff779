"""Search by key."""

import pytest

from tests import make
from tests.blueprints.api.programs import fields_at_fault


def test_what_is_found_is_told_kind_by_kind(as_officer, booked):
    made = booked()
    told = as_officer.get("/search", q="TOPIS")["groups"]
    assert [group["kind"] for group in told] == ["delegations", "posts", "sites", "visits"]
    site, visit = told[2], told[3]
    assert (site["number"], site["items"][0]["url"]) == (1, "/api/v1/sites/TOPIS")
    assert visit["items"][0]["url"] == f"/api/v1/visits/{made['id']}"


def test_a_site_manager_is_told_of_no_people(as_manager, city):
    make.delegation("Museum friends", head_post="Museum director")
    told = as_manager.get("/search", q="museum")["groups"]
    assert [group["kind"] for group in told] == ["sites", "visits"]
    assert [group["items"] for group in told] == [[], []]


@pytest.mark.parametrize(
    ("query", "fields"),
    [("", ["q"]), ("q=", ["q"]), ("q=%00", ["q"]), ("q=" + "x" * 201, ["q"]), ("q=a&most=26", ["most"])],
)
def test_a_search_needs_sound_words(as_officer, query, fields):
    assert fields_at_fault(as_officer.get(f"/search?{query}", status=422)) == fields
