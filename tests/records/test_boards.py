"""The board's questions: a fixed number of queries however much there is, and a mark that misses nothing."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from sqlalchemy import text

from scheduler.actions.holidays import name_holiday
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.sites import change_site, close_site
from scheduler.core.duties import ResourceKind
from scheduler.core.lifecycle import Act
from scheduler.core.spans import Span
from scheduler.records.board_engagements import engagements_on_board
from scheduler.records.board_marks import NEWEST, mark_for
from scheduler.records.board_needs import visits_in_need
from scheduler.records.board_people import (
    duties_on_board,
    hours_on_board,
    leave_on_board,
    people_on_board,
)
from scheduler.records.boards import (
    BoardAsked,
    delegations_on_board,
    sessions_on_board,
    sites_on_board,
    tours_on_board,
    visits_on_board,
)
from scheduler.records.carried import carried_visit, carried_wish
from scheduler.records.database import db
from scheduler.records.delegations import Wish
from scheduler.records.journal import Journal
from scheduler.records.landings import at_instant
from scheduler.records.sites import Site
from scheduler.records.trays import visits_in_tray, wishes_in_tray
from tests import make
from tests.cast import ADMINISTRATOR, AT, OFFICER, manager_of, seoul
from tests.records.test_queries import queries_of

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def tour():
    return make.tour(make.site(weekdays=range(7), opens=time(6), closes=time(22)))


@pytest.fixture
def who():
    return make.delegation("Guests", arrives_at=seoul(1), departs_at=seoul(31))


def asked(*sites: Site, **other) -> BoardAsked:
    told = {"first": seoul(1), "last": seoul(29), "at": AT} | other
    return BoardAsked(site_ids=tuple(site.id for site in sites), **told)


def fill(tour, who, *, number: int, first: int = 0) -> None:
    """So many visits of one delegation, one after the other, ten a day."""
    for n in range(first, first + number):
        where = make.tour_session(tour, seoul(1 + n // 10, 8) + timedelta(hours=n % 10))
        make.visit_written_past_the_office(who, where)


def everything(wanted: BoardAsked) -> Callable[[], object]:
    def read() -> object:
        visits = visits_on_board(wanted)
        duties = duties_on_board(ResourceKind.GUIDE, wanted, sees_all=True)
        return (
            sites_on_board(OFFICER),
            tours_on_board(wanted.site_ids),
            sessions_on_board(wanted),
            delegations_on_board(wanted, {row.delegation_id for row in visits}, sees_all=True),
            wishes_in_tray(wanted),
            visits_in_tray(wanted),
            engagements_on_board(wanted),
            people_on_board(ResourceKind.GUIDE, wanted, {row.resource_id for row in duties}, sees_all=True),
            [visits_in_need(kind, wanted) for kind in ResourceKind],
            hours_on_board([1, 2]),
            leave_on_board([1, 2], wanted),
        )

    return read


def test_two_hundred_visits_take_as_many_queries_as_ten(tour, who):
    site = db.session.get_one(Site, tour.site_id)
    fill(tour, who, number=10)
    for_ten = queries_of(everything(asked(site)))
    fill(tour, who, number=190, first=10)
    db.session.add_all([Wish(delegation_id=who.id, topic="water") for _ in range(20)])
    db.session.commit()
    assert len(visits_on_board(asked(site))) == 200
    assert queries_of(everything(asked(site))) == for_ten


def test_what_began_the_day_before_and_still_runs_is_there(tour, who):
    site = db.session.get_one(Site, tour.site_id)
    late = make.tour_session(tour, seoul(13, 22), ends_at=seoul(14, 2))
    over = make.tour_session(tour, seoul(13, 10))
    for where in (late, over):
        make.visit_written_past_the_office(who, where)
    monday = asked(site, first=seoul(14), last=seoul(15))
    assert [row[0] for row in sessions_on_board(monday)] == [late.id]
    assert [row.tour_session_id for row in visits_on_board(monday)] == [late.id]


def test_a_hold_that_ran_out_counts_no_more(tour, who):
    site = db.session.get_one(Site, tour.site_id)
    where = make.tour_session(tour, seoul(14, 10))
    make.visit(who, where, 7, hold_until=seoul(2))
    make.visit(make.delegation("B"), where, 4)
    before, after = asked(site, at=seoul(1)), asked(site, at=seoul(2))
    assert [row[6] for row in sessions_on_board(before)] == [11]
    assert [row[6] for row in sessions_on_board(after)] == [4]
    assert [row.name for row in visits_on_board(after)] == ["B"]
    assert ([row.name for row in visits_in_tray(before)], visits_in_tray(after)) == (["Guests"], [])


def test_a_manager_is_shown_their_own_sites(tour):
    other = make.site("DMC")
    assert [row.id for row in sites_on_board(manager_of(other.id))] == [other.id]
    assert len(sites_on_board(OFFICER)) == 2


def test_what_is_carried_lands_on_the_nearest_session(tour, who):
    wish = Wish(delegation_id=who.id, topic="transport", headcount=3)
    db.session.add(wish)
    db.session.commit()
    near, _far = (make.tour_session(tour, seoul(14, hour)) for hour in (10, 15))
    visit = make.visit(who, near, 2)
    item, moving = carried_wish(OFFICER, wish.id), carried_visit(OFFICER, visit.id)
    assert (item.request.headcount, item.topics, item.standing) == (3, {"transport"}, None)
    assert (moving.tour_code, moving.standing.tour_session_id) == (tour.code, near.id)
    for starts_at in (seoul(14, 10, 59), seoul(14, 12), seoul(14, 3)):
        request = at_instant(item, starts_at, site_id=tour.site_id, tour_code=None)
        assert (request.tour_session_id, request.tour_code) == (near.id, None)
    nowhere = at_instant(item, seoul(16, 12), site_id=tour.site_id, tour_code=None)
    assert (nowhere.tour_session_id, nowhere.tour_code, nowhere.starts_at) == (None, tour.code, seoul(16, 12))


# The mark ---------------------------------------------------------------------------------------------------


def close(site, _visit):
    close_site(site.id, Span(seoul(14, 9), seoul(14, 12)), "Pump test", by=OFFICER, at=AT)


def cancel(_site, visit):
    act_upon(visit.id, Act.CANCEL, Told(reason="ill"), by=OFFICER, at=AT)


def rename(site, _visit):
    change_site(site.id, {"name": "Another"}, by=OFFICER, at=AT)


def holiday(_site, _visit):
    name_holiday(seoul(14).date(), "Election day", by=ADMINISTRATOR, at=AT)


def typed_by_hand(_site, visit):
    db.session.execute(text("UPDATE visit SET headcount = 3 WHERE id = :id"), {"id": visit.id})
    db.session.commit()


@pytest.mark.parametrize("change", [close, cancel, rename, holiday, typed_by_hand])
def test_the_mark_differs_after_every_change(tour, who, change):
    visit = make.visit(who, make.tour_session(tour, seoul(14, 10)))
    before = mark_for(OFFICER, AT)
    assert mark_for(OFFICER, AT) == before
    change(db.session.get_one(Site, tour.site_id), visit)
    assert mark_for(OFFICER, AT) != before


def test_the_mark_differs_when_a_hold_runs_out_though_nobody_does_anything(tour, who):
    make.visit(who, make.tour_session(tour, seoul(14, 10)), hold_until=seoul(2))
    assert mark_for(OFFICER, seoul(1)) == mark_for(OFFICER, seoul(1, 23))
    assert mark_for(OFFICER, seoul(2)) != mark_for(OFFICER, seoul(1))


@pytest.mark.parametrize("behind", [1, NEWEST - 1])
def test_a_line_that_is_committed_after_later_ones_changes_the_mark(behind):
    newest = 2 * NEWEST
    write_line(newest)
    before = mark_for(OFFICER, AT)
    write_line(newest - behind)
    assert mark_for(OFFICER, AT) != before


def test_the_mark_takes_one_query():
    assert queries_of(lambda: mark_for(OFFICER, AT)) <= 2  # SQLite is told to begin


def write_line(number: int) -> None:
    line = Journal(id=number, at=AT, actor="somebody", act="change", subject="site", subject_id=1)
    db.session.add(line)
    db.session.commit()
