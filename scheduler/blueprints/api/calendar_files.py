"""Calendar files of one visit or one delegation, to save or to send."""

from flask import Response, current_app

from scheduler.access import Permission
from scheduler.actions.calendar_files import invitation_file, programme_file, visit_file
from scheduler.blueprints.api.answering import calendar_file
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.calendar.files import calendar_answer
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.delegation_search import whole_delegation
from scheduler.records.feed_lookup import programme_of
from scheduler.records.visit_lookup import visit_seen_by
from scheduler.words import calendar_texts


@bp.get("/visits/<id:visit_id>.ics")
@calendar_file
@allow(Permission.READ_VISITS)
def download_visit(visit_id: int) -> Response:
    """Save a visit as a calendar file, without METHOD and without people."""
    visit = visit_seen_by(actor(), visit_id)
    data = visit_file(visit, calendar_texts.for_guests)
    return calendar_answer(data, calendar_texts.for_guests(visit).summary)


@bp.get("/visits/<id:visit_id>/invitation.ics")
@calendar_file
@allow(Permission.READ_DELEGATIONS)
def download_invitation(visit_id: int) -> Response:
    """The invitation of the delegation's contact (REQUEST), or its cancellation (CANCEL) once called off.

    Answers 409 `nobody_to_invite` when the delegation has no contact e-mail.
    """
    visit = visit_seen_by(actor(), visit_id)
    sent = invitation_file(visit, calendar_texts.for_guests, organizer=calendar_texts.organizer())
    return calendar_answer(sent.data, "invitation", method=sent.method)


@bp.get("/delegations/<id:delegation_id>/programme.ics")
@calendar_file
@allow(Permission.READ_DELEGATIONS)
def download_programme(delegation_id: int) -> Response:
    """Save a delegation's visits, save those called off, as one calendar file."""
    name = calendar_texts.programme_name(whole_delegation(delegation_id).name)
    data = programme_file(
        programme_of(delegation_id),
        calendar_texts.for_guests,
        name=name,
        zone=current_app.config["CITY_ZONE"],
    )
    return calendar_answer(data, name)
