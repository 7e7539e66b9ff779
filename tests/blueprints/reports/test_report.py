"""How many came: teams, visits, persons and person-visits each apart, in parts that add up."""

import pytest

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.core.lifecycle import Act
from tests import make
from tests.cast import OFFICER, manager_of, seoul
from tests.papers.files import rows_of_text, rows_of_workbook

YEAR = "/reports?year=2026"


@pytest.fixture
def rounds(app):
    tours = [make.tour(make.site(f"S{n}", name=f"Site {n}"), topics={"water", "energy"}) for n in range(4)]
    return [make.tour_session(tour, seoul(14, 10 + n)) for n, tour in enumerate(tours)]


@pytest.fixture
def hanoi(rounds):
    """One delegation of twelve at four sites."""
    who = make.delegation("Hanoi planning office", country="VN", headcount=12)
    for where in rounds:
        make.visit(who, where, 12)
    return who


def numbers(page, caption):
    """The lines of a table, by their words."""
    frame = next(e for e in page.all("div") if e.get("aria-label") == caption)
    found = {}
    for row in page.all("tr"):
        cells = [e for e in page.elements if e.within("tr") is row and e.name in ("th", "td")]
        if frame in row.parents and any(cell.name == "td" for cell in cells):
            found[cells[0].text] = [int(cell.text.replace(",", "")) for cell in cells[1:]]
    return found


def test_one_delegation_at_four_sites_is_one_team_four_visits_and_its_people_once(as_head, hanoi):
    told = numbers(as_head.get(YEAR), "Years compared")
    assert told["2026"] == [1, 4, 12, 48, 0, 0, 0, 0, 0, 0]
    assert told["2025"] == [0] * 10


def test_parts_add_up_to_the_total_with_what_they_count_again(as_officer, hanoi):
    page = as_officer.get(YEAR)
    for part in ("By month", "By region", "By country", "By site", "By topic", "By kind of visit"):
        told = numbers(page, part)
        total = told.pop("Total")
        assert [sum(column) for column in zip(*told.values(), strict=True)] == total
    assert numbers(page, "By site")["Counted again"][:4] == [-3, 0, -36, 0]
    assert numbers(page, "By topic")["Water"][:4] == [1, 4, 12, 48]
    assert numbers(page, "By country")["Vietnam"][:4] == [1, 4, 12, 48]
    assert "South-East Asia" in numbers(page, "By region")


def test_what_states_no_country_is_kept_and_stands_last(as_officer, rounds, hanoi):
    make.visit(make.delegation("Somebody", country=None, headcount=20), rounds[0], 18)
    told = numbers(as_officer.get(YEAR), "By country")
    assert list(told) == ["Vietnam", "Other or not stated", "Total"]


def test_called_off_and_never_seen_stand_apart(as_officer, rounds, hanoi):
    who = make.delegation("Doha roads", country="QA", headcount=5)
    made = make.visit(who, rounds[0], 5)
    act_upon(made.id, Act.CANCEL, Told(reason="ill"), by=OFFICER, at=seoul(1))
    told = numbers(as_officer.get(YEAR), "By country")
    assert told["Qatar"] == [0] * 9 + [1]
    assert "Cancelled" in as_officer.get(YEAR)


def test_those_who_arrived_are_counted_as_they_were_at_the_door(as_officer, rounds):
    who = make.delegation("Hanoi planning office", country="VN", headcount=12)
    made = make.visit(who, rounds[0], 12)
    by = manager_of(made.site_id)
    act_upon(made.id, Act.ARRIVE, Told(count=9), by=by, at=seoul(14, 10))
    assert numbers(as_officer.get(YEAR), "Years compared")["2026"] == [1, 1, 12, 12, 1, 1, 9, 9, 0, 0]


def test_any_stretch_of_days_can_be_asked_for(as_officer, hanoi):
    assert "No visit on these days" in as_officer.get("/reports?from=2026-01-01&to=2026-12-13")
    page = as_officer.get("/reports?from=2026-12-14&to=2026-12-14")
    assert "As of Sun 22 Nov 2026 12:00." in page
    assert "Some of these days are still to come" in page
    assert numbers(page, "By month")["December 2026"][:4] == [1, 4, 12, 48]


@pytest.mark.parametrize(
    "query",
    [
        "year=26",
        "year=x",
        "from=2026-01-01",
        "from=2026-02-01&to=2026-01-01",
        "from=1990-01-01&to=2026-01-01",
        "from=1900-01-01&to=1900-02-01",
        "from=1%2F2%2F2026&to=2026-01-01",
        "year=99999999999999",
    ],
)
def test_days_that_cannot_be_meant_are_told_why(as_officer, query):
    page = as_officer.get(f"/reports?{query}", status=422)
    assert page.all("ul", class_="field-errors")
    as_officer.get(f"/reports/statistics.csv?{query}", status=303)


def test_a_delegation_without_a_visit_is_no_team_and_is_told_of(as_officer, hanoi):
    make.delegation("Doha roads")
    assert "1 delegation of these days has no visit" in as_officer.get(YEAR)


def test_the_figures_are_saved_with_what_they_mean(as_officer, hanoi):
    page = as_officer.get(YEAR)
    link = next(e for e in page.all("a") if (e.get("href") or "").startswith("/reports/statistics.xlsx"))
    as_officer.get(link.get("href"))
    rows = rows_of_workbook(as_officer.answer.get_data())
    assert rows[0][:5] == [
        "Year",
        "Teams announced",
        "Visits announced",
        "Persons announced",
        "Person-visits announced",
    ]
    assert rows[1][:5] == ["2026", 1, 4, 12, 48]
    notes = rows_of_workbook(as_officer.answer.get_data(), -1)
    assert ["As of Sun 22 Nov 2026 12:00 (Asia/Seoul)."] in notes
    as_officer.get("/reports/statistics.csv?year=2026")
    assert ["By country"] in rows_of_text(as_officer.answer.get_data())


def test_managers_and_administrators_see_no_figures_of_delegations(as_administrator, as_manager, rounds):
    as_administrator.get("/reports", status=403)
    as_manager(rounds[0].tour.site).get("/reports", status=403)


def test_figures_are_counted_in_few_queries(as_officer, hanoi, counted):
    with counted() as queries:
        as_officer.get(YEAR)
    assert len([query for query in queries if "FROM visit JOIN" in query]) == 1


def test_the_way_around_leads_there(as_officer):
    assert 'href="/reports"' in as_officer.get("/delegations").html
