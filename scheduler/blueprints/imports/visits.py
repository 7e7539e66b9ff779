"""Visits that a spreadsheet asks for: judged row by row by the very same rules, mended, booked."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.access import Permission
from scheduler.actions.visit_lists import ListRefused, book_list, book_what_stands
from scheduler.blueprints.imports.forms import UploadForm, VisitsForm
from scheduler.blueprints.imports.mending import left_out, with_typed
from scheduler.blueprints.imports.packed import PackLost, packed, unpacked
from scheduler.blueprints.imports.room import bp
from scheduler.blueprints.imports.visit_rows import Judged, judged, spoken_names, with_alternatives_taken
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.papers.list_rows import ReadList
from scheduler.papers.sheet import SheetUnreadable
from scheduler.papers.visit_list import read_visit_list
from scheduler.records.visits import Visit
from scheduler.words.instants import local_day
from scheduler.words.list_words import unreadable_in_words

ABOUT = "visits"
# Whose letters a text file without a mark may be in: those of the office first.
LANGUAGES = ("ko", "en", "zh", "ja", "ar")


@bp.get("/visits/import")
@allow(Permission.BOOK_VISITS)
def visits() -> ResponseReturnValue:
    return _upload_page(UploadForm(formdata=None))


@bp.post("/visits/import")
@allow(Permission.BOOK_VISITS)
def look_at_visits() -> ResponseReturnValue:
    """What the rules say to each row. Nothing is booked yet."""
    form = UploadForm()
    if form.validate_on_submit():
        try:
            read = read_visit_list(form.content(), LANGUAGES)
            return _shown(read, frozenset(), VisitsForm(formdata=None))
        except SheetUnreadable as unreadable:
            form.complain(unreadable_in_words(unreadable, of_visits=True), "file")
    return _upload_page(form), 422


@bp.post("/visits/import/rows")
@allow(Permission.BOOK_VISITS)
def book_rows() -> ResponseReturnValue:
    """Look again at what was mended; with `book` book all of it, with `possible` the rows that can be."""
    form = VisitsForm()
    try:
        read = with_typed(unpacked(form.understood.data, ABOUT), request.form)
    except PackLost:
        again = UploadForm(formdata=None)
        again.complain(_("What was uploaded is no longer here. Upload the file again."), "file")
        return _upload_page(again), 422
    read, left = with_alternatives_taken(read, request.form), left_out(request.form)
    if not form.validate() or not {"book", "possible"} & request.form.keys():
        return _shown(read, left, form)
    if "possible" in request.form:
        return _possible(read, left, form)
    return _all(read, left, form)


def _all(read: ReadList, left: frozenset[int], form: VisitsForm) -> ResponseReturnValue:
    """Book every row that is not left out, or nothing."""
    found = _judged(read, left, form)
    if found.faults or not found.wanted:
        form.refuse(_("Nothing was booked: some rows are at fault. Mend them, or leave them out."))
        return _shown(read, left, form)
    with form.refusable():
        try:
            made = book_list(found.wanted, by=actor(), at=now())
        except ListRefused:
            form.refuse(_("Nothing was booked: some rows cannot be as they are. Their reasons stand below."))
        else:
            return _booked(made)
    return _shown(read, left, form)


def _possible(read: ReadList, left: frozenset[int], form: VisitsForm) -> ResponseReturnValue:
    """Book the rows that can be, and show what is left of the list."""
    found = _judged(read, left, form)
    made: Sequence[Visit] = []
    with form.refusable():
        made, rest = book_what_stands(found.wanted, by=actor(), at=now())
        if not rest and not found.faults and not left:
            return _booked(made or found.there)
    if form.errors:
        return _shown(read, left, form)
    if made:
        flash(ngettext("%(num)s visit is booked.", "%(num)s visits are booked.", len(made)), "success")
    booked = {each.row for each in found.wanted} - {each.wanted.row for each in rest}
    remaining = read.with_rows(row for row in read.rows if row.number not in booked)
    if not remaining.rows:
        return _booked(made)
    form.refuse(_("The rows below are not booked."))
    return _shown(remaining, left, form)


def _judged(read: ReadList, left: frozenset[int], form: VisitsForm) -> Judged:
    told = form.acknowledge.ticked(), form.acknowledge_reason.data or ""
    return judged(read, left, told, spoken_names(), by=actor(), at=now())


def _shown(read: ReadList, left: frozenset[int], form: VisitsForm) -> ResponseReturnValue:
    """The page of the rows as the rules see them now."""
    found = _judged(read, left, form)
    try:
        form.understood.raw_data, form.understood.data = None, packed(read, ABOUT)
    except SheetUnreadable as unreadable:
        again = UploadForm(formdata=None)
        again.complain(unreadable_in_words(unreadable, of_visits=True), "file")
        return _upload_page(again), 422
    page = render_template("imports/visit_rows.html", found=found, form=form)
    if form.is_refused:
        return page, 409
    return page, 422 if found.faults or form.errors else 200


def _booked(made: Sequence[Visit]) -> ResponseReturnValue:
    """To the board, where the first of them stands."""
    flash(ngettext("%(num)s visit is booked.", "%(num)s visits are booked.", len(made)), "success")
    first = min(made, key=lambda visit: visit.starts_at)
    on = local_day(first.starts_at, first.tour_session.tour.site.zone)
    return redirect(url_for("board.board", on=on.isoformat()), code=303)


def _upload_page(form: UploadForm) -> str:
    return render_template("imports/visits.html", form=form)
