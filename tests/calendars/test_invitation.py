"""METHOD:REQUEST to the letter (RFC 5546 3.2.2)."""

import pytest

from scheduler.calendars.entry import EntryStatus, Person, Role
from scheduler.calendars.invitation import EntryIsCancelled, NobodyInvited, invitation
from scheduler.core.participation import Participation
from tests.calendars.samples import DESK, GUEST, an_entry, line_of, unfolded

EXPECTED = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Delegation Scheduler//Calendar files//EN
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Asia/Seoul
BEGIN:STANDARD
DTSTART:19900101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
TZNAME:KST
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:visit-7f3a@city.example
DTSTAMP:20261102T030405Z
SEQUENCE:2
DTSTART;TZID=Asia/Seoul:20261201T100000
DTEND;TZID=Asia/Seoul:20261201T113000
CREATED:20261001T000000Z
LAST-MODIFIED:20261102T030400Z
SUMMARY:서울 교통정보센터 견학
DESCRIPTION:10분 먼저 오십시오.\\nBring a passport\\, please.
URL:https://city.example/visits/7
CATEGORIES:visit,tram\\, bus
LOCATION:세종대로 110\\, 서울
GEO:37.566295;126.977945
X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE="세종대로 110, 서울":geo:37.566295,126.977945
TRANSP:OPAQUE
STATUS:CONFIRMED
ORGANIZER;CN="방문 데스크":mailto:desk@city.example
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Бат-Эрдэнэ:mailto:bat@ulaanbaatar.example
END:VEVENT
END:VCALENDAR
"""


def test_an_invitation_is_exactly_this():
    entry = an_entry(
        summary="서울 교통정보센터 견학",
        description="10분 먼저 오십시오.\r\nBring a passport, please.",
        location="세종대로 110, 서울",
        latitude=37.56629512,
        longitude=126.97794500001,
        url="https://city.example/visits/7",
        categories=("visit", "tram, bus"),
    )

    data = invitation(entry, organizer=DESK, attendees=[GUEST])

    assert unfolded(data) == EXPECTED.splitlines()


def test_a_visit_its_site_has_not_confirmed_is_tentative():
    data = invitation(an_entry(status=EntryStatus.TENTATIVE), organizer=DESK, attendees=[GUEST])

    assert line_of(data, "STATUS") == "STATUS:TENTATIVE"


@pytest.mark.parametrize(
    ("role", "written"),
    [
        (Role.REQUIRED, "ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"),
        (Role.OPTIONAL, "ROLE=OPT-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"),
        (Role.INFORMATION, "ROLE=NON-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE"),
    ],
)
def test_each_role_is_asked_for_its_own_kind_of_reply(role, written):
    data = invitation(an_entry(), organizer=DESK, attendees=[Person(email="a@b.example", role=role)])

    assert line_of(data, "ATTENDEE") == f"ATTENDEE;CUTYPE=INDIVIDUAL;{written}:mailto:a@b.example"


@pytest.mark.parametrize(
    ("roles", "written"),
    [
        ([Role.INFORMATION], "TRANSPARENT"),
        ([Role.OPTIONAL], "OPAQUE"),
        ([Role.INFORMATION, Role.REQUIRED], "OPAQUE"),
    ],
)
def test_who_is_only_to_know_of_it_stays_free(roles, written):
    people = [Person(email=f"{role}@b.example", role=role) for role in roles]

    data = invitation(an_entry(), organizer=DESK, attendees=people)

    assert line_of(data, "TRANSP") == f"TRANSP:{written}"


@pytest.mark.parametrize("answer", Participation)
def test_an_update_carries_what_each_person_has_answered(answer):
    data = invitation(an_entry(), organizer=DESK, attendees=[Person(email="a@b.example", partstat=answer)])

    assert f";PARTSTAT={answer.value};" in line_of(data, "ATTENDEE")


def test_nobody_is_named_twice():
    twice = Person(email=GUEST.email.upper(), name="The same mailbox")

    data = invitation(an_entry(), organizer=DESK, attendees=[GUEST, twice])

    assert line_of(data, "ATTENDEE").endswith(f":mailto:{GUEST.email}")


def test_a_nameless_person_has_no_name_written():
    data = invitation(an_entry(), organizer=Person(email=DESK.email, name='"\\\u202e'), attendees=[GUEST])

    assert line_of(data, "ORGANIZER") == "ORGANIZER:mailto:desk@city.example"


def test_an_entry_without_a_summary_still_has_one_line_for_it():
    data = invitation(an_entry(summary="\x00 \r\n"), organizer=DESK, attendees=[GUEST])

    assert line_of(data, "SUMMARY") == "SUMMARY:–"


def test_an_invitation_to_nobody_is_refused():
    with pytest.raises(NobodyInvited, match="name at least one attendee for visit-7f3a@city"):
        invitation(an_entry(), organizer=DESK, attendees=[])


def test_an_invitation_to_a_cancelled_visit_is_refused():
    with pytest.raises(EntryIsCancelled, match="send a cancellation instead"):
        invitation(an_entry(status=EntryStatus.CANCELLED), organizer=DESK, attendees=[GUEST])
