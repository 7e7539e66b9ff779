"""A site's revision is raised by every change of what its calendar shows, whatever typed it."""

import pytest

from scheduler.core.lifecycle import VisitState
from tests import make
from tests.cast import seoul
from tests.laws.by_hand import Hand


@pytest.fixture
def visit(hand: Hand):
    return make.visit(make.delegation(), make.tour_session(make.tour(make.site()), seoul(14, 10)))


@pytest.fixture
def elsewhere(visit):
    """A session of another site, and nobody in it."""
    return make.tour_session(make.tour(make.site("EDC")), seoul(14, 10))


def revision_of(hand: Hand, site_id: int) -> int:
    return int(hand.rows(f"SELECT revision FROM site WHERE id = {site_id}")[0][0])


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE visit SET headcount = 3 WHERE id = {visit}",
        "UPDATE visit SET language = 'ko' WHERE id = {visit}",
        "UPDATE visit SET state = 'cancelled' WHERE id = {visit}",
        "UPDATE visit SET arrived_count = 3 WHERE id = {visit}",
        "UPDATE delegation SET name = 'Hanoi' WHERE id = {delegation}",
        "DELETE FROM visit WHERE id = {visit}",
    ],
)
def test_every_change_raises_the_revision_of_its_site_alone(hand: Hand, visit, elsewhere, change):
    hand.write(f"DELETE FROM letter WHERE visit_id = {visit.id}")
    before = revision_of(hand, visit.site_id), revision_of(hand, elsewhere.site_id)
    hand.write(change.format(visit=visit.id, delegation=visit.delegation_id))
    assert revision_of(hand, visit.site_id) > before[0]
    assert revision_of(hand, elsewhere.site_id) == before[1]


@pytest.mark.parametrize("state", sorted(VisitState))
def test_a_new_visit_in_any_state_raises_the_revision(hand: Hand, elsewhere, state):
    before = revision_of(hand, elsewhere.site_id)
    hand.write(hand.visit(make.delegation("Bangkok officials"), elsewhere, 3, state))
    assert revision_of(hand, elsewhere.site_id) > before


def test_a_move_raises_the_revision_of_both_sites(hand: Hand, visit, elsewhere):
    before = revision_of(hand, visit.site_id), revision_of(hand, elsewhere.site_id)
    moved = f"tour_session_id = {elsewhere.id}, site_id = {elsewhere.site_id}"
    hand.write(f"UPDATE visit SET {moved} WHERE id = {visit.id}")
    assert revision_of(hand, visit.site_id) > before[0]
    assert revision_of(hand, elsewhere.site_id) > before[1]
