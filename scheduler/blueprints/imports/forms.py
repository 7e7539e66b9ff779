"""What officers send: a spreadsheet, and the rows of one as they mended them."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField

from scheduler.blueprints.fields import LineField
from scheduler.blueprints.form import RoomForm
from scheduler.blueprints.stop_rows import TicksField


class UploadForm(RoomForm):
    """A spreadsheet."""

    file = FileField(_l("Your list (.xlsx or .csv)"))

    def content(self) -> bytes:
        """What was sent; nothing where no file was."""
        sent = self.file.data
        return sent.read() if sent else b""


class MendForm(RoomForm):
    """Rows of a list, sent back. `understood` is packed and signed by us; the cells stand beside it."""

    understood = LineField("", most=400_000)


class VisitsForm(MendForm):
    """The same for visits: which kinds of caution were looked at, and why they are right all the same."""

    acknowledge = TicksField(_l("Points to confirm"))
    acknowledge_reason = LineField(_l("Why it is right all the same"), most=500)
