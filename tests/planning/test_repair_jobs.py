"""A repair thought of by a process of its own, from the question to the answer that is accepted."""

import threading
from datetime import timedelta

from scheduler.actions.plan_jobs import take_job
from scheduler.actions.repair_acceptance import accept_repair
from scheduler.actions.repair_choices import RepairChoice
from scheduler.actions.repairs import ask_repair, repair_of
from scheduler.actions.sites import close_site
from scheduler.actions.visits import request_visit
from scheduler.clock import now
from scheduler.core.disturbances import Disturbance, DisturbanceKind
from scheduler.core.facts import VisitRequest
from scheduler.core.spans import Span
from scheduler.planning.work import do_job
from scheduler.records.database import db
from scheduler.records.plan_lookup import plan_numbered
from scheduler.records.plans import PlanState
from scheduler.records.visits import Visit
from tests import make
from tests.cast import OFFICER, SEOUL

ME = "tests:1"


def test_a_flood_is_mended_by_a_process_of_its_own(app):
    monday = now().astimezone(SEOUL).replace(hour=0, minute=0, second=0, microsecond=0)
    monday += timedelta(days=14 - monday.weekday())
    site = make.site("TOPIS")
    rounds = make.tour(site)
    first, _second = (make.tour_session(rounds, monday + timedelta(days=n, hours=10)) for n in range(2))
    who = make.delegation(arrives_at=monday, departs_at=monday + timedelta(days=3))
    request = VisitRequest(headcount=12, delegation_id=who.id, tour_session_id=first.id)
    visit_id = request_visit(request, by=OFFICER, at=now()).visit.id
    flood = Span(monday, monday + timedelta(days=1))
    closed = close_site(site.id, flood, "Flood", by=OFFICER, at=now()).subject
    told = Disturbance(
        kind=DisturbanceKind.CLOSURE, span=flood, site_code="TOPIS", closure_id=closed.id, reason="Flood"
    )
    ask_repair(told, by=OFFICER, at=now())
    job = take_job(ME, at=now())
    do_job(app, job, until=threading.Event())
    plan = plan_numbered(job.id)
    assert (plan.state, plan.progress, plan.trouble) == (PlanState.DONE, 100, "")
    assert repair_of(plan).is_proven
    accept_repair(plan.id, RepairChoice(), by=OFFICER, at=now())
    moved = db.session.get_one(Visit, visit_id, populate_existing=True)
    assert moved.starts_at == monday + timedelta(days=1, hours=10)
