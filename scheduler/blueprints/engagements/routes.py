"""The room `engagements`: planning one, changing it, calling it off."""

from datetime import datetime, time, timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.engagements import cancel_engagement, change_engagement, plan_engagement
from scheduler.blueprints.engagements import attendance  # noqa: F401  its doors belong to this room
from scheduler.blueprints.engagements.forms import CancelForm, EngagementForm
from scheduler.blueprints.engagements.room import bp
from scheduler.blueprints.histories import entries
from scheduler.blueprints.reply_lines import reply_lines
from scheduler.blueprints.tray.waiting import proposals_open
from scheduler.blueprints.typed import city_zone, day_in
from scheduler.blueprints.visits.answers import answer_in_words
from scheduler.clock import now
from scheduler.core.stops import EngagementState
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.delegation_search import whole_delegation
from scheduler.records.delegations import Delegation
from scheduler.records.engagement_lookup import engagement_by_id
from scheduler.records.engagements import Engagement
from scheduler.records.journal_lines import lines_about

NOON = time(12)


@bp.route("/delegations/<int:delegation_id>/engagements/new", methods=["GET", "POST"])
@allow(Permission.BOOK_VISITS)
def new(delegation_id: int) -> ResponseReturnValue:
    """Plan an engagement; `on` may say for which day."""
    delegation = whole_delegation(delegation_id)
    form = EngagementForm(delegation.id, data=_noon(delegation))
    if form.validate_on_submit():
        with form.refusable():
            made = plan_engagement(form.request(delegation.id), by=actor(), at=now())
            return _back(made, _("The engagement is planned."))
    return _shown(form, delegation=delegation, engagement=None)


@bp.route("/engagements/<int:engagement_id>", methods=["GET", "POST"])
@allow(Permission.READ_DELEGATIONS)
def engagement(engagement_id: int) -> ResponseReturnValue:
    """One engagement with its history, to be changed by whoever may book."""
    found = engagement_by_id(engagement_id)
    form = EngagementForm(found.delegation_id, data=_as_it_is(found))
    if form.is_submitted():
        actor().must(Permission.BOOK_VISITS)
    if form.validate_on_submit():
        with form.refusable():
            told = form.request(found.delegation_id)
            change_engagement(found.id, told, seen=form.version.data, by=actor(), at=now())
            return _back(found, _("The changes are kept."))
    return _shown(form, delegation=whole_delegation(found.delegation_id), engagement=found)


@bp.post("/engagements/<int:engagement_id>/cancel")
@allow(Permission.BOOK_VISITS)
def cancel(engagement_id: int) -> ResponseReturnValue:
    found = engagement_by_id(engagement_id)
    form = CancelForm(within="cancel")
    if form.validate_on_submit():
        with form.refusable():
            cancel_engagement(found.id, form.reason.data, seen=form.version.data, by=actor(), at=now())
            return _back(found, _("The engagement is called off."))
    change = EngagementForm(found.delegation_id, formdata=None, data=_as_it_is(found))
    told: dict[str, Any] = {"delegation": whole_delegation(found.delegation_id), "engagement": found}
    page, _status = _shown(change, **told, cancel_form=form)
    return page, form.status


def _as_it_is(found: Engagement) -> dict[str, Any]:
    """An engagement as the fields of the form have it."""
    columns = ("title", "starts_at", "ends_at", "host", "part_id", "headcount", "note", "version")
    told = {name: getattr(found, name) for name in columns}
    return told | {
        "kind": found.kind.value,
        "place": found.place.code if found.place else None,
        "destination": found.destination.code if found.destination else None,
    }


def _noon(delegation: Delegation) -> dict[str, Any]:
    """An hour about noon of the day asked for, or of the first whole day of the stay."""
    try:
        day = day_in(request.args.get("on", ""))
    except ValueError:
        day = (delegation.arrives_at + timedelta(hours=12)).astimezone(city_zone()).date()
    noon = datetime.combine(day, NOON, city_zone())
    return {"starts_at": noon, "ends_at": noon + timedelta(hours=1)}


def _shown(form: EngagementForm, **told: Any) -> tuple[str, int]:
    found: Engagement | None = told["engagement"]
    told.setdefault("cancel_form", CancelForm(formdata=None, within="cancel"))
    if found is not None and told["cancel_form"].version.data is None:
        told["cancel_form"].version.data = found.version
    page = render_template(
        "engagements/engagement.html",
        form=form,
        answer=answer_in_words(form.verdict),
        may_plan=actor().may(Permission.BOOK_VISITS)
        and (found is None or found.state is EngagementState.PLANNED),
        replies=reply_lines(found) if found else [],
        proposals=proposals_open(found, actor()) if found else [],
        history=entries(lines_about({"engagement": [found.id]}), of="engagement") if found else [],
        **told,
    )
    return page, form.status


def _back(found: Engagement, words: str) -> ResponseReturnValue:
    flash(words, "success")
    there = url_for(
        "programmes.programme", delegation_id=found.delegation_id, _anchor=f"engagement-{found.id}"
    )
    return redirect(there, code=303)
