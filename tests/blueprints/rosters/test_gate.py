"""At the gate by plain forms and by the page's script: counts, undo, marks, conflicts told in words."""

import json

import pytest

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.core.gate import Photographs
from scheduler.core.lifecycle import Act, VisitState
from tests import make
from tests.blueprints import soon
from tests.cast import AT, OFFICER

KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture
def topis(app):
    return soon.site("TOPIS")


@pytest.fixture
def expected(topis):
    """A confirmed visit of today, of twelve."""
    return soon.visit(soon.session_today(make.tour(topis)), 12, is_confirmed=True)


@pytest.fixture
def manager(as_manager, topis, expected):
    client = as_manager(topis)
    client.get(f"/roster/TOPIS/{soon.today()}")
    return client


def tap(client, visit, said="arrived", key=KEY, status=200, **told):
    body = {"key": key, "visit_id": visit.id, "said": said, **told}
    headers = {"X-CSRFToken": client.page.token}
    answer = client.ask(client.browser.post, "/roster/tap", json=body, headers=headers)
    assert answer.status_code == status, answer.text
    return json.loads(answer.text)


def test_the_same_form_sent_twice_counts_once_and_is_answered_alike(manager, expected):
    sent = manager.page.values_of(f"/roster/visits/{expected.id}/arrive")
    for _time in range(2):
        manager.post(f"/roster/visits/{expected.id}/arrive", sent | {"count": "9"}, status=303)
    assert (soon.as_it_is(expected).arrived_count, soon.as_it_is(expected).version) == (9, 2)


def test_the_same_form_sent_again_with_another_count_is_no_repetition_and_counts_when_sent_once_more(
    manager, expected
):
    arrive = f"/roster/visits/{expected.id}/arrive"
    sent = manager.page.values_of(arrive)
    manager.post(arrive, sent | {"count": "12"}, status=303)
    page = manager.post(arrive, sent | {"count": "11"}, status=409)
    assert "while you had it open" in page
    assert soon.as_it_is(expected).arrived_count == 12
    manager.submit(arrive)
    assert soon.as_it_is(expected).arrived_count == 11


def test_nobody_is_counted_by_the_script_before_the_day(manager, topis):
    coming = soon.visit(make.tour_session(make.tour(topis, "LATER"), soon.soon(7)), 12, is_confirmed=True)
    told = tap(manager, coming, status=409)
    assert [each["code"] for each in told["refusals"]] == ["not_before_the_day"]
    assert told["detail"].startswith("This can be said from ")
    assert soon.as_it_is(coming).state is VisitState.CONFIRMED


def test_an_arrival_is_taken_back_by_a_form(manager, expected):
    manager.submit(f"/roster/visits/{expected.id}/arrive")
    manager.follow()
    manager.submit(f"/roster/visits/{expected.id}/not-arrived")
    assert "the arrival is taken back" in manager.follow()
    assert soon.as_it_is(expected).state is VisitState.CONFIRMED


def test_photographs_and_a_note_are_kept_by_a_form_and_stand_on_the_roster(manager, expected):
    told = {"photographs": "not_allowed", "note": "One came by taxi"}
    manager.submit(f"/roster/visits/{expected.id}/marks", told)
    row = manager.follow().all("tr", id=f"visit-{expected.id}")[0].text
    assert "No photographs" in row
    assert "One came by taxi" in row


@pytest.mark.parametrize("told", [{"photographs": "perhaps"}, {"note": "a" * 501}, {"note": "a\x00"}])
def test_marks_with_a_fault_are_shown_with_all_that_was_typed(manager, expected, told):
    sent = {"photographs": "allowed", "note": "kept"} | told
    page = manager.submit(f"/roster/visits/{expected.id}/marks", sent, status=422)
    assert page.values_of(f"/roster/visits/{expected.id}/marks")["note"]
    assert soon.as_it_is(expected).photographs is Photographs.UNKNOWN


def test_a_tap_of_the_script_is_answered_with_how_the_visit_stands(manager, expected):
    told = tap(manager, expected, count=9, seen_count=None)
    assert told == {
        "visit_id": expected.id,
        "state": "carried_out",
        "state_text": "Carried out",
        "arrived": 9,
        "headcount": 12,
        "photographs": "unknown",
        "note": "",
        "is_new": True,
    }
    assert tap(manager, expected, count=9, seen_count=None)["is_new"] is False


def test_a_colleagues_other_count_comes_back_in_words(manager, as_officer, expected):
    as_officer.get("/me")
    tap(as_officer, expected, count=11)
    told = tap(manager, expected, key="another-key", count=12, seen_count=None, status=409)
    assert told["code"] == "said_otherwise"
    assert told["detail"] == "officer@city.example counted 11 at 12:00."
    assert (told["field"], told["value"]) == ("arrived_count", 11)


def test_a_visit_called_off_meanwhile_comes_back_in_words(manager, expected):
    act_upon(expected.id, Act.CANCEL, Told(), by=OFFICER, at=AT)
    told = tap(manager, expected, status=409)
    assert told["detail"] == "Its state, cancelled, does not allow this."


def test_an_hour_changed_meanwhile_comes_back_in_words(manager, expected):
    told = tap(manager, expected, starts_at="2026-12-14T09:00:00+09:00", status=409)
    assert "moved to" in told["detail"]


@pytest.mark.parametrize(
    "told",
    [
        {"said": "count"},
        {"said": "count", "count": 0},
        {"said": "count", "count": "many"},
        {"said": "note"},
        {"said": "note", "note": "a" * 501},
        {"said": "photographs", "photographs": "perhaps"},
        {"said": "sung"},
        {"key": "short"},
        {"key": "with space in it"},
        {"visit_id": "first"},
        {"said_at": "yesterday"},
        {"unheard_of": 1},
    ],
)
def test_a_tap_of_no_shape_is_refused_in_words(manager, expected, told):
    answer = tap(manager, expected, status=422, **({"said": "arrived"} | told))
    assert answer["errors"]
    assert soon.as_it_is(expected).state is VisitState.CONFIRMED


def test_without_its_token_a_tap_is_not_taken(manager, expected):
    body = {"key": KEY, "visit_id": expected.id, "said": "arrived"}
    assert manager.browser.post("/roster/tap", json=body).status_code == 400


def test_a_tap_of_a_stranger_and_of_another_sites_manager_is_refused(app, as_manager, manager, expected):
    headers = {"X-CSRFToken": manager.page.token}
    body = {"key": KEY, "visit_id": expected.id, "said": "arrived"}
    assert app.test_client().post("/roster/tap", json=body, headers=headers).status_code in (400, 401)
    client = as_manager(soon.site("DMC"))
    client.get("/me")
    assert tap(client, expected, status=404)["code"] == "not_found"


def test_the_watcher_is_a_script_that_may_see_every_page(as_stranger):
    answer = as_stranger.ask(as_stranger.browser.get, "/roster/worker.js", buffered=True)
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert "javascript" in answer.content_type
