"""What a guide or a driver without an account sees behind a link, and what their answer does."""

import re

import pytest

from scheduler.actions.assignments import release
from scheduler.core.duties import DutyState
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from tests import make, staff
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def guide(app):
    return staff.guide(make.site(name="The museum", meeting_point="East gate"), "en", name="Park Jiyoon")


@pytest.fixture
def duties(guide):
    """Two visits of one day for which the guide was asked."""
    tour = make.tour(guide.sites[0])
    visits = [
        make.visit(make.delegation(name), make.tour_session(tour, seoul(14, hour)))
        for name, hour in (("Hanoi", 10), ("Quito", 12))
    ]
    return [staff.duty(guide, visit) for visit in visits]


@pytest.fixture
def path(as_officer, guide, duties):
    """Where the link leads that an officer makes on the page of the guide."""
    as_officer.get(f"/resources/{guide.id}")
    page = as_officer.submit(f"/links/resources/{guide.id}", status=201)
    shown = page.all("input", id="address")[0].get("value")
    return re.sub("^http://localhost", "", shown)


def form_of(page):
    found = [e for e in page.all("form") if e.get("class") == "answer-form"]
    found[0].attributes["action"] = "here"
    return page.values_of("here")


def states_of(duties):
    return [db.session.get_one(Assignment, duty.id, populate_existing=True).state for duty in duties]


def test_the_page_says_where_and_when_and_for_whom(as_stranger, path):
    page = as_stranger.get(path)
    for words in ("Can Park Jiyoon be there?", "Hanoi", "Quito", "The museum", "East gate", "10:00–11:00"):
        assert words in page


def test_each_duty_is_answered_with_a_note_and_thanks_are_given(as_stranger, as_officer, duties, path):
    first, second = (duty.id for duty in duties)
    sent = form_of(as_stranger.get(path)) | {"answered_by": "Park Jiyoon"}
    sent |= {f"about_{first}_answer": "accept", f"about_{first}_note": "With the loop"}
    as_stranger.post(path, sent | {f"about_{second}_answer": "refuse", f"about_{second}_note": "At court"})
    page = as_stranger.follow()
    assert "Accepted “With the loop”" in page
    assert "Refused “At court”" in page
    assert states_of(duties) == [DutyState.ACCEPTED, DutyState.REFUSED]
    assert "Park Jiyoon: Accepted: 1, Refused: 1" in as_officer.get("/")


def test_a_duty_released_while_the_page_was_read_is_left_out(as_stranger, duties, path):
    sent = form_of(as_stranger.get(path)) | {"answered_by": "Park", "agree_to_the_rest": "y"}
    release(duties[0].id, by=OFFICER, at=AT)
    assert "Hanoi You are no longer needed for this." in as_stranger.get(path)
    as_stranger.post(path, sent)
    assert states_of(duties) == [DutyState.RELEASED, DutyState.ACCEPTED]


def test_a_duty_that_changed_while_the_page_was_read_is_shown_anew(as_stranger, duties, path):
    first, second = (duty.id for duty in duties)
    sent = form_of(as_stranger.get(path)) | {"answered_by": "Park"}
    sent |= {f"about_{first}_answer": "accept", f"about_{second}_answer": "accept"}
    changed = db.session.get_one(Assignment, first)
    changed.ends_at, changed.version = seoul(14, 11, 30), 2
    db.session.commit()
    page = as_stranger.post(path, sent, status=409)
    assert "10:00–11:30" in page
    assert states_of(duties) == [DutyState.ASKED] * 2
    as_stranger.post(path, form_of(page))
    assert states_of(duties) == [DutyState.ACCEPTED] * 2


def test_every_duty_wants_an_answer(as_stranger, duties, path):
    sent = form_of(as_stranger.get(path)) | {"answered_by": "Park"}
    assert "Your answer" in as_stranger.post(path, sent, status=422)
    assert states_of(duties) == [DutyState.ASKED] * 2
