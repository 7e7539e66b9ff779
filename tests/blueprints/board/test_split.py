"""A wish too large for one session: split over several, in one act."""

import pytest

from scheduler.core.duties import ResourceKind
from scheduler.records.database import db
from scheduler.records.parts import Part
from scheduler.records.resources import Resource
from tests import make
from tests.blueprints.board.dropping import dropping, visits
from tests.cast import seoul


@pytest.fixture
def bangkok(app):
    return make.delegation("Bangkok", headcount=47)


@pytest.fixture
def sessions(round_tour):
    return [make.tour_session(round_tour, seoul(14, hour)) for hour in (10, 12, 14)]


@pytest.fixture
def href(board, bangkok, sessions, round_tour, wish_for):
    """Where the refusal of the drop leads."""
    wish = wish_for(bangkok, round_tour)
    refused = board.post("drop", dropping(f"wish:{wish.id}", sessions[0]), status=409)
    assert refused["may_split"] is True
    return refused["split_href"]


def proposed(page):
    """The proposal as the page shows it, cell by cell."""
    lines = [row for row in page.all("tr") if row.within("tbody")]
    return [
        [e.text for e in page.elements if e.name in ("th", "td") and e.within("tr") is row] for row in lines
    ]


def button(page):
    """The form that books all parts, if there is one."""
    forms = [form for form in page.all("form") if "/board/split" in (form.get("action") or "")]
    return next((form for form in forms if form.get("method") == "post"), None)


def book(person, page, status=303, **typed):
    form = button(page)
    told = {e.get("name"): e.get("value") for e in page.all("input") if form in e.parents}
    return person.post(form.get("action"), told | typed, status=status)


def test_the_refusal_leads_to_a_proposal(as_officer, href):
    assert proposed(as_officer.get(href)) == [
        ["1", "24", "Mon 14 Dec 2026 10:00–11:00", ""],
        ["2", "23", "Mon 14 Dec 2026 12:00–13:00", ""],
    ]


def test_all_parts_are_booked_by_one_button(as_officer, href, sessions):
    book(as_officer, as_officer.get(href))
    assert "2 visits are booked, a part each." in as_officer.follow()
    first, second = sessions[0].id, sessions[1].id
    assert [(v.headcount, v.tour_session_id) for v in visits()] == [(24, first), (23, second)]
    parts = db.session.query(Part).order_by(Part.name)
    assert [(part.name, part.headcount) for part in parts] == [("1", 24), ("2", 23)]


def test_more_parts_can_be_asked_for(as_officer, href):
    book(as_officer, as_officer.get(f"{href}&pieces=3"))
    assert sorted(visit.headcount for visit in visits()) == [15, 16, 16]


def test_what_changed_since_is_shown_before_it_is_booked(as_officer, href, sessions):
    read = as_officer.get(href)
    make.visit(make.delegation("Lima", headcount=30), sessions[1], 30)
    page = book(as_officer, read, status=409)
    assert "Sessions have changed meanwhile" in page
    assert proposed(page)[1][2] == "Mon 14 Dec 2026 14:00–15:00"
    assert len(visits()) == 1
    book(as_officer, page)
    assert len(visits()) == 3


def test_questions_want_a_reason(as_officer, href, round_tour, museum):
    round_tour.needs_guide = True
    db.session.add(Resource(kind=ResourceKind.GUIDE, name="Ms Kim", languages={"en"}, sites=[museum]))
    db.session.commit()
    page = as_officer.get(href)
    assert "No guide is assigned yet" in page
    page = book(as_officer, page, status=422)
    assert "Give a reason: it is kept in the journal." in page
    book(as_officer, page, acknowledge_reason="Guides come on Monday")
    assert [visit.acknowledge_reason for visit in visits()] == ["Guides come on Monday"] * 2


def test_where_nothing_is_left_nothing_can_be_booked(as_officer, href, sessions):
    for session in sessions[1:]:
        make.visit(make.delegation(f"Full {session.id}", headcount=30), session, 30)
    page = as_officer.get(href)
    assert "No session near takes them." in page
    assert button(page) is None


@pytest.mark.parametrize("pieces", ["1", "21", "x", "-3"])
def test_a_wrong_number_of_parts_is_named(as_officer, href, pieces):
    assert "How many parts" in as_officer.get(f"{href}&pieces={pieces}", status=422)


def test_too_many_parts_for_so_few_people(as_officer, href, round_tour):
    round_tour.smallest_group = 20
    db.session.commit()
    assert "Too few for this tour" in as_officer.get(f"{href}&pieces=3")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?item=wish:1",
        "?item=visit:1&row=site:1&start=2026-12-14T10:00:00%2B09:00",
        "?item=wish:999&row=site:1&start=2026-12-14T10:00:00%2B09:00",
        "?item=wish:1&row=site:999&start=2026-12-14T10:00:00%2B09:00&endpoint=x",
        "?item=wish:1&row=site:1&start=yesterday",
    ],
)
def test_what_names_nothing_to_split_is_not_found(as_officer, query):
    as_officer.get(f"/board/split{query}", status=404)


def test_a_visit_is_moved_whole(board, bangkok, sessions, round_tour):
    other = make.tour(make.site("DMC"), largest_group=60, places=60)
    visit = make.visit(bangkok, make.tour_session(other, seoul(15, 10)), 47)
    told = board.post("drop", dropping(f"visit:{visit.id}", sessions[0]), status=409)
    assert (told["may_split"], told["split_href"]) == (True, None)
