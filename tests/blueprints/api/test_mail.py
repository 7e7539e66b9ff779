"""Mail handed in by a relay: with its own key, its own size, and as often as the relay likes."""

import pytest

from scheduler.access import Role
from scheduler.records.database import db
from scheduler.records.mails import Mail
from tests import make
from tests.blueprints.api.programs import Program
from tests.post.answering import answers, the_visit
from tests.post.mails import mail_named

RFC822 = "message/rfc822"
MEGABYTE = 1024 * 1024


@pytest.fixture
def as_relay(app):
    return Program(app, make.token("relay@city.example", Role.RELAY))


def handed_in(program, raw, *, status=201, content_type=RFC822):
    return program.send("POST", "/mail", raw, status=status, content_type=content_type)


def test_an_answer_that_a_relay_hands_in_counts(as_relay):
    the_visit()
    told = handed_in(as_relay, mail_named("apple-decline"))
    assert told == {
        "id": told["id"],
        "message_id": db.session.get_one(Mail, told["id"]).message_id,
        "state": "applied",
        "doubt": "",
        "received_at": "2026-11-22T12:00:00+09:00",
    }
    assert db.session.get_one(Mail, told["id"]).channel == "relay"
    assert answers() == {"sofia@torino.example": "DECLINED"}


def test_the_same_mail_again_is_known(as_relay):
    first = handed_in(as_relay, mail_named("in-words"))
    assert handed_in(as_relay, mail_named("in-words"), status=200) == first
    assert (first["state"], first["doubt"]) == ("waiting", "no_calendar")


@pytest.mark.parametrize("raw", [b"\x00", b"not a mail at all", b"\xff" * 1_000, b"Subject: x\r\n" * 50_000])
def test_whatever_the_bytes_it_is_kept(as_relay, raw):
    told = handed_in(as_relay, raw)
    assert db.session.get_one(Mail, told["id"]).raw == raw


def test_a_mail_may_be_larger_than_json_and_no_larger_than_twelve_megabytes(as_relay):
    whole = b"Subject: pictures\r\n\r\n" + b"x" * (12 * MEGABYTE - 21)
    assert handed_in(as_relay, whole)["state"] == "waiting"
    assert handed_in(as_relay, whole + b"x", status=413)["code"]


def test_what_is_no_mail_by_its_type_or_empty_is_refused(as_relay):
    handed_in(as_relay, b"{}", status=415, content_type="application/json")
    handed_in(as_relay, mail_named("in-words"), status=415, content_type="text/plain")
    handed_in(as_relay, b" \r\n", status=400)


def test_only_relays_hand_in_mail_and_they_do_nothing_else(
    as_relay, as_officer, as_stranger, as_administrator
):
    for program, status in ((as_officer, 403), (as_administrator, 403), (as_stranger, 401)):
        handed_in(program, mail_named("in-words"), status=status)
    for path in ("/visits", "/sites", "/delegations", "/proposals", "/travel?origin=A&destination=B"):
        as_relay.get(path, status=403)
    assert db.session.query(Mail).count() == 0
