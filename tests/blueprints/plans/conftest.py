"""A stay of four days, three sites, and a planner that thinks when the test says so."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from scheduler.actions.members import add_wish
from scheduler.actions.plan_jobs import finish_job, note_outcome, take_job
from scheduler.actions.plan_thinking import think_of_programme
from scheduler.actions.plans import terms_of
from scheduler.records.delegations import Delegation, Wish
from scheduler.records.plans import PlanJob
from scheduler.records.tours import Tour
from tests import make
from tests.cast import AT, OFFICER, SEOUL, seoul

WORKER = "tests"


@dataclass(frozen=True)
class Stay:
    """Twelve people from a Monday to a Thursday, the tours of three sites, and what they wish to see."""

    guests: Delegation
    tours: dict[str, Tour]
    wishes: dict[str, Wish]

    @property
    def here(self) -> str:
        return f"/delegations/{self.guests.id}/plan"


@pytest.fixture
def stay() -> Stay:
    """Each site runs a round at ten and one at two, Monday to Thursday."""
    guests = make.delegation(arrives_at=seoul(14, 8), departs_at=seoul(17, 20))
    places = {"TOPIS": 126.99, "WRC": 127.03, "PARK": 126.84}
    tours = {
        code: make.tour(make.site(code, latitude=37.56, longitude=east)) for code, east in places.items()
    }
    for tour in tours.values():
        for day in range(14, 18):
            for hour in (10, 14):
                make.tour_session(tour, seoul(day, hour))
    wishes = {
        code: add_wish(guests.id, {"tour_id": tour.id, "priority": 3}, by=OFFICER, at=AT)
        for code, tour in tours.items()
    }
    return Stay(guests, tours, wishes)


@pytest.fixture
def think() -> Callable[..., PlanJob]:
    """A function: the plan that has waited longest is thought through, or half (it stays at work)."""

    def through(*, is_half: bool = False) -> PlanJob:
        job = take_job(WORKER, at=AT)
        assert job is not None
        assert job.delegation_id is not None
        told = think_of_programme(job.delegation_id, terms_of(job), SEOUL, at=AT)
        if is_half:
            note_outcome(job.id, WORKER, told, 40, at=AT)
        else:
            finish_job(job.id, WORKER, told, at=AT)
        return job

    return through
