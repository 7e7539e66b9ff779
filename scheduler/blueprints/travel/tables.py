"""A whole travel table brought as a file: first rehearsed and shown, then saved, all of it or nothing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.travel_files import MOST_LINES, LineFault, TravelTableFaulty, read_travel_csv
from scheduler.actions.travel_times import Imported, ImportMode, import_travel_times
from scheduler.blueprints.form import given
from scheduler.blueprints.travel.forms import ImportForm, packed
from scheduler.blueprints.travel.room import bp
from scheduler.blueprints.travel.sheet import changes_shown, faults_shown, lines_beyond
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor

SAVE = "save"
SAMPLE = """\
origin,destination,hour,minutes
GIMPO,HOTEL-PLAZA,,45
GIMPO,HOTEL-PLAZA,7~9,70
HOTEL-PLAZA,TOPIS,8,15"""
ABOUT = {"sample": SAMPLE, "most_lines": MOST_LINES}


@bp.get("/import")
@allow(Permission.WRITE_TRAVEL)
def bring_table() -> ResponseReturnValue:
    """A file to choose."""
    return render_template("travel/import.html", form=ImportForm(), tried=None, faults=None, **ABOUT)


@bp.post("/import")
@allow(Permission.WRITE_TRAVEL)
def import_table() -> ResponseReturnValue:
    """Rehearse a file and show what would change; save it once its reader has seen that."""
    form = ImportForm()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        tried = _imported(form, is_rehearsal=True)
        if SAVE not in request.form or form.table.data:
            return _rehearsed(form, tried), 200
        if form.shown.data != _counted(tried):
            form.refuse(_("Somebody changed the table meanwhile. Look again at what would change."))
            return _rehearsed(form, tried), 409
        done = _imported(form, is_rehearsal=False)
    except TravelTableFaulty as faulty:
        return _page(form, faulty.faults), 422
    words = _(
        "The table is saved: %(added)s rows added, %(changed)s changed, %(removed)s removed.", **done.counts
    )
    flash(words, "success")
    return redirect(url_for("travel.ways"), code=303)


def _imported(form: ImportForm, *, is_rehearsal: bool) -> Imported:
    rows, faults = read_travel_csv(given(form.content))
    mode = ImportMode(form.mode.data)
    return import_travel_times(rows, mode, faults=faults, is_rehearsal=is_rehearsal, by=actor(), at=now())


def _rehearsed(form: ImportForm, tried: Imported) -> str:
    """The page with what would change; the file travels along, out of sight."""
    for field, value in ((form.packed, packed(given(form.content))), (form.shown, _counted(tried))):
        field.raw_data, field.data = None, value
    changes, more = changes_shown(tried)
    return render_template(
        "travel/import.html", form=form, tried=tried, changes=changes, more=more, faults=None, **ABOUT
    )


def _page(form: ImportForm, faults: list[LineFault] | None = None) -> str:
    """The page with what is wrong; a file with faults is chosen anew once they are mended."""
    form.packed.data = form.shown.data = ""
    shown = None if faults is None else faults_shown(faults)
    return render_template(
        "travel/import.html",
        form=form,
        tried=None,
        faults=shown,
        faulty_lines=len({fault.line for fault in faults or ()}),
        beyond=lines_beyond(faults or ()),
        **ABOUT,
    )


def _counted(tried: Imported) -> str:
    return " ".join(f"{name}={number}" for name, number in tried.counts.items())
