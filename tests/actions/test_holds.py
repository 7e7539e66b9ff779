"""The clock's own act: holds that ran out give their places back."""

import pytest

from scheduler.actions.holds import expire_overdue_holds
from scheduler.core.lifecycle import VisitState
from scheduler.records.database import db
from scheduler.records.tours import TourSession
from tests import make
from tests.actions.seen import journal, state_of
from tests.cast import seoul
from tests.engines import on_sqlite

pytestmark = [on_sqlite, pytest.mark.usefixtures("app")]


@pytest.fixture
def where():
    return make.tour_session(make.tour(make.site(), needs_agreement=True), seoul(14, 10))


@pytest.fixture
def held(where):
    return make.visit(make.delegation("Riyadh"), where, hold_until=seoul(5))


def places_taken(visit):
    return db.session.get_one(TourSession, visit.tour_session_id, populate_existing=True).places_taken


@pytest.mark.parametrize(("at", "expired"), [(seoul(4, 23, 59), 0), (seoul(5), 1)])
def test_the_clock_expires_holds_at_their_very_moment(held, at, expired):
    assert expire_overdue_holds(at=at) == expired
    assert places_taken(held) == (0 if expired else 10)
    assert state_of(held) is (VisitState.EXPIRED if expired else VisitState.HELD)


def test_the_clock_expires_holds_of_every_site_once(where, held):
    other = make.tour_session(make.tour(make.site("WRC-J")), seoul(14, 10))
    make.visit(make.delegation("Tokyo"), other, hold_until=seoul(4))
    assert (expire_overdue_holds(at=seoul(6)), expire_overdue_holds(at=seoul(6))) == (2, 0)
    assert [line.actor for line in journal("expire")] == ["system", "system"]
