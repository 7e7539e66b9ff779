"""Letters by key: those of a visit, one as a mail, help for those that did not arrive."""

import email
from email.policy import default

import pytest

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.core.lifecycle import Act
from scheduler.post.delivery import Outcome
from tests import posting
from tests.blueprints.api.programs import fields_at_fault
from tests.cast import AT, OFFICER

NOON = "2026-11-22T12:00:00+09:00"


@pytest.fixture
def visit(app, booked):
    """Asked for; its letters are written."""
    made = booked()
    posting.written(app)
    return made


@pytest.fixture
def refused(visit):
    """The contact's letter, which the mail server did not take."""
    posting.tried(Outcome.REFUSED, "550 no such user", of=["contact@guests.example"])
    return posting.letter_to("contact@guests.example").id


def test_the_letters_of_a_visit_are_listed(as_officer, city, visit):
    told = as_officer.get(f"/visits/{visit['id']}/letters")
    [letter] = told["items"]
    kept = posting.letter_to("contact@guests.example")
    assert told["next"] is None
    assert letter == {
        "id": kept.id,
        "kind": "invitation",
        "side": "guest",
        "to": "contact@guests.example",
        "name": "",
        "subject": kept.subject,
        "language": "en",
        "delegation_id": city.delegation.id,
        "visit_id": visit["id"],
        "method": "REQUEST",
        "sequence": 0,
        "state": "waiting",
        "may_have_arrived": False,
        "tries": 0,
        "problem": "",
        "message_id": kept.message_id,
        "written_at": NOON,
        "posted_at": None,
    }
    assert as_officer.get(f"/letters/{kept.id}") == letter


def test_what_follows_is_listed_first_and_by_page(as_officer, app, visit):
    posting.tried(Outcome.TAKEN, "")
    act_upon(visit["id"], Act.CANCEL, Told(reason="Flight", on_behalf_of="the guests"), by=OFFICER, at=AT)
    posting.written(app)
    told = as_officer.get(f"/visits/{visit['id']}/letters", per_page=1)
    assert [(each["kind"], each["method"], each["sequence"]) for each in told["items"]] == [
        ("cancellation", "CANCEL", 1)
    ]
    [first] = as_officer.get(told["next"].removeprefix("http://localhost"))["items"]
    assert (first["kind"], first["state"], first["posted_at"]) == ("invitation", "posted", NOON)
    assert first["may_have_arrived"]


def test_a_letter_is_given_as_a_mail(as_officer, visit):
    letter = posting.letter_to("contact@guests.example")
    data = as_officer.get(f"/letters/{letter.id}.eml")
    assert as_officer.answer.content_type == "message/rfc822"
    mail = email.message_from_bytes(data, policy=default)
    assert (mail["Message-ID"], mail["Subject"]) == (letter.message_id, letter.subject)
    assert letter.calendar in [
        p.get_content() for p in mail.walk() if p.get_content_type() == "application/ics"
    ]


def test_a_letter_that_failed_is_sent_again_once(as_officer, refused):
    told = as_officer.post(f"/letters/{refused}/send", status=200, Idempotency_Key="once")
    assert (told["state"], told["tries"], told["problem"]) == ("waiting", 0, "550 no such user")
    again = as_officer.post(f"/letters/{refused}/send", status=200, Idempotency_Key="once")
    assert again == told
    problem = as_officer.post(f"/letters/{refused}/send", status=422)
    assert [error["code"] for error in problem["errors"]] == ["needs_no_help"]


def test_an_address_is_mended(as_officer, app, city, visit, refused):
    told = as_officer.post(f"/letters/{refused}/address", {"to": "office@hanoi.example"}, status=200)
    assert told["state"] == "dropped"
    assert as_officer.get(f"/delegations/{city.delegation.id}")["contact_email"] == "office@hanoi.example"
    posting.written(app)
    [newest, *_older] = as_officer.get(f"/visits/{visit['id']}/letters")["items"]
    assert (newest["to"], newest["kind"], newest["state"]) == (
        "office@hanoi.example",
        "invitation",
        "waiting",
    )


@pytest.mark.parametrize(
    "to",
    ["", "nobody", "a@b", "a@b.example\nBcc: c@d.example", "hộp@hanoi.example", None, 5, ["a@b.example"]],
)
def test_what_is_no_address_is_refused(as_officer, refused, to):
    problem = as_officer.post(f"/letters/{refused}/address", {"to": to}, status=422)
    assert fields_at_fault(problem) == ["to"]
    assert as_officer.get(f"/letters/{refused}")["state"] == "given_up"


def test_heads_read_and_officers_help(as_head, as_manager, as_administrator, as_stranger, visit, refused):
    assert as_head.get(f"/visits/{visit['id']}/letters")["items"] != []
    as_head.get(f"/letters/{refused}.eml")
    reading = (f"/visits/{visit['id']}/letters", f"/letters/{refused}", f"/letters/{refused}.eml")
    for somebody, status in ((as_manager, 403), (as_administrator, 403), (as_stranger, 401)):
        for path in reading:
            somebody.get(path, status=status)
        somebody.post(f"/letters/{refused}/send", status=status)
    as_head.post(f"/letters/{refused}/send", status=403)
    as_head.post(f"/letters/{refused}/address", {"to": "a@b.example"}, status=403)


def test_letters_that_are_not_there_are_not_found(as_officer):
    for path in ("/letters/9", "/letters/9.eml", "/visits/9/letters"):
        as_officer.get(path, status=404)
    as_officer.post("/letters/9/send", status=404)
    as_officer.post("/letters/9/address", {"to": "a@b.example"}, status=404)
