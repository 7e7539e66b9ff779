"""Pairs of delegations that should not meet, by key."""

from tests import make
from tests.blueprints.api.programs import fields_at_fault


def test_a_pair_is_marked_listed_from_both_sides_and_let_meet(as_officer, city):
    hanoi, other = city.delegation, make.delegation("Jakarta", name_native="자카르타")
    marked = as_officer.post(
        f"/delegations/{hanoi.id}/kept-apart", {"other_id": other.id, "reason": "Rival bids"}
    )
    assert marked == {
        "other_id": other.id,
        "name": "Jakarta",
        "name_native": "자카르타",
        "reason": "Rival bids",
    }
    assert as_officer.get(f"/delegations/{hanoi.id}/kept-apart") == {"items": [marked], "next": None}
    theirs = as_officer.get(f"/delegations/{other.id}/kept-apart")["items"]
    assert [(pair["other_id"], pair["reason"]) for pair in theirs] == [(hanoi.id, "Rival bids")]
    as_officer.delete(f"/delegations/{other.id}/kept-apart/{hanoi.id}")
    as_officer.delete(f"/delegations/{other.id}/kept-apart/{hanoi.id}", status=404)
    assert as_officer.get(f"/delegations/{hanoi.id}/kept-apart")["items"] == []


def test_a_pair_of_one_or_with_nobody_is_refused(as_officer, city):
    path = f"/delegations/{city.delegation.id}/kept-apart"
    for other_id in (city.delegation.id, 999, 0, "2", None):
        assert fields_at_fault(as_officer.post(path, {"other_id": other_id}, status=422)) == ["other_id"]
    as_officer.post("/delegations/999/kept-apart", {"other_id": city.delegation.id}, status=404)
    as_officer.get("/delegations/999/kept-apart", status=404)


def test_only_officers_mark_pairs_and_managers_know_nothing_of_them(as_head, as_manager, city):
    other = make.delegation("Jakarta")
    path = f"/delegations/{city.delegation.id}/kept-apart"
    assert as_head.get(path)["items"] == []
    for program in (as_head, as_manager):
        program.post(path, {"other_id": other.id}, status=403)
        program.delete(f"{path}/{other.id}", status=403)
    as_manager.get(path, status=403)
