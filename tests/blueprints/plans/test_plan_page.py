"""The page of one plan: how far it is, its programmes, pins and bans, booking, and what fell out since."""

from datetime import time

import pytest

from scheduler.actions.plan_jobs import fail_job, finish_job, take_job
from scheduler.actions.plans import Terms, ask_plan, terms_of
from scheduler.core.lifecycle import VisitState
from scheduler.planner.answers import Demand, DemandKind, PlanAnswer
from scheduler.planner.kept import as_json
from scheduler.records.plans import PlanTrouble
from scheduler.words.plan_page_words import conflict_advice
from tests.blueprints.plans.conftest import WORKER
from tests.blueprints.plans.kept import keys, latest, url, visits
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def asked(stay):
    return ask_plan(stay.guests.id, Terms(), by=OFFICER, at=AT).plan


@pytest.fixture
def planned(asked, think):
    return think()


def test_while_nobody_has_answered_the_page_says_so_and_looks_again(as_officer, asked):
    page = as_officer.get(url(asked))
    assert "The planner is at work." in page
    assert page.all("progress")
    assert page.all("meta", http_equiv="refresh")
    assert page.all("div", id="plan-part", data_state="waiting")


def test_what_was_found_so_far_is_shown_but_not_to_be_booked_yet(as_officer, asked, think):
    plan = think(is_half=True)
    page = as_officer.get(url(plan))
    assert "programmes found so far" in page
    assert page.all("article")
    assert "Book as requested" not in page
    assert page.all("meta", http_equiv="refresh")


def test_three_programmes_with_figures_days_and_pictures(as_officer, planned):
    page = as_officer.get(url(planned))
    assert "3 programmes found" in page
    assert len(page.all("article")) == 3
    assert "Wishes by priority" in page
    assert "9 of 9" in page
    assert len(page.all("svg", class_="day-strip")) == 3
    assert "Every wish has its place." in page
    assert not page.all("meta", http_equiv="refresh")


def test_a_pin_and_a_ban_make_the_next_plan(as_officer, stay, planned):
    page = as_officer.get(url(planned))
    pin = next(key for key in keys(page, "pin") if key.startswith(f"{stay.wishes['TOPIS'].id}/"))
    as_officer.post(url(planned, "/again"), {"pin": pin, "ban": ["", "WRC-T/on/2026-12-14", "PARK-T"]})
    terms = terms_of(latest())
    assert [each.tour_code for each in terms.pins] == ["TOPIS-T"]
    assert {(each.tour_code, str(each.on)) for each in terms.bans} == {
        ("WRC-T", "2026-12-14"),
        ("PARK-T", "None"),
    }
    assert latest().follows_id == planned.id


def test_what_is_pinned_stays_and_can_be_let_go(as_officer, planned, think):
    pin = keys(as_officer.get(url(planned)), "pin")[0]
    as_officer.post(url(planned, "/again"), {"pin": pin, "ban": "PARK-T"})
    again = think()
    page = as_officer.get(url(again))
    assert "Pinned" in page
    assert pin in keys(page, "unpin")
    assert keys(page, "lift") == ["PARK-T"]
    as_officer.post(url(again, "/again"), {"unpin": pin, "lift": "PARK-T"})
    assert terms_of(latest()) == Terms()


def test_a_former_plan_is_one_click_away(as_officer, planned, think):
    as_officer.get(url(planned))
    as_officer.post(url(planned, "/again"), {"ban": "PARK-T"})
    again = think()
    page = as_officer.get(url(again))
    assert page.all("a", href=url(planned))
    assert "0 pinned, 1 banned" in page


def test_a_remedy_is_a_button_that_asks_so(as_officer, planned, think):
    as_officer.get(url(planned))
    as_officer.post(url(planned, "/again"), {"ban": "PARK-T"})
    page = as_officer.get(url(think()))
    assert page.all("button", name="lift", value="PARK-T")
    assert "it were banned no more" in page
    as_officer.post(as_officer.page.all("form", id="again")[0].get("action"), {"lift": "PARK-T"})
    assert terms_of(latest()).bans == ()


def test_a_longer_day_is_kept_and_asked_with(as_officer, planned):
    as_officer.get(url(planned))
    as_officer.post(url(planned, "/again"), {"day_ends": "20:00", "most_a_day": "4"})
    page = as_officer.get(f"/delegations/{planned.delegation_id}/plan")
    assert page.values_of(f"/delegations/{planned.delegation_id}/plan")["day_ends"] == "20:00"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"ban": "NOSUCH"}, "NOSUCH is not known."),
        ({"pin": "999999/TOPIS-T@2026-12-14T01:00:00+00:00"}, "999999 is not known."),
        ({"day_ends": "25:99"}, "25:99 is not known."),
        ({"most_a_day": "many"}, "many is not known."),
        ({"most_a_day": "999"}, "Must be between 1 and 6."),
        ({"day_ends": "00:10"}, "later than 09:00"),
    ],
    ids=["unknown tour", "unknown wish", "no hour", "no number", "too many", "backwards"],
)
def test_nonsense_is_told_plainly_and_asks_nothing(as_officer, planned, told, says):
    as_officer.get(url(planned))
    assert says in as_officer.post(url(planned, "/again"), told, status=422)
    assert latest().id == planned.id


@pytest.mark.parametrize(
    "key", ["", "/", "1/", "x/TOPIS-T@now", "1/TOPIS-T@2026", "9" * 40 + "/A@2026-12-14"]
)
def test_a_key_that_is_none_is_no_pin(as_officer, planned, key):
    as_officer.get(url(planned))
    as_officer.post(url(planned, "/again"), {"pin": key, "ban": "@", "unpin": key, "lift": key})
    assert terms_of(latest()) == Terms()


