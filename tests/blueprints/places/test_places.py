"""The list of places that are no sites, as officers and administrators keep it."""

from scheduler.actions.places import add_place
from scheduler.actions.travel_files import TravelRow
from scheduler.actions.travel_times import set_travel_time
from scheduler.records.travel_lookup import place_named
from tests import staff
from tests.blueprints import soon
from tests.cast import AT, OFFICER

TYPED = {
    "code": "HOTEL-PLAZA",
    "name": "Hotel at Seoul Plaza",
    "name_native": "서울광장 앞 호텔",
    "address": "Sogong-ro",
    "latitude": "37.5647",
    "longitude": "126.978",
}


def hotel(code="HOTEL-PLAZA", **facts):
    return add_place(code, {"name": "Hotel at Seoul Plaza"} | facts, by=OFFICER, at=AT)


def test_an_officer_enters_a_place_and_finds_it_in_the_list(as_officer):
    soon.site("TOPIS")
    page = as_officer.get("/places")
    assert "No places yet" in page
    assert "And 1 site, which is a place under its own code." in page
    as_officer.get("/places/new")
    as_officer.submit("/places/new", TYPED)
    page = as_officer.follow()
    assert "Hotel at Seoul Plaza is entered." in page
    assert "37.5647, 126.978" in page


def test_what_is_typed_wrong_is_kept_and_told(as_officer):
    hotel()
    as_officer.get("/places/new")
    page = as_officer.submit("/places/new", TYPED | {"longitude": ""}, status=422)
    assert "Give both latitude and longitude, or neither." in page
    assert page.values_of("/places/new")["name"] == "Hotel at Seoul Plaza"
    page = as_officer.submit("/places/new", TYPED | {"latitude": "north"}, status=422)
    assert "Give degrees between -90 and 90" in page
    page = as_officer.submit("/places/new", TYPED | {"longitude": "126.978"}, status=422)
    assert "There is a place or a site with the code HOTEL-PLAZA already." in page
    page = as_officer.submit("/places/new", TYPED | {"code": "hotel plaza"}, status=422)
    assert "Use capital letters, digits and single hyphens, such as HOTEL-PLAZA." in page


def test_a_place_is_changed_and_its_reader_told_when_somebody_was_quicker(as_administrator):
    hotel()
    assert "not known: ways only by the table" in as_administrator.get("/places")
    page = as_administrator.get("/places/HOTEL-PLAZA")
    as_administrator.submit("/places/HOTEL-PLAZA", {"name": "Plaza Hotel"})
    assert place_named("HOTEL-PLAZA").name == "Plaza Hotel"
    stale = page.values_of("/places/HOTEL-PLAZA")
    page = as_administrator.post("/places/HOTEL-PLAZA", stale | {"name": "Another"}, status=409)
    assert "Somebody changed this while you had it open." in page


def test_a_place_is_removed_with_its_ways(as_officer):
    soon.site("TOPIS")
    hotel()
    set_travel_time(TravelRow(1, "HOTEL-PLAZA", "TOPIS", "", "15"), by=OFFICER, at=AT)
    as_officer.get("/places/HOTEL-PLAZA")
    as_officer.submit("/places/HOTEL-PLAZA/remove")
    page = as_officer.follow()
    assert "Hotel at Seoul Plaza is removed." in page
    assert "1 travel time went with it." in page
    assert "No places yet" in page


def test_a_place_where_somebody_waits_says_why_it_stays(as_officer):
    hotel()
    staff.vehicle(base="HOTEL-PLAZA")
    as_officer.get("/places/HOTEL-PLAZA")
    page = as_officer.submit("/places/HOTEL-PLAZA/remove", status=409)
    assert "It is still in use: bases of guides, interpreters and vehicles 1, engagements 0." in page
    assert page.values_of("/places/HOTEL-PLAZA")["name"] == "Hotel at Seoul Plaza"


def test_sites_are_changed_in_their_own_room(as_officer):
    soon.site("TOPIS")
    as_officer.get("/places/TOPIS", status=404)
    as_officer.get("/places")
    as_officer.post("/places/TOPIS/remove", status=404)
    as_officer.get("/places/NOWHERE", status=404)


def test_others_read_and_do_not_write(as_head, as_manager, as_stranger):
    hotel()
    manager = as_manager(soon.site("TOPIS"))
    for reader in (as_head, manager):
        page = reader.get("/places")
        assert "Hotel at Seoul Plaza" in page
        assert "Add a place" not in page
        for path in ("/places/new", "/places/HOTEL-PLAZA"):
            reader.get(path, status=403)
    as_stranger.get("/places", status=303)
