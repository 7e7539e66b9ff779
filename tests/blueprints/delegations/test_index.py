"""The list of delegations."""

import pytest

from scheduler.records.database import db
from scheduler.records.delegations import DelegationKind, DelegationState
from scheduler.records.partners import Partner
from tests import make
from tests.cast import seoul


def names_on(page):
    return [row.text for table in page.all("tbody") for row in page.all("th") if table in row.parents]


@pytest.fixture
def four_delegations(app):
    partner = Partner(name="São Paulo", country="BR")
    db.session.add(partner)
    db.session.commit()
    make.delegation("Hanoi planning office", name_native="하노이", arrives_at=seoul(10), departs_at=seoul(12))
    make.delegation(
        "A mayor", partner_id=partner.id, head_post="Mayor", arrives_at=seoul(1), departs_at=seoul(3)
    )
    make.delegation(
        "Trainees",
        kind=DelegationKind.TRAINING,
        arrives_at=seoul(20, month=11),
        departs_at=seoul(25, month=11),
    )
    make.delegation(
        "Called off",
        state=DelegationState.CANCELLED,
        arrives_at=seoul(1, month=10),
        departs_at=seoul(3, month=10),
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Hanoi planning office하노이", "A mayorMayor", "Trainees", "Called off"]),
        ({"q": "hanoi"}, ["Hanoi planning office하노이"]),
        ({"q": "하노이"}, ["Hanoi planning office하노이"]),
        ({"q": "Paulo"}, ["A mayorMayor"]),
        ({"q": "mayor são"}, ["A mayorMayor"]),
        ({"q": "100%"}, []),
        ({"state": "cancelled"}, ["Called off"]),
        ({"kind": "training"}, ["Trainees"]),
        ({"when": "now"}, ["Trainees"]),
        ({"when": "week"}, ["Trainees"]),
        ({"when": "month"}, ["Trainees"]),
        ({"when": "coming"}, ["Hanoi planning office하노이", "A mayorMayor", "Trainees"]),
        ({"when": "past"}, ["Trainees", "Called off"]),
        ({"q": "hanoi", "kind": "training"}, []),
    ],
)
def test_the_search_finds(as_officer, four_delegations, asked, found):
    page = as_officer.get("/delegations", **asked)
    assert names_on(page) == found


@pytest.mark.parametrize(
    "asked", [{"q": "a\x00b"}, {"state": "lost"}, {"page": "0"}, {"page": "x"}, {"page": "9" * 30}]
)
def test_a_filter_of_no_sense_is_told_so(as_officer, asked):
    as_officer.get("/delegations", **asked, status=422)


def test_a_long_list_is_turned_page_by_page_and_keeps_its_filters(as_officer):
    for number in range(26):
        make.delegation(f"Delegation {number}")
    page = as_officer.get("/delegations", q="Delegation")
    assert "26 delegations" in page
    assert len(names_on(page)) == 25
    onward = page.all("a", rel="next")[0].get("href")
    last = as_officer.get(onward)
    assert names_on(last) == ["Delegation 0"]
    assert last.all("input", id="q")[0].get("value") == "Delegation"


def test_a_page_beyond_the_last_is_empty(as_officer):
    assert "No delegations yet" in as_officer.get("/delegations", page="7")


def test_a_site_manager_sees_no_delegations(as_manager):
    as_manager(make.site()).get("/delegations", status=403)
