"""Several stops at once: rows from wishes, sessions to choose, all booked or none, nothing typed is lost."""

import pytest

from scheduler.actions.members import add_wish
from scheduler.actions.parts import divide
from scheduler.blueprints.stop_rows import session_key
from scheduler.records.database import db
from scheduler.records.visits import Visit
from tests import make
from tests.actions.seen import how_many
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def who(app):
    return make.delegation()


@pytest.fixture
def tours(app):
    return [make.tour(make.site(code), code, name=f"A tour of {code}") for code in ("MUSEUM", "PLANT")]


@pytest.fixture
def rounds(tours):
    return [make.tour_session(tour, seoul(14, hour)) for tour in tours for hour in (10, 14)]


@pytest.fixture
def wishes(who, tours):
    for tour in tours:
        told = {"tour_id": tour.id, "preferred_times": ["2026-12-14T10:00:00+09:00"]}
        add_wish(who.id, told, by=OFFICER, at=AT)


@pytest.fixture
def path(who):
    return f"/delegations/{who.id}/batch"


def row(number, tour, hour, **more):
    told = {
        "tour": tour,
        "on": "2026-12-14",
        "headcount": "12",
        "session": session_key(tour, seoul(14, hour)),
    }
    return {f"stops-{number}-{name}": value for name, value in (told | more).items()}


def test_a_delegations_page_leads_there(as_officer, who, path):
    assert f'href="{path}"' in as_officer.get(f"/delegations/{who.id}").html


def test_wishes_begin_the_rows_with_the_sessions_of_their_day(as_officer, wishes, rounds, path):
    page = as_officer.get(path)
    values = page.values_of(path)
    assert (values["stops-0-tour"], values["stops-1-tour"]) == ("MUSEUM", "PLANT")
    assert "Mon 14 Dec, 10:00–11:00 · 30 places left" in page


def test_one_click_books_them_all(as_officer, wishes, rounds, path):
    as_officer.get(path)
    as_officer.submit(path, row(0, "MUSEUM", 10) | row(1, "PLANT", 14) | {"book": "1"})
    assert "2 visits are booked." in as_officer.follow()
    assert how_many(Visit) == 2


def test_refused_each_row_keeps_what_was_typed_and_tells_its_own_reasons(as_officer, rounds, path):
    make.tour_session(rounds[1].tour, seoul(15, 10))
    as_officer.get(path)
    told = row(0, "MUSEUM", 10, headcount="11") | row(1, "PLANT", 10) | {"book": "1"}
    page = as_officer.submit(path, told, status=409)
    assert "Nothing was booked: 2 of the stops stand in the way." in page
    values = page.values_of(path)
    assert (values["stops-0-headcount"], values["stops-1-session"]) == (
        "11",
        session_key("PLANT", seoul(14, 10)),
    )
    refusals = [e for e in page.elements if e.get("data-code") == "already_elsewhere"]
    assert len(refusals) == 2
    assert "What would work stands first" in page
    assert how_many(Visit) == 0


def test_an_alternative_is_chosen_in_its_row(as_officer, rounds, path):
    as_officer.get(path)
    page = as_officer.submit(path, row(0, "MUSEUM", 10) | row(1, "PLANT", 10), status=409)
    offered = [e.get("value") for e in page.all("option")]
    instead = session_key("PLANT", seoul(14, 14))
    assert instead in offered
    as_officer.submit(path, {"stops-1-session": instead})
    assert how_many(Visit) == 2


def test_cautions_are_ticked_row_by_row_with_one_reason(as_officer, tours, path):
    for hour in (11, 13, 15, 16):
        make.tour_session(tours[0], seoul(14, hour))
    told = {}
    for number, hour in enumerate((11, 13, 15, 16)):
        told |= row(number, "MUSEUM", hour)
    as_officer.get(path)
    page = as_officer.post(path, told, status=409)
    ticks = [e for e in page.all("input", type="checkbox") if "acknowledge" in (e.get("name") or "")]
    told |= {tick.get("name"): [tick.get("value")] for tick in ticks}
    names = {tick.get("name") for tick in ticks}
    told |= {name: [tick.get("value") for tick in ticks if tick.get("name") == name] for name in names}
    page = as_officer.post(path, told, status=422)
    assert "Give a reason" in page
    as_officer.post(path, told | {"acknowledge_reason": "They want it so"})
    assert how_many(Visit) == 4


def test_show_tells_the_sessions_and_what_stands_against_them_and_books_nothing(as_officer, rounds, path):
    as_officer.get(path)
    page = as_officer.post(
        path, {"stops-0-tour": "MUSEUM", "stops-0-on": "2026-12-14", "show": "1"}, status=200
    )
    assert "Mon 14 Dec, 14:00–15:00" in page
    page = as_officer.post(path, row(0, "MUSEUM", 10) | row(1, "PLANT", 10) | {"show": "1"}, status=200)
    assert [e.get("data-code") for e in page.elements if e.get("data-code")] == ["already_elsewhere"] * 2
    assert how_many(Visit) == 0


def test_a_part_is_booked_for_itself(as_officer, who, rounds, path):
    parts = divide(who.id, "Halves", [("First", 7), ("Second", 5)], by=OFFICER, at=AT)
    as_officer.get(path)
    told = row(0, "MUSEUM", 10, part_id=str(parts[0].id), headcount="")
    told |= row(1, "PLANT", 10, part_id=str(parts[1].id), headcount="")
    as_officer.post(path, told)
    assert sorted((v.part_id, v.headcount) for v in db.session.query(Visit)) == [
        (parts[0].id, 7),
        (parts[1].id, 5),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"stops-0-session": ""},
        {"stops-0-session": "nonsense"},
        {"stops-0-session": "MUSEUM@never"},
        {"stops-0-tour": "NOWHERE"},
        {"stops-0-headcount": "-3"},
        {"stops-0-headcount": "many"},
        {"stops-0-on": "31 February"},
        {"stops-0-part_id": "77"},
    ],
)
def test_what_cannot_be_meant_comes_back_marked(as_officer, rounds, path, wrong):
    as_officer.get(path)
    page = as_officer.post(path, row(0, "MUSEUM", 10) | wrong, status=422)
    assert page.all("ul", class_="field-errors")
    assert how_many(Visit) == 0


def test_nothing_chosen_is_said(as_officer, rounds, path):
    as_officer.get(path)
    assert "Choose at least one tour." in as_officer.post(path, {}, status=422)


def test_a_session_that_is_gone_is_said(as_officer, rounds, path):
    as_officer.get(path)
    told = row(0, "MUSEUM", 10, session=session_key("GONE", seoul(14, 10)))
    as_officer.post(path, told, status=404)


def test_managers_do_not_come_here(as_manager, tours, path):
    as_manager(make.site("OTHER")).get(path, status=403)
