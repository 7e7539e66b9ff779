"""What can be written about one tour session: its places, who else takes some, who waits for them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.widgets import HiddenInput

from scheduler.blueprints.changing import ChangingForm
from scheduler.blueprints.fields import HeadcountField, IdField, LineField, VersionField, WholeNumberField
from scheduler.blueprints.form import RoomForm
from scheduler.clock import now
from scheduler.records.delegation_lists import open_delegations


class PlacesForm(ChangingForm):
    """How many places one session has."""

    places = WholeNumberField(
        _l("Places"), most=5000, is_required=True, description=_l("0 takes the session out of the offer.")
    )


class OtherBookingForm(RoomForm):
    """Places taken by somebody who is no delegation."""

    name = LineField(_l("Who"), is_required=True, description=_l("A school, citizens, the site itself."))
    headcount = HeadcountField(_l("How many people"), is_required=True)


class WaitForm(RoomForm):
    """Who waits for places, for how many, and how long the places are then held."""

    delegation_id = IdField(_l("Delegation"), is_required=True)
    headcount = HeadcountField(_l("Headcount"), description=_l("All of them, if left empty."))
    language = LineField(_l("Language"), widget=HiddenInput(), most=8)
    hold_hours = WholeNumberField(
        _l("Hold the places for so many hours"), least=1, most=720, default=48, is_required=True
    )


class LeaveForm(RoomForm):
    """Off the list; the version is the one that was read."""

    version = VersionField()


def wait_form(**more: Any) -> WaitForm:
    """The form with every delegation that can still be booked."""
    form = WaitForm(within="wait", **more)
    offered = [(each.id, each.name) for each in open_delegations(now())]
    form.delegation_id.choices = [("", "–"), *offered]
    return form
