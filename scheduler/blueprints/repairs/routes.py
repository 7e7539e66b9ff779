"""The room `repairs`: what if, what went wrong, who is touched, before and after, accepting some or all."""

import re

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.disturbances import closure_at
from scheduler.actions.repair_acceptance import RepairRefused, accept_repair, repair_again
from scheduler.actions.repair_for_real import NEEDED, enter_for_real
from scheduler.actions.repairs import ask_repair, disturbance_of
from scheduler.blueprints.repairs.forms import AcceptForm, EnterForm, WhatIf
from scheduler.blueprints.repairs.room import bp
from scheduler.blueprints.repairs.sheet import repair_sheet
from scheduler.blueprints.repairs.telling import (
    done_of,
    is_news,
    refused_lines,
    registered,
    tell_accepted,
    tell_lowered,
)
from scheduler.blueprints.repairs.what_if import form_sent, forms_of_rehearsal
from scheduler.clock import now
from scheduler.core.disturbances import Disturbance, DisturbanceKind
from scheduler.core.spans import Span
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.planning.start import see_to_plans
from scheduler.records.absence import NotFound
from scheduler.records.plan_lookup import UNFINISHED, plan_numbered
from scheduler.records.plans import PlanKind
from scheduler.records.resource_lookup import whole_resource
from scheduler.words.repair_page_words import FOR_REAL, WHAT_IF
from scheduler.words.repair_words import refused_in_words

ELSEWHERE = re.compile(r"elsewhere-([0-9]{1,9})")


@bp.get("/repairs/new")
@allow(Permission.BOOK_VISITS)
def new() -> ResponseReturnValue:
    """What if: nothing is written by it."""
    return _what_if()


@bp.post("/repairs/new")
@allow(Permission.BOOK_VISITS)
def rehearse() -> ResponseReturnValue:
    """Plan for what might go wrong."""
    form = form_sent(now())
    if form is None:
        return _what_if(), 422
    if form.validate():
        with form.refusable():
            return _asked(form.told())
    return _what_if(form), form.status


@bp.post("/sites/<code>/closures/<int:closure_id>/repair")
@allow(Permission.BOOK_VISITS)
def of_closure(code: str, closure_id: int) -> ResponseReturnValue:
    """Mend what a closure breaks."""
    return _asked(closure_at(code, closure_id, by=actor()))


@bp.post("/resources/<int:resource_id>/leave/<int:leave_id>/repair")
@allow(Permission.BOOK_VISITS)
def of_leave(resource_id: int, leave_id: int) -> ResponseReturnValue:
    """Mend what somebody's leave breaks."""
    leave = next((each for each in whole_resource(resource_id).leave if each.id == leave_id), None)
    if leave is None:
        raise NotFound("leave", leave_id)
    span = Span(leave.starts_at, leave.ends_at)
    return _asked(Disturbance(kind=DisturbanceKind.ABSENCE, resource_id=resource_id, span=span))


@bp.post("/delegations/<int:delegation_id>/repair/<any(stay, headcount):kind>")
@allow(Permission.BOOK_VISITS)
def of_delegation(delegation_id: int, kind: str) -> ResponseReturnValue:
    """Mend what another stay or headcount of a delegation breaks."""
    return _asked(Disturbance(kind=DisturbanceKind(kind), delegation_id=delegation_id))


@bp.get("/repairs/<int:plan_id>")
@allow(Permission.BOOK_VISITS)
def repair(plan_id: int) -> ResponseReturnValue:
    """How far the planner is; then who is touched, and what would become of each visit."""
    plan = plan_numbered(plan_id, PlanKind.REPAIR)
    if plan.state in UNFINISHED:
        see_to_plans()
    return _page(plan_id)


