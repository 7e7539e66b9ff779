"""Sites and their sessions by key."""

from datetime import date, time

import pytest

from scheduler.records.database import db
from scheduler.records.sites import SiteFact
from tests import make
from tests.blueprints.api.programs import codes, fields_at_fault
from tests.cast import seoul

CLOSURE = {
    "starts_at": "2026-12-14T00:00:00Z",
    "ends_at": "2026-12-15T00:00:00Z",
    "reason": "Exercise",
}
A_DAY = {"from": "2026-12-14", "to": "2026-12-14"}


def test_sites_are_listed_by_name(as_officer, as_manager, city):
    make.site("SEONAM", name="Seonam plant")
    listed = as_officer.get("/sites")
    assert [site["code"] for site in listed["items"]] == ["SEONAM", "TOPIS"]
    assert listed["next"] is None
    assert [site["code"] for site in as_manager.get("/sites")["items"]] == ["TOPIS"]
    assert len(as_officer.get("/sites", per_page=1)["items"]) == 1


def test_a_site_is_told_with_its_doubts_and_rules(as_officer):
    site = make.site("CHEON", weekdays=[0], closed_weekdays={"6", "0"}, closed_on_main_holidays=True)
    make.tour(site, "CHEON-T", topics={"water", "culture"})
    fact = SiteFact(site_id=site.id, name="places", source="by telephone", checked_on=date(2026, 10, 1))
    db.session.add(fact)
    db.session.commit()
    told = as_officer.get("/sites/CHEON")
    assert told["hours"] == [
        {"weekday": 0, "opens": "10:00", "closes": "17:00", "valid_from": None, "valid_to": None}
    ]
    assert told["closure_rules"] == {
        "weekdays": [0, 6],
        "on_public_holidays": False,
        "on_main_holidays": True,
        "moves_after_holiday": False,
    }
    assert told["facts"] == [
        {"name": "places", "source": "by telephone", "checked_on": "2026-10-01", "is_assumption": True}
    ]
    assert told["tours"] == [
        {
            "code": "CHEON-T",
            "name": "Tour of CHEON",
            "name_native": "",
            "shows": "",
            "topics": ["culture", "water"],
            "minutes": 60,
            "smallest_group": 1,
            "largest_group": 30,
            "places": 30,
            "needs_agreement": False,
            "needs_guide": False,
            "dating": "rounds",
            "people_at_once": None,
            "groups_at_once": None,
            "active_from": None,
            "active_to": None,
        }
    ]


@pytest.mark.parametrize("code", ["NOPE", "topis", "x" * 300, "%00", "%ff", "TOPIS%0A", "..%2Fsites", "서울"])
def test_a_code_that_is_none_is_not_there(as_officer, city, code):
    for path in ("", "/sessions", "/roster", "/closures"):
        as_officer.get(f"/sites/{code}{path}", status=404)
    as_officer.post(f"/sites/{code}/closures", CLOSURE, status=404)


def test_another_managers_site_is_not_there(as_manager_elsewhere, city):
    for path in ("", "/sessions", "/roster", "/closures"):
        as_manager_elsewhere.get(f"/sites/TOPIS{path}", status=404)


def test_sessions_say_what_they_would_say(as_officer, city):
    make.other_booking(city.morning, headcount=25)
    told = as_officer.get("/sites/TOPIS/sessions", **A_DAY, headcount=6)
    rounds = [item for item in told["items"] if item["tour_code"] == "TOPIS-T"]
    assert rounds[1] == {
        "id": city.afternoon.id,
        "tour_code": "TOPIS-T",
        "starts_at": "2026-12-14T14:00:00+09:00",
        "ends_at": "2026-12-14T15:00:00+09:00",
        "places": 30,
        "places_left": 30,
        "would_work": True,
        "refusals": [],
        "cautions": [],
    }
    assert (rounds[0]["places_left"], rounds[0]["would_work"]) == (5, False)
    assert codes(rounds[0]["refusals"]) == ["no_places_left"]


def test_windows_nobody_booked_have_no_id(as_officer, city, booked):
    booked(tour_session_id=None, tour_code="TOPIS-W", starts_at="2026-12-14T10:30:00+09:00", headcount=2)
    told = as_officer.get("/sites/TOPIS/sessions", **A_DAY)
    windows = [item for item in told["items"] if item["tour_code"] == "TOPIS-W"]
    # From ten, every quarter of an hour, the last one over at five.
    assert len(windows) == 25
    assert [window["id"] is None for window in windows[:4]] == [True, True, False, True]
    assert (windows[2]["starts_at"], windows[2]["places_left"]) == ("2026-12-14T10:30:00+09:00", 28)


