"""Guides, interpreters, vehicles and liaison officers by key: entered, found, changed, removed; leave."""

import pytest

from scheduler.blueprints.api.resources import EXAMPLE, LEAVE
from scheduler.core.duties import DutyState
from scheduler.records.database import db
from scheduler.records.resources import Resource
from tests import staff
from tests.blueprints.api.programs import fields_at_fault
from tests.cast import seoul

BUS = {"kind": "vehicle", "name": "Bus 1", "seats": 45}


def test_the_documented_example_works_and_comes_back_whole(as_officer):
    made = as_officer.post("/resources", EXAMPLE)
    kept = {name: value for name, value in made.items() if name not in ("hours", "languages")}
    assert kept == {
        "id": made["id"],
        "kind": "interpreter",
        "name": "Interpreter for Arabic 1",
        "name_native": "",
        "sites": [],
        "seats": None,
        "base": None,
        "most_a_day": 3,
        "setup_minutes": 15,
        "wrap_up_minutes": 0,
        "zone": "Asia/Seoul",
        "email": "",
        "phone": "",
        "note": "",
        "active_from": None,
        "active_to": None,
        "leave": [],
        "version": 1,
    }
    assert made["languages"] == ["ar-en", "ar-ko"]
    assert [row["weekday"] for row in made["hours"]] == [0, 1, 2, 3, 4]
    assert (made["hours"][0]["starts"], made["hours"][0]["ends"]) == ("09:00", "18:00")
    assert as_officer.answer.headers["Location"] == f"/api/v1/resources/{made['id']}"
    assert as_officer.get(f"/resources/{made['id']}") == made
    assert as_officer.etag == '"1"'


def test_a_guide_names_sites_and_a_base_by_their_codes(as_officer, city):
    staff.place("HOTEL")
    told = {"kind": "guide", "name": "Guide 1", "languages": ["en"], "sites": ["TOPIS"], "base": "HOTEL"}
    made = as_officer.post("/resources", told)
    assert (made["sites"], made["base"]) == (["TOPIS"], "HOTEL")


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        ({}, ["kind", "name"]),
        (BUS | {"kind": "robot"}, ["kind"]),
        (BUS | {"seats": 0}, ["seats"]),
        (BUS | {"seats": None}, ["seats"]),
        (BUS | {"seats": "45"}, ["seats"]),
        (BUS | {"languages": ["en"]}, ["languages"]),
        (BUS | {"languages": ["EN"]}, ["languages.0"]),
        (BUS | {"sites": ["TOPIS"]}, ["sites"]),
        (BUS | {"base": "NOPE"}, ["base"]),
        (BUS | {"colour": "blue"}, ["colour"]),
        (BUS | {"setup_minutes": -1, "wrap_up_minutes": 241}, ["setup_minutes", "wrap_up_minutes"]),
        (BUS | {"active_from": "2026-12-02", "active_to": "2026-12-01"}, ["active_to"]),
        (BUS | {"active_from": "tomorrow"}, ["active_from"]),
        (
            BUS | {"hours": [{"weekday": 7, "starts": "9:00"}]},
            ["hours.0.ends", "hours.0.starts", "hours.0.weekday"],
        ),
        (BUS | {"hours": [{"weekday": 0, "starts": "18:00", "ends": "09:00"}]}, ["hours"]),
        (BUS | {"hours": [{"weekday": 0, "starts": "09:00", "ends": "18:00"}] * 2}, ["hours"]),
        (BUS | {"hours": [{"weekday": 0, "starts": "09:00", "ends": "18:00"}] * 61}, ["hours"]),
        ({"kind": "interpreter", "name": "I", "languages": ["ko"]}, ["languages"]),
        ({"kind": "interpreter", "name": "I", "languages": ["ko-ko"]}, ["languages"]),
        ({"kind": "interpreter", "name": "I", "languages": ["qq-ko"]}, ["languages"]),
        ({"kind": "guide", "name": "G", "languages": ["en"]}, ["sites"]),
        ({"kind": "guide", "name": "G", "languages": ["en"], "sites": ["NOPE"]}, ["sites"]),
    ],
)
def test_what_cannot_be_meant_is_refused(as_officer, city, told, fields):
    assert fields_at_fault(as_officer.post("/resources", told, status=422)) == fields
    assert db.session.query(Resource).count() == 0


def test_a_list_is_filtered(as_officer, city):
    staff.guide(city.site, "ar", name="Guide A")
    staff.interpreter("ar-ko", name="Interpreter A")
    as_officer.post("/resources", BUS | {"active_to": "2026-11-01"})

    def names(**query):
        return [found["name"] for found in as_officer.get("/resources", **query)["items"]]

    assert names() == ["Guide A", "Interpreter A"]
    assert names(language="ar") == ["Guide A", "Interpreter A"]
    assert names(language="ko") == ["Interpreter A"]
    assert names(kind="guide", site="TOPIS") == ["Guide A"]
    assert names(q="inter") == ["Interpreter A"]
    assert names(former="true", kind="vehicle") == ["Bus 1"]
    page = as_officer.get("/resources", per_page="1")
    assert (len(page["items"]), page["next"]) == (1, "http://localhost/api/v1/resources?per_page=1&page=2")
    for wrong in ({"kind": "robot"}, {"former": "maybe"}, {"language": "E"}, {"seats": "4"}):
        as_officer.get("/resources", status=422, **wrong)


