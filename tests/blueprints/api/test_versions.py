"""Nobody overwrites what they have not seen: ETag and If-Match."""

import pytest

from tests import make

ACTS = ("request", "confirm", "decline", "cancel", "postpone", "arrive", "no-show", "close", "move")


@pytest.mark.parametrize("act", ACTS)
def test_every_act_heeds_the_version_that_was_read(as_officer, booked, act):
    made = booked()
    problem = as_officer.post(f"/visits/{made['id']}/{act}", {}, status=412, If_Match='"7"')
    assert (problem["code"], problem["current_version"]) == ("stale_version", 1)
    assert as_officer.get(f"/visits/{made['id']}") == made


@pytest.mark.parametrize("seen", ['"1"', "*", '"1", "0"', 'W/"9", "1"'])
def test_the_present_version_and_any_version_will_do(as_officer, booked, seen):
    made = booked()
    as_officer.post(f"/visits/{made['id']}/cancel", {}, status=200, If_Match=seen)


@pytest.mark.parametrize("seen", ['W/"1"', '"x"', '""', "x", "", '"0"', '"99999999999999999999"', '"٣"'])
def test_what_is_no_version_of_ours_is_stale(as_officer, booked, seen):
    made = booked()
    as_officer.post(f"/visits/{made['id']}/cancel", {}, status=412, If_Match=seen)


def test_a_change_of_a_delegation_must_say_what_was_read(as_officer, city):
    path = f"/delegations/{city.delegation.id}"
    assert as_officer.patch(path, {"headcount": 11}, status=428)["code"] == "precondition_required"
    as_officer.get(path)
    seen = as_officer.etag
    changed = as_officer.patch(path, {"headcount": 11}, If_Match=seen)
    assert (changed["headcount"], changed["version"], as_officer.etag) == (11, 2, '"2"')
    stale = as_officer.patch(path, {"headcount": 9}, status=412, If_Match=seen)
    assert stale["current_version"] == 2
    assert as_officer.patch(path, {"headcount": 9}, If_Match="*")["headcount"] == 9


@pytest.mark.parametrize(
    ("kind", "told", "change"),
    [("wishes", {"topic": "water"}, {"note": "x"}), ("delegates", {"print_as": "Ms An"}, {"post": "Mayor"})],
)
def test_wishes_and_delegates_too(as_officer, city, kind, told, change):
    made = as_officer.post(f"/delegations/{city.delegation.id}/{kind}", told)
    path, seen = as_officer.answer.headers["Location"], as_officer.etag
    assert seen == f'"{made["version"]}"'
    as_officer.patch(path, change, status=428)
    as_officer.patch(path, change, If_Match=seen)
    as_officer.patch(path, change, status=412, If_Match=seen)
    as_officer.delete(path, status=412, If_Match=seen)
    as_officer.get(path)
    as_officer.delete(path, If_Match=as_officer.etag)
    as_officer.get(path, status=404)


def test_what_is_not_there_is_not_there_whatever_its_version(as_officer, city):
    as_officer.patch("/delegations/999", {"headcount": 1}, status=404, If_Match='"1"')
    as_officer.post("/visits/999/cancel", status=404, If_Match='"1"')


def test_a_site_carries_its_version(as_officer):
    make.site("SEONAM")
    assert as_officer.get("/sites/SEONAM")["version"] == 1
    assert as_officer.etag == '"1"'


def test_a_site_too(as_officer, as_manager, as_manager_elsewhere, as_head, city):
    contact = {"contact_name": "Kim Minsu", "contact_email": "desk@topis.example"}
    as_officer.patch("/sites/TOPIS", contact, status=428)
    seen = as_officer.get("/sites/TOPIS")["version"]
    changed = as_manager.patch("/sites/TOPIS", contact, If_Match=f'"{seen}"')
    assert {name: changed[name] for name in contact} == contact
    as_officer.patch("/sites/TOPIS", {"contact_name": ""}, status=412, If_Match=f'"{seen}"')
    as_officer.patch("/sites/TOPIS", {}, status=422, If_Match="*")
    as_officer.patch("/sites/TOPIS", {"name": "Other"}, status=422, If_Match="*")
    as_officer.patch("/sites/TOPIS", {"contact_email": "담당@topis.example"}, status=422, If_Match="*")
    as_manager_elsewhere.patch("/sites/TOPIS", contact, status=404, If_Match="*")
    as_head.patch("/sites/TOPIS", contact, status=403, If_Match="*")
    assert as_officer.get("/sites/TOPIS")["contact_email"] == "desk@topis.example"