def test_sessions_know_the_delegation_that_asks(as_officer, as_manager, city, booked):
    booked()
    told = as_officer.get("/sites/TOPIS/sessions", **A_DAY, delegation=city.delegation.id, headcount=12)
    morning = next(item for item in told["items"] if item["id"] == city.morning.id)
    assert codes(morning["refusals"]) == ["already_elsewhere"]
    as_officer.get("/sites/TOPIS/sessions", delegation=999, status=404)
    as_manager.get("/sites/TOPIS/sessions", delegation=city.delegation.id, status=404)
    spoken = as_officer.get("/sites/TOPIS/sessions", **A_DAY, language="mn")
    assert codes(spoken["items"][0]["refusals"]) == ["no_common_language"]


def test_cautions_do_not_count_against_a_session(as_officer):
    site = make.site("OLD")
    make.tour_session(make.tour(site), seoul(14, 10))
    old = SiteFact(site_id=site.id, name="places", source="", checked_on=date(2024, 1, 1))
    db.session.add(old)
    db.session.commit()
    (told,) = as_officer.get("/sites/OLD/sessions", **A_DAY)["items"]
    assert (told["would_work"], codes(told["cautions"])) == (True, ["facts_unverified"])


def test_sessions_run_for_two_weeks_from_now_unless_asked_otherwise(as_officer):
    site = make.site("DAILY", opens=time(0), closes=time(23), weekdays=range(7))
    tour = make.tour(site)
    for day in (22, 23, 30):
        make.tour_session(tour, seoul(day, 10, month=11))
    for day in (5, 6, 7):
        make.tour_session(tour, seoul(day, 10))

    def days(**query):
        return [item["starts_at"][5:10] for item in as_officer.get("/sites/DAILY/sessions", **query)["items"]]

    assert days() == ["11-23", "11-30", "12-05", "12-06"]
    assert days(**{"from": "2026-12-06"}) == ["12-06", "12-07"]
    assert days(to="2026-11-23") == ["11-23"]
    assert days(**{"from": "2026-11-22T10:00:00 09:00", "to": "2026-11-22T10:00:01+09:00"}) == ["11-22"]


def test_sessions_come_in_pages_of_two_hundred(as_officer, city):
    query = {"from": "2026-12-14", "to": "2026-12-31"}
    first = as_officer.get("/sites/TOPIS/sessions", **query)
    assert len(first["items"]) == 200
    second = as_officer.get(first["next"].removeprefix("http://localhost"))
    starts = [item["starts_at"] for item in first["items"] + second["items"]]
    assert (len(starts), second["next"]) == (14 * 25 + 2, None)
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"from": "2026-12-14T10:00:00"}, "from"),
        ({"from": "2026-02-30"}, "from"),
        ({"from": "1066-10-14"}, "from"),
        ({"from": "9999-12-31"}, "from"),
        ({"to": "9999-12-31T23:59:59-23:59"}, "to"),
        ({"from": "2026-12-14", "to": "2026-12-13"}, "to"),
        ({"from": "2026-12-14T10:00:00Z", "to": "2026-12-14T10:00:00Z"}, "to"),
        ({"from": "2026-12-01", "to": "2027-02-01"}, "to"),
        ({"to": "2026-11-01"}, "to"),
        ({"headcount": "0"}, "headcount"),
        ({"headcount": "5001"}, "headcount"),
        ({"headcount": "1e3"}, "headcount"),
        ({"headcount": "٣"}, "headcount"),
        ({"headcount": "9" * 30}, "headcount"),
        ({"language": "English"}, "language"),
        ({"delegation": "x"}, "delegation"),
        ({"page": "0"}, "page"),
        ({"per_page": "201"}, "per_page"),
        ({"unheard_of": "1"}, "unheard_of"),
    ],
)
def test_a_query_at_fault_is_named(as_officer, city, query, field):
    problem = as_officer.get("/sites/TOPIS/sessions", status=422, **query)
    assert fields_at_fault(problem) == [field]


@pytest.mark.parametrize("day", ["1900-01-01", "9998-12-20"])
def test_the_ends_of_time_are_only_far_away(as_officer, city, day):
    as_officer.get("/sites/TOPIS/sessions", **{"from": day})
    as_officer.get("/sites/TOPIS/roster", date=day)
    as_officer.get("/visits", **{"from": day})


def test_sessions_without_a_number_ask_for_the_smallest_group_each_tour_takes(as_officer, city):
    told = as_officer.get("/sites/TOPIS/sessions", **A_DAY)
    assert {code for item in told["items"] for code in _codes(item)} & {"group_too_small"} == set()


def test_sessions_for_a_delegation_ask_for_all_of_it(as_officer, city):
    told = as_officer.get("/sites/TOPIS/sessions", **A_DAY, delegation=city.delegation.id)
    asked = as_officer.get(
        "/sites/TOPIS/sessions",
        **A_DAY,
        delegation=city.delegation.id,
        headcount=city.delegation.headcount,
    )
    assert told["items"] == asked["items"]


def _codes(item):
    return [refusal["code"] for refusal in item["refusals"]]
