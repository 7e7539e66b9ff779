"""What is asked about ways: from where to where, one way's minutes, a whole table as a file."""

import base64
import binascii
import zlib
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField

from scheduler.actions.travel_files import MOST_LINES, MOST_MINUTES, LineFault, TravelRow
from scheduler.actions.travel_times import ImportMode
from scheduler.blueprints.fields import ChoiceField, EitherField, LineField, WholeNumberField
from scheduler.blueprints.form import AskedForm, RoomForm
from scheduler.records.travel_lookup import every_place
from scheduler.words.own_names import own_name
from scheduler.words.travel_words import line_fault_in_words

# Twenty thousand lines of two long codes each, and their remarks.
MOST_BYTES = 2 * 1024 * 1024
# What a browser sends back in one plain field.
MOST_PACKED = 400_000
FIELD_OF = {"no_hour": "hours", "hour_range": "hours", "hours_backwards": "hours"}


class WaysForm(AskedForm):
    """Between which two places."""

    origin = ChoiceField(lazy_pgettext("way", "From"))
    destination = ChoiceField(lazy_pgettext("way", "To"))

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        places = [(place.code, f"{own_name(place)} ({place.code})") for place in every_place()]
        for field in (self.origin, self.destination):
            field.choices = [("", _("Choose a place")), *places]


class WayForm(RoomForm):
    """The minutes of one way, at some hours or any. The two places are hidden: they were chosen before."""

    origin = HiddenField()
    destination = HiddenField()
    hours = LineField(
        _l("Leaving within the hour"), most=10, description=_l("0 to 23, several as 7~9; empty: any hour.")
    )
    minutes = WholeNumberField(_l("Minutes"), most=MOST_MINUTES, is_required=True)

    def row(self) -> TravelRow:
        """What was told, as a line of the table."""
        told = (self.origin.data or "", self.destination.data or "", self.hours.data or "")
        return TravelRow(1, *told, str(self.minutes.data))

    def blame_lines(self, faults: list[LineFault]) -> None:
        """Write what is wrong beside the field it is about."""
        for fault in faults:
            self.complain(line_fault_in_words(fault), FIELD_OF.get(fault.code, ""))


class ImportForm(RoomForm):
    """A table as a file, and what becomes of the rows it does not name. What was rehearsed comes back in
    `packed`, since a browser sends a file once only; `shown` is what the reader was told of it."""

    table = FileField(_l("The table as a CSV file"))
    mode = EitherField(
        _l("What becomes of the present table"),
        choices=[
            (ImportMode.ADD.value, _l("It stays; the file is added to it and changes what it names.")),
            (ImportMode.REPLACE.value, _l("The file replaces it; what the file does not name is removed.")),
        ],
        default=ImportMode.ADD.value,
        is_required=True,
    )
    packed = HiddenField()
    shown = HiddenField()
    content: bytes | None = None

    def check(self) -> None:
        if self.errors:
            return
        self.content = self._sent() or self._unpacked()
        if self.content is None:
            self.complain(_("Choose a file."), "table")
        elif len(self.content) > MOST_BYTES or len(packed(self.content)) > MOST_PACKED:
            self.complain(_("This file is too large for %(most)s lines.", most=MOST_LINES), "table")

    def _sent(self) -> bytes | None:
        sent = self.table.data
        if not isinstance(sent, FileStorage) or not sent.filename:
            return None
        return sent.read(MOST_BYTES + 1)

    def _unpacked(self) -> bytes | None:
        try:
            kept = base64.b64decode(self.packed.data or "", validate=True)
            return zlib.decompressobj().decompress(kept, MOST_BYTES + 1) if kept else None
        except (binascii.Error, ValueError, zlib.error):
            return None


def packed(content: bytes) -> str:
    """A table, small enough for a hidden field."""
    return base64.b64encode(zlib.compress(content, 9)).decode()
