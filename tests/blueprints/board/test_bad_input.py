"""What nobody can mean is answered in words, with 422 or its like, and never breaks anything."""

import json

import pytest

from tests import make
from tests.blueprints.board.dropping import dropping, visits
from tests.blueprints.board.script import PROBLEM, Script
from tests.cast import seoul


@pytest.mark.parametrize(
    ("filters", "field", "message"),
    [
        ({"on": "soon"}, "on", "Give a date, such as 2026-12-14."),
        ({"on": "2026-02-30"}, "on", "Give a date, such as 2026-12-14."),
        ({"on": "9999-12-31"}, "on", "The year must be between 1900 and 9998."),
        ({"view": "year"}, "view", "Not a valid choice."),
        ({"rows": "cats"}, "rows", "Not a valid choice."),
        ({"site": "NOWHERE"}, "site", "'NOWHERE' is not a valid choice for this field."),
        ({"state": "happy"}, "state", "'happy' is not a valid choice for this field."),
        ({"delegation": "one"}, "delegation", "Not a valid choice."),
        ({"delegation": "99999999999999999999"}, "delegation", "Not a valid choice."),
        ({"delegation": [str(n) for n in range(1, 60)]}, "delegation", "Too many: 50 at most."),
    ],
)
def test_a_wrong_filter_is_named(officer, museum, filters, field, message):
    told = officer.get("data", status=422, **filters)
    assert officer.answer.content_type == PROBLEM
    assert [(each["field"], each["message"]) for each in told["errors"]] == [(field, message)]
    page = officer.person.get("/board", status=422, **filters)
    assert "One thing needs mending" in page
    officer.person.get("/board/list", status=422, **filters)


@pytest.mark.parametrize("on", ["1900-01-01", "9998-12-31"])
@pytest.mark.parametrize("view", ["day", "week", "weeks"])
def test_the_ends_of_time_are_days_too(officer, museum, on, view):
    assert officer.get("data", on=on, view=view)["rows"][0]["name"] == "The museum"
    officer.person.get("/board", on=on, view=view)


@pytest.mark.parametrize(
    "item", ["", "visit", "visit:", "visit:x", "visit:-1", "visit:99999999999", "session:1", "tour:1"]
)
def test_an_item_that_is_none_is_answered_in_words(officer, museum, item):
    told = officer.get("answers", item=item, status=422)
    assert told["detail"] == "Name a visit or a wish, such as visit:7."


