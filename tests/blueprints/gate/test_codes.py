"""A code is read at a gate: staff come to the visit, guests learn what it is for, the rest is told why."""

import pytest

from scheduler.actions.gate_codes import GateCode, write_code
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.programmes import publish
from scheduler.blueprints.gate.links import gate_code_of
from scheduler.core.lifecycle import Act
from scheduler.records.database import db
from tests import make
from tests.blueprints import soon
from tests.cast import AT, OFFICER

NOT_OURS = "It is not of this city, or it was changed or not read whole."


@pytest.fixture
def topis(app):
    return soon.site("TOPIS", name="Control room")


@pytest.fixture
def guests(app):
    return soon.delegation("São Paulo planners", contact_phone="+55 11 5555 0101")


@pytest.fixture
def expected(topis, guests):
    """A confirmed visit of today."""
    return soon.visit(soon.session_today(make.tour(topis)), 12, who=guests)


def code_of(guests, number=1):
    return gate_code_of(guests, number)


def publish_now(guests):
    return publish(guests.id, by=OFFICER, at=AT)


def test_the_manager_lands_on_todays_visit_at_once(as_manager, topis, guests, expected):
    publish_now(guests)
    client = as_manager(topis)
    client.get(f"/gate/{code_of(guests)}", status=303)
    assert client.answer.headers["Location"] == f"/roster/TOPIS/{soon.today()}#visit-{expected.id}"


def test_with_two_visits_today_one_chooses_the_nearest_first(as_manager, topis, guests, expected):
    dmc = soon.site("DMC", name="Media city")
    act_upon(expected.id, Act.CANCEL, Told(), by=OFFICER, at=AT)
    for site, hour in ((dmc, 20), (topis, 14)):
        soon.visit(make.tour_session(make.tour(site, f"{site.code}-2"), soon.soon(0, hour)), who=guests)
    page = as_manager(topis, dmc).get(f"/gate/{code_of(guests)}")
    chosen = [link.text.partition(" S")[0] for link in page.all("a", class_="gate-choice")]
    assert chosen == ["Control room", "Media city", "Control room"]
    assert "Called off today" in page


def test_who_does_not_expect_them_is_told_whom_to_call_and_not_where_they_are(
    as_manager, topis, guests, expected
):
    page = as_manager(soon.site("DMC")).get(f"/gate/{code_of(guests)}")
    assert "They are not expected at your sites today." in page
    assert "Control room" not in page
    assert page.all("a", href="mailto:protocol@seoul.example")


def test_a_visit_of_another_day_is_offered_as_such(as_manager, topis, guests):
    soon.visit(make.tour_session(make.tour(topis), soon.soon(7)), who=guests)
    page = as_manager(topis).get(f"/gate/{code_of(guests)}")
    assert "On other days" in page
    assert (
        page.all("a", class_="gate-choice")[0].get("href").startswith(f"/roster/TOPIS/{soon.soon(7).date()}#")
    )


def test_an_old_code_opens_the_visit_and_says_what_changed_for_this_site(as_manager, topis, guests, expected):
    publish_now(guests)
    expected = soon.as_it_is(expected)
    expected.headcount = 9
    db.session.commit()
    publish_now(guests)
    page = as_manager(topis).get(f"/gate/{code_of(guests, 1)}")
    assert "The guests hold an older programme: version 1. The newest is version 2." in page
    assert "Headcount: 12 → 9" in page
    assert page.all("a", href=f"/roster/TOPIS/{soon.today()}#visit-{expected.id}")


def test_what_changed_elsewhere_is_not_this_sites_business(as_manager, topis, guests, expected):
    publish_now(guests)
    soon.visit(make.tour_session(make.tour(soon.site("DMC", name="Media city")), soon.soon(7)), who=guests)
    publish_now(guests)
    page = as_manager(topis).get(f"/gate/{code_of(guests, 1)}")
    assert "Nothing has changed for your sites since theirs." in page
    assert "Media city" not in page


def test_a_draft_is_older_than_what_was_published(as_manager, topis, guests, expected):
    publish_now(guests)
    assert "The guests hold a draft." in as_manager(topis).get(f"/gate/{code_of(guests, 0)}")


def test_a_guest_learns_what_it_is_for_in_their_language_and_staff_come_back_after_signing_in(
    as_stranger, topis, expected
):
    guests = soon.delegation("Riyadh", country="SA", languages={"ar"})
    page = as_stranger.get(f"/gate/{code_of(guests)}")
    assert page.all("html")[0].get("lang") == "ar"
    assert page.all("a", href=f"/sign-in?next=/gate/{code_of(guests)}")
    assert "Riyadh" not in page
    english = as_stranger.get(f"/gate/{code_of(guests)}", lang="en")
    assert "This code is for the people who receive you" in english


def test_signing_in_from_there_leads_to_the_visit(app, as_manager, topis, guests, expected):
    client = as_manager(topis)
    client.get("/gate/" + code_of(guests), status=303)
    assert "São Paulo planners" in client.follow()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (write_code(GateCode(1, 1), city="protocol@busan.example", key=b"only-for-tests"), NOT_OURS),
        (write_code(GateCode(1, 1), city="protocol@seoul.example", key=b"a guess"), NOT_OURS),
        ("garbage", NOT_OURS),
        ("a" * 5000, NOT_OURS),
        ("%00%ff", "nothing at this address"),
        ("ジ" * 24, NOT_OURS),
    ],
)
def test_a_code_that_is_not_ours_opens_nothing_and_says_so(as_stranger, as_manager, topis, code, words):
    assert words in as_stranger.get(f"/gate/{code}", status=404)
    assert words in as_manager(topis).get(f"/gate/{code}", status=404)
    as_stranger.get(f"/gate/{code}/qr.svg", status=404)


def test_a_code_with_a_letter_changed_is_not_called_another_citys(as_stranger, guests):
    right = code_of(guests)
    for place in (0, 5, 23):
        wrong = right[:place] + ("A" if right[place] != "A" else "B") + right[place + 1 :]
        assert NOT_OURS in as_stranger.get(f"/gate/{wrong}", status=404)


def test_a_code_of_those_no_longer_on_record_says_so(as_stranger, app):
    named = GateCode(999, 1)
    code = write_code(named, city=app.config["ORGANIZER_EMAIL"], key=app.secret_key.encode())
    assert "no longer on record" in as_stranger.get(f"/gate/{code}", status=410)


def test_the_picture_of_a_code_is_a_drawing(as_stranger, guests):
    answer = as_stranger.browser.get(f"/gate/{code_of(guests)}/qr.svg")
    assert (answer.status_code, answer.content_type.split(";")[0]) == (200, "image/svg+xml")
