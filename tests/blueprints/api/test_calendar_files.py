"""Calendar files of visits and delegations by key, read back by a parser of others' making."""

import vobject

from tests import make
from tests.cast import seoul


def the_event(data):
    (event,) = events_in(data)
    return event


def events_in(data):
    return list(vobject.readOne(data.decode()).vevent_list)


def test_a_download_has_no_method_and_no_people(as_officer, booked, city):
    made = booked()
    data = as_officer.get(f"/visits/{made['id']}.ics")
    assert as_officer.answer.content_type == "text/calendar; charset=utf-8"
    assert as_officer.answer.headers["Content-Disposition"] == (
        "attachment; filename=\"TOPIS Control room.ics\"; filename*=UTF-8''TOPIS%20Control%20room.ics"
    )
    event = the_event(data)
    assert event.uid.value == made["uid"]
    assert event.summary.value == "TOPIS: Control room"
    assert event.location.value == "TOPIS, Sejong-daero 1"
    assert event.dtstart.value.isoformat() == "2026-12-14T10:00:00+09:00"
    assert event.status.value == "TENTATIVE"
    assert (event.sequence.value, event.dtstamp.value) == ("0", event.last_modified.value)
    assert not [
        line for line in data.split(b"\r\n") if line.startswith((b"METHOD", b"ATTENDEE", b"ORGANIZER"))
    ]
    assert as_officer.get(f"/visits/{made['id']}.ics") == data


def test_an_invitation_asks_the_contact_alone(as_officer, booked):
    made = booked()
    data = as_officer.get(f"/visits/{made['id']}/invitation.ics")
    assert as_officer.answer.content_type == "text/calendar; charset=utf-8; method=REQUEST"
    assert b"METHOD:REQUEST\r\n" in data
    event = the_event(data)
    assert [attendee.value for attendee in event.attendee_list] == ["mailto:contact@guests.example"]
    assert event.organizer.value == "mailto:protocol@seoul.example"


def test_a_cancelled_visit_is_called_off_with_a_higher_sequence(as_officer, booked):
    made = booked()
    told = as_officer.post(f"/visits/{made['id']}/cancel", status=200)
    data = as_officer.get(f"/visits/{made['id']}/invitation.ics")
    assert as_officer.answer.content_type == "text/calendar; charset=utf-8; method=CANCEL"
    assert b"METHOD:CANCEL\r\n" in data
    event = the_event(data)
    assert (event.status.value, event.uid.value) == ("CANCELLED", made["uid"])
    assert int(event.sequence.value) == told["sequence"] == made["sequence"] + 1
    assert the_event(as_officer.get(f"/visits/{made['id']}.ics")).status.value == "CANCELLED"


def test_without_an_address_there_is_nobody_to_invite(as_officer, booked):
    for address in ("", "jörg@stadt.example"):
        guests = make.delegation(contact_email=address)
        made = booked(delegation_id=guests.id, headcount=2)
        problem = as_officer.get(f"/visits/{made['id']}/invitation.ics", status=409)
        assert problem["code"] == "nobody_to_invite"


def test_a_programme_holds_every_visit_that_stands(as_officer, booked, city):
    path = f"/delegations/{city.delegation.id}/programme.ics"
    assert b"BEGIN:VEVENT" not in as_officer.get(path)
    first = booked()
    second = booked(tour_session_id=city.afternoon.id)
    as_officer.post(f"/visits/{first['id']}/cancel", status=200)
    third = booked(tour_code="TOPIS-W", starts_at="2026-12-14T16:00:00+09:00", tour_session_id=None)
    data = as_officer.get(path)
    assert b"METHOD" not in data
    assert [event.uid.value for event in events_in(data)] == [second["uid"], third["uid"]]


def test_hostile_names_stay_inside_their_lines(as_officer, city):
    evil = "x\r\nATTENDEE:mailto:evil@x\u2028METHOD:REQUEST\x07\u202e; \\N, end"
    city_site = make.site("EVIL", name=evil, meeting_point=evil, address=evil, latitude=91.0, longitude=0.0)
    session = make.tour_session(make.tour(city_site, name=evil), seoul(15, 10))
    guests = make.delegation(evil, contact_name=evil)
    visit = make.visit(guests, session, headcount=2)
    for path in (
        f"/visits/{visit.id}.ics",
        f"/visits/{visit.id}/invitation.ics",
        f"/delegations/{guests.id}/programme.ics",
    ):
        data = as_officer.get(path)
        the_event(data)
        assert b"mailto:evil@x" not in [line.split(b":", 1)[-1] for line in data.split(b"\r\n")]
        assert b"\x07" not in data
        assert "\u202e".encode() not in data
        assert "\n" not in as_officer.answer.headers["Content-Disposition"]


def test_guests_files_tell_no_telephone_and_no_names(as_officer, booked, city):
    guests = make.delegation("Kampala", contact_phone="+256 777", contact_name="Ms Akello")
    as_officer.post(f"/delegations/{guests.id}/delegates", {"print_as": "Dr Okot"})
    made = booked(delegation_id=guests.id, headcount=3)
    for path in (f"/visits/{made['id']}.ics", f"/delegations/{guests.id}/programme.ics"):
        data = as_officer.get(path)
        assert not [secret for secret in (b"+256", b"Akello", b"Okot", b"guests.example") if secret in data]


def test_a_manager_may_save_a_visit_but_not_see_the_contact(as_manager, as_manager_elsewhere, booked):
    made = booked()
    as_manager.get(f"/visits/{made['id']}.ics")
    as_manager.get(f"/visits/{made['id']}/invitation.ics", status=403)
    as_manager.get(f"/delegations/{made['delegation_id']}/programme.ics", status=403)
    as_manager_elsewhere.get(f"/visits/{made['id']}.ics", status=404)
