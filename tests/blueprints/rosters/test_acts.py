"""What is done at a site's door: yes, no with other times, they are here, they never came."""

import pytest

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.core.lifecycle import Act, VisitState
from tests import make
from tests.blueprints import soon
from tests.cast import AT, OFFICER


@pytest.fixture
def topis(app):
    return soon.site("TOPIS")


@pytest.fixture
def tour(topis):
    return make.tour(topis, needs_agreement=True)


@pytest.fixture
def asked(tour):
    """A visit next week that waits for the site's word."""
    return soon.visit(make.tour_session(tour, soon.soon(7)), 12)


@pytest.fixture
def expected(tour):
    """A confirmed visit of today."""
    return soon.visit(soon.session_today(tour), 12, is_confirmed=True)


def roster(of):
    return f"/roster/TOPIS/{of.starts_at.astimezone(soon.SEOUL).date()}"


def test_the_manager_confirms_with_one_click(as_manager, topis, asked):
    client = as_manager(topis)
    client.get(roster(asked))
    client.submit(f"/roster/visits/{asked.id}/confirm")
    assert "Hanoi planning office: confirmed." in client.follow()
    assert soon.as_it_is(asked).state == VisitState.CONFIRMED
    assert soon.as_it_is(asked).agreement["channel"] == "system"


def test_an_officer_is_led_to_the_visit_to_record_the_owners_word(as_officer, asked):
    page = as_officer.get(roster(asked))
    assert page.all("a", href=f"/visits/{asked.id}")[-1].text == "Record the agreement"
    said = as_officer.post(f"/roster/visits/{asked.id}/confirm", {"version": "1"}, status=422)
    assert "silence is never a yes" in said
    assert soon.as_it_is(asked).state == VisitState.REQUESTED


def test_the_manager_declines_and_offers_other_times(as_manager, topis, asked):
    client = as_manager(topis)
    client.get(roster(asked))
    told = {
        "reason": "The control room is being rebuilt",
        "first_time": soon.typed(soon.soon(9, 14)),
        "third_time": soon.typed(soon.soon(8, 10)),
    }
    client.submit(f"/roster/visits/{asked.id}/decline", told)
    declined = soon.as_it_is(asked)
    assert declined.state == VisitState.DECLINED
    assert declined.ended_reason == "The control room is being rebuilt"
    assert declined.offered_times == [soon.soon(8, 10).isoformat(), soon.soon(9, 14).isoformat()]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"reason": ""}, "Why not: This field is required."),
        ({"reason": "a\nb"}, "Write this on one line"),
        ({"first_time": "tomorrow"}, "Give a date and a time, such as 2026-12-14 10:30."),
        ({"first_time": "2020-01-01T10:00"}, "This lies in the past"),
    ],
)
def test_a_decline_with_a_fault_says_which_keeps_all_and_writes_nothing(
    as_manager, topis, asked, told, words
):
    client = as_manager(topis)
    client.get(roster(asked))
    sent = {"reason": "Rebuilding", "second_time": soon.typed(soon.soon(9))} | told
    page = client.submit(f"/roster/visits/{asked.id}/decline", sent, status=422)
    assert words in page
    kept = page.values_of(f"/roster/visits/{asked.id}/decline")
    assert kept["second_time"] == soon.typed(soon.soon(9))
    assert soon.as_it_is(asked).state == VisitState.REQUESTED


def test_the_count_is_there_already_and_an_arrival_is_one_click(as_manager, topis, expected):
    client = as_manager(topis)
    client.get(roster(expected))
    client.submit(f"/roster/visits/{expected.id}/arrive")
    assert "Carried out" in client.follow()
    assert soon.as_it_is(expected).arrived_count == 12


def test_arriving_again_corrects_the_count(as_manager, topis, expected):
    client = as_manager(topis)
    client.get(roster(expected))
    client.submit(f"/roster/visits/{expected.id}/arrive", {"count": "9"})
    client.follow()
    client.submit(f"/roster/visits/{expected.id}/arrive", {"count": "11"})
    assert soon.as_it_is(expected).arrived_count == 11


@pytest.mark.parametrize("count", ["", "0", "5001", "many", "3.5", "-1", "٣"])
def test_an_absurd_count_is_refused_in_words(as_manager, topis, expected, count):
    client = as_manager(topis)
    client.get(roster(expected))
    page = client.submit(f"/roster/visits/{expected.id}/arrive", {"count": count}, status=422)
    assert "How many came" in page
    assert page.values_of(f"/roster/visits/{expected.id}/arrive")["count"] == count
    assert soon.as_it_is(expected).state == VisitState.CONFIRMED


def test_who_never_came_is_recorded(as_manager, topis, expected):
    client = as_manager(topis)
    client.get(roster(expected))
    client.submit(f"/roster/visits/{expected.id}/no-show", {"reason": "The bus broke down"})
    assert soon.as_it_is(expected).state == VisitState.NO_SHOW


def test_nobody_can_have_come_before_the_day(as_manager, topis, tour):
    coming = soon.visit(make.tour_session(tour, soon.soon(7)), is_confirmed=True)
    client = as_manager(topis)
    page = client.get(roster(coming))
    actions = {form.get("action") for form in page.all("form")}
    assert f"/roster/visits/{coming.id}/decline" in actions
    too_early = [f"/roster/visits/{coming.id}/{act}" for act in ("arrive", "no-show")]
    assert not actions & set(too_early)
    for sent in too_early:
        page = client.post(sent, {"version": coming.version, "count": "12"}, status=409)
        assert "This can be said from Sun 29 Nov 2026 00:00 on." in page
    assert soon.as_it_is(coming).state == VisitState.CONFIRMED


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(as_manager, topis, asked):
    client = as_manager(topis)
    client.get(roster(asked))
    act_upon(asked.id, Act.POSTPONE, Told(reason="Typhoon"), by=OFFICER, at=AT)
    page = client.submit(f"/roster/visits/{asked.id}/confirm", status=409)
    assert "Somebody changed this while you had it open" in page
    assert soon.as_it_is(asked).state == VisitState.POSTPONED


def test_an_act_that_the_state_forbids_is_refused_with_the_reason(as_manager, topis, asked):
    client = as_manager(topis)
    client.get(roster(asked))
    act_upon(asked.id, Act.CANCEL, Told(reason="Flight"), by=OFFICER, at=AT)
    page = client.post(f"/roster/visits/{asked.id}/confirm", {"version": "2"}, status=409)
    assert "This cannot be done" in page


def test_the_head_of_division_reads_and_does_nothing(as_head, asked):
    page = as_head.get(roster(asked))
    assert not [form for form in page.all("form") if "/roster/visits/" in (form.get("action") or "")]
    as_head.post(f"/roster/visits/{asked.id}/confirm", {"version": "1"}, status=403)


def test_a_manager_does_nothing_to_visits_of_another_site(as_manager, asked):
    client = as_manager(soon.site("DMC"))
    client.get(f"/roster/DMC/{soon.today()}")
    client.post(f"/roster/visits/{asked.id}/confirm", {"version": "1"}, status=404)
