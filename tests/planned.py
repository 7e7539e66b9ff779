"""Plans as a planner makes them, in the test's own process."""

from scheduler.actions.plan_jobs import finish_job, take_job
from scheduler.actions.plan_thinking import think_of_programme
from scheduler.actions.plans import terms_of
from scheduler.records.plan_lookup import plan_numbered
from scheduler.records.plans import PlanJob
from tests.cast import AT, SEOUL

WORKER = "tests:1"


def think() -> PlanJob:
    """Do the job that has waited longest."""
    job = take_job(WORKER, at=AT)
    assert job is not None
    assert job.delegation_id is not None
    outcome = think_of_programme(job.delegation_id, terms_of(job), SEOUL, at=AT)
    finish_job(job.id, WORKER, outcome, at=AT)
    return plan_numbered(job.id)
