"""The day moves: what would become of each stop, a choice for each, done in one act."""

from datetime import timedelta

import pytest

from scheduler.actions.engagements import plan_engagement
from scheduler.blueprints.stop_rows import session_key
from scheduler.core.engagements import EngagementRequest
from scheduler.core.stops import EngagementKind
from scheduler.records.database import db
from scheduler.records.engagements import Engagement
from scheduler.records.visits import Visit
from tests import make
from tests.cast import AT, OFFICER, SEOUL, seoul


@pytest.fixture
def who(app):
    return make.delegation()


@pytest.fixture
def tour(app):
    return make.tour(make.site(name="Control room"), "TOPIS-T")


@pytest.fixture
def rounds(tour):
    return {hour: make.tour_session(tour, seoul(14, hour)) for hour in (10, 12, 14, 16)}


@pytest.fixture
def lunch(who):
    request = EngagementRequest(
        delegation_id=who.id,
        kind=EngagementKind.MEAL,
        title="Lunch",
        starts_at=seoul(14, 12),
        ends_at=seoul(14, 13),
        acknowledge=("all",),
        acknowledge_reason="known",
    )
    return plan_engagement(request, by=OFFICER, at=AT)


@pytest.fixture
def path(who):
    return f"/delegations/{who.id}/shift"


@pytest.fixture
def propose(as_officer, path):
    def ask(minutes=120, at="2026-12-14T09:00"):
        return as_officer.get(path, **{"from": at, "minutes": minutes})

    return ask


def hours_of(*rows):
    db.session.expire_all()
    return [db.session.get_one(type(row), row.id).starts_at.astimezone(SEOUL).hour for row in rows]


def test_a_delegations_page_leads_to_the_question(as_officer, who, path):
    assert f'href="{path}"' in as_officer.get(f"/delegations/{who.id}").html
    (begins,) = [e for e in as_officer.get(path).all("input") if e.get("name") == "from"]
    assert begins.get("value") == "2026-12-10T00:00"


def test_every_stop_is_shown_with_its_old_and_its_new_time(who, rounds, lunch, propose, path):
    make.visit(who, rounds[10])
    page = propose()
    assert "Control room" in page
    assert "now Mon 14 Dec, 10:00–11:00" in page
    values = page.values_of(path)
    assert values["visits-0-what"] == session_key("TOPIS-T", seoul(14, 12))
    assert values["engagements-0-starts_at"] == "2026-12-14T14:00"


def test_one_click_does_it(as_officer, who, rounds, lunch, propose, path):
    visit = make.visit(who, rounds[10])
    propose()
    as_officer.submit(path, {"reason": "The flight is late"})
    assert "The day is moved." in as_officer.follow()
    assert hours_of(visit, lunch) == [12, 14]


def test_each_stop_can_go_elsewhere_stay_or_be_put_off(as_officer, who, rounds, lunch, propose, path):
    one, two = make.visit(who, rounds[10]), make.visit(who, rounds[14])
    propose()
    choices = {"visits-0-what": session_key("TOPIS-T", seoul(14, 16)), "visits-1-what": "postpone"}
    as_officer.submit(path, choices | {"engagements-0-what": "keep"})
    assert hours_of(one, lunch) == [16, 12]
    assert db.session.get_one(Visit, two.id).state == "postponed"


def test_what_breaks_is_told_beside_its_stop(who, rounds, propose):
    make.visit(who, rounds[10])
    make.other_booking(rounds[12], 25)
    page = propose()
    assert [e.get("data-code") for e in page.elements if e.get("data-code")] == ["no_places_left"]


def test_where_no_round_is_left_somebody_has_to_choose(as_officer, who, rounds, propose, path):
    visit = make.visit(who, rounds[16])
    page = propose(minutes=60)
    assert "Nothing starts then any more: choose." in page
    assert page.values_of(path)["visits-0-what"] == ""
    as_officer.submit(path, status=422)
    assert hours_of(visit) == [16]


def test_a_visit_that_would_not_move_stays_as_it_is(who, rounds, propose, path):
    make.visit(who, rounds[14])
    assert propose(minutes=-30).values_of(path)["visits-0-what"] == "keep"


