"""The register as officers use it: found, entered, changed, removed; read by heads, closed to the rest."""

from datetime import date

import pytest

from scheduler.actions.resources import add_leave
from scheduler.core.duties import DutyState, ResourceKind
from scheduler.core.spans import Span
from scheduler.records.database import db
from scheduler.records.resource_lookup import whole_resource
from scheduler.records.resources import Resource
from tests import make, staff
from tests.cast import AT, OFFICER, seoul

GUIDE = {"name": "Guide for Arabic 1", "languages": ["ar", "en"], "sites": ["TOPIS"], "most_a_day": "3"}


@pytest.fixture
def topis(app):
    return make.site("TOPIS", name="Control room")


def only_one():
    return whole_resource(db.session.query(Resource).one().id)


# Found ------------------------------------------------------------------------------------------------------


def test_the_list_tells_who_speaks_what_and_what_is_before_them(as_officer, topis):
    guide = staff.guide(topis, "ar", name="Guide A")
    staff.interpreter("ar-ko", name="Interpreter A")
    bus = staff.vehicle(45, base=staff.place().code)
    staff.day_duty(bus, make.delegation(), seoul(14, 9))
    add_leave(guide.id, Span(AT, seoul(24, month=11)), by=OFFICER, at=AT)
    page = as_officer.get("/resources")
    assert "Guide A" in page
    assert "away Sun 22 Nov 2026 12:00 – Tue 24 Nov 2026 00:00" in page
    assert "Arabic ↔ Korean" in page
    assert "45 seats" in page
    assert "Place MOTORPOOL" in page
    assert "Guides 1" in page
    assert [row.text for row in page.all("tr")][-1].endswith("1")


def test_filters_live_in_the_address(as_officer, topis):
    staff.guide(topis, "ar", name="Guide A")
    staff.guide(make.site("CGC-M"), "ja", name="Guide B")
    staff.interpreter("ar-ko", name="Interpreter A")
    staff.vehicle(name="Bus A", active_to=date(2026, 11, 1))

    def shown(**asked):
        page = as_officer.get("/resources", **asked)
        return [name for name in ("Guide A", "Guide B", "Interpreter A", "Bus A") if name in page]

    assert shown() == ["Guide A", "Guide B", "Interpreter A"]
    assert shown(kind="guide") == ["Guide A", "Guide B"]
    assert shown(language="ar") == ["Guide A", "Interpreter A"]
    assert shown(site="CGC-M") == ["Guide B"]
    assert shown(q="b") == ["Guide B"]
    assert shown(former="y", kind="vehicle") == ["Bus A"]
    assert "Nobody found" in as_officer.get("/resources", kind="vehicle")
    for wrong in ({"kind": "robot"}, {"language": "xx"}, {"site": "NOPE"}, {"q": "x" * 101}):
        as_officer.get("/resources", status=422, **wrong)


def test_the_page_of_one_tells_duties_and_what_speaks_against_them(as_officer, topis):
    guide, who = staff.guide(topis, "en"), make.delegation("Hanoi")
    visit = make.visit(who, make.tour_session(make.tour(topis), seoul(14, 10)))
    staff.duty(guide, visit, DutyState.ACCEPTED)
    page = as_officer.get(f"/resources/{guide.id}")
    assert "Mon 14 Dec 2026 10:00–11:00" in page
    assert "10 people" in page
    assert "Accepted" in page
    assert "Away then" not in page
    add_leave(guide.id, Span(seoul(14), seoul(15)), by=OFFICER, at=AT)
    assert "Away then: release the duty" in as_officer.get(f"/resources/{guide.id}")
    assert "Cannot be removed: there is 1 duty on record." in as_officer.page


def test_what_is_not_there_is_not_found(as_officer):
    for path in ("/resources/999", "/resources/999/edit", "/resources/999/hours", "/resources/new/robot"):
        as_officer.get(path, status=404)


# Entered and changed ----------------------------------------------------------------------------------------


def test_a_guide_is_entered(as_officer, topis):
    as_officer.get("/resources/new/guide")
    as_officer.submit("/resources/new/guide", GUIDE | {"active_to": "2027-12-31", "setup_minutes": "15"})
    assert "Guide for Arabic 1 is entered." in as_officer.follow()
    made = only_one()
    assert (made.kind, made.languages, made.most_a_day) == (ResourceKind.GUIDE, {"ar", "en"}, 3)
    assert ([site.code for site in made.sites], made.setup_minutes) == (["TOPIS"], 15)
    assert (made.active_from, made.active_to) == (None, date(2027, 12, 31))


def test_an_interpreter_is_entered_with_pairs_offered_and_typed(as_officer):
    page = as_officer.get("/resources/new/interpreter")
    assert "Arabic ↔ Korean" in page
    assert not page.all("input", name="seats")
    told = {"name": "Interpreter 1", "languages": ["ar-ko"], "other_pairs": "JA-zh, fr-es"}
    as_officer.submit("/resources/new/interpreter", told)
    assert only_one().languages == {"ar-ko", "ja-zh", "fr-es"}
    as_officer.get(f"/resources/{only_one().id}/edit")
    as_officer.submit(f"/resources/{only_one().id}/edit", {"name": "Interpreter 2"})
    assert (only_one().name, only_one().languages) == ("Interpreter 2", {"ar-ko", "ja-zh", "fr-es"})


