"""When somebody works and when they are away."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.access import Permission
from scheduler.actions.resources import add_leave, remove_leave, set_hours
from scheduler.blueprints.resources.forms import LeaveForm
from scheduler.blueprints.resources.hours import EMPTY_ROWS, WorkingHoursForm, rows_of
from scheduler.blueprints.resources.page import resource_page
from scheduler.blueprints.resources.room import bp
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.resource_lookup import duties_touching, whole_resource


@bp.route("/<int:resource_id>/hours", methods=["GET", "POST"])
@allow(Permission.WRITE_RESOURCES)
def hours(resource_id: int) -> ResponseReturnValue:
    """Change the working hours, all rows at once."""
    found = whole_resource(resource_id)
    form = WorkingHoursForm(version=found.version, hours=rows_of(found.hours))
    if form.validate_on_submit():
        with form.refusable():
            set_hours(resource_id, form.working_hours(), seen=form.version.data, by=actor(), at=now())
            flash(_("The working hours were changed."), "success")
            return redirect(_there(resource_id), code=303)
    if request.method == "GET":
        for _number in range(EMPTY_ROWS):
            form.hours.append_entry()
    return render_template(
        "resources/hours.html", form=form, resource=whole_resource(resource_id)
    ), form.status


@bp.post("/<int:resource_id>/leave")
@allow(Permission.WRITE_RESOURCES)
def leave(resource_id: int) -> ResponseReturnValue:
    """Note when they are away; the duties within that time are counted, not dropped."""
    form = LeaveForm(within="leave")
    if form.validate_on_submit():
        with form.refusable():
            add_leave(resource_id, form.span(), form.reason.data, by=actor(), at=now())
            flash(_("The leave is entered."), "success")
            _warn(len(duties_touching(resource_id, form.span())))
            return redirect(_there(resource_id, "leave"), code=303)
    return resource_page(resource_id, leave_form=form), form.status


@bp.post("/<int:resource_id>/leave/<int:leave_id>/remove")
@allow(Permission.WRITE_RESOURCES)
def end_leave(resource_id: int, leave_id: int) -> ResponseReturnValue:
    """Take leave back."""
    remove_leave(resource_id, leave_id, by=actor(), at=now())
    flash(_("The leave is taken back."), "success")
    return redirect(_there(resource_id, "leave"), code=303)


def _warn(duties: int) -> None:
    if duties:
        flash(
            ngettext(
                "%(num)s duty lies within it. It stays until somebody releases it.",
                "%(num)s duties lie within it. They stay until somebody releases them.",
                duties,
            ),
            "warning",
        )


def _there(resource_id: int, part: str | None = None) -> Any:
    return url_for("resources.resource", resource_id=resource_id, _anchor=part)
