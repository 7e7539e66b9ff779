"""Bars above the tables of a report: one picture a breakdown of several lines, named for who listens."""

import pytest

from tests import make
from tests.cast import seoul


@pytest.fixture
def visits(app):
    who = make.delegation("Hanoi planning office", country="VN", headcount=12)
    for number in range(2):
        site = make.site(f"S{number}", name=f"Site & {number}")
        make.visit(who, make.tour_session(make.tour(site), seoul(14, 10 + number)), 12)


def test_each_breakdown_of_several_lines_has_its_bars(as_officer, visits):
    page = as_officer.get("/reports?year=2026")
    drawn = {each.get("aria-labelledby").split()[0] for each in page.all("svg", role="img")}
    assert drawn == {"bars-site-title"}
    assert "By site: visits announced" in page.html
    assert [each.text for each in page.all("text", class_="bar-figure")] == ["1", "1"]
    assert [each.text for each in page.all("text", class_="bar-name")] == ["Site & 0", "Site & 1"]


def test_a_year_without_visits_has_none(as_officer):
    assert as_officer.get("/reports?year=2024").all("svg", role="img") == []
