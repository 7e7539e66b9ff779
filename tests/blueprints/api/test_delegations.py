"""Registering, finding, reading and changing delegations by key."""

import pytest

from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.journal import Journal
from scheduler.records.partners import Partner
from tests import make
from tests.blueprints.api.both_engines import app  # noqa: F401
from tests.blueprints.api.programs import fields_at_fault
from tests.cast import seoul

STAY = {"arrives_at": "2026-12-10T08:00:00+09:00", "departs_at": "2026-12-20T20:00:00+09:00"}
LEAST = {"name": "Kampala", "headcount": 4, "languages": ["en"]} | STAY
WHOLE = {
    "name": "Hanoi People's Committee",
    "name_native": "Ủy ban nhân dân Hà Nội",
    "country": "VN",
    "purpose": "Traffic signals.\nThen water.",
    "kind": "training",
    "head_post": "Vice Chair",
    "headcount": 12,
    "languages": ["vi", "en"],
    "has_interpreter": True,
    "needs": ["vegetarian", "halal"],
    "topics": ["transport", "smart_city"],
    "contact_name": "Nguyễn",
    "contact_email": "contact@hanoi.example",
    "contact_phone": "+84 1",
    "letter_channel": "embassy",
    "letter_on": "2026-10-01",
    "letter_reference": "HN-12",
} | STAY


def test_the_least_is_enough(as_officer):
    made = as_officer.post("/delegations", LEAST)
    assert made == {
        "id": made["id"],
        "name": "Kampala",
        "name_native": "",
        "partner": None,
        "country": None,
        "purpose": "",
        "kind": "inspection",
        "head_post": "",
        "headcount": 4,
        "languages": ["en"],
        "has_interpreter": False,
        "needs": [],
        "topics": [],
        **STAY,
        "contact_name": "",
        "contact_email": "",
        "contact_phone": "",
        "letter_channel": None,
        "letter_on": None,
        "letter_reference": "",
        "officer": "officer@city.example",
        "state": "registered",
        "version": 1,
        "registered_at": "2026-11-22T12:00:00+09:00",
        "changed_at": "2026-11-22T12:00:00+09:00",
    }
    assert as_officer.etag == '"1"'
    assert as_officer.get(as_officer.answer.headers["Location"]) == made


def test_everything_can_be_told(as_officer):
    made = as_officer.post("/delegations", WHOLE)
    sets = {name: sorted(WHOLE[name]) for name in ("languages", "needs", "topics")}
    assert {name: made[name] for name in WHOLE} == WHOLE | sets


def test_a_partner_is_named_or_numbered(as_officer):
    partner = Partner(name="Hanoi", country="VN")
    db.session.add_all([partner, Partner(name="Springfield", country="US")])
    db.session.add(Partner(name="Springfield", country="AU"))
    db.session.commit()
    told = {"id": partner.id, "name": "Hanoi", "country": "VN"}
    by_name = as_officer.post("/delegations", LEAST | {"partner": "Hanoi"})
    by_number = as_officer.post("/delegations", LEAST | {"partner": partner.id})
    assert by_name["partner"] == by_number["partner"] == told
    assert by_name["country"] == "VN"
    for unclear in ("Springfield", "Atlantis", 999, "", True, 0, 2**40, []):
        problem = as_officer.post("/delegations", LEAST | {"partner": unclear}, status=422)
        assert fields_at_fault(problem)[0] in ("partner", "partner_id")
    one = as_officer.post("/delegations", LEAST | {"partner": "Springfield", "country": "AU"})
    assert one["partner"]["country"] == "AU"


def test_every_field_at_fault_is_named(as_officer):
    wrong = {
        "name": "",
        "headcount": 0,
        "languages": [],
        "arrives_at": "2026-12-10 08:00",
        "departs_at": 12,
        "kind": "party",
        "needs": ["wine"],
        "topics": ["No Code"],
        "country": "Vietnam",
        "purpose": None,
        "has_interpreter": "yes",
        "contact_email": "nobody",
        "head_post": "two\nlines",
        "letter_on": "2026-02-30",
        "nonsense": 1,
        "id": 5,
    }
    problem = as_officer.post("/delegations", wrong, status=422)
    assert fields_at_fault(problem) == sorted([*(set(wrong) - {"needs", "topics"}), "needs.0", "topics.0"])
    assert all(error["message"] for error in problem["errors"])
    assert db.session.query(Delegation).count() == 0


