"""The room `assignments`: who comes along with a visit, who is with a delegation all day."""

from datetime import datetime, time, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.assignments import assign, assign_day, release
from scheduler.blueprints.assignments.forms import AssignDayForm, AssignForm, DayForm, ReleaseForm
from scheduler.blueprints.form import given, local_path
from scheduler.blueprints.people_lines import duty_lines, suggested_lines
from scheduler.blueprints.typed import city_zone
from scheduler.clock import now
from scheduler.core.duties import ResourceKind
from scheduler.core.spans import Span
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.delegation_search import whole_delegation
from scheduler.records.delegations import Delegation
from scheduler.records.duty_lookup import (
    assignments_of_delegation,
    assignments_of_visit,
    concerned_by,
    suggested_for,
    suggested_for_day,
)
from scheduler.records.part_lookup import parts_of
from scheduler.records.visit_lookup import visit_seen_by
from scheduler.records.visits import Visit
from scheduler.words.instants import day_and_hours, day_in_words, hours, local_day
from scheduler.words.own_names import own_name
from scheduler.words.verdict_words import refusal_in_words

bp = Blueprint("assignments", __name__)

TO_VISITS = (ResourceKind.INTERPRETER, ResourceKind.GUIDE, ResourceKind.VEHICLE, ResourceKind.LIAISON_OFFICER)
TO_DAYS = (ResourceKind.VEHICLE, ResourceKind.LIAISON_OFFICER)
# A day with guests, unless somebody says otherwise.
FIRST_HOUR, LAST_HOUR = time(8, 30), time(18, 30)


@bp.get("/visits/<int:visit_id>/people")
@allow(Permission.BOOK_VISITS)
def of_visit(visit_id: int) -> ResponseReturnValue:
    """Who comes to a visit, and who could."""
    return _visit_page(visit_seen_by(actor(), visit_id), AssignForm(formdata=None))


@bp.post("/visits/<int:visit_id>/people")
@allow(Permission.BOOK_VISITS)
def assign_to_visit(visit_id: int) -> ResponseReturnValue:
    form = AssignForm()
    if form.validate():
        with form.refusable():
            duty = assign(
                visit_id,
                given(form.resource_id.data),
                headcount=form.headcount.data,
                own_times=_own_times(form),
                by=actor(),
                at=now(),
            )
            flash(_("%(name)s is asked to come.", name=own_name(duty.resource)), "success")
            back = local_path(request.form.get("next")) or url_for("assignments.of_visit", visit_id=visit_id)
            return redirect(back, code=303)
    return _visit_page(visit_seen_by(actor(), visit_id), form), form.status


@bp.get("/delegations/<int:delegation_id>/people")
@allow(Permission.BOOK_VISITS)
def of_delegation(delegation_id: int) -> ResponseReturnValue:
    """Who is with a delegation for whole days, and who could be."""
    return _delegation_page(whole_delegation(delegation_id), AssignDayForm(formdata=None))


@bp.post("/delegations/<int:delegation_id>/people")
@allow(Permission.BOOK_VISITS)
def assign_to_day(delegation_id: int) -> ResponseReturnValue:
    form = AssignDayForm()
    if form.validate():
        with form.refusable():
            duty = assign_day(
                delegation_id,
                given(form.resource_id.data),
                Span(given(form.starts_at.data), given(form.ends_at.data)),
                part_id=form.part_id.data,
                headcount=form.headcount.data,
                by=actor(),
                at=now(),
            )
            flash(_("%(name)s is asked to come.", name=own_name(duty.resource)), "success")
            on = local_day(duty.starts_at, str(city_zone()))
            there = url_for("assignments.of_delegation", delegation_id=delegation_id, on=on.isoformat())
            return redirect(local_path(request.form.get("next")) or there, code=303)
    return _delegation_page(whole_delegation(delegation_id), form), form.status


