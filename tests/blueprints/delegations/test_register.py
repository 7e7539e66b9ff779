"""Registering a delegation."""

from io import BytesIO

import pytest

from scheduler.records.database import db
from scheduler.records.delegations import Delegation, DelegationKind, LetterChannel
from scheduler.records.partners import Partner
from tests.cast import seoul

HANOI = {
    "name": "Hanoi planning office",
    "kind": "inspection",
    "headcount": "12",
    "languages": ["en", "vi"],
    "arrives_at": "2026-12-10T09:30",
    "departs_at": "2026-12-12T18:00",
}


def the_only_delegation():
    return db.session.query(Delegation).one()


def test_the_least_is_name_kind_headcount_languages_and_stay(as_officer):
    as_officer.get("/delegations/register")
    as_officer.submit("/delegations/register", HANOI)
    page = as_officer.follow()
    assert "Hanoi planning office is registered." in page
    made = the_only_delegation()
    assert (made.name, made.kind, made.headcount) == ("Hanoi planning office", DelegationKind.INSPECTION, 12)
    assert made.languages == {"en", "vi"}
    assert (made.arrives_at, made.departs_at) == (seoul(10, 9, 30), seoul(12, 18))


def test_everything_that_is_told_is_kept(as_officer):
    partner = Partner(name="Hanoi", country="VN")
    db.session.add(partner)
    db.session.commit()
    more = {
        "name_native": "Sở Quy hoạch Hà Nội",
        "partner_id": str(partner.id),
        "purpose": "Water\r\nand transport",
        "topics": ["water", "transport"],
        "head_post": "Deputy director",
        "has_interpreter": "y",
        "needs": ["halal", "step_free"],
        "contact_name": "Liaison desk",
        "contact_email": "desk@hanoi.example",
        "contact_phone": "+84 24 0000 0000",
        "letter_channel": "embassy",
        "letter_on": "2026-11-02",
        "letter_reference": "HN-77/2026",
    }
    as_officer.get("/delegations/register")
    as_officer.submit("/delegations/register", HANOI | more)
    made = the_only_delegation()
    told = (
        made.name_native,
        made.partner_id,
        made.country,
        made.purpose,
        made.head_post,
        made.has_interpreter,
    )
    assert told == ("Sở Quy hoạch Hà Nội", partner.id, "VN", "Water\nand transport", "Deputy director", True)
    assert (made.topics, made.needs) == ({"water", "transport"}, {"halal", "step_free"})
    assert (made.contact_name, made.contact_email) == ("Liaison desk", "desk@hanoi.example")
    assert (made.letter_channel, made.letter_reference) == (LetterChannel.EMBASSY, "HN-77/2026")
    assert made.letter_on.isoformat() == "2026-11-02"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "This field is required."),
        ("name", "two\nlines", "Write this on one line, without control characters."),
        ("name", "a\x00b", "Write this on one line, without control characters."),
        ("name", "a\u2028b", "Write this on one line, without control characters."),
        ("name", "n" * 10_000, "Too long: 10000 characters, 200 at most."),
        ("headcount", "0", "Must be between 1 and 5000."),
        ("headcount", "5001", "Must be between 1 and 5000."),
        ("headcount", "twelve", "Give a whole number between 1 and 5000."),
        ("headcount", "9" * 5000, "Give a whole number between 1 and 5000."),
        ("kind", "party", "Not a valid choice."),
        ("languages", ["xx"], "'xx' is not a valid choice for this field."),
        ("arrives_at", "2026-12-10", "Give a date and a time, such as 2026-12-14 10:30."),
        ("arrives_at", "2026-02-30T10:00", "Give a date and a time, such as 2026-12-14 10:30."),
        ("arrives_at", "0099-12-10T10:00", "The year must be between 1900 and 9998."),
        ("arrives_at", "1987-05-10T02:30", "This time does not exist: the clocks went forward over it."),
        ("departs_at", "2026-12-10T09:30", "Must be after “Arrival in the city”."),
        ("contact_email", "desk at hanoi", "Give one e-mail address, such as name@city.example."),
        ("contact_email", "a@b.example, c@d.example", "Give one e-mail address, such as name@city.example."),
        ("letter_on", "2.11.2026", "Give a date, such as 2026-12-14."),
        ("partner_id", "99999999999999999999", "Not a valid choice."),
        ("country", "XX", "Not a valid choice."),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(as_officer, field, typed, words):
    as_officer.get("/delegations/register")
    page = as_officer.submit(
        "/delegations/register", HANOI | {"purpose": "Keep me", field: typed}, status=422
    )
    faults = page.all("ul", id=f"{field}-errors")
    assert [fault.text for fault in faults] == [words]
    assert page.values_of("/delegations/register")["purpose"] == "Keep me"
    assert db.session.query(Delegation).count() == 0


@pytest.mark.parametrize("name", ["وفد الرياض", "Zoë\u0301 ñandú", "서울 · 도쿄", "O'Brien <b>&amp;</b>"])
def test_names_of_any_script_are_kept_and_shown_as_they_are(as_officer, name):
    as_officer.get("/delegations/register")
    as_officer.submit("/delegations/register", HANOI | {"name": name})
    assert the_only_delegation().name == name
    assert as_officer.follow().all("h1")[0].text.startswith(name)


def test_a_letter_is_kept_with_the_delegation(as_officer):
    as_officer.get("/delegations/register")
    letter = {"letter": (BytesIO(b"%PDF-1.7 a letter"), "papers/요청 공문.pdf")}
    as_officer.submit("/delegations/register", HANOI | letter)
    as_officer.get(f"/delegations/{the_only_delegation().id}/letter")
    assert as_officer.answer.data == b"%PDF-1.7 a letter"
    assert as_officer.answer.mimetype == "application/pdf"
    disposition = as_officer.answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert "filename*=UTF-8''%EC%9A%94%EC%B2%AD%20%EA%B3%B5%EB%AC%B8.pdf" in disposition
    assert as_officer.answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_form_that_comes_back_asks_for_the_letter_again(as_officer):
    as_officer.get("/delegations/register")
    letter = {"letter": (BytesIO(b"%PDF-1.7"), "letter.pdf")}
    page = as_officer.submit("/delegations/register", HANOI | letter | {"name": ""}, status=422)
    assert "Please choose the file again." in page


def test_an_officer_of_the_journal_is_named(as_officer):
    as_officer.get("/delegations/register")
    as_officer.submit("/delegations/register", HANOI)
    assert "officer@city.example: Delegation: registered" in as_officer.follow()


def test_the_head_of_division_reads_but_does_not_register(as_head):
    as_head.get("/delegations")
    page = as_head.get("/delegations/register", status=403)
    assert "Your roles do not allow this." in page
