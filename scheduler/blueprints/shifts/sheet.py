"""The page of a day that moves: every remaining stop with its old and its new time, and what breaks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from scheduler.actions.shift_proposals import Shift, ShiftedVisit
from scheduler.actions.shifts import ShiftRefused
from scheduler.blueprints.shifts.forms import (
    KEEP,
    MOVE,
    POSTPONE,
    ShiftAskedForm,
    ShiftForm,
    other_choices,
)
from scheduler.blueprints.stop_rows import row_answer, running_choice, session_key
from scheduler.blueprints.typed import city_zone
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.core.spans import day_span
from scheduler.core.stops import EngagementKind
from scheduler.records.absence import NotFound
from scheduler.records.availability import offers
from scheduler.records.delegations import Delegation
from scheduler.records.engagement_lookup import engagement_by_id
from scheduler.records.site_facts import zone_named
from scheduler.records.visit_lookup import visits_numbered
from scheduler.records.visits import Visit
from scheduler.words.instants import local_day


def form_of(proposal: Shift) -> ShiftForm:
    """The form as a proposal fills it: each stop goes where it would. A prayer keeps its hour, a visit for
    which nothing starts any more that day waits for a choice."""
    form = ShiftForm(
        formdata=None,
        data={
            "visits": [_visit_row(each) for each in proposal.visits],
            "engagements": [
                {
                    "engagement_id": each.engagement.id,
                    "version": each.engagement.version,
                    "what": KEEP if each.engagement.kind is EngagementKind.PRAYER else MOVE,
                    "starts_at": each.starts_at,
                }
                for each in proposal.engagements
            ],
        },
    )
    for row, visit in zip(form.visit_rows(), proposal.visits, strict=True):
        row.answer = row_answer(visit.verdict)
    for row, engagement in zip(form.engagement_rows(), proposal.engagements, strict=True):
        row.answer = row_answer(engagement.verdict)
    return form


def tell_refusals(form: ShiftForm, refused: ShiftRefused) -> None:
    """Put what stands against each stop beside it."""
    for row in form.visit_rows():
        row.answer = row_answer(refused.visits.get(row.visit_id.data))
    for row in form.engagement_rows():
        row.answer = row_answer(refused.engagements.get(row.engagement_id.data))


def shift_page(delegation: Delegation, asked: ShiftAskedForm, form: ShiftForm | None) -> str:
    """The page; without a form it asks from when and by how much alone."""
    if form is not None:
        _lay_stops(form, delegation)
    return render_template(
        "shifts/shift.html",
        delegation=delegation,
        asked=asked,
        form=form,
        visits=form.visit_rows() if form else [],
        engagements=form.engagement_rows() if form else [],
        zone=city_zone().key,
    )


def _visit_row(shifted: ShiftedVisit) -> dict[str, Any]:
    visit, what = shifted.visit, ""
    if shifted.starts_at == visit.starts_at:
        what = KEEP
    elif shifted.starts_at is not None:
        what = session_key(visit.tour_session.tour.code, shifted.starts_at)
    return {"visit_id": visit.id, "version": visit.version, "what": what}


def _lay_stops(form: ShiftForm, delegation: Delegation) -> None:
    """Give each row the stop it is about, and the sessions to choose from. A stop of others is not here."""
    rows = form.visit_rows()
    visits = {visit.id: visit for visit in visits_numbered([row.visit_id.data for row in rows])}
    for row in rows:
        row.stop = _theirs(visits.get(row.visit_id.data), delegation)
        unsaid = [] if row.what.data else [SelectChoice("", _("Nothing starts then any more: choose."))]
        row.what.offer([*unsaid, *other_choices(), *_sessions(row.stop, _chosen(row) or row.stop.starts_at)])
    for row in form.engagement_rows():
        row.stop = _theirs(engagement_by_id(row.engagement_id.data), delegation)


def _theirs(stop: Any, delegation: Delegation) -> Any:
    if stop is None or stop.delegation_id != delegation.id:
        raise NotFound("stop", None)
    return stop


def _chosen(row: Any) -> datetime | None:
    told = row.what.session() if row.what.data not in (KEEP, POSTPONE) else None
    return told[1] if told else None


def _sessions(visit: Visit, near: datetime) -> Sequence[SelectChoice]:
    """The sessions of its tour on that day and the day it was on, with the places left."""
    tour = visit.tour_session.tour
    zone = zone_named(tour.site.zone)
    asking = VisitRequest(headcount=visit.headcount, visit_id=visit.id)
    found = []
    for day in sorted({local_day(visit.starts_at, tour.site.zone), local_day(near, tour.site.zone)}):
        span = day_span(day, zone)
        found += offers([tour.site_id], asking, span.starts_at, span.ends_at, at=now())
    return [
        running_choice(tour.code, offer.running, tour.site.zone)
        for offer in found
        if offer.tour.code == tour.code and offer.running.starts_at > now()
    ]