@bp.post("/assignments/<int:assignment_id>/release")
@allow(Permission.BOOK_VISITS)
def let_go(assignment_id: int) -> ResponseReturnValue:
    form, concerned = ReleaseForm(), concerned_by(assignment_id)
    if form.validate():
        with form.refusable():
            duty = release(assignment_id, seen=form.version.data, by=actor(), at=now())
            flash(_("%(name)s is free again.", name=own_name(duty.resource)), "success")
    for sentence in form.form_errors:
        flash(sentence, "error")
    if form.verdict is not None:
        flash(" ".join(refusal_in_words(refusal) for refusal in form.verdict.refusals), "error")
    if concerned.visit_id is not None:
        there = url_for("assignments.of_visit", visit_id=concerned.visit_id)
    else:
        there = url_for("assignments.of_delegation", delegation_id=concerned.delegation_id)
    return redirect(local_path(request.form.get("next")) or there, code=303)


def _visit_page(visit: Visit, form: AssignForm) -> str:
    site, at = visit.tour_session.tour.site, now()
    return render_template(
        "assignments/visit.html",
        visit=visit,
        site=site,
        when=_when(visit.starts_at, visit.ends_at, site.zone),
        form=form,
        refusals=_refusals(form),
        duties=duty_lines(assignments_of_visit(visit.id), site.zone),
        kinds=[suggested_lines(kind, suggested_for(visit, kind, at)) for kind in TO_VISITS],
    )


def _delegation_page(delegation: Delegation, form: AssignDayForm) -> str:
    asked = DayForm.asked()
    span, zone = _span(delegation, asked, form), str(city_zone())
    kinds = [
        suggested_lines(kind, suggested_for_day(delegation, kind, span, headcount=0)) for kind in TO_DAYS
    ]
    days = _days(delegation)
    on = span.starts_at.astimezone(city_zone()).date()
    return render_template(
        "assignments/delegation.html",
        delegation=delegation,
        form=form,
        refusals=_refusals(form),
        span=span,
        when=_when(span.starts_at, span.ends_at, zone),
        starts_at=span.starts_at.astimezone(city_zone()),
        ends_at=span.ends_at.astimezone(city_zone()),
        days=[
            (day_in_words(d), url_for(request.endpoint or "", delegation_id=delegation.id, on=d), d == on)
            for d in days
        ],
        duties=[
            (day_in_words(local_day(d.starts_at, zone)), duty_lines([d], zone)[0])
            for d in assignments_of_delegation(delegation.id)
        ],
        parts=parts_of(delegation.id),
        kinds=kinds,
    )


def _span(delegation: Delegation, asked: DayForm, form: AssignDayForm) -> Span:
    """The stretch the page is about: what was typed, else the hours of the day asked for."""
    typed = (form.starts_at.data, form.ends_at.data)
    if typed[0] is None or typed[1] is None:
        typed = (asked.starts_at.data, asked.ends_at.data)
    if typed[0] is not None and typed[1] is not None and typed[0] < typed[1] <= typed[0] + timedelta(days=1):
        return Span(typed[0], typed[1])
    on = asked.on.data or delegation.arrives_at.astimezone(city_zone()).date()
    return Span(datetime.combine(on, FIRST_HOUR, city_zone()), datetime.combine(on, LAST_HOUR, city_zone()))


def _days(delegation: Delegation) -> list[Any]:
    first = delegation.arrives_at.astimezone(city_zone()).date()
    last = delegation.departs_at.astimezone(city_zone()).date()
    return [first + timedelta(days=n) for n in range(min((last - first).days + 1, 31))]


def _own_times(form: AssignForm) -> Span | None:
    """When this one is on duty, where somebody said so."""
    if form.starts_at.data is None or form.ends_at.data is None:
        return None
    return Span(form.starts_at.data, form.ends_at.data)


def _when(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    return day_and_hours(day_in_words(local_day(starts_at, zone)), hours(starts_at, ends_at, zone))


def _refusals(form: AssignForm | AssignDayForm) -> list[str]:
    return [refusal_in_words(refusal) for refusal in form.verdict.refusals] if form.verdict else []
