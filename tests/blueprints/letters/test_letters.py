"""Officers see every letter, what became of it, and help those that did not arrive."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.core.lifecycle import Act
from scheduler.post.delivery import Outcome
from scheduler.records.database import db
from scheduler.records.letters import LetterState
from scheduler.records.outbox import OutboxNote
from tests import make, posting
from tests.blueprints.conftest import StandingClock
from tests.cast import AT, OFFICER, seoul

REFUSED = "550 5.1.1 no such user here"


def rows_of(page):
    """The list, row by row: each as the words of its cells."""
    return [e.text for e in page.all("tr") if e.within("tbody")]


def tabs_of(page):
    return [e.text for e in page.all("a") if (nav := e.within("nav")) and "tabs" in (nav.get("class") or "")]


def refuse(*addresses):
    posting.tried(Outcome.REFUSED, REFUSED, of=addresses)


def test_every_letter_is_listed_with_whom_it_went_to_and_how_it_stands(as_officer, letters):
    refuse("chairman@hanoi.example")
    page = as_officer.get("/letters")
    found = rows_of(page)
    assert len(found) == 3
    [to_chairman] = [row for row in found if "Chairmanchairman@hanoi.example" in row]
    assert "Invitation" in to_chairman
    assert "Hanoi" in to_chairman
    assert "Given upTried 1 time." in to_chairman
    assert REFUSED in to_chairman
    [to_site] = [row for row in found if "Kim Minsudesk@topis.example" in row]
    assert "The site" in to_site
    assert "PostedSun 22 Nov 2026 12:00" in to_site
    assert tabs_of(page) == ["All", "Needs help 1", "Waiting 0", "Posted", "Overtaken"]


def test_letters_are_found_by_state_delegation_site_address_and_kind(as_officer, visit, letters):
    refuse("chairman@hanoi.example")
    other = make.visit(
        make.delegation("Quito", contact_email="desk@quito.example"),
        make.tour_session(make.tour(make.site("SEONAM")), seoul(15, 10)),
    )
    posting.written(as_officer.app)
    for asked, number in (
        ({}, 4),
        ({"state": "needs_help"}, 1),
        ({"state": "waiting"}, 1),
        ({"state": "posted"}, 2),
        ({"state": "dropped"}, 0),
        ({"q": "qui"}, 1),
        ({"q": "nobody"}, 0),
        ({"site": str(visit.site_id)}, 3),
        ({"address": "HANOI.example"}, 1),
        ({"address": "%"}, 0),
        ({"kind": "invitation"}, 4),
        ({"kind": "roster"}, 0),
        ({"visit": str(other.id)}, 1),
        ({"delegation": str(visit.delegation_id)}, 3),
        ({"site": str(visit.site_id), "address": "desk", "state": "posted"}, 1),
    ):
        assert len(rows_of(as_officer.get("/letters", **asked))) == number, asked


@pytest.mark.parametrize(
    "asked", [{"state": "lost"}, {"kind": "parcel"}, {"site": "x"}, {"page": "0"}, {"visit": "-1"}]
)
def test_filters_that_nobody_can_mean_are_named(as_officer, letters, asked):
    assert "One thing needs mending" in as_officer.get("/letters", status=422, **asked)


def test_many_letters_are_listed_a_page_at_a_time_in_a_fixed_number_of_queries(
    as_officer, app, visit, letters, counted
):
    with counted() as few:
        as_officer.get("/letters")
    tour = make.tour(make.site("SEONAM"), largest_group=100, places=1000)
    where = make.tour_session(tour, seoul(16, 10))
    for number in range(48):
        who = make.delegation(f"Guests {number}", contact_email=f"desk{number}@guests.example")
        make.visit(who, where, 2)
    posting.written(app)
    with counted() as many:
        page = as_officer.get("/letters")
    assert len(rows_of(page)) == 50
    assert len(many) == len(few)
    following = next(e.get("href") for e in page.all("a") if e.get("rel") == "next")
    assert len(rows_of(as_officer.get(following))) == 1


def test_one_letter_is_shown_as_its_reader_sees_it(as_officer, visit, letters):
    letter = posting.letter_to("chairman@hanoi.example")
    page = as_officer.get(f"/letters/{letter.id}")
    for words in (
        "FromSeoul Protocol Office <protocol@seoul.example>",
        "ToChairman <chairman@hanoi.example>",
        f"Subject{letter.subject}",
        "EffectEnters the appointment, or puts it right where it is entered (REQUEST)",
        "Revision0",
        "BeginMon 14 Dec 2026 10:00",
        "StateNot settled yet",
        "BEGIN:VCALENDAR",
        "It is our pleasure to invite you.",
    ):
        assert words in page, words
    [frame] = page.all("iframe")
    assert (frame.get("src"), frame.get("sandbox")) == (f"/letters/{letter.id}/html", "")
    assert [e.get("href") for e in page.all("a") if e.text == "Open the visit"] == [f"/visits/{visit.id}"]


def test_a_letter_in_need_is_sent_again(as_officer, letters):
    refuse("chairman@hanoi.example")
    letter = posting.letter_to("chairman@hanoi.example")
    page = as_officer.get(f"/letters/{letter.id}")
    assert "This letter did not arrive" in page
    as_officer.submit(f"/letters/{letter.id}/send")
    assert "The letter is tried again within moments." in as_officer.follow()
    assert posting.letter_to("chairman@hanoi.example").state is LetterState.WAITING
    assert "sent the letter again" in as_officer.page
    as_officer.post(f"/letters/{letter.id}/send")
    assert "This letter is on its way or has arrived" in as_officer.follow()


def test_an_address_is_mended_where_it_was_typed_and_the_new_one_invited(as_officer, app, hanoi, letters):
    refuse("contact@guests.example")
    letter = posting.letter_to("contact@guests.example")
    page = as_officer.get(f"/letters/{letter.id}")
    assert "This changes the address of the contact of Hanoi" in page
    as_officer.submit(f"/letters/{letter.id}/address", {"to": "office@hanoi.example"})
    assert "The address is mended" in as_officer.follow()
    posting.written(app)
    assert "office@hanoi.example" in as_officer.get(f"/delegations/{hanoi.id}")
    assert posting.letter_to("office@hanoi.example").state is LetterState.WAITING
    assert posting.letter_to("contact@guests.example").state is LetterState.DROPPED


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "This field is required."),
        ("nobody", "Give one e-mail address, such as name@city.example."),
        ("a@b.example\r\nBcc: c@d.example", "Write this on one line"),
        ("hộp@hanoi.example", "Give an address of plain Latin letters"),
        ("office@hà-nội.example", "Give an address of plain Latin letters"),
    ],
)
def test_an_address_that_cannot_be_invited_is_refused(as_officer, letters, typed, words):
    refuse("contact@guests.example")
    letter = posting.letter_to("contact@guests.example")
    as_officer.get(f"/letters/{letter.id}")
    page = as_officer.submit(f"/letters/{letter.id}/address", {"to": typed}, status=422)
    assert words in page
    assert posting.letter_to("contact@guests.example").state is LetterState.GIVEN_UP


def test_the_address_of_an_account_is_the_administrators_to_mend(as_officer, app, hanoi, letters):
    hanoi.officer_id = make.account("second@city.example").id
    make.visit(hanoi, make.tour_session(make.tour(make.site("SEONAM")), seoul(15, 10)))
    posting.written(app)
    refuse("second@city.example")
    letter = posting.letter_to("second@city.example")
    page = as_officer.get(f"/letters/{letter.id}")
    assert "With this address somebody signs in: an administrator changes it." in page
    as_officer.post(f"/letters/{letter.id}/address", {"to": "third@city.example"}, status=422)


def test_a_letter_that_is_well_offers_no_help(as_officer, letters):
    refuse()
    page = as_officer.get(f"/letters/{letters[0].id}")
    assert "Send again" not in page
    assert "Mend the address" not in page


def test_heads_read_letters_and_officers_alone_help(as_head, letters):
    refuse("chairman@hanoi.example")
    letter = posting.letter_to("chairman@hanoi.example")
    assert "Given up" in as_head.get("/letters")
    page = as_head.get(f"/letters/{letter.id}")
    assert "An officer can send it again or mend the address." in page
    as_head.post(f"/letters/{letter.id}/send", status=403)
    as_head.post(f"/letters/{letter.id}/address", {"to": "a@b.example"}, status=403)


def test_managers_and_administrators_read_no_letters(as_manager, as_administrator, visit, letters):
    site = visit.tour_session.tour.site
    for somebody in (as_manager(site), as_administrator):
        for path in ("", f"/{letters[0].id}", f"/{letters[0].id}/html", f"/{letters[0].id}.eml"):
            somebody.get(f"/letters{path}", status=403)
        assert not [e for e in somebody.get("/sites").all("a") if e.get("href") == "/letters"]


def test_a_letter_that_is_not_there_is_not_found(as_officer, app):
    for path in ("/letters/9", "/letters/9/html", "/letters/9.eml"):
        as_officer.get(path, status=404)
    as_officer.get("/letters")
    as_officer.post("/letters/9/send", status=404)
    as_officer.post("/letters/9/address", {"to": "a@b.example"}, status=404)


def test_a_cancellation_says_what_it_does(as_officer, app, visit, letters):
    refuse()
    act_upon(visit.id, Act.CANCEL, Told(reason="Flight", on_behalf_of="the guests"), by=OFFICER, at=AT)
    posting.written(app)
    letter = posting.letter_to("chairman@hanoi.example")
    page = as_officer.get(f"/letters/{letter.id}")
    assert "Takes the appointment out (CANCEL)" in page
    assert "StateCalled off" in page
    assert "Revision1" in page


def test_letters_that_wait_in_vain_say_whom_to_ask(as_officer, app, letters, monkeypatch):
    assert "No letter has been posted since" not in as_officer.get("/letters")
    monkeypatch.setattr(StandingClock, "stands_at", AT + timedelta(minutes=10))
    page = as_officer.get("/letters")
    assert "No letter has been posted since Sun 22 Nov 2026 12:00" in page
    assert "whether its worker is running" in page


def test_a_mail_server_that_is_away_is_told_apart_from_a_worker_that_is(as_officer, letters, monkeypatch):
    everybody = [letter.address for letter in letters]
    posting.tried(Outcome.LATER, "Connection refused", of=everybody)
    for letter in posting.letters():
        letter.due_at = AT + timedelta(hours=1)
    db.session.commit()
    monkeypatch.setattr(StandingClock, "stands_at", AT + timedelta(minutes=10))
    page = as_officer.get("/letters")
    assert "No letter has been posted since" not in page
    assert "Letters have been waiting since Sun 22 Nov 2026 12:00 and cannot be posted" in page
    assert "Connection refused" in page
    assert "Tried 1 time. Next try: Sun 22 Nov 2026 13:00" in page


def test_changes_that_are_not_written_up_yet_are_counted(as_officer, visit):
    number = len(db.session.scalars(select(OutboxNote.id)).all())
    assert f"{number} changes are being written up." in as_officer.get("/letters")


def test_without_a_mail_server_the_room_says_where_letters_go(as_officer, app, letters):
    assert "every letter becomes a file in instance/mail" in as_officer.get("/letters")
    app.config["SMTP_URL"] = "smtp://mail.city.example:587"
    assert "Nothing is sent from here" not in as_officer.get("/letters")
