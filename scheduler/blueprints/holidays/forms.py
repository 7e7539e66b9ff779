"""What is said of a single day that the government names a holiday, or takes back."""

from flask_babel import lazy_gettext as _l

from scheduler.blueprints.changing import ChangingForm
from scheduler.blueprints.fields import DayField, EitherField, LineField, ParagraphField


class HolidayForm(ChangingForm):
    """A day, what it is called, and who said so."""

    on = DayField(_l("Day"), is_required=True)
    name = LineField(_l("What it is called"), is_required=True)
    kind = EitherField(
        _l("What it is"),
        choices=[("holiday", _l("a public holiday")), ("ordinary", _l("an ordinary day all the same"))],
        default="holiday",
    )
    source = ParagraphField(
        _l("Where does this come from?"), is_required=True, description=_l("The announcement, with its date.")
    )


class ForgetForm(ChangingForm):
    """Remove an entry."""
