"""What the planner proposes, the office accepts: every proposal booked at once, on both engines."""

from random import Random

import pytest

from scheduler.actions.batches import book_together
from scheduler.actions.members import add_wish
from scheduler.actions.plan_thinking import question
from scheduler.actions.plans import Terms
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import VisitState
from scheduler.planner.differing import programmes
from scheduler.planner.programme import proposal_of
from scheduler.planner.question import room_of
from scheduler.records.database import db
from scheduler.records.plan_facts import stay_facts
from scheduler.records.sites import Site
from tests import make, staff
from tests.cast import AT, OFFICER, SEOUL, seoul

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def tours():
    """Five sites along a line through the city, each with rounds on four days, some of them full."""
    chance, found = Random(7), []
    for number, code in enumerate(("TOPIS", "WRC", "PARK", "HALL", "CGC")):
        site = make.site(
            code, latitude=37.56, longitude=126.9 + number / 30, languages={"ko"}, turnaround_minutes=15
        )
        tour = make.tour(site, needs_guide=number == 3)
        for day in range(14, 18):
            for hour in chance.sample(range(10, 16), 3):
                taken = make.tour_session(tour, seoul(day, hour))
                make.other_booking(taken, headcount=chance.choice((5, 15, 25)))
        found.append(tour)
    staff.guide(db.session.get_one(Site, found[3].site_id), "ko")
    staff.interpreter("ar-ko", most_a_day=2)
    staff.interpreter("ar-ko", name="Interpreter for Arabic 2", setup_minutes=15)
    return found


@pytest.fixture
def guests(tours):
    """Twelve who speak Arabic, with a wish for each tour."""
    who = make.delegation(languages={"ar"}, arrives_at=seoul(14, 8), departs_at=seoul(17, 20))
    for number, tour in enumerate(tours):
        add_wish(
            who.id, {"tour_id": tour.id, "priority": 1 + number, "is_must": number == 2}, by=OFFICER, at=AT
        )
    return who


def proposed(who):
    asked = question(stay_facts(who.id, AT), Terms(), SEOUL, AT)
    room = room_of(asked)
    return [proposal_of(room, standing) for standing in programmes(room, 3, float("inf"))]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_visit_of_a_proposal_is_booked_in_one_act(guests, number):
    proposal = proposed(guests)[number]
    assert len(proposal.stops) >= 4
    requests = [
        VisitRequest(
            delegation_id=guests.id,
            tour_code=stop.tour_code,
            starts_at=visit.starts_at,
            headcount=visit.headcount,
            assign=visit.assign,
            acknowledge=tuple(caution.code for caution in visit.cautions),
            acknowledge_reason="as proposed",
        )
        for stop in proposal.stops
        for visit in stop.visits
    ]
    visits = book_together(requests, by=OFFICER, at=AT)
    assert {visit.state for visit in visits} <= {VisitState.CONFIRMED, VisitState.REQUESTED}
    assert [visit.starts_at for visit in visits] == [request.starts_at for request in requests]


def test_what_is_booked_is_kept_when_the_rest_is_planned_again(guests, tours):
    first = proposed(guests)[0]
    stop = first.stops[0]
    request = VisitRequest(
        delegation_id=guests.id,
        tour_code=stop.tour_code,
        starts_at=stop.starts_at,
        headcount=12,
        assign=stop.visits[0].assign,
    )
    book_together([request], by=OFFICER, at=AT)
    again = proposed(guests)[0]
    assert {(each.tour_code, each.starts_at) for each in again.stops} == {
        (each.tour_code, each.starts_at) for each in first.stops[1:]
    }