@bp.post("/repairs/<int:plan_id>/enter")
@allow(Permission.BOOK_VISITS)
def enter(plan_id: int) -> ResponseReturnValue:
    """What was rehearsed happens: it is entered, and its repair asked for, with one button."""
    plan_numbered(plan_id, PlanKind.REPAIR)
    form = EnterForm(within="enter")
    if form.validate():
        with form.refusable():
            entered = enter_for_real(plan_id, form.reason.data, by=actor(), at=now()).plan.id
            see_to_plans()
            flash(_("It is entered as it was rehearsed; this is its repair."), "success")
            return redirect(url_for("repairs.repair", plan_id=entered), code=303)
    return _page(plan_id, entering=form), form.status


@bp.post("/repairs/<int:plan_id>/again")
@allow(Permission.BOOK_VISITS)
def again(plan_id: int) -> ResponseReturnValue:
    """Ask the same once more, where there was no answer."""
    plan = plan_numbered(plan_id, PlanKind.REPAIR)
    return _asked(disturbance_of(plan))


@bp.post("/repairs/<int:plan_id>/accept")
@allow(Permission.BOOK_VISITS)
def accept(plan_id: int) -> ResponseReturnValue:
    """Do what was ticked, in one act; where the world has changed, it is planned anew."""
    plan = plan_numbered(plan_id, PlanKind.REPAIR)
    before, done = registered(plan), done_of(plan)
    form, elsewhere = AcceptForm(within="accept"), _elsewhere()
    if form.validate() and form.names_sessions(elsewhere):
        choice = form.chosen(elsewhere)
        try:
            with form.refusable():
                visits = accept_repair(plan_id, choice, by=actor(), at=now())
                plan = plan_numbered(plan_id, PlanKind.REPAIR)
                tell_accepted([each for each in visits if is_news(each, done, plan)], choice)
                tell_lowered(before, registered(plan))
                return redirect(url_for("repairs.repair", plan_id=plan_id), code=303)
        except RepairRefused as refused:
            return _refused(plan_id, refused, form)
    return _page(plan_id, form), form.status


def _what_if(sent: WhatIf | None = None) -> str:
    return render_template("repairs/new.html", forms=forms_of_rehearsal(now(), sent=sent), titles=WHAT_IF)


def _refused(plan_id: int, refused: RepairRefused, form: AcceptForm) -> ResponseReturnValue:
    """Overtaken: planned anew; else the same page with what stands against which line."""
    again = repair_again(plan_id, refused, by=actor(), at=now()) if refused.is_overtaken else None
    if again is not None:
        see_to_plans()
        flash(refused_in_words(refused), "warning")
        return redirect(url_for("repairs.repair", plan_id=again.id), code=303)
    form.refuse(refused_in_words(refused))
    for sentence in refused_lines(refused):
        form.refuse(sentence)
    return _page(plan_id, form), form.status


def _elsewhere() -> dict[int, str]:
    """The sessions chosen by visit: whoever names one means it, ticked or not."""
    found = {}
    for name, value in request.form.items():
        shape = ELSEWHERE.fullmatch(name)
        if shape and value:
            found[int(shape[1])] = value
    return found


def _asked(told: Disturbance) -> ResponseReturnValue:
    plan = ask_repair(told, by=actor(), at=now()).plan
    plan_id = plan.id
    see_to_plans()
    return redirect(url_for("repairs.repair", plan_id=plan_id), code=303)


def _page(plan_id: int, form: AcceptForm | None = None, *, entering: EnterForm | None = None) -> str:
    plan = plan_numbered(plan_id, PlanKind.REPAIR)
    sheet = repair_sheet(plan, now())
    picked = _elsewhere() if form is not None else {}
    return render_template(
        "repairs/repair.html",
        sheet=sheet,
        form=form,
        chosen=form.chosen(picked) if form is not None else None,
        picked=picked,
        entering=_entering(sheet.told, entering),
        for_real=FOR_REAL[sheet.told.kind],
    )


def _entering(told: Disturbance, sent: EnterForm | None) -> EnterForm | None:
    """The form by which what was rehearsed is entered, for whoever may."""
    if not told.is_rehearsed or not actor().may(NEEDED[told.kind]):
        return None
    return sent or EnterForm(formdata=None, data={"reason": told.reason}, within="enter")
