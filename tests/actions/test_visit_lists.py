"""Visits that a list asks for: found by name or number, judged together, booked all or none, never twice."""

from datetime import date, time

import pytest

from scheduler.actions.listed_visits import wanted_visits
from scheduler.actions.parts import PartAsked, divide
from scheduler.actions.visit_lists import ListRefused, book_list, book_what_stands, judge_list, ticked
from scheduler.papers.visit_list import ListedVisit
from scheduler.records.database import db
from scheduler.records.journal import Journal
from scheduler.records.visits import Visit
from tests import make
from tests.actions.seen import how_many
from tests.cast import AT, OFFICER, seoul

LANGUAGES = {"english": "en", "영어": "en", "en": "en"}


@pytest.fixture
def hanoi(app):
    return make.delegation("Hanoi planning office", name_native="Sở Quy hoạch Hà Nội")


@pytest.fixture
def rounds(app):
    tours = [make.tour(make.site(code, name=f"Site {code}"), code + "-T") for code in ("MUSEUM", "PLANT")]
    return [make.tour_session(tour, seoul(14, hour)) for tour in tours for hour in (10, 14)]


def listed(row=2, **told):
    given = {
        "delegation": "Hanoi planning office",
        "site": "MUSEUM",
        "tour": "",
        "on": date(2026, 12, 14),
        "start": time(10),
    }
    return ListedVisit(row=row, **(given | told))


def wanted(*rows):
    found = wanted_visits(rows, LANGUAGES, by=OFFICER, at=AT)
    assert found.faults == []
    return ticked(found.visits, ["all"], "known")


def fault(**told):
    found = wanted_visits([listed(**told)], LANGUAGES, by=OFFICER, at=AT)
    return [(each.code, each.cell) for each in found.faults]


@pytest.mark.parametrize(
    "told",
    [
        {"delegation": "hanoi  PLANNING office"},
        {"delegation": "Sở Quy hoạch Hà Nội"},
        {"delegation": "1"},
        {"delegation": "#1"},
        {"site": "Site MUSEUM"},
        {"site": "museum", "tour": "museum-t"},
        {"site": "", "tour": "MUSEUM-T"},
        {"site": "", "tour": "Tour of MUSEUM"},
        {"language": "영어"},
    ],
)
def test_names_and_codes_are_found_as_people_write_them(hanoi, rounds, told):
    (found,) = wanted(listed(**told))
    assert (found.request.delegation_id, found.request.tour_code) == (hanoi.id, "MUSEUM-T")
    assert (found.request.starts_at, found.request.headcount) == (seoul(14, 10), 12)


@pytest.mark.parametrize(
    ("told", "code", "cell"),
    [
        ({"delegation": "Nobody"}, "delegation_unknown", "delegation"),
        ({"delegation": "99"}, "delegation_unknown", "delegation"),
        ({"site": "NOWHERE"}, "site_unknown", "site"),
        ({"tour": "PLANT-T"}, "tour_unknown", "tour"),
        ({"language": "Klingon"}, "language_unknown", "language"),
        ({"part": "A"}, "part_unknown", "part"),
    ],
)
def test_what_is_not_there_is_told_by_its_cell(hanoi, rounds, told, code, cell):
    assert fault(**told) == [(code, cell)]


def test_of_several_none_is_guessed(hanoi, rounds):
    make.delegation("Hanoi planning office")
    make.tour(rounds[0].tour.site, "MUSEUM-2")
    assert fault() == [("delegation_several", "delegation"), ("tour_several", "tour")]
    assert fault(delegation="1") == [("tour_several", "tour")]


def test_a_part_is_found_by_its_name_and_brings_its_people(hanoi, rounds):
    divide(hanoi.id, "Bus", [PartAsked("A", 7), PartAsked("B", 5)], by=OFFICER, at=AT)
    (found,) = wanted(listed(part="a"))
    assert (found.request.headcount, found.request.part_id is not None) == (7, True)


def test_all_are_booked_in_one_act_with_their_remarks(hanoi, rounds):
    rows = wanted(listed(2, remarks="by the north gate"), listed(3, site="PLANT", start=time(14)))
    made = book_list(rows, by=OFFICER, at=AT)
    assert [visit.starts_at for visit in made] == [seoul(14, 10), seoul(14, 14)]
    line = db.session.query(Journal).filter_by(act="remark").one()
    assert (line.subject_id, line.reason) == (made[0].id, "by the north gate")


def test_asking_twice_books_once(hanoi, rounds):
    rows = wanted(listed(2), listed(3, site="PLANT", start=time(14)))
    first = [visit.id for visit in book_list(rows, by=OFFICER, at=AT)]
    assert [visit.id for visit in book_list(rows, by=OFFICER, at=AT)] == first
    assert [each.visit_id for each in judge_list(rows, by=OFFICER, at=AT)] == first
    assert how_many(Visit) == 2


def test_one_refused_row_and_nothing_is_booked(hanoi, rounds):
    rows = wanted(listed(2), listed(3, site="PLANT", start=time(9)))
    with pytest.raises(ListRefused) as caught:
        book_list(rows, by=OFFICER, at=AT)
    assert [each.stands for each in caught.value.answers] == [True, False]
    assert how_many(Visit) == 0


def test_rows_see_one_another(hanoi, rounds):
    first, second = judge_list(wanted(listed(2), listed(3, site="PLANT")), by=OFFICER, at=AT)
    for answer in (first, second):
        assert {refusal.code for refusal in answer.verdict.refusals} == {"already_elsewhere"}


def test_a_row_that_asks_for_the_same_again_is_told_and_the_first_stands(hanoi, rounds):
    found = wanted_visits([listed(2), listed(3), listed(4, tour="MUSEUM-T")], LANGUAGES, by=OFFICER, at=AT)
    assert [each.row for each in found.visits] == [2]
    assert [(each.row, each.code, each.facts) for each in found.faults] == [
        (3, "visit_twice", {"other": 2}),
        (4, "visit_twice", {"other": 2}),
    ]


def test_refused_rows_come_with_the_nearest_that_works(hanoi, rounds):
    (answer,) = judge_list(wanted(listed(start=time(11))), by=OFFICER, at=AT)
    assert {each.starts_at for each in answer.verdict.alternatives} >= {seoul(14, 10), seoul(14, 14)}


def test_what_can_be_booked_is_and_the_rest_comes_back(hanoi, rounds):
    rows = wanted(listed(2), listed(3, site="PLANT", start=time(9)))
    made, left = book_what_stands(rows, by=OFFICER, at=AT)
    assert [visit.starts_at for visit in made] == [seoul(14, 10)]
    assert [each.wanted.row for each in left] == [3]
    assert book_what_stands(rows, by=OFFICER, at=AT)[0] == []
    assert how_many(Visit) == 1


def test_a_caution_without_its_tick_is_not_booked(hanoi, rounds):
    rows = wanted(listed(2))
    untold = ticked(rows, [], "")
    (answer,) = judge_list(untold, by=OFFICER, at=AT)
    assert answer.stands is (not answer.verdict.cautions)
