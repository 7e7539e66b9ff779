"""What an owner without an account sees behind a link and sends from there."""

import re

import pytest

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.links import make_day_link, make_site_link, revoke_link
from scheduler.actions.sites import close_site
from scheduler.actions.visits import move_visit
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import Act
from scheduler.core.spans import Span
from scheduler.records.database import db
from scheduler.records.links import Link
from scheduler.records.visits import Visit
from tests import make
from tests.blueprints.conftest import StandingClock
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def tour(app):
    return make.tour(make.site(name="The museum"), needs_agreement=True, name="Restoration rooms")


@pytest.fixture
def visits(tour):
    """Three delegations on one day."""
    return [
        make.visit(
            make.delegation(name, contact_phone="+84 24 555"), make.tour_session(tour, seoul(14, hour))
        )
        for name, hour in (("Hanoi", 10), ("Kampala", 11), ("Quito", 12))
    ]


@pytest.fixture
def one(visits):
    """The path of a link for the first visit alone."""
    return path_of(make_site_link(visits[0].site_id, [visits[0].id], by=OFFICER, at=AT))


@pytest.fixture
def day(tour, visits):
    """The path of a link for the whole day."""
    return path_of(make_day_link(tour.site_id, seoul(14).date(), by=OFFICER, at=AT))


def path_of(made):
    return f"/answer/{made[1]}"


def form_of(page):
    """What a browser would send of the one form, untouched."""
    found = [e for e in page.all("form") if e.get("class") == "answer-form"]
    found[0].attributes["action"] = "here"
    return page.values_of("here")


def said(visit, answer, **more):
    return {f"about_{visit.id}_{name}": value for name, value in ({"answer": answer} | more).items()}


def as_it_is(visit):
    return db.session.get_one(Visit, visit.id, populate_existing=True)


def test_the_page_says_what_a_host_needs_to_know_and_nothing_private(as_stranger, one):
    page = as_stranger.get(one)
    for words in (
        "May they come to The museum?",
        "Hanoi",
        "Mon 14 Dec 2026 10:00–11:00",
        "Restoration rooms",
        "10 people",
        "until Sun 6 Dec 2026 12:00",
        "protocol@seoul.example",
    ):
        assert words in page
    for words in ("Kampala", "+84 24 555", "contact@guests.example"):
        assert words not in page


def test_the_address_is_told_to_nobody(as_stranger, one):
    as_stranger.get(one)
    headers = as_stranger.answer.headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in headers["X-Robots-Tag"]
    assert headers["Cache-Control"] == "private, no-store"


def test_a_yes_is_the_owners_agreement_and_thanks_are_given(as_stranger, visits, one):
    sent = form_of(as_stranger.get(one)) | said(visits[0], "agree") | {"answered_by": "Kim Minsu"}
    as_stranger.post(one, sent)
    page = as_stranger.follow()
    assert "Thank you" in page
    assert "Hanoi, Mon 14 Dec 2026 10:00–11:00 Agreed" in page
    assert "Kim Minsu" in page
    agreed = as_it_is(visits[0])
    assert (agreed.state, agreed.agreement["by"], agreed.agreement["channel"]) == (
        "confirmed",
        "Kim Minsu",
        "link",
    )


def test_a_whole_day_is_answered_together(as_stranger, visits, day):
    sent = form_of(as_stranger.get(day)) | {"answered_by": "Kim"} | said(visits[0], "agree")
    sent |= said(visits[1], "decline", reason="A drill")
    sent |= said(visits[2], "other_times", second_time="2026-12-15T14:00", note="Afternoons")
    as_stranger.post(day, sent)
    page = as_stranger.follow()
    assert "Declined “A drill”" in page
    assert "Other times offered: Tue 15 Dec 2026 14:00 “Afternoons”" in page
    assert [as_it_is(visit).state for visit in visits] == ["confirmed", "declined", "declined"]
    assert as_it_is(visits[2]).offered_times == [seoul(15, 14).isoformat()]


