"""A spreadsheet of delegates: uploaded, looked at row by row, and only then brought in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.access import Permission
from scheduler.actions.guest_lists import ListChanged, import_guests
from scheduler.actions.import_letters import newly_written_to
from scheduler.actions.list_merging import Matched, Merge, list_mark, merge
from scheduler.blueprints.portal.forms import ImportForm, UploadForm
from scheduler.blueprints.portal.people import listing, people_page, to_the_list
from scheduler.blueprints.portal.room import Guests, bp
from scheduler.blueprints.portal.sealed import SealBroken, TooMuchText, sealed, unsealed
from scheduler.doors import allow
from scheduler.language import guest_language
from scheduler.papers.delegate_list import DelegateList, RowFault, read_delegate_list
from scheduler.papers.sheet import SheetUnreadable
from scheduler.records.database import db
from scheduler.records.delegation_search import delegates_of
from scheduler.records.delegations import Delegate
from scheduler.words.letter_ways import office
from scheduler.words.list_words import encoding_in_words, fault_in_words, unreadable_in_words
from scheduler.words.portal_words import LIST_COLUMNS

# Where the family name leads (ISO 3166-1): how a printed name is made of its parts.
FAMILY_FIRST = frozenset({"CN", "HK", "HU", "JP", "KP", "KR", "KH", "MO", "TW", "VN"})
MOST_FAULTS_SHOWN = 50


@dataclass(frozen=True)
class Preview:
    """What importing would do, in words."""

    found: DelegateList
    merged: Merge
    faults: Sequence[str]
    more_faults: int
    encoding: str
    written_to: int

    @property
    def number(self) -> int:
        """How many rows would come in."""
        return len(self.merged.new) + len(self.merged.matched)

    @property
    def rows(self) -> list[tuple[Any, Matched | None]]:
        """Every row that is right, in order, with what it means on the list."""
        known = [(each.person, each) for each in self.merged.matched]
        return sorted([*known, *((person, None) for person in self.merged.new)], key=lambda row: row[0].row)


@bp.post("/guests/<secret>/people/upload")
@allow(Permission.OPEN)
def upload(secret: str) -> ResponseReturnValue:
    """What was understood of a list. Nothing is kept yet."""
    guests = listing(secret)
    form = UploadForm()
    file = request.files.get("file")
    try:
        found = _read(guests, file.read() if file else b"")
        return _previewed(guests, found, ImportForm(formdata=None))
    except SheetUnreadable as unreadable:
        form.complain(unreadable_in_words(unreadable), "file")
    except TooMuchText:
        form.complain(unreadable_in_words(SheetUnreadable("too_much_text")), "file")
    return people_page(guests, form), 422


@bp.post("/guests/<secret>/people/import")
@allow(Permission.OPEN)
def import_list(secret: str) -> ResponseReturnValue:
    """Bring in what was looked at."""
    guests, form = listing(secret), ImportForm()
    try:
        found, mark = unsealed(guests, request.form.get("understood", ""))
    except SealBroken:
        again = UploadForm(formdata=None)
        again.complain(_("What was uploaded is no longer here. Upload the file again."), "file")
        return people_page(guests, again), 422
    preview = _preview(guests, found)
    if (preview.faults and not form.only_right.data) or not preview.number:
        form.complain(_("Some rows are at fault. Tick below if the others should come in without them."))
        return _previewed(guests, found, form)
    unclear = {person.row for person in preview.merged.unclear}
    people = [person for person in found.people if person.row not in unclear]
    try:
        with form.refusable():
            counts = import_guests(guests.feed.id, people, removed=_removed(), seen=mark, at=guests.at)
            return to_the_list(secret, _counted(counts))
    except ListChanged:
        form.refuse(_("Somebody changed the list meanwhile. Nothing was imported. Look at it once more."))
    return _previewed(guests, found, form)


def _read(guests: Guests, data: bytes) -> DelegateList:
    delegation = guests.delegation
    return read_delegate_list(
        data,
        languages=[guest_language(delegation), *sorted(delegation.languages)],
        is_family_first=delegation.country in FAMILY_FIRST,
    )


def _preview(guests: Guests, found: DelegateList) -> Preview:
    merged = merge(_delegates(guests), found.people)
    unclear = [RowFault(each.row, "", "unclear", {"name": each.print_as}) for each in merged.unclear]
    faults = sorted([*found.faults, *unclear], key=lambda fault: (fault.row, fault.column))
    return Preview(
        found,
        merged,
        [fault_in_words(fault) for fault in faults[:MOST_FAULTS_SHOWN]],
        max(0, len(faults) - MOST_FAULTS_SHOWN),
        encoding_in_words(found.encoding),
        newly_written_to(guests.delegation, merged, guests.at),
    )


def _previewed(guests: Guests, found: DelegateList, form: ImportForm) -> ResponseReturnValue:
    """The page of what was understood, laid beside the list as it is now."""
    form.understood.raw_data = None
    form.understood.data = sealed(guests, found, list_mark(_delegates(guests)))
    preview = _preview(guests, found)
    page = render_template(
        "portal/preview.html",
        column_words=LIST_COLUMNS,
        guests=guests,
        secret=guests.secret,
        preview=preview,
        form=form,
        removed=_removed(),
        **office(),
    )
    if form.is_refused:
        return page, 409
    return page, 422 if preview.faults or form.errors else 200


def _delegates(guests: Guests) -> Sequence[Delegate]:
    rows = delegates_of(guests.delegation.id).execution_options(populate_existing=True)
    return db.session.scalars(rows).all()


def _removed() -> set[int]:
    """Whom the guest ticked to be taken off."""
    told = request.form.getlist("removed")
    return {int(each) for each in told if each.isascii() and each.isdecimal() and len(each) < 10}


def _counted(counts: dict[str, int]) -> str:
    told = [
        ngettext("%(num)d delegate was added", "%(num)d delegates were added", counts["added"]),
        ngettext("%(num)d was changed", "%(num)d were changed", counts["changed"]),
        ngettext("%(num)d was taken off", "%(num)d were taken off", counts["removed"]),
    ]
    return _("The list is imported: %(first)s, %(second)s, %(third)s.", **dict(zip(WORDS, told, strict=True)))


WORDS = ("first", "second", "third")
