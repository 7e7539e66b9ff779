"""Whom a delegation should not meet, as its page shows and marks it."""

from scheduler.records.kept_apart_lookup import kept_apart_from
from tests.blueprints import soon


def test_an_officer_marks_a_pair_and_both_pages_show_it(as_officer):
    hanoi, jakarta = soon.delegation(), soon.delegation("Jakarta city office")
    here, there = f"/delegations/{hanoi.id}", f"/delegations/{jakarta.id}"
    as_officer.get(here)
    as_officer.submit(f"{here}/kept-apart", {"other_id": str(jakarta.id), "reason": "Rival bids"})
    page = as_officer.follow()
    assert "Noted: they should not meet. What is booked stays booked." in page
    assert "noted that they should not meet" in page
    assert "Should not meet: – → Jakarta city office" in page
    assert "Hanoi planning office Rival bids" in as_officer.get(there)
    as_officer.submit(f"{there}/kept-apart/{hanoi.id}/remove")
    assert "They may meet again." in as_officer.follow()
    assert kept_apart_from(hanoi.id) == []


def test_a_pair_needs_another_delegation_that_is_in_town(as_officer):
    hanoi, gone = (
        soon.delegation(),
        soon.delegation("Gone", arrives_at=soon.soon(-9), departs_at=soon.soon(-8)),
    )
    as_officer.get(f"/delegations/{hanoi.id}")
    for other_id in ("", str(gone.id), str(hanoi.id), "999", "x"):
        told = {"other_id": other_id, "reason": "Rival bids"}
        page = as_officer.submit(f"/delegations/{hanoi.id}/kept-apart", told, status=422)
        assert page.values_of(f"/delegations/{hanoi.id}/kept-apart")["reason"] == "Rival bids"
    as_officer.post(f"/delegations/{hanoi.id}/kept-apart/999/remove", status=404)
    as_officer.post("/delegations/999/kept-apart", {"other_id": "1"}, status=404)


def test_a_head_reads_and_does_not_mark(as_head):
    hanoi, other = soon.delegation(), soon.delegation("Jakarta city office")
    page = as_head.get(f"/delegations/{hanoi.id}")
    assert "Should not meet" in page
    assert "Keep them apart" not in page
    as_head.post(f"/delegations/{hanoi.id}/kept-apart", {"other_id": str(other.id)}, status=403)
    as_head.post(f"/delegations/{hanoi.id}/kept-apart/{other.id}/remove", status=403)