def test_refused_every_choice_stays_and_the_reasons_are_told(as_officer, who, rounds, lunch, propose, path):
    visit = make.visit(who, rounds[10])
    propose()
    at_lunch = {"visits-0-what": session_key("TOPIS-T", seoul(14, 12)), "engagements-0-what": "keep"}
    page = as_officer.submit(path, at_lunch | {"reason": "Late"}, status=409)
    assert "Nothing was moved: 1 stop stands in the way." in page
    assert [e.get("data-code") for e in page.elements if e.get("data-code")] == ["already_elsewhere"]
    values = page.values_of(path)
    assert (values["visits-0-what"], values["engagements-0-what"], values["reason"]) == (
        session_key("TOPIS-T", seoul(14, 12)),
        "keep",
        "Late",
    )
    assert hours_of(visit, lunch) == [10, 12]


def test_somebody_quicker_is_told_and_nothing_moves(as_officer, who, rounds, propose, path):
    visit = make.visit(who, rounds[10])
    propose()
    page = as_officer.submit(path, {"visits-0-version": "7"}, status=409)
    assert "Somebody changed this" in page
    assert hours_of(visit) == [10]


def test_a_caution_is_ticked_with_the_reason_of_the_day(as_officer, who, rounds, propose, path):
    make.visit(who, make.tour_session(make.tour(make.site("PLANT")), seoul(14, 10, 45)))
    visit = make.visit(who, rounds[14])
    page = propose(minutes=-120, at="2026-12-14T14:00")
    values = page.values_of(path)
    page = as_officer.post(path, values, status=409)
    ticks = {e.get("name"): e.get("value") for e in page.all("input", type="checkbox")}
    assert list(ticks.values()) == ["short_break_before"]
    page = as_officer.post(path, values | ticks, status=422)
    assert "Give a reason." in page
    as_officer.post(path, values | ticks | {"reason": "Late"})
    assert hours_of(visit) == [12]


def test_a_day_with_nothing_left_says_so(who, propose):
    assert "Nothing remains of that day" in propose()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"from": "2026-12-14T09:00", "minutes": "0"}, "Zero minutes move nothing"),
        ({"from": "2026-12-14T09:00", "minutes": "1441"}, "Must be between -1440 and 1440."),
        ({"from": "2026-12-14T09:00", "minutes": "soon"}, "Give a whole number"),
        ({"from": "tomorrow", "minutes": "60"}, "Give a date and a time"),
        ({"minutes": "60"}, "This field is required."),
    ],
)
def test_a_question_that_cannot_be_meant_comes_back(as_officer, path, asked, words):
    assert words in as_officer.get(path, status=422, **asked)


@pytest.mark.parametrize(
    "wrong",
    [
        {"visits-0-what": ""},
        {"visits-0-what": "nonsense"},
        {"engagements-0-starts_at": ""},
        {"engagements-0-starts_at": "never"},
        {"engagements-0-what": "nonsense"},
    ],
)
def test_choices_that_cannot_be_meant_come_back_marked(as_officer, who, rounds, lunch, propose, path, wrong):
    make.visit(who, rounds[10])
    propose()
    page = as_officer.submit(path, wrong, status=422)
    assert page.all("ul", class_="field-errors")


def test_stops_of_others_are_not_here(as_officer, who, rounds, propose, path):
    make.visit(who, rounds[10])
    theirs = make.visit(make.delegation("Other"), rounds[14])
    propose()
    as_officer.submit(path, {"visits-0-visit_id": str(theirs.id)}, status=404)
    propose()
    as_officer.submit(path, {"visits-0-visit_id": "77"}, status=404)
    assert hours_of(theirs) == [14]


def test_everything_kept_is_nothing_to_do(as_officer, who, rounds, propose, path):
    make.visit(who, rounds[10])
    propose()
    page = as_officer.submit(path, {"visits-0-what": "keep"}, status=422)
    assert "Choose at least one stop to move or to put off." in page


def test_lasting_as_long_as_before(as_officer, who, lunch, propose, path):
    propose(minutes=90)
    as_officer.submit(path)
    row = db.session.get_one(Engagement, lunch.id, populate_existing=True)
    assert row.ends_at - row.starts_at == timedelta(hours=1)
