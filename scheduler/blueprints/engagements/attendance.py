"""Which delegates attend a stop: a visit or an engagement."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.attendance import attend_engagement, attend_visit
from scheduler.blueprints.engagements.forms import AttendanceForm
from scheduler.blueprints.engagements.room import bp
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.attendance_lookup import attending
from scheduler.records.database import db
from scheduler.records.delegation_search import delegates_of, whole_delegation
from scheduler.records.engagement_lookup import engagement_by_id
from scheduler.records.engagements import Engagement
from scheduler.records.visit_lookup import visit_seen_by
from scheduler.records.visits import Visit
from scheduler.words.own_names import own_name


@bp.route("/visits/<int:visit_id>/attendance", methods=["GET", "POST"])
@allow(Permission.BOOK_VISITS)
def attend_visit_page(visit_id: int) -> ResponseReturnValue:
    visit = visit_seen_by(actor(), visit_id)
    form = _form(visit)
    if form.validate_on_submit():
        with form.refusable():
            ids, seen = form.delegate_ids.data or (), form.version.data
            attend_visit(visit_id, ids, seen=seen, by=actor(), at=now())
            return _back(visit)
    return _shown(visit, form, own_name(visit.tour_session.tour.site))


@bp.route("/engagements/<int:engagement_id>/attendance", methods=["GET", "POST"])
@allow(Permission.BOOK_VISITS)
def attend_engagement_page(engagement_id: int) -> ResponseReturnValue:
    engagement = engagement_by_id(engagement_id)
    form = _form(engagement)
    if form.validate_on_submit():
        with form.refusable():
            ids, seen = form.delegate_ids.data or (), form.version.data
            attend_engagement(engagement_id, ids, seen=seen, by=actor(), at=now())
            return _back(engagement)
    return _shown(engagement, form, engagement.title)


def _form(stop: Visit | Engagement) -> AttendanceForm:
    delegates = db.session.scalars(delegates_of(stop.delegation_id)).all()
    if stop.part is not None and stop.part.members:
        members = {each.id for each in stop.part.members}
        delegates = [each for each in delegates if each.id in members]
    return AttendanceForm(delegates, attending(stop).keys(), version=stop.version)


def _shown(stop: Visit | Engagement, form: AttendanceForm, title: str) -> ResponseReturnValue:
    delegation = whole_delegation(stop.delegation_id)
    page = render_template(
        "engagements/attendance.html", form=form, stop=stop, delegation=delegation, title=title
    )
    return page, form.status


def _back(stop: Visit | Engagement) -> ResponseReturnValue:
    flash(_("Who attends is kept."), "success")
    return redirect(url_for("programmes.programme", delegation_id=stop.delegation_id), code=303)
