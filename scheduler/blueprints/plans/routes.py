"""The room `plans`: what they wish to see is ticked on a map and a list, and programmes are asked for."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from scheduler.access import Permission
from scheduler.actions.plans import Terms, ask_plan, terms_of
from scheduler.actions.stay_wishes import keep_and_ask
from scheduler.blueprints.plans import answering  # noqa: F401  its doors belong to this room
from scheduler.blueprints.plans.asking import PlanForm, plan_page
from scheduler.blueprints.plans.minds import still_meant
from scheduler.blueprints.plans.named import Names
from scheduler.blueprints.plans.room import bp
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.planning.start import see_to_plans, warm_up
from scheduler.records.delegation_search import whole_delegation
from scheduler.records.plan_lookup import plan_numbered
from scheduler.records.plans import PlanJob, PlanKind
from scheduler.words.plan_page_words import minds_in_words


@bp.get("/delegations/<int:delegation_id>/plan")
@allow(Permission.BOOK_VISITS)
def new(delegation_id: int) -> ResponseReturnValue:
    """What they wish to see and the frame of their days, to be ticked and typed."""
    warm_up()
    return _shown(PlanForm(whole_delegation(delegation_id)))


@bp.post("/delegations/<int:delegation_id>/plan")
@allow(Permission.BOOK_VISITS)
def ask(delegation_id: int) -> ResponseReturnValue:
    """Keep what was ticked and typed, and ask for programmes; who may not write wishes only asks."""
    form, may_write = PlanForm(whole_delegation(delegation_id)), actor().may(Permission.WRITE_DELEGATIONS)
    if may_write and form.rearranged():
        return _shown(form)
    if not may_write or form.validate():
        before = _followed(delegation_id)
        kept = still_meant(terms_of(before), Names(delegation_id)) if before else Terms()
        told: dict[str, Any] = {"follows_id": before.id if before else None, "by": actor(), "at": now()}
        with form.frame.refusable():
            if may_write:
                plan = keep_and_ask(delegation_id, form.told(), form.terms(kept), **told).plan
            else:
                plan = ask_plan(delegation_id, kept, **told).plan
            plan_id = plan.id
            see_to_plans()
            return redirect(url_for("plans.plan", plan_id=plan_id), code=303)
    return _shown(form), form.frame.status


def _shown(form: PlanForm) -> str:
    before = _followed(form.delegation.id)
    terms = terms_of(before) if before else Terms()
    minds = minds_in_words(len(terms.pins), len(terms.bans)) if terms.pins or terms.bans else ""
    return plan_page(form, follows=before.id if before else None, minds=minds)


def _followed(delegation_id: int) -> PlanJob | None:
    """The plan whose pins and bans go on: named in the address or the form, and of this very delegation."""
    told = request.values.get("follows", "", type=str)
    if not told.isdecimal() or len(told) > 9 or not int(told):
        return None
    plan = plan_numbered(int(told), PlanKind.PROGRAMME)
    return plan if plan.delegation_id == delegation_id else None
