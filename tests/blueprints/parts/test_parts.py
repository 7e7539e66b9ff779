"""Dividing a delegation on a page."""

import pytest

from scheduler.actions.members import add_delegate
from scheduler.actions.parts import divide
from scheduler.records.part_lookup import parts_of
from tests import make
from tests.cast import AT, OFFICER


@pytest.fixture
def hanoi(app):
    return make.delegation("Hanoi planning office")


def at(delegation, more=""):
    return f"/delegations/{delegation.id}/parts{more}"


def rows(*parts, **told):
    form = {"division": "Museum or plant", "version": "1"}
    for number, (name, headcount, *ids) in enumerate(parts):
        form |= {f"parts-{number}-name": name, f"parts-{number}-headcount": str(headcount)}
        form |= {f"parts-{number}-delegate_ids": [str(each) for each in ids]} if ids else {}
    return form | told


def shape(delegation):
    return [(part.division, part.name, part.headcount) for part in parts_of(delegation.id)]


def test_a_delegation_is_divided_row_by_row(as_officer, hanoi):
    governor = add_delegate(hanoi.id, {"print_as": "Governor"}, by=OFFICER, at=AT).id
    assert "They all go together" in as_officer.get(at(hanoi))
    as_officer.get(at(hanoi, "/new"))
    as_officer.post(at(hanoi, "/new"), rows(("Museum", 7, governor), ("Plant", 5), ("", "")))
    assert shape(hanoi) == [("Museum or plant", "Museum", 7), ("Museum or plant", "Plant", 5)]
    page = as_officer.follow()
    for words in ("The parts are kept.", "Museum or plant", "Governor"):
        assert words in page


def test_parts_that_do_not_add_up_say_both_numbers_and_keep_what_was_typed(as_officer, hanoi):
    as_officer.get(at(hanoi, "/new"))
    page = as_officer.post(at(hanoi, "/new"), rows(("Museum", 7), ("Plant", 6)), status=422)
    assert "together they count 13 people, the delegation counts 12" in page
    assert "Museum" in page.html
    assert shape(hanoi) == []


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (rows(("Museum", "")), "Needed in this row."),
        (rows(("", 3)), "Needed in this row."),
        (rows(("Museum", "-3")), "Must be between 1 and 5000."),
        (rows(("Museum", "many")), "Give a whole number"),
        (rows(("Museum", 3), ("Museum", 3)), "Two parts are called Museum."),
        (rows(("Museum", 3), division=""), "This field is required."),
        (rows(("Museum", 3, 99)), "is not a valid choice"),
        (rows(("Museum", 3, 10**30)), "is not a valid choice"),
        (rows(("Museum", 3, "An")), "could not be coerced"),
    ],
)
def test_what_cannot_be_meant_is_told(as_officer, hanoi, told, words):
    add_delegate(hanoi.id, {"print_as": "Governor"}, by=OFFICER, at=AT)
    as_officer.get(at(hanoi, "/new"))
    assert words in as_officer.post(at(hanoi, "/new"), told, status=422)


def test_a_division_is_changed_renamed_part_by_part_and_ended(as_officer, hanoi):
    museum, plant = divide(hanoi.id, "Museum or plant", [("Museum", 7), ("Plant", 5)], by=OFFICER, at=AT)
    there = at(hanoi, f"/{plant.id}")
    as_officer.get(there)
    values = as_officer.page.values_of("")
    assert values["parts-1-name"] == "Plant"
    as_officer.post(there, values | {"parts-1-name": "Water plant", "parts-1-headcount": "3"})
    assert [(part.id, part.name, part.headcount) for part in parts_of(hanoi.id)] == [
        (museum.id, "Museum", 7),
        (plant.id, "Water plant", 3),
    ]
    as_officer.post(there, values, status=409)
    as_officer.get(there)
    emptied = {name: "" for name in values if name.endswith(("-name", "-headcount"))}
    as_officer.post(there, as_officer.page.values_of("") | emptied)
    assert shape(hanoi) == []
    as_officer.get(there, status=404)


def test_only_officers_divide(as_head, hanoi):
    divide(hanoi.id, "Museum or plant", [("Museum", 7)], by=OFFICER, at=AT)
    assert "Museum or plant" in as_head.get(at(hanoi))
    as_head.get(at(hanoi, "/new"), status=403)
