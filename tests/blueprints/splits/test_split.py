"""Splitting a party over sessions: offered where there is no room, proposed, changed, booked in one act."""

import pytest

from scheduler.actions.parts import divide
from scheduler.blueprints.stop_rows import session_key
from scheduler.core.facts import Dating
from scheduler.records.database import db
from scheduler.records.parts import Part
from scheduler.records.visits import Visit
from tests import make
from tests.actions.seen import how_many
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def bangkok(app):
    return make.delegation("Bangkok metropolis", headcount=47)


@pytest.fixture
def tour(app):
    return make.tour(make.site(name="Control room"), "TOPIS-T")


@pytest.fixture
def rounds(tour):
    return [make.tour_session(tour, seoul(14, hour)) for hour in (10, 11, 14)]


@pytest.fixture
def path(bangkok):
    return f"/delegations/{bangkok.id}/split"


def booked():
    rows = db.session.query(Visit).order_by(Visit.starts_at)
    return [(visit.part.name, visit.headcount, visit.starts_at) for visit in rows]


def test_it_is_offered_where_the_party_is_too_large(as_officer, bangkok, rounds, path):
    page = as_officer.get("/book/session", delegation=bangkok.id, tour_session_id=rounds[0].id)
    (link,) = [e for e in page.all("a") if e.text == "Split over sessions"]
    assert link.get("href") == f"{path}?headcount=47&tour_session_id={rounds[0].id}"
    assert as_officer.get(link.get("href")).values_of(path)["pieces-0-headcount"] == "24"


def test_it_is_offered_for_a_window_without_a_number_too(as_officer, bangkok, tour, path):
    windows = make.tour(make.site("PLANT"), "PLANT-W", dating=Dating.WINDOWS)
    asked = {"tour_code": windows.code, "starts_at": seoul(14, 10).isoformat()}
    page = as_officer.get("/book/session", delegation=bangkok.id, **asked)
    (link,) = [e for e in page.all("a") if e.text == "Split over sessions"]
    values = as_officer.get(link.get("href")).values_of(path)
    assert values["pieces-1-session"] == session_key("PLANT-W", seoul(14, 10, 15))


def test_the_proposal_is_booked_by_one_click(as_officer, rounds, path):
    as_officer.get(path, tour_session_id=rounds[0].id)
    as_officer.submit(path)
    assert "2 visits are booked." in as_officer.follow()
    assert booked() == [("1", 24, seoul(14, 10)), ("2", 23, seoul(14, 11))]


def test_sizes_names_and_sessions_can_be_changed(as_officer, rounds, path):
    as_officer.get(path, tour_session_id=rounds[0].id)
    changes = {"pieces-0-headcount": "27", "pieces-1-headcount": "20", "pieces-1-name": "Bus 2"}
    changes |= {"pieces-1-session": session_key("TOPIS-T", seoul(14, 14))}
    as_officer.submit(path, changes)
    assert booked() == [("1", 27, seoul(14, 10)), ("Bus 2", 20, seoul(14, 14))]


def test_more_shares_if_asked_for(as_officer, rounds, path):
    values = as_officer.get(path, tour_session_id=rounds[0].id, into=3).values_of(path)
    assert [values[f"pieces-{n}-headcount"] for n in range(3)] == ["16", "16", "15"]


def test_parts_that_are_there_are_proposed(as_officer, bangkok, rounds, path):
    divide(bangkok.id, "Buses", [("Bus 1", 27), ("Bus 2", 20)], by=OFFICER, at=AT)
    values = as_officer.get(path, tour_session_id=rounds[0].id).values_of(path)
    assert (values["division"], values["pieces-0-name"]) == ("Buses", "Bus 1")


def test_refused_everything_typed_stays_and_each_share_tells_why(as_officer, rounds, path):
    as_officer.get(path, tour_session_id=rounds[0].id)
    make.other_booking(rounds[1], 20)
    page = as_officer.submit(path, {"pieces-1-name": "Bus 2"}, status=409)
    assert "Nothing was booked: 1 of the stops stands in the way." in page
    assert [e.get("data-code") for e in page.elements if e.get("data-code")] == ["no_places_left"]
    values = page.values_of(path)
    assert (values["pieces-1-name"], values["pieces-1-session"]) == (
        "Bus 2",
        session_key("TOPIS-T", seoul(14, 11)),
    )
    assert (how_many(Part), how_many(Visit)) == (0, 0)
    as_officer.submit(path, {"pieces-1-session": session_key("TOPIS-T", seoul(14, 14))})
    assert len(booked()) == 2


def test_a_share_without_a_session_is_said(as_officer, tour, path):
    only = make.tour_session(tour, seoul(14, 10))
    page = as_officer.get(path, tour_session_id=only.id)
    assert "For 1 share no session near has room" in page
    assert page.all("option", value=session_key("TOPIS-T", seoul(14, 10)))
    page = as_officer.submit(path, status=422)
    assert page.all("ul", class_="field-errors")


def test_groups_too_small_are_told_instead_of_a_form(as_officer, path):
    tour = make.tour(make.site("PLANT"), smallest_group=25)
    page = as_officer.get(path, tour_session_id=make.tour_session(tour, seoul(14, 10)).id)
    assert "It cannot be split so" in page
    assert not page.all("fieldset")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"pieces-0-headcount": "0"}, "Must be between 1 and 5000."),
        ({"pieces-0-name": ""}, "Needed in this row."),
        ({"pieces-0-headcount": "29"}, "The parts do not add up"),
        ({"pieces-0-name": "2"}, "Two shares are called 2."),
        ({"division": ""}, "This field is required."),
        ({"pieces-0-session": "nonsense"}, "Choose a session."),
    ],
)
def test_what_cannot_be_meant_comes_back_with_words(as_officer, rounds, path, wrong, words):
    as_officer.get(path, tour_session_id=rounds[0].id)
    assert words in as_officer.submit(path, wrong, status=422)
    assert how_many(Visit) == 0


def test_without_a_session_there_is_nothing_to_split(as_officer, path):
    as_officer.get(path, status=404)
    as_officer.get(path, status=404, tour_session_id=77)
    as_officer.get(path, status=404, tour_code="X", starts_at="never")


def test_a_form_that_says_nothing_comes_back(as_officer, rounds, path):
    as_officer.get(path, tour_session_id=rounds[0].id)
    as_officer.post(path, {}, status=422)
