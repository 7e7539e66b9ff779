"""What can be written about one tour session: its places, and who else takes some."""

from flask_babel import lazy_gettext as _l

from scheduler.blueprints.changing import ChangingForm
from scheduler.blueprints.fields import HeadcountField, LineField, WholeNumberField
from scheduler.blueprints.form import RoomForm


class PlacesForm(ChangingForm):
    """How many places one session has."""

    places = WholeNumberField(
        _l("Places"), most=5000, is_required=True, description=_l("0 takes the session out of the offer.")
    )


class OtherBookingForm(RoomForm):
    """Places taken by somebody who is no delegation."""

    name = LineField(_l("Who"), is_required=True, description=_l("A school, citizens, the site itself."))
    headcount = HeadcountField(_l("How many people"), is_required=True)