def test_what_is_needed_is_named(as_officer):
    problem = as_officer.post("/delegations", {}, status=422)
    assert fields_at_fault(problem) == [
        "arrives_at",
        "departs_at",
        "headcount",
        "languages",
        "name",
    ]


def test_a_stay_ends_after_it_begins_and_within_three_years(as_officer):
    backwards = LEAST | {"departs_at": "2026-12-10T08:00:00+09:00"}
    assert fields_at_fault(as_officer.post("/delegations", backwards, status=422)) == ["departs_at"]
    endless = LEAST | {"departs_at": "9998-12-10T08:00:00+09:00"}
    assert fields_at_fault(as_officer.post("/delegations", endless, status=422)) == ["departs_at"]


def test_delegations_are_found_by_words_and_state(as_officer):
    make.delegation("Hanoi People's Committee", name_native="하노이", arrives_at=seoul(11))
    make.delegation("Kampala 100% green", head_post="Mayor", arrives_at=seoul(12))

    def names(**query):
        return [found["name"] for found in as_officer.get("/delegations", **query)["items"]]

    assert names() == ["Kampala 100% green", "Hanoi People's Committee"]
    assert names(q="hanoi committee") == ["Hanoi People's Committee"]
    assert names(q="하노이") == ["Hanoi People's Committee"]
    assert names(q="mayor") == ["Kampala 100% green"]
    assert names(q="100%") == ["Kampala 100% green"]
    assert names(q="_") == []
    assert names(state="cancelled") == []
    assert names(per_page=1, page=2) == ["Hanoi People's Committee"]


def test_what_is_left_out_of_a_change_stays(as_officer):
    made = as_officer.post("/delegations", WHOLE)
    change = {"headcount": 14, "country": None, "letter_channel": None, "letter_on": None, "state": "closed"}
    changed = as_officer.patch(f"/delegations/{made['id']}", change, If_Match='"1"')
    kept = {name: made[name] for name in made if name not in change and name != "version"}
    assert {name: changed[name] for name in kept} == kept
    assert {name: changed[name] for name in change} == change


def test_a_change_changes_something(as_officer, city):
    problem = as_officer.patch(f"/delegations/{city.delegation.id}", {}, status=422, If_Match="*")
    assert fields_at_fault(problem) == [""]


def test_a_delegation_that_is_awaited_cannot_be_cancelled(as_officer, booked, city):
    booked()
    path = f"/delegations/{city.delegation.id}"
    problem = as_officer.patch(path, {"state": "cancelled"}, status=409, If_Match="*")
    assert (problem["code"], problem["visits"]) == ("still_awaited", 1)
    smaller = as_officer.patch(path, {"headcount": 11}, status=422, If_Match="*")
    assert fields_at_fault(smaller) == ["headcount"]


def test_the_journal_knows_who_changed_it(as_officer):
    made = as_officer.post("/delegations", LEAST)
    as_officer.patch(f"/delegations/{made['id']}", {"headcount": 5}, If_Match="*")
    acts = db.session.query(Journal).filter(Journal.subject == "delegation").order_by(Journal.id)
    assert [(line.act, line.actor) for line in acts] == [
        ("register", "officer@city.example"),
        ("change", "officer@city.example"),
    ]


@pytest.mark.parametrize("path", ["/delegations", "/delegations/1", "/delegations/1/wishes"])
def test_a_site_manager_sees_no_delegations(as_manager, path):
    as_manager.get(path, status=403)


def test_the_head_of_division_reads_but_does_not_write(as_head, city):
    as_head.get(f"/delegations/{city.delegation.id}")
    as_head.post("/delegations", LEAST, status=403)
