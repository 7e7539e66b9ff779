"""A letter's HTML and its mail file: nothing in them can run, load, lead away or open a secret."""

import email
import re
from email.policy import default

import pytest

from scheduler.post_room import bytes_of, in_post_room
from scheduler.records.database import db
from tests import posting


@pytest.fixture
def letter(letters):
    return posting.letter_to("chairman@hanoi.example")


def ask(client, path):
    return client.ask(client.browser.get, path)


def test_the_html_is_answered_so_that_it_can_do_nothing(as_officer, letter):
    answer = ask(as_officer, f"/letters/{letter.id}/html")
    assert answer.content_type == "text/html; charset=utf-8"
    assert answer.headers["Content-Security-Policy"] == (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "It is our pleasure to invite you." in answer.text


def test_the_mail_file_is_the_mail_but_for_its_secret_addresses(as_officer, app, letter):
    answer = ask(as_officer, f"/letters/{letter.id}.eml")
    assert answer.content_type == "message/rfc822"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="letter-{letter.id}.eml"'
    shown, posted = (
        email.message_from_bytes(data, policy=default) for data in (answer.data, _posted(app, letter))
    )
    assert dict(shown.items()) == dict(posted.items())
    assert [part.get_content_type() for part in shown.walk()] == [
        *("multipart/mixed", "multipart/alternative", "text/plain", "text/html"),
        *("text/calendar", "application/ics"),
    ]
    assert [p.get_content() for p in shown.walk() if p.get_content_type() == "application/ics"] == [
        letter.calendar
    ]


def test_no_page_or_file_of_the_office_tells_what_opens_the_guests_page(as_officer, app, letter):
    [secret, *_more] = re.findall(r"/guests/([\w-]{20,})", _text(_posted(app, letter)))
    for path in ("", ".eml", "/html"):
        answer = ask(as_officer, f"/letters/{letter.id}{path}")
        told = _text(answer.data) if path == ".eml" else answer.text
        assert secret not in told
        assert "/guests/" in told


def test_a_letter_of_which_no_mail_can_be_made_still_has_its_page(as_officer, letter):
    letter.method = "REPLY"
    db.session.commit()
    page = as_officer.get(f"/letters/{letter.id}")
    assert "No mail can be made of this letter" in page
    assert "is not of METHOD:REPLY" in page
    as_officer.get(f"/letters/{letter.id}/html", status=404)
    as_officer.get(f"/letters/{letter.id}.eml", status=404)


def _posted(app, letter):
    with in_post_room(app):
        return bytes_of(letter)


def _text(data):
    message = email.message_from_bytes(data, policy=default)
    return "".join(str(p.get_content()) for p in message.walk() if p.get_content_maintype() == "text")
