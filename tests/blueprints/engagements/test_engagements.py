"""Planning an engagement on a page, changing it, calling it off; who attends a stop."""

import pytest

from scheduler.actions.members import add_delegate
from scheduler.actions.parts import divide
from scheduler.records.attendance_lookup import attending
from scheduler.records.database import db
from scheduler.records.engagements import Engagement
from tests import make, staff
from tests.cast import AT, OFFICER, seoul

LUNCH = {
    "kind": "meal",
    "title": "Lunch",
    "starts_at": "2026-12-14T12:00",
    "ends_at": "2026-12-14T13:00",
    "place": "LUNCH",
    "host": "Vice mayor",
}


@pytest.fixture
def hanoi(app):
    staff.place("LUNCH", name="Restaurant", latitude=37.5741, longitude=126.9854)
    return make.delegation("Hanoi planning office")


def new(delegation):
    return f"/delegations/{delegation.id}/engagements/new"


def planned(client, delegation, **told):
    client.get(new(delegation))
    client.post(new(delegation), LUNCH | told)
    return db.session.query(Engagement).order_by(Engagement.id.desc()).first()


def test_an_engagement_is_planned_and_stands_on_the_programme(as_officer, hanoi):
    assert as_officer.get(new(hanoi), on="2026-12-15").values_of("")["starts_at"] == "2026-12-15T12:00"
    made = planned(as_officer, hanoi)
    assert (made.starts_at, made.headcount, made.place.code) == (seoul(14, 12), 12, "LUNCH")
    page = as_officer.follow()
    assert "The engagement is planned." in page
    assert "12:00–13:00" in page


def test_a_refused_engagement_says_why_and_keeps_what_was_typed(as_officer, hanoi):
    planned(as_officer, hanoi)
    page = as_officer.post(new(hanoi), LUNCH | {"title": "Second lunch"}, status=409)
    assert "This cannot be planned so" in page
    assert [e.get("data-code") for e in page.all("li") if e.get("data-code")] == ["already_elsewhere"]
    assert "Second lunch" in page.html


def test_a_caution_is_ticked_with_a_reason(as_officer, hanoi):
    site = make.site("TOPIS", latitude=37.5665, longitude=126.978)
    make.visit(hanoi, make.tour_session(make.tour(site), seoul(14, 10, 40)))
    as_officer.get(new(hanoi))
    page = as_officer.post(new(hanoi), LUNCH, status=409)
    assert [e.get("value") for e in page.all("input", name="acknowledge")] == ["thin_slack"]
    as_officer.post(new(hanoi), LUNCH | {"acknowledge": ["thin_slack"]}, status=422)
    as_officer.post(new(hanoi), LUNCH | {"acknowledge": ["thin_slack"], "acknowledge_reason": "They walk"})


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"kind": "nap"}, "Not a valid choice"),
        ({"ends_at": "2026-12-14T11:00"}, "Must be after “Begin”."),
        ({"ends_at": "2026-12-16T11:00"}, "lasts a day at most"),
        ({"kind": "transfer"}, "Say where the transfer goes."),
        ({"destination": "LUNCH"}, "Only a transfer has a destination"),
        ({"headcount": "-1"}, "Must be between 1 and 5000."),
        ({"place": "NOWHERE"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_meant_is_told_beside_its_field(as_officer, hanoi, told, words):
    as_officer.get(new(hanoi))
    assert words in as_officer.post(new(hanoi), LUNCH | told, status=422)


def test_an_engagement_is_changed_and_somebody_slower_is_told(as_officer, hanoi):
    made = planned(as_officer, hanoi)
    there = f"/engagements/{made.id}"
    as_officer.get(there)
    values = as_officer.page.values_of("")
    assert (values["host"], values["place"]) == ("Vice mayor", "LUNCH")
    as_officer.post(there, values | {"host": "Mayor"})
    assert (made.host, made.place.code, made.headcount) == ("Mayor", "LUNCH", 12)
    page = as_officer.post(there, values | {"host": "Somebody else"}, status=409)
    assert "Somebody changed this while you had it open" in page
    assert "Vice mayor" in as_officer.get(there)


def test_an_engagement_is_called_off_with_a_reason(as_officer, hanoi):
    made = planned(as_officer, hanoi)
    there = f"/engagements/{made.id}"
    as_officer.get(there)
    as_officer.submit(f"{there}/cancel", status=422)
    as_officer.submit(f"{there}/cancel", {"reason": "The cook is ill"})
    page = as_officer.get(there)
    assert "Called off" in page
    assert "The cook is ill" in page
    assert "Lunch" not in as_officer.get(f"/delegations/{hanoi.id}/programme").all("main")[0].text


def test_a_site_manager_sees_no_engagements(as_manager, as_officer, hanoi):
    made = planned(as_officer, hanoi)
    manager = as_manager(make.site("TOPIS"))
    manager.get(f"/engagements/{made.id}", status=403)
    manager.get(new(hanoi), status=403)
    as_officer.get("/engagements/999", status=404)


def test_delegates_are_ticked_for_a_stop(as_officer, hanoi):
    made = planned(as_officer, hanoi)
    there = f"/engagements/{made.id}/attendance"
    assert "No delegates are named yet" in as_officer.get(there)
    governor, secretary = (
        add_delegate(hanoi.id, {"print_as": name}, by=OFFICER, at=AT).id for name in ("Governor", "Secretary")
    )
    as_officer.get(there)
    as_officer.post(there, as_officer.page.values_of("") | {"delegate_ids": [str(secretary)]})
    assert list(attending(made)) == [secretary]
    assert "Attending: Secretary" in as_officer.follow()
    as_officer.post(there, {"version": 1, "delegate_ids": [str(governor)]}, status=409)


def test_delegates_are_ticked_for_a_visit_of_a_part(as_officer, hanoi):
    governor, secretary = (
        add_delegate(hanoi.id, {"print_as": name}, by=OFFICER, at=AT).id for name in ("Governor", "Secretary")
    )
    (museum,) = divide(hanoi.id, "Museum", [("Museum", 5, [governor])], by=OFFICER, at=AT)
    session = make.tour_session(make.tour(make.site()), seoul(14, 15))
    visit = make.visit(hanoi, session, 5, part_id=museum.id)
    there = f"/visits/{visit.id}/attendance"
    page = as_officer.get(there)
    assert "Governor" in page
    assert "Secretary" not in page
    as_officer.post(there, {"version": 1, "delegate_ids": [str(governor)]})
    as_officer.post(there, {"version": 2, "delegate_ids": [str(secretary)]}, status=422)