def test_one_button_says_yes_to_all_that_is_not_answered(as_stranger, visits, day):
    sent = form_of(as_stranger.get(day)) | {"answered_by": "Kim", "agree_to_the_rest": "y"}
    as_stranger.post(day, sent | said(visits[1], "decline", reason="A drill"))
    assert [as_it_is(visit).state for visit in visits] == ["confirmed", "declined", "confirmed"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"answered_by": "  "}, "Your name"),
        ({"answered_by": "x" * 201}, "Too long: 201 characters, 200 at most."),
        ({"answer": None}, "Your answer"),
        ({"answer": "perhaps"}, "Not a valid choice"),
        ({"answer": "decline", "reason": ""}, "Say in a few words why not."),
        ({"answer": "decline", "reason": "x" * 100_000}, "Too long: 100000 characters, 500 at most."),
        ({"answer": "other_times"}, "Give at least one other time."),
        ({"answer": "other_times", "first_time": "tomorrow"}, "Give a date and a time"),
        ({"answer": "other_times", "first_time": "2026-11-21T10:00"}, "This lies in the past"),
        ({"answer": "other_times", "third_time": "2026-11-22T12:00"}, "This lies in the past"),
        ({"version": "x"}, "Give a whole number"),
    ],
)
def test_what_cannot_be_meant_comes_back_with_all_that_was_typed(as_stranger, visits, day, wrong, words):
    about = {name: wrong.pop(name) for name in list(wrong) if name != "answered_by"}
    sent = form_of(as_stranger.get(day)) | {"answered_by": "Kim"} | wrong
    for visit in visits:
        sent |= said(visit, "agree")
    sent |= {f"about_{visits[1].id}_{name}": value for name, value in about.items() if value is not None}
    if about.get("answer", "") is None:
        del sent[f"about_{visits[1].id}_answer"]
    page = as_stranger.post(day, sent, status=422)
    assert words in page
    assert form_of(page)[f"about_{visits[0].id}_answer"] == "agree"
    assert {as_it_is(visit).state.value for visit in visits} == {"requested"}


def test_markup_in_what_was_typed_stays_text(as_stranger, as_officer, visits, one):
    nasty = "<script>alert(1)</script>"
    sent = form_of(as_stranger.get(one)) | {"answered_by": f"{nasty}김민수"}
    as_stranger.post(one, sent | said(visits[0], "decline", reason=nasty))
    assert nasty in as_stranger.follow()
    assert nasty not in as_stranger.page.html
    page = as_officer.get(f"/visits/{visits[0].id}")
    assert f"{nasty}김민수, by link" in page
    assert nasty not in page.html


def test_a_second_answer_is_told_who_gave_the_first(as_stranger, visits, one):
    sent = form_of(as_stranger.get(one)) | said(visits[0], "agree") | {"answered_by": "Kim Minsu"}
    as_stranger.post(one, sent)
    for page in (
        as_stranger.post(one, sent | {"answered_by": "Lee"}, status=410),
        as_stranger.get(one, status=410),
    ):
        assert "This was answered already" in page
        assert "Kim Minsu answered on Sun 22 Nov 2026 12:00" in page
        assert "call the office" in page
    assert as_it_is(visits[0]).agreement["by"] == "Kim Minsu"


def test_a_link_that_ran_out_or_was_taken_back_says_what_to_do(as_stranger, visits, one, monkeypatch):
    other = make_site_link(visits[1].site_id, [visits[1].id], by=OFFICER, at=AT)
    revoke_link(other[0].id, by=OFFICER, at=AT)
    assert "This link was taken back" in as_stranger.get(path_of(other), status=410)
    sent = form_of(as_stranger.get(one)) | said(visits[0], "agree") | {"answered_by": "Kim"}
    monkeypatch.setattr(StandingClock, "stands_at", seoul(6, 12))
    page = as_stranger.post(one, sent, status=410)
    assert "This link has run out" in page
    assert "another link" in page
    assert as_it_is(visits[0]).state == "requested"


def test_thanks_are_given_no_longer_than_the_link_would_have_lasted(as_stranger, visits, one, monkeypatch):
    sent = form_of(as_stranger.get(one)) | said(visits[0], "agree") | {"answered_by": "Kim"}
    as_stranger.get(f"{one}/done", status=303)
    as_stranger.post(one, sent)
    as_stranger.get(f"{one}/done")
    monkeypatch.setattr(StandingClock, "stands_at", seoul(6, 12))
    as_stranger.get(f"{one}/done", status=410)


@pytest.mark.parametrize("secret", ["x", "A" * 43, "한글", "%27%3B--", "..%2F..", "a" * 5000])
def test_a_forged_link_is_not_there(as_stranger, one, secret):
    as_stranger.get(f"/answer/{secret}", status=404)
    as_stranger.get(f"/answer/{secret}/done", status=404)


