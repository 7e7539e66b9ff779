"""The flag of a clashing visit says what stands against it now, and goes when nothing does."""

from datetime import timedelta

import pytest

from scheduler.actions.holds import expire_overdue_holds
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.sites import change_site, close_site
from scheduler.core.lifecycle import Act
from scheduler.core.spans import Span
from tests import make
from tests.cast import AT, OFFICER, seoul
from tests.engines import on_sqlite

pytestmark = [on_sqlite, pytest.mark.usefixtures("app")]
LATER = AT + timedelta(hours=1)


@pytest.fixture
def where():
    return make.tour_session(make.tour(make.site()), seoul(14, 10))


@pytest.fixture
def two_visits(where):
    """Two delegations of ten in one session, at a site that then takes fifteen at once."""
    visits = [make.visit(make.delegation(), where) for _ in range(2)]
    change_site(where.site_id, {"people_at_once": 15}, by=OFFICER, at=AT)
    return visits


def test_whoever_has_come_no_longer_clashes(where):
    visit = make.visit(make.delegation(), where)
    close_site(where.site_id, Span(seoul(14), seoul(15)), "Water", by=OFFICER, at=AT)
    arrived = act_upon(visit.id, Act.ARRIVE, Told(count=10), by=OFFICER, at=seoul(14, 10))
    assert (arrived.is_clashing, arrived.clash) == (False, None)


def test_a_hold_that_ran_out_no_longer_clashes(where):
    visit = make.visit(make.delegation(), where, hold_until=LATER)
    close_site(where.site_id, Span(seoul(14), seoul(15)), "Water", by=OFFICER, at=AT)
    expire_overdue_holds(at=LATER)
    assert (visit.state, visit.is_clashing, visit.clash) == ("expired", False, None)


def test_a_hold_that_runs_out_clears_those_it_stood_against(where):
    staying = make.visit(make.delegation(), where)
    make.visit(make.delegation(), where, hold_until=LATER)
    change_site(where.site_id, {"people_at_once": 15}, by=OFFICER, at=AT)
    expire_overdue_holds(at=LATER)
    assert (staying.is_clashing, staying.clash) == (False, None)


def test_a_reason_that_no_longer_stands_is_not_told(where, two_visits):
    going, staying = two_visits
    close_site(where.site_id, Span(seoul(14), seoul(15)), "Water", by=OFFICER, at=AT)
    act_upon(going.id, Act.CANCEL, by=OFFICER, at=AT)
    assert [reason["code"] for reason in staying.clash] == ["closed"]
