"""What guests fill in: an answer to a stop, a wish about one, one delegate, a list of them."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField

from scheduler.actions.calendar_files import Stop
from scheduler.blueprints.fields import (
    EitherField,
    EmailField,
    LineField,
    MomentField,
    ParagraphField,
    TickField,
    VersionField,
)
from scheduler.blueprints.form import RoomForm
from scheduler.core.participation import Participation

ANSWERS = {
    Participation.ACCEPTED: _l("I will be there"),
    Participation.DECLINED: _l("I cannot come"),
}
ANSWERS_FOR_ALL = {
    Participation.ACCEPTED: _l("We will be there"),
    Participation.DECLINED: _l("We cannot come"),
}


class GuestForm(RoomForm):
    """A form of somebody without an account: their secret address stands for a token."""

    def validate(self, extra_validators: Any = None) -> bool:
        """The secret in the address is what a token would be: phones that keep no cookie answer too."""
        super().validate(extra_validators)
        self.csrf_token.errors = []
        return not self.errors


class StopForm(GuestForm):
    """A form about one stop, as its reader saw it."""

    version = VersionField()

    def must_be_about(self, stop: Stop) -> bool:
        """Whether the stop is still as it was when the page was made; else it says so and shows it anew."""
        is_same = self.version.data == stop.sequence
        self.version.raw_data, self.version.data = None, stop.sequence
        if not is_same:
            self.refuse(
                _(
                    "This changed while you were reading. Nothing was sent. Look at it as it is now, then "
                    "send your answer again."
                )
            )
        return is_same


class AnswerForm(StopForm):
    """Whether they come."""

    answer = EitherField(_l("Your answer"), is_required=True, choices=list(ANSWERS.items()))
    comment = ParagraphField(_l("Anything the office should know"), most=500)


class WishForm(StopForm):
    """Another time, or something in words."""

    starts_at = MomentField(_l("Another time to begin"))
    comment = ParagraphField(_l("What you would like instead, and why"), most=1000)

    def check(self) -> None:
        if self.starts_at.data is None and not self.starts_at.errors and not self.comment.data:
            self.complain(_("Give another time, or say in a few words what you would like."), "comment")


class PersonForm(GuestForm):
    """One delegate, as guests know them. Never a passport number."""

    version = VersionField()
    print_as = LineField(_l("Name as it is to be printed"), is_required=True)
    name_native = LineField(_l("Name in their own script"))
    name_roman = LineField(_l("Name in Latin letters"))
    post = LineField(_l("Post"))
    organisation = LineField(_l("Organisation"))
    email = EmailField(_l("E-mail"))

    def columns(self) -> dict[str, Any]:
        """What the delegate is to be."""
        names = ("print_as", "name_native", "name_roman", "post", "organisation", "email")
        return {name: self[name].data for name in names}


class UploadForm(GuestForm):
    """A spreadsheet of delegates."""

    file = FileField(_l("Your list (.xlsx or .csv)"))


class ImportForm(GuestForm):
    """What was understood of a list, sent back to be kept. `understood` is sealed by us."""

    understood = LineField("", is_required=True, most=400_000)
    only_right = TickField(_l("Import the rows that are right, and leave out the others"))
