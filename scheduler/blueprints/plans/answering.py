"""The doors of one plan: how far it is and what it proposes, asking again with what was decided, booking."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.invalid import Invalid
from scheduler.actions.plan_acceptance import accept_plan, plan_the_difference
from scheduler.actions.plan_refusals import PlanBooked, PlanOvertaken, PlanStands
from scheduler.actions.plans import Asked, Terms, ask_plan, terms_of
from scheduler.actions.stay_wishes import reframe_and_ask
from scheduler.blueprints.delegations.page import stay_in_words
from scheduler.blueprints.plans.accepting import AcceptForm, booked_in_words, fallen_in_words
from scheduler.blueprints.plans.history import former_plans
from scheduler.blueprints.plans.minds import decided, still_meant
from scheduler.blueprints.plans.named import Names
from scheduler.blueprints.plans.room import bp
from scheduler.blueprints.plans.sheet import sheet_of
from scheduler.blueprints.typed import city_zone, hour_in
from scheduler.clock import now
from scheduler.core.wishes import StayFrame
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.planning.start import see_to_plans
from scheduler.records.delegation_search import whole_delegation
from scheduler.records.plan_lookup import UNFINISHED, plan_numbered
from scheduler.records.plans import PlanJob, PlanKind
from scheduler.records.stay_frames import frame_of
from scheduler.words.plan_change_words import stands_in_words
from scheduler.words.plan_page_words import found_in_words
from scheduler.words.wording import invalid_in_words


@bp.get("/plans/<int:plan_id>")
@allow(Permission.BOOK_VISITS)
def plan(plan_id: int) -> ResponseReturnValue:
    """How far the planner is, and what it proposes so far."""
    found = plan_numbered(plan_id, PlanKind.PROGRAMME)
    if found.state in UNFINISHED:
        see_to_plans()
    return _page(found)


@bp.post("/plans/<int:plan_id>/again")
@allow(Permission.BOOK_VISITS)
def again(plan_id: int) -> ResponseReturnValue:
    """Ask anew with what was pinned, banned and let go, and with a longer or fuller day if one was chosen."""
    before = plan_numbered(plan_id, PlanKind.PROGRAMME)
    try:
        kept = still_meant(terms_of(before), Names(before.delegation_id or 0))
        asked = _asked_again(before, _with_time(decided(kept, request.form)))
    except Invalid as wrong:
        return _page(before, fault=invalid_in_words(wrong)), 422
    see_to_plans()
    return redirect(url_for("plans.plan", plan_id=asked.plan.id), code=303)


@bp.post("/plans/<int:plan_id>/accept")
@allow(Permission.BOOK_VISITS)
def accept(plan_id: int) -> ResponseReturnValue:
    """Book a proposal, all of it or nothing; where the world has changed, what still fits is planned on."""
    form = AcceptForm(within="accept")
    delegation_id = plan_numbered(plan_id, PlanKind.PROGRAMME).delegation_id or 0
    if form.validate():
        try:
            with form.refusable():
                visits = accept_plan(plan_id, form.told(), by=actor(), at=now())
                flash(booked_in_words(visits, is_held=form.is_held), "success")
                return redirect(url_for("delegations.delegation", delegation_id=delegation_id), code=303)
        except PlanOvertaken as overtaken:
            return _overtaken(plan_id, overtaken, form, delegation_id)
        except PlanBooked as booked:
            form.refuse(_("Programme %(number)s was booked already.", number=booked.proposal + 1))
        except PlanStands as standing:
            form.refuse(stands_in_words(standing))
    return _page(plan_numbered(plan_id), accepting=form), form.status


def _overtaken(
    plan_id: int, overtaken: PlanOvertaken, form: AcceptForm, delegation_id: int
) -> ResponseReturnValue:
    """What fell out and why; then the plan of the difference, where there can be one."""
    fallen = fallen_in_words(overtaken, delegation_id)
    plan = plan_the_difference(plan_id, overtaken, by=actor(), at=now())
    if plan is None:
        for sentence in fallen:
            form.refuse(sentence)
        return _page(plan_numbered(plan_id), accepting=form), form.status
    see_to_plans()
    for sentence in fallen:
        flash(sentence, "warning")
    flash(_("Nothing was booked. What still fits is kept, and the rest is planned again below."), "info")
    return redirect(url_for("plans.plan", plan_id=plan.id, compared=form.proposal.data), code=303)


def _with_time(terms: Terms) -> Terms:
    """The terms with the time that the button of a failed plan gives the next one."""
    told = request.form.get("seconds", "")
    if not told:
        return terms
    if not told.isdecimal() or len(told) > 3:
        raise Invalid("seconds", "unknown", value=told)
    return replace(terms, seconds=float(told))


def _asked_again(before: PlanJob, terms: Terms) -> Asked:
    told: dict[str, Any] = {"follows_id": before.id, "by": actor(), "at": now()}
    delegation_id = before.delegation_id or 0
    frame = _reframed(frame_of(delegation_id))
    if frame is None:
        return ask_plan(delegation_id, terms, **told)
    return reframe_and_ask(delegation_id, frame, terms, **told)


def _reframed(frame: StayFrame) -> StayFrame | None:
    """The frame with what the button of a remedy says; None where nothing of it changes."""
    changes: dict[str, Any] = {}
    for name in ("day_starts", "day_ends"):
        if told := request.form.get(name):
            try:
                changes[name] = hour_in(told)
            except ValueError:
                raise Invalid(name, "unknown", value=told) from None
    if most := request.form.get("most_a_day"):
        if not most.isdecimal() or len(most) > 3:
            raise Invalid("most_a_day", "unknown", value=most)
        changes["most_a_day"] = int(most)
    return replace(frame, **changes) if changes else None


def _page(plan: PlanJob, *, accepting: AcceptForm | None = None, fault: str = "") -> str:
    delegation = whole_delegation(plan.delegation_id or 0)
    compared = request.args.get("compared", type=int)
    sheet = sheet_of(plan, now(), compared=compared)
    return render_template(
        "plans/plan.html",
        delegation=delegation,
        stay=stay_in_words(delegation),
        sheet=sheet,
        said=found_in_words(len(sheet.proposals), is_done=not sheet.is_unfinished),
        history=former_plans(plan),
        hold_until=_usual_hold(),
        accepting=accepting,
        is_compared=compared is not None and plan.follows_id is not None,
        fault=fault,
    )


def _usual_hold() -> str:
    """Until when places are held where nobody says until when, as a field shows it."""
    until = now() + timedelta(hours=current_app.config["PLAN_HOLD_HOURS"])
    return f"{until.astimezone(city_zone()):%Y-%m-%dT%H:00}"