def test_a_programme_is_booked_whole_with_one_button(as_officer, stay, planned):
    as_officer.get(url(planned))
    as_officer.post(url(planned, "/accept"), {"proposal": "0", "way": "requested"})
    assert as_officer.answer.headers["Location"] == f"/delegations/{stay.guests.id}"
    assert "3 visits of the programme are booked." in as_officer.follow()
    assert len(visits()) == 3
    page = as_officer.get(url(planned))
    assert "Programme 1 of this plan is booked." in page
    assert "Book as requested" not in page


def test_a_programme_can_be_held_first(as_officer, planned):
    as_officer.get(url(planned))
    told = {"proposal": "1", "way": "held", "hold_until": "2026-12-01T12:00"}
    as_officer.post(url(planned, "/accept"), told)
    assert {visit.state for visit in visits()} == {VisitState.HELD}
    assert {visit.hold_until for visit in visits()} == {seoul(1, 12)}


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({}, "This field is required."),
        ({"proposal": "7"}, "There is no such proposal"),
        ({"proposal": "-1"}, "Must be between 0 and 9."),
        ({"proposal": "0", "way": "held"}, "Say until when the places are to be held."),
        ({"proposal": "0", "way": "held", "hold_until": "2020-01-01T10:00"}, "This lies in the past"),
        ({"proposal": "0", "acknowledge": "thin_slack"}, "Give a reason"),
    ],
    ids=["nothing", "no such programme", "negative", "until never", "until yesterday", "no reason"],
)
def test_a_booking_at_fault_says_so_and_books_nothing(as_officer, planned, told, says):
    as_officer.get(url(planned))
    assert says in as_officer.post(url(planned, "/accept"), told, status=422)
    assert visits() == []


def test_a_plan_that_failed_says_why_and_what_to_do(as_officer, asked):
    take_job(WORKER, at=AT)
    fail_job(asked.id, WORKER, PlanTrouble.OUT_OF_MEMORY, at=AT)
    page = as_officer.get(url(asked))
    assert "There is no answer" in page
    assert "Wish for fewer things" in page
    assert "Ask again" in page


def test_where_time_ran_out_the_page_says_so_and_offers_more(as_officer, asked):
    take_job(WORKER, at=AT)
    fail_job(asked.id, WORKER, PlanTrouble.TOOK_TOO_LONG, at=AT)
    page = as_officer.get(url(asked))
    assert "that does not mean that nothing is possible" in page
    assert "No programme is possible" not in page
    assert page.all("button", name="seconds", value="60")
    as_officer.post(url(asked, "/again"), {"seconds": "60"})
    assert terms_of(latest()).seconds == 60
    as_officer.get(url(asked))
    as_officer.post(url(asked, "/again"), {"seconds": "soon"}, status=422)


@pytest.mark.parametrize(
    ("demands", "is_smallest", "says"),
    [
        ((DemandKind.MUST, DemandKind.DAY_HOURS), True, "Let go of any one of them"),
        ((DemandKind.MUST, DemandKind.STAY), True, "Nothing else that is asked for stands in its way."),
        ((DemandKind.DAY_HOURS,), True, "Let go of it and the others can be met."),
        ((DemandKind.MUST, DemandKind.DAY_HOURS), False, "There may be a smaller set."),
    ],
)
def test_what_to_let_go_of_is_said_only_where_it_is_known(demands, is_smallest, says):
    found = conflict_advice([Demand(kind=kind) for kind in demands], is_smallest=is_smallest)
    assert says in found


def test_demands_that_cannot_be_met_together_are_told_first(as_officer, stay, asked):
    take_job(WORKER, at=AT)
    must = Demand(kind=DemandKind.MUST, id=stay.wishes["TOPIS"].id)
    hours = Demand(kind=DemandKind.DAY_HOURS, facts={"day_starts": time(9), "day_ends": time(10)})
    answer = PlanAnswer(proposals=(), conflict=(must, hours))
    finish_job(asked.id, WORKER, {"answer": as_json(answer), "fulfilled": {}}, at=AT)
    page = as_officer.get(url(asked))
    assert "These demands cannot be met together" in page
    assert "Site TOPIS: Tour of TOPIS is a must." in page
    assert "Their day lasts from 09:00 to 10:00." in page
    assert "No programme is possible" in page


def test_an_outcome_that_nobody_can_read_any_more_breaks_nothing(as_officer, asked):
    take_job(WORKER, at=AT)
    finish_job(asked.id, WORKER, {"answer": {"$": "Unheard"}}, at=AT)
    assert "No programme is possible" in as_officer.get(url(asked))


def test_only_who_books_visits_sees_a_plan(as_manager, as_administrator, as_stranger, stay, planned):
    for client in (as_manager(stay.tours["TOPIS"].site), as_administrator):
        client.get(url(planned), status=403)
        client.post(url(planned, "/again"), status=403)
        client.post(url(planned, "/accept"), {"proposal": "0"}, status=403)
    as_stranger.get(url(planned), status=303)


def test_a_plan_that_is_none_is_not_found(as_officer):
    as_officer.get("/plans/4711", status=404)
    as_officer.get("/plans/0", status=404)


def test_a_wish_taken_off_since_does_not_break_the_page(as_officer, stay, planned):
    stay_page = f"/delegations/{stay.guests.id}/wishes/{stay.wishes['PARK'].id}/remove"
    as_officer.get(url(planned))
    as_officer.post(stay_page)
    assert "Site PARK" in as_officer.get(url(planned))