def test_a_phone_that_keeps_no_cookie_answers_too(as_stranger, visits, one):
    """The secret in the address is all that a token would be."""
    sent = form_of(as_stranger.get(one)) | said(visits[0], "agree") | {"answered_by": "Kim"}
    as_stranger.post(one, sent | {"csrf_token": "lost"})
    assert as_it_is(visits[0]).state == "confirmed"


def test_over_tls_no_referrer_is_asked_for(app, as_stranger, visits, one):
    sent = form_of(as_stranger.get(one)) | said(visits[0], "agree") | {"answered_by": "Kim"}
    answer = as_stranger.ask(as_stranger.browser.post, one, data=sent, base_url="https://localhost")
    assert answer.status_code == 303


def test_a_visit_moved_while_the_page_was_read_is_shown_anew(as_stranger, tour, visits, day):
    sent = form_of(as_stranger.get(day)) | {"answered_by": "Kim"}
    for visit in visits:
        sent |= said(visit, "agree")
    afternoon = make.tour_session(tour, seoul(14, 15))
    move_visit(visits[0].id, VisitRequest(tour_session_id=afternoon.id, headcount=9), by=OFFICER, at=AT)
    page = as_stranger.post(day, sent, status=409)
    assert "Something changed while you were reading. Nothing was sent." in page
    assert "Mon 14 Dec 2026 15:00–16:00" in page
    assert "Changed since you were sent this link" in page
    assert {as_it_is(visit).state.value for visit in visits} == {"requested"}
    as_stranger.post(day, form_of(page))
    assert {as_it_is(visit).state.value for visit in visits} == {"confirmed"}


def test_what_was_called_off_or_went_elsewhere_is_said_and_left_out(as_stranger, visits, day):
    sent = form_of(as_stranger.get(day)) | {"answered_by": "Kim"}
    for visit in visits:
        sent |= said(visit, "agree")
    act_upon(visits[0].id, Act.CANCEL, Told(reason="ill"), by=OFFICER, at=AT)
    elsewhere = make.tour(make.site("OTHER", name="A secret place"), needs_agreement=True)
    session = make.tour_session(elsewhere, seoul(14, 15))
    move_visit(visits[1].id, VisitRequest(tour_session_id=session.id, headcount=9), by=OFFICER, at=AT)
    page = as_stranger.get(day)
    assert "Hanoi This was called off or put off." in page
    assert "Kampala They no longer come to you." in page
    assert "A secret place" not in page
    as_stranger.post(day, sent)
    assert "No longer asked when the answer came" in as_stranger.follow()
    assert [as_it_is(visit).state for visit in visits] == ["cancelled", "requested", "confirmed"]


def test_when_nothing_is_left_to_answer_the_page_says_so(as_stranger, visits, one):
    sent = form_of(as_stranger.get(one)) | said(visits[0], "agree") | {"answered_by": "Kim"}
    act_upon(visits[0].id, Act.CANCEL, by=OFFICER, at=AT)
    assert "Nothing is left to answer here" in as_stranger.get(one)
    assert "Nothing is left to answer here" in as_stranger.post(one, sent, status=200)
    assert db.session.query(Link).one().answered_at is None


def test_a_clash_is_told_with_its_reasons(as_stranger, tour, visits, one):
    close_site(tour.site_id, Span(seoul(14, 9), seoul(14, 12)), "Fire drill", by=OFFICER, at=AT)
    page = as_stranger.get(one)
    assert "What stands against it by now" in page
    assert "Fire drill" in page


def test_the_page_is_read_in_korean_too(as_stranger, one):
    page = as_stranger.get(one, lang="ko")
    assert page.all("html")[0].get("lang") == "ko"
    assert re.search(r"2026\. 12\. 14\.\(월\)", page.text)


def test_ten_visits_cost_no_more_queries_than_three(as_stranger, tour, visits, day, counted):
    with counted() as few:
        as_stranger.get(day)
    for number in range(7):
        make.visit(make.delegation(f"D{number}"), make.tour_session(tour, seoul(14, 13, number * 5)))
    longer = path_of(make_day_link(tour.site_id, seoul(14).date(), by=OFFICER, at=AT))
    with counted() as many:
        as_stranger.get(longer)
    assert len(many) == len(few)