def test_a_vehicle_is_entered_with_a_base(as_officer):
    staff.place("MOTORPOOL")
    as_officer.get("/resources/new/vehicle")
    as_officer.submit("/resources/new/vehicle", {"name": "Bus 1", "seats": "45", "base": "MOTORPOOL"})
    assert (only_one().seats, only_one().base.code) == (45, "MOTORPOOL")


@pytest.mark.parametrize(
    ("kind", "told", "words"),
    [
        ("guide", GUIDE | {"name": ""}, "Name: This field is required."),
        ("guide", GUIDE | {"sites": []}, "Guides at: This field is required."),
        ("guide", GUIDE | {"languages": []}, "Name at least one language."),
        ("guide", GUIDE | {"languages": ["xx"]}, "xx"),
        ("guide", GUIDE | {"most_a_day": "51"}, "Must be between 1 and 50."),
        ("guide", GUIDE | {"email": "no"}, "Give one e-mail address"),
        ("guide", GUIDE | {"setup_minutes": "-1"}, "Must be between 0 and 240."),
        (
            "guide",
            GUIDE | {"active_from": "2027-01-01", "active_to": "2026-01-01"},
            "Must not be before Friday 1 January 2027.",
        ),
        ("interpreter", {"name": "I"}, "Name at least one pair of languages, such as ar-ko."),
        ("interpreter", {"name": "I", "other_pairs": "ko-ko"}, "ko-ko is not it: give languages such as ar"),
        ("interpreter", {"name": "I", "other_pairs": "arabic"}, "arabic is not it"),
        ("vehicle", {"name": "Bus", "seats": "0"}, "Must be between 1 and 500."),
        ("vehicle", {"name": "Bus", "seats": ""}, "Seats: This field is required."),
        ("liaison_officer", {"name": "L"}, "Name at least one language."),
    ],
)
def test_what_is_at_fault_is_said_and_all_is_kept(as_officer, topis, kind, told, words):
    as_officer.get(f"/resources/new/{kind}")
    page = as_officer.submit(f"/resources/new/{kind}", {"note": "Kept", **told}, status=422)
    assert words in page
    assert "Kept" in page.all("textarea", name="note")[0].text
    assert db.session.query(Resource).count() == 0


def test_whoever_was_slower_is_told_so(as_officer):
    bus = staff.vehicle(45)
    as_officer.get(f"/resources/{bus.id}/edit")
    form = as_officer.page.values_of(f"/resources/{bus.id}/edit")
    as_officer.post(f"/resources/{bus.id}/edit", form | {"seats": "40"})
    page = as_officer.post(f"/resources/{bus.id}/edit", form | {"seats": "30"}, status=409)
    assert "Somebody changed this while you had it open." in page
    as_officer.submit(f"/resources/{bus.id}/edit")
    assert only_one().seats == 30


def test_who_never_had_a_duty_is_removed(as_officer):
    bus, other = staff.vehicle(name="Bus 1"), staff.vehicle(name="Bus 2")
    as_officer.get(f"/resources/{bus.id}")
    as_officer.submit(f"/resources/{bus.id}/remove")
    assert "Bus 1 is removed." in as_officer.follow()
    as_officer.get(f"/resources/{other.id}")
    form = as_officer.page.values_of(f"/resources/{other.id}/remove")
    staff.day_duty(other, make.delegation(), seoul(14, 9))
    page = as_officer.post(f"/resources/{other.id}/remove", form, status=409)
    assert "Cannot be removed: there is 1 duty on record. Give an end date instead." in page
    assert only_one().name == "Bus 2"


# Who may ----------------------------------------------------------------------------------------------------


def test_a_head_reads_and_writes_nothing(as_head, topis):
    guide = staff.guide(topis)
    page = as_head.get(f"/resources/{guide.id}")
    assert not [form for form in page.all("form") if "/resources/" in (form.get("action") or "")]
    assert "Add a guide" not in as_head.get("/resources")
    for path in ("/resources/new/guide", f"/resources/{guide.id}/edit", f"/resources/{guide.id}/hours"):
        as_head.get(path, status=403)
    for path in ("remove", "leave", "leave/1/remove", "links"):
        as_head.post(f"/resources/{guide.id}/{path}", status=403)


def test_managers_and_administrators_have_no_business_here(as_manager, as_administrator, topis):
    guide = staff.guide(topis)
    for client in (as_manager(topis), as_administrator):
        assert "/resources" not in [link.get("href") for link in client.get("/").all("a")]
        client.get("/resources", status=403)
        client.get(f"/resources/{guide.id}", status=403)


def test_strangers_are_led_to_the_door(as_stranger):
    as_stranger.get("/resources", status=303)
