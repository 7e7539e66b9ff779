"""A choice that came empty in the address is as if it were not there."""

import pytest


@pytest.mark.parametrize(
    "asked", ["programme.pdf?lang=", "programme.pdf?version=&lang=ko", "vehicle-sign.pdf?lang=&vehicles="]
)
def test_an_empty_choice_gives_the_paper_all_the_same(as_officer, hanoi, visit, asked):
    as_officer.get(f"/delegations/{hanoi.id}/papers/{asked}")
    assert as_officer.answer.mimetype == "application/pdf"
