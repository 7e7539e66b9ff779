"""Places that are no sites: entered, changed, removed; a site's own place is left to the site."""

import pytest

from scheduler.access import NotPermitted
from scheduler.actions.places import PlaceInUse, PlaceOfSite, add_place, change_place, remove_place
from scheduler.actions.site_register import register_site
from scheduler.actions.sites import change_site
from scheduler.actions.travel_files import TravelRow
from scheduler.actions.travel_times import set_travel_time
from scheduler.actions.versions import StaleVersion
from scheduler.records.absence import NotFound
from scheduler.records.places import Place, TravelTime
from scheduler.records.travel_lookup import place_named
from tests import make, staff
from tests.actions.seen import everything, fault_of, how_many, journal
from tests.cast import ADMINISTRATOR, AT, HEAD, OFFICER, manager_of

pytestmark = pytest.mark.usefixtures("app")

HOTEL = {"name": "Hotel in Mapo", "latitude": 37.541, "longitude": 126.9457}


def add(code="HOTEL-MAPO", **facts):
    return add_place(code, HOTEL | facts, by=OFFICER, at=AT)


def test_a_place_is_entered_changed_and_removed_each_with_its_line_in_the_journal():
    add(address="Mapo-daero")
    assert place_named("HOTEL-MAPO").version == 1
    changed = change_place("HOTEL-MAPO", {"name": "Mapo Hotel"}, seen=1, by=ADMINISTRATOR, at=AT)
    assert (changed.name, changed.version) == ("Mapo Hotel", 2)
    assert remove_place("HOTEL-MAPO", seen=2, by=OFFICER, at=AT) == 0
    assert how_many(Place) == 0
    told = [(line.act, line.before, line.after) for line in journal()]
    assert told[:2] == [
        ("add_place", None, {"code": "HOTEL-MAPO", **HOTEL, "address": "Mapo-daero"}),
        ("change_place", {"name": "Hotel in Mapo"}, {"name": "Mapo Hotel"}),
    ]
    assert (told[2][0], told[2][1]["code"], told[2][2]) == ("remove_place", "HOTEL-MAPO", None)


def test_a_place_goes_with_its_rows_of_the_travel_table():
    make.site("TOPIS")
    add()
    set_travel_time(TravelRow(1, "HOTEL-MAPO", "TOPIS", "", "25"), by=OFFICER, at=AT)
    set_travel_time(TravelRow(1, "TOPIS", "HOTEL-MAPO", "8", "40"), by=OFFICER, at=AT)
    assert remove_place("HOTEL-MAPO", by=OFFICER, at=AT) == 2
    assert how_many(TravelTime) == 0


@pytest.mark.parametrize(
    ("code", "facts", "fault"),
    [
        ("HOTEL-MAPO", {}, ("code", "place_code_taken")),
        ("TOPIS", {}, ("code", "place_code_taken")),
        ("hotel", {}, ("code", "place_code_form")),
        ("HOTEL MAPO", {}, ("code", "place_code_form")),
        ("A-", {}, ("code", "place_code_form")),
        ("", {}, ("code", "place_code_form")),
        ("A" * 21, {}, ("code", "place_code_form")),
        ("B", {"name": ""}, ("name", "place_needs_name")),
        ("B", {"latitude": None}, ("latitude", "half_a_position")),
        ("B", {"longitude": None}, ("longitude", "half_a_position")),
        ("B", {"latitude": 90.1}, ("latitude", "out_of_range")),
        ("B", {"longitude": -180.5}, ("longitude", "out_of_range")),
        ("B", {"latitude": float("nan")}, ("latitude", "out_of_range")),
    ],
)
def test_a_place_that_cannot_be_meant_is_refused(code, facts, fault):
    make.site("TOPIS")
    add()
    assert fault_of(lambda: add(code, **facts)) == fault


def test_a_change_must_leave_a_whole_position():
    add()
    fault = fault_of(lambda: change_place("HOTEL-MAPO", {"latitude": None}, by=OFFICER, at=AT))
    assert fault == ("latitude", "half_a_position")
    nowhere = {"latitude": None, "longitude": None}
    assert change_place("HOTEL-MAPO", nowhere, by=OFFICER, at=AT).latitude is None


def test_nobody_overwrites_a_place_they_have_not_seen():
    add()
    change_place("HOTEL-MAPO", {"address": "Elsewhere"}, seen=1, by=OFFICER, at=AT)
    with pytest.raises(StaleVersion):
        change_place("HOTEL-MAPO", {"address": "Nowhere"}, seen=1, by=OFFICER, at=AT)
    with pytest.raises(StaleVersion):
        remove_place("HOTEL-MAPO", seen=1, by=OFFICER, at=AT)


def test_the_place_of_a_site_is_changed_with_the_site_alone():
    site = make.site("TOPIS")
    before = everything()
    with pytest.raises(PlaceOfSite):
        change_place("TOPIS", {"name": "Another"}, by=OFFICER, at=AT)
    with pytest.raises(PlaceOfSite):
        remove_place("TOPIS", by=OFFICER, at=AT)
    assert everything() == before
    change_site(site.id, {"latitude": 37.5665, "longitude": 126.978}, by=OFFICER, at=AT)
    assert place_named("TOPIS").latitude == 37.5665


def test_a_site_cannot_take_the_code_of_a_place():
    add()
    facts = {"code": "HOTEL-MAPO", "name": "A hotel to visit"}
    fault = fault_of(lambda: register_site(facts, by=ADMINISTRATOR, at=AT))
    assert fault == ("code", "site_code_taken")


def test_a_place_where_somebody_sleeps_or_waits_stays():
    add()
    staff.vehicle(base="HOTEL-MAPO")
    with pytest.raises(PlaceInUse) as caught:
        remove_place("HOTEL-MAPO", by=OFFICER, at=AT)
    used = caught.value
    assert (used.resources, used.engagements) == (1, 0)


@pytest.mark.parametrize("by", [HEAD, manager_of(1)])
def test_only_officers_and_administrators_keep_places(by):
    add()
    for act in (
        lambda: add_place("B", HOTEL, by=by, at=AT),
        lambda: change_place("HOTEL-MAPO", {"name": "B"}, by=by, at=AT),
        lambda: remove_place("HOTEL-MAPO", by=by, at=AT),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_place_that_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        change_place("NOWHERE", {"name": "B"}, by=OFFICER, at=AT)
    with pytest.raises(NotFound):
        remove_place("NOWHERE", by=OFFICER, at=AT)