def test_a_change_needs_the_version_that_was_read(as_officer):
    made = as_officer.post("/resources", BUS)
    path = f"/resources/{made['id']}"
    as_officer.patch(path, {"seats": 40}, status=428)
    changed = as_officer.patch(path, {"seats": 40, "hours": []}, If_Match=tag_of(made))
    assert (changed["seats"], changed["version"]) == (40, 2)
    as_officer.patch(path, {"seats": 30}, status=412, If_Match=tag_of(made))
    assert fields_at_fault(as_officer.patch(path, {"kind": "guide"}, status=422, If_Match="*")) == ["kind"]
    as_officer.patch(path, {}, status=422, If_Match="*")
    as_officer.delete(path, status=412, If_Match='"1"')
    as_officer.delete(path, If_Match='"2"')
    as_officer.get(path, status=404)


def tag_of(told):
    return f'"{told["version"]}"'


def test_the_same_key_enters_one_only(as_officer):
    first = as_officer.post("/resources", BUS, Idempotency_Key="k1")
    again = as_officer.post("/resources", BUS, Idempotency_Key="k1")
    assert (again, as_officer.answer.headers["Idempotent-Replayed"]) == (first, "true")
    as_officer.post("/resources", BUS | {"seats": 4}, status=422, Idempotency_Key="k1")
    assert db.session.query(Resource).count() == 1


def test_who_was_assigned_is_not_removed(as_officer, city):
    bus = staff.vehicle()
    staff.day_duty(bus, city.delegation, seoul(14, 9), state=DutyState.REFUSED)
    problem = as_officer.delete(f"/resources/{bus.id}", status=409)
    assert (problem["code"], problem["duties"]) == ("was_assigned", 1)
    assert "Give an end date instead" in problem["detail"]


def test_leave_is_entered_listed_and_taken_back(as_officer, city):
    bus = staff.vehicle()
    duty = staff.day_duty(bus, city.delegation, seoul(14, 9))
    path = f"/resources/{bus.id}/leave"
    made = as_officer.post(path, LEAVE)
    assert made == LEAVE | {"id": made["id"], "duties": [duty.id]}
    told = {name: value for name, value in made.items() if name != "duties"}
    assert as_officer.get(path) == {"items": [told], "next": None}
    assert as_officer.get(f"/resources/{bus.id}")["leave"] == [told]
    problem = as_officer.post(path, LEAVE, status=422)
    assert problem["errors"][0]["field"] == "starts_at"
    assert problem["detail"] == (
        "Already away from Mon 14 Dec 2026 00:00 to Wed 16 Dec 2026 00:00. Take that back first."
    )
    backwards = LEAVE | {"ends_at": LEAVE["starts_at"]}
    assert fields_at_fault(as_officer.post(path, backwards, status=422)) == ["ends_at"]
    other = staff.vehicle(name="Bus 2")
    as_officer.delete(f"/resources/{other.id}/leave/{made['id']}", status=404)
    as_officer.delete(f"{path}/{made['id']}")
    assert as_officer.get(path)["items"] == []


def test_heads_read_officers_write_and_nobody_else_comes_in(
    as_head, as_manager, as_administrator, as_stranger, city
):
    guide = staff.guide(city.site)
    path = f"/resources/{guide.id}"
    as_head.get(path)
    as_head.post("/resources", BUS, status=403)
    as_head.patch(path, {"name": "X"}, status=403, If_Match="*")
    as_head.delete(path, status=403)
    as_head.post(f"{path}/leave", LEAVE, status=403)
    for program, status in ((as_manager, 403), (as_administrator, 403), (as_stranger, 401)):
        program.get("/resources", status=status)
        program.get(path, status=status)
        program.get(f"{path}/leave", status=status)


def test_what_is_not_there_is_not_found(as_officer):
    for path in ("/resources/999", "/resources/999/leave"):
        as_officer.get(path, status=404)
    as_officer.post("/resources/999/leave", LEAVE, status=404)
    as_officer.patch("/resources/999", {"name": "X"}, status=404, If_Match="*")
    as_officer.delete("/resources/999/leave/1", status=404)


def test_a_feed_of_duties_comes_with_the_page_of_the_day(as_officer, as_manager, city):
    guide = staff.guide(city.site)
    made = as_officer.post("/feeds", {"kind": "resource", "resource_id": guide.id})
    secret = made["url"].removeprefix("http://localhost/calendar/").removesuffix(".ics")
    assert made["day_url"] == f"http://localhost/day/{secret}"
    as_officer.post("/feeds", {"kind": "resource", "resource_id": 999}, status=404)
    as_manager.post("/feeds", {"kind": "resource", "resource_id": guide.id}, status=404)
    for told, fields in (
        ({"kind": "resource"}, ["resource_id"]),
        ({"kind": "resource", "site": "TOPIS"}, ["resource_id", "site"]),
        ({"kind": "site", "site": "TOPIS", "resource_id": 1}, ["resource_id"]),
    ):
        assert fields_at_fault(as_officer.post("/feeds", told, status=422)) == fields


def test_a_list_costs_the_same_for_one_and_for_many(as_officer, city, counted):
    numbers = []
    for number in range(6):
        staff.guide(city.site, name=f"Guide {number}", base=staff.place(f"P{number}").code)
        with counted() as queries:
            as_officer.get("/resources")
        numbers.append(len(queries))
    assert numbers[0] == numbers[-1]