@pytest.mark.parametrize("item", ["visit:7", "wish:7"])
def test_an_item_that_is_gone_is_not_found(board, museum, monday_at_ten, item):
    assert board.get("answers", item=item, status=404)["code"] == "not_found"
    assert board.post("drop", dropping(item, monday_at_ten), status=404)["code"] == "not_found"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"item": "tour:1"}, "item"),
        ({"item": 7}, "item"),
        ({"item": None}, "item"),
        ({"row": "tray"}, "row"),
        ({"row": ["site:1"]}, "row"),
        ({"session": "visit:3"}, "session"),
        ({"start": "2026-12-14T10:00:00"}, "start"),
        ({"start": "2026-12-14 10:00"}, "start"),
        ({"start": "2026-02-30T10:00:00+09:00"}, "start"),
        ({"start": 10}, "start"),
        ({"tour_code": "no such tour"}, "tour_code"),
        ({"seen": "1"}, "seen"),
        ({"seen": 0}, "seen"),
        ({"seen": True}, "seen"),
        ({"acknowledge": "all"}, "acknowledge"),
        ({"acknowledge": ["anything"]}, "acknowledge.0"),
        ({"acknowledge_reason": "x" * 501}, "acknowledge_reason"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_drop_names_its_field(board, who, monday_at_ten, wrong, field):
    visit = make.visit(who, monday_at_ten)
    told = board.post("drop", dropping(f"visit:{visit.id}", monday_at_ten) | wrong, status=422)
    assert [each["field"] for each in told["errors"]] == [field]
    assert visits()[0].version == 1


@pytest.mark.parametrize(
    "wrong",
    [{"row": "site:999"}, {"session": "session:999"}, {"session": None, "tour_code": "NOWHERE"}],
)
def test_a_place_that_is_not_there_is_not_found(board, who, monday_at_ten, wrong):
    visit = make.visit(who, monday_at_ten)
    told = board.post("drop", dropping(f"visit:{visit.id}", monday_at_ten) | wrong, status=404)
    assert told["code"] == "not_found"


@pytest.mark.parametrize("start", ["1900-01-01T00:00:00+00:00", "9998-12-31T23:59:59-12:00"])
@pytest.mark.parametrize("where", ["museum", "window"])
def test_the_ends_of_time_are_refused_by_the_rules(board, who, monday_at_ten, window_tour, start, where):
    visit = make.visit(who, monday_at_ten)
    site_id = monday_at_ten.site_id if where == "museum" else window_tour.site_id
    told = {"item": f"visit:{visit.id}", "row": f"site:{site_id}", "start": start}
    assert "outside_stay" in [each["code"] for each in board.post("drop", told, status=409)["refusals"]]


def test_a_session_of_another_row_is_not_taken(board, who, monday_at_ten, window_tour):
    visit = make.visit(who, make.tour_session(window_tour, seoul(15, 11)))
    told = dropping(f"visit:{visit.id}", monday_at_ten, row=f"site:{window_tour.site_id}")
    assert board.post("drop", told, status=404)["code"] == "not_found"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"[]", 422),
        (b"{", 400),
        (b'{"item": NaN}', 400),
        (b'{"item": "visit:1", "item": "visit:2"}', 422),
        (b"\xff", 400),
        (b'{"item": "\\u0000"}', 422),
        (b"[" * 3000, 422),
    ],
)
def test_a_broken_body_is_told_to_be_broken(board, museum, body, status):
    board.post("drop", None, json=None, data=body, content_type="application/json", status=status)
    assert board.answer.content_type == PROBLEM
    board.post("undo", None, json=None, data=body, content_type="application/json", status=status)


def test_a_form_is_no_json(board, museum):
    board.post("drop", None, json=None, data={"item": "visit:1"}, status=415)


def test_without_the_pages_token_nothing_is_dropped(board, who, monday_at_ten, tuesday_at_two):
    visit = make.visit(who, monday_at_ten)
    told = dropping(f"visit:{visit.id}", tuesday_at_two)
    assert board.post("drop", told, headers={}, status=400)["code"] == "form_expired"
    assert visits()[0].tour_session_id == monday_at_ten.id


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "confirm"},
        {"kind": None},
        {"seen": None},
        {"visit_id": "1"},
        {"visit_id": 2**40},
        {"back_to": {"session": "session:1"}},
        {"back_to": "session:1"},
        {"kind": "move", "back_to": None},
        {"more": 1},
    ],
)
def test_a_wrong_undo_undoes_nothing(board, who, monday_at_ten, wrong):
    visit = make.visit(who, monday_at_ten)
    right = {"visit_id": visit.id, "seen": 1, "kind": "book", "back_to": None}
    told = board.post("undo", right | wrong, status=422)
    assert json.dumps(told)
    assert visits()[0].version == 1


def test_managers_drop_and_undo_nothing(as_manager, who, monday_at_ten, museum):
    visit = make.visit(who, monday_at_ten)
    manager = Script(as_manager(museum))
    manager.person.get("/board")
    told = {"visit_id": visit.id, "seen": 1, "kind": "book", "back_to": None}
    assert manager.post("undo", told, status=403)["code"] == "not_permitted"
    sent = dropping(f"visit:{visit.id}", monday_at_ten)
    assert manager.post("drop", sent, status=403)["code"] == "not_permitted"
