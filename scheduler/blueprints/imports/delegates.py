"""A list of delegates that an officer brings in: uploaded once, mended on the page, laid beside the list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.access import Permission
from scheduler.actions.delegate_imports import ListChanged, import_delegates
from scheduler.actions.import_letters import newly_written_to
from scheduler.actions.list_merging import Matched, Merge, list_mark, merge
from scheduler.blueprints.imports.forms import MendForm, UploadForm
from scheduler.blueprints.imports.mending import Mending, left_out, mending, with_typed, without
from scheduler.blueprints.imports.packed import PackLost, packed, unpacked
from scheduler.blueprints.imports.room import bp
from scheduler.blueprints.portal.importing import FAMILY_FIRST
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.language import guest_language
from scheduler.papers.delegate_list import READ, SHAPE, DelegateList, ListedDelegate, judge_delegates
from scheduler.papers.list_rows import ReadList, RowFault, read_rows
from scheduler.papers.sheet import SheetUnreadable
from scheduler.records.database import db
from scheduler.records.delegation_search import delegates_of, whole_delegation
from scheduler.records.delegations import Delegate, Delegation
from scheduler.words.list_words import encoding_in_words, unreadable_in_words
from scheduler.words.portal_words import LIST_COLUMNS


@dataclass(frozen=True)
class Preview:
    """What importing would do: the rows that are right beside the list as it is, and those to mend."""

    found: DelegateList
    merged: Merge
    mending: Mending
    encoding: str
    mark: str
    left: frozenset[int]
    written_to: int

    @property
    def people(self) -> list[ListedDelegate]:
        """Whoever would come in."""
        return [person for person, _match in self.rows]

    @property
    def rows(self) -> list[tuple[ListedDelegate, Matched | None]]:
        """Every row that is right, in order, with what it means on the list."""
        known: list[tuple[ListedDelegate, Matched | None]] = [(m.person, m) for m in self.merged.matched]
        return sorted([*known, *((p, None) for p in self.merged.new)], key=lambda row: row[0].row)

    @property
    def faulty(self) -> int:
        """How many rows are at fault, without those that are left out."""
        return self.mending.number - len(self.left)


@bp.get("/delegations/<int:delegation_id>/delegates/import")
@allow(Permission.WRITE_DELEGATIONS)
def delegates(delegation_id: int) -> ResponseReturnValue:
    return _upload_page(whole_delegation(delegation_id), UploadForm(formdata=None))


@bp.post("/delegations/<int:delegation_id>/delegates/import")
@allow(Permission.WRITE_DELEGATIONS)
def look_at_delegates(delegation_id: int) -> ResponseReturnValue:
    """What was understood of a list. Nothing is kept yet."""
    delegation, form = whole_delegation(delegation_id), UploadForm()
    if form.validate_on_submit():
        try:
            languages = [guest_language(delegation), *sorted(delegation.languages)]
            read = read_rows(form.content(), SHAPE, languages)
            return _previewed(delegation, read, frozenset(), MendForm(formdata=None))
        except SheetUnreadable as unreadable:
            form.complain(unreadable_in_words(unreadable), "file")
    return _upload_page(delegation, form), 422


@bp.post("/delegations/<int:delegation_id>/delegates/import/rows")
@allow(Permission.WRITE_DELEGATIONS)
def import_rows(delegation_id: int) -> ResponseReturnValue:
    """Look again at what was mended; with `import` bring all of it in, with `right` the rows that are."""
    delegation, form = whole_delegation(delegation_id), MendForm()
    try:
        read = with_typed(unpacked(form.understood.data, _about(delegation)), request.form)
    except PackLost:
        again = UploadForm(formdata=None)
        again.complain(_("What was uploaded is no longer here. Upload the file again."), "file")
        return _upload_page(delegation, again), 422
    left = left_out(request.form)
    if form.validate() and ("import" in request.form or "right" in request.form):
        preview = _preview(delegation, read, left)
        if preview.faulty and "right" not in request.form:
            form.complain(
                _("Nothing was imported: some rows are still at fault. Mend them, or leave them out.")
            )
        elif not preview.people:
            form.complain(_("Nothing was imported: no row is right."))
        else:
            with form.refusable():
                return _imported(delegation, preview, form)
    return _previewed(delegation, read, left, form)


def _imported(delegation: Delegation, preview: Preview, form: MendForm) -> ResponseReturnValue:
    seen, removed = request.form.get("mark", ""), _removed()
    try:
        counts = import_delegates(
            delegation.id, preview.people, removed=removed, seen=seen, by=actor(), at=now()
        )
    except ListChanged:
        form.refuse(_("Somebody changed the list meanwhile. Nothing was imported. Look at it once more."))
        kept = with_typed(unpacked(form.understood.data, _about(delegation)), request.form)
        return _previewed(delegation, kept, preview.left, form)
    for words in _counted(counts, preview.mending.number):
        flash(words, "success")
    there = url_for("delegations.delegation", delegation_id=delegation.id, _anchor="delegates")
    return redirect(there, code=303)


def _preview(delegation: Delegation, read: ReadList, left: frozenset[int]) -> Preview:
    is_family_first = delegation.country in FAMILY_FIRST
    found = judge_delegates(without(read, left), is_family_first=is_family_first)
    there = _delegates(delegation)
    merged = merge(there, found.people)
    letter = read.letters.get("email", "")
    unclear = [RowFault(p.row, letter, "unclear", {"name": p.print_as}, "email") for p in merged.unclear]
    placed = [fault if fault.cell else replace(fault, cell=_name_column(read)) for fault in found.faults]
    faults = sorted([*placed, *unclear], key=lambda fault: (fault.row, fault.column))
    written_to = newly_written_to(delegation, merged, now())
    shown = mending(read, faults, _columns(read), left=left)
    return Preview(found, merged, shown, encoding_in_words(read.encoding), list_mark(there), left, written_to)


def _previewed(
    delegation: Delegation, read: ReadList, left: frozenset[int], form: MendForm
) -> ResponseReturnValue:
    preview = _preview(delegation, read, left)
    try:
        form.understood.raw_data, form.understood.data = None, packed(read, _about(delegation))
    except SheetUnreadable as unreadable:
        again = UploadForm(formdata=None)
        again.complain(unreadable_in_words(unreadable), "file")
        return _upload_page(delegation, again), 422
    page = render_template(
        "imports/people.html", delegation=delegation, preview=preview, form=form, removed=_removed()
    )
    if form.is_refused:
        return page, 409
    return page, 422 if preview.faulty or form.errors else 200


def _upload_page(delegation: Delegation, form: UploadForm) -> str:
    return render_template("imports/delegates.html", delegation=delegation, form=form)


def _columns(read: ReadList) -> Sequence[tuple[str, Any]]:
    """The columns to type in: those of the file, a name, and the address by which somebody is known."""
    names = {"name", "family", "given"} & read.headings.keys()
    wanted = set(read.headings) | {"email"} | (set() if names else {"name"})
    return [(column.value, LIST_COLUMNS[column.value]) for column in READ if column.value in wanted]


def _name_column(read: ReadList) -> str:
    """Where what is wrong with a row as a whole is mended: nobody named, somebody named twice."""
    return next((each for each in ("name", "family", "given") if each in read.headings), "name")


def _delegates(delegation: Delegation) -> Sequence[Delegate]:
    rows = delegates_of(delegation.id).execution_options(populate_existing=True)
    return db.session.scalars(rows).all()


def _removed() -> Collection[int]:
    """Who is ticked to be taken off."""
    told = request.form.getlist("removed")
    return {int(each) for each in told if each.isascii() and each.isdecimal() and len(each) < 10}


def _about(delegation: Delegation) -> str:
    return f"delegates of {delegation.id}"


def _counted(counts: dict[str, int], left: int) -> list[str]:
    told = [ngettext("%(num)d delegate was added.", "%(num)d delegates were added.", counts["added"])]
    if counts["changed"]:
        told.append(
            ngettext("%(num)d delegate was changed.", "%(num)d delegates were changed.", counts["changed"])
        )
    if counts["removed"]:
        told.append(
            ngettext(
                "%(num)d delegate was taken off the list.",
                "%(num)d delegates were taken off the list.",
                counts["removed"],
            )
        )
    if left:
        told.append(ngettext("%(num)d row was left out.", "%(num)d rows were left out.", left))
    return told
