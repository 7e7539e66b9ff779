"""Places by key: listed, entered, changed, removed; a site's own is read only."""

import pytest

from scheduler.records.database import db
from scheduler.records.places import Place
from tests import staff
from tests.blueprints.api.programs import fields_at_fault

HOTEL = {
    "code": "HOTEL-MAPO",
    "name": "Hotel in Mapo",
    "name_native": "마포 호텔",
    "address": "Mapo-daero",
    "latitude": 37.541,
    "longitude": 126.9457,
}


def test_a_place_is_entered_read_changed_and_removed(as_officer, city):
    made = as_officer.post("/places", HOTEL)
    assert made == HOTEL | {"is_site": False, "version": 1}
    assert as_officer.answer.headers["Location"] == "/api/v1/places/HOTEL-MAPO"
    assert as_officer.get("/places/HOTEL-MAPO") == made
    changed = as_officer.patch("/places/HOTEL-MAPO", {"name": "Mapo Hotel"}, If_Match=as_officer.etag)
    assert changed == made | {"name": "Mapo Hotel", "version": 2}
    as_officer.delete("/places/HOTEL-MAPO", If_Match='"1"', status=412)
    as_officer.delete("/places/HOTEL-MAPO", If_Match='"2"')
    as_officer.get("/places/HOTEL-MAPO", status=404)


def test_sites_are_in_the_list_of_places_and_changed_as_sites(as_administrator, city):
    as_administrator.post("/places", HOTEL)
    listed = as_administrator.get("/places")["items"]
    assert [(place["code"], place["is_site"]) for place in listed] == [("HOTEL-MAPO", False), ("TOPIS", True)]
    problem = as_administrator.patch("/places/TOPIS", {"name": "A"}, status=409, If_Match="*")
    assert problem["code"] == "place_of_site"
    as_administrator.delete("/places/TOPIS", status=409)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "TOPIS"}, "code"),
        ({"code": "hotel"}, "code"),
        ({"code": ""}, "code"),
        ({"code": "A" * 21}, "code"),
        ({"name": ""}, "name"),
        ({"name": None}, "name"),
        ({"latitude": 90.5}, "latitude"),
        ({"latitude": "37.5"}, "latitude"),
        ({"latitude": True}, "latitude"),
        ({"longitude": None}, "longitude"),
        ({"seats": 3}, "seats"),
    ],
)
def test_a_place_that_cannot_be_meant_is_refused(as_officer, city, change, field):
    assert fields_at_fault(as_officer.post("/places", HOTEL | change, status=422)) == [field]
    assert db.session.query(Place).count() == 1


def test_a_change_names_a_version_and_something(as_officer):
    as_officer.post("/places", HOTEL)
    as_officer.patch("/places/HOTEL-MAPO", {"name": "B"}, status=428)
    as_officer.patch("/places/HOTEL-MAPO", {"name": "B"}, status=412, If_Match='"7"')
    as_officer.patch("/places/HOTEL-MAPO", {}, status=422, If_Match="*")
    gone = {"latitude": None, "longitude": None}
    assert as_officer.patch("/places/HOTEL-MAPO", gone, If_Match="*")["latitude"] is None
    problem = as_officer.patch("/places/HOTEL-MAPO", {"latitude": 5}, status=422, If_Match="*")
    assert fields_at_fault(problem) == ["longitude"]


def test_a_place_in_use_says_by_whom(as_officer):
    as_officer.post("/places", HOTEL)
    staff.vehicle(base="HOTEL-MAPO")
    problem = as_officer.delete("/places/HOTEL-MAPO", status=409)
    assert (problem["code"], problem["resources"], problem["engagements"]) == ("place_in_use", 1, 0)


def test_the_same_key_enters_a_place_once(as_officer):
    first = as_officer.post("/places", HOTEL, Idempotency_Key="k")
    assert as_officer.post("/places", HOTEL, Idempotency_Key="k") == first
    as_officer.post("/places", HOTEL, status=422)


def test_others_read_and_do_not_write(as_officer, as_head, as_manager, as_stranger):
    as_officer.post("/places", HOTEL)
    for reader in (as_head, as_manager):
        assert len(reader.get("/places")["items"]) == 2
        reader.post("/places", HOTEL, status=403)
        reader.patch("/places/HOTEL-MAPO", {"name": "B"}, status=403)
        reader.delete("/places/HOTEL-MAPO", status=403)
    as_stranger.get("/places", status=401)
