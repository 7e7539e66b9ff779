"""Whatever stands in the archive, even what no form would take: a letter stays one letter to one person."""

import email
from email.policy import default

import pytest
import vobject

from scheduler.actions.assignments import assign
from scheduler.post_room import bytes_of, in_post_room
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from tests import make, posting, staff
from tests.cast import AT, OFFICER, seoul

WORDS = [
    "x\r\nBcc: thief@evil.example\r\n\r\n<html>",
    "x\nATTENDEE:mailto:thief@evil.example\nEND:VEVENT\nBEGIN:VEVENT\nUID:other",
    "x\x0bBcc: thief@evil.example\x0cTo: thief@evil.example\x85Cc: thief@evil.example\u2028From: y",
    'x" <thief@evil.example>, "y',
    'x";CN="y":mailto:thief@evil.example',
    "=?utf-8?q?x=0D=0ABcc=3A_thief=40evil.example?=",
    "x\\nBEGIN:VALARM\\Ny^n\\;,:\\\\",
    "x\u202e\ufeff\u200b\x00\x1b[2Jy",
    "{{0:guests:1}}{{ 7*7 }}{% raw %}<script>alert(1)</script>",
    "방문 زيارة 🏙️ " * 20,
]
HEADERS = {
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress"),
    *("MIME-Version", "Content-Type", "Content-Language"),
}


@pytest.mark.parametrize("words", WORDS)
def test_no_word_makes_another_header_line_or_reader(app, words):
    visit = a_visit_full_of(words)
    found = posting.written(app)
    assert {letter.address for letter in found} == {
        *("contact@guests.example", "chairman@hanoi.example"),
        *("desk@topis.example", "guide@staff.example"),
    }
    for letter in found:
        with in_post_room(app):
            data = bytes_of(letter)
        mail = email.message_from_bytes(data, policy=default)
        assert sorted(mail.keys()) == sorted(HEADERS)
        assert [a.addr_spec for a in mail["To"].addresses] == [letter.address]
        assert [a.addr_spec for a in mail["From"].addresses] == ["protocol@seoul.example"]
        [html] = [part.get_content() for part in mail.walk() if part.get_content_type() == "text/html"]
        assert "<script>" not in html
        calendar = letter.calendar.decode()
        [event] = vobject.readOne(calendar).vevent_list
        assert [each.value for each in event.attendee_list] == [f"mailto:{letter.address}"]
        assert calendar.count("\r\nBEGIN:") == 3
        assert not hasattr(event, "valarm")
        assert not set(calendar) & set("\x00\x0b\x0c\x1b\x85\u2028\u202e\ufeff")
    assert {letter.uid for letter in found if letter.assignment_id is None} == {visit.uid}


@pytest.mark.parametrize("words", WORDS)
def test_the_room_shows_every_word_as_a_word(as_officer, app, words):
    a_visit_full_of(words)
    for letter in posting.written(app):
        page = as_officer.get(f"/letters/{letter.id}")
        assert [e for e in page.all("script") if not e.get("src")] == []
        as_officer.ask(as_officer.browser.get, f"/letters/{letter.id}/html")
    as_officer.get("/letters")


def a_visit_full_of(words):
    """Written past every door, as by hand: these words wherever a letter takes its words from."""
    site = make.site("TOPIS", name=words[:200], contact_name=words[:200], contact_email="desk@topis.example")
    for column in ("name_native", "owner_unit", "address", "meeting_point", "photo_rule", "safety_gear"):
        setattr(site, column, words[:200])
    tour = make.tour(site, needs_agreement=True, name=words[:200], name_native=words[:200])
    who = make.delegation(words[:200], name_native=words[:200], head_post=words[:200], purpose=words)
    who.contact_name = words[:200]
    db.session.add(Delegate(delegation_id=who.id, print_as=words[:200], email="chairman@hanoi.example"))
    db.session.commit()
    guide = staff.guide(site, "en")
    guide.name, guide.email = words[:200], "guide@staff.example"
    db.session.commit()
    visit = make.visit(who, make.tour_session(tour, seoul(14, 10)))
    assign(visit.id, guide.id, by=OFFICER, at=AT).note = words[:300]
    db.session.commit()
    return visit
