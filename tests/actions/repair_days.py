"""A flood day in the archive: a site with rounds over some days, several delegations, guides, closures."""

from datetime import datetime
from typing import Any

from scheduler.actions.plan_jobs import finish_job, take_job
from scheduler.actions.repair_acceptance import accept_repair
from scheduler.actions.repair_choices import RepairChoice
from scheduler.actions.repairs import ask_repair, rehearse_repair, repair_of, think_of_repair
from scheduler.actions.sites import close_site
from scheduler.core.disturbances import Disturbance, DisturbanceKind
from scheduler.core.spans import Span
from scheduler.planner.repairs.answers import RepairAnswer
from scheduler.records.database import db
from scheduler.records.plans import PlanJob
from scheduler.records.visits import Visit
from tests import make
from tests.cast import AT, OFFICER, SEOUL, seoul

FLOOD = Span(seoul(14), seoul(15))


def rounds(tour: Any, *days: int, hours: tuple[int, ...] = (10, 14), **facts: Any) -> dict[datetime, Any]:
    """Rounds of a tour by their instants."""
    starts = [seoul(day, hour) for day in days for hour in hours]
    return {start: make.tour_session(tour, start, **facts) for start in starts}


def closure_of(site: Any, span: Span = FLOOD, **more: Any) -> Disturbance:
    """A site closed in the archive, by an administrator; the disturbance it is."""
    closed = close_site(site.id, span, "Flood", by=OFFICER, at=AT).subject
    return Disturbance(
        kind=DisturbanceKind.CLOSURE, span=span, site_code=site.code, closure_id=closed.id, **more
    )


def rehearsed(kind: DisturbanceKind = DisturbanceKind.CLOSURE, **facts: Any) -> RepairAnswer:
    """What a repair would come to, were this so."""
    told = Disturbance(kind=kind, is_rehearsed=True, **({"span": FLOOD} | facts))
    return rehearse_repair(told, SEOUL, by=OFFICER, at=AT)


def planned(told: Disturbance) -> PlanJob:
    """A repair asked for and thought out, as a process of its own does it."""
    plan = ask_repair(told, by=OFFICER, at=AT).plan
    return thought(plan.id)


def thought(plan_id: int) -> PlanJob:
    job = take_job("tests", at=AT)
    if job is not None:
        assert job.id == plan_id
        finish_job(job.id, "tests", think_of_repair(job, SEOUL, at=AT), at=AT)
    return db.session.get_one(PlanJob, plan_id, populate_existing=True)


def answer_of(plan: PlanJob) -> RepairAnswer:
    answer = repair_of(plan)
    assert answer is not None
    return answer


def accepted(plan: PlanJob, **told: Any) -> list[Visit]:
    choice = RepairChoice(**({"acknowledge": ("all",), "acknowledge_reason": "flood"} | told))
    return accept_repair(plan.id, choice, by=OFFICER, at=AT)


def where(visit: Visit | int) -> tuple[datetime, str]:
    """When a visit is, and its state, as the archive has it."""
    visit_id = visit if isinstance(visit, int) else visit.id
    row = db.session.get_one(Visit, visit_id, populate_existing=True)
    return row.starts_at.astimezone(SEOUL), row.state.value
