"""The forms of assigning: one person or vehicle to a visit, or to a stretch of a delegation's day."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from scheduler.blueprints.fields import (
    DayField,
    HeadcountField,
    MomentField,
    VersionField,
    WholeNumberField,
    after,
)
from scheduler.blueprints.form import AskedForm, RoomForm

# The largest number a row can have.
ROW = 2**31 - 1


class AssignForm(RoomForm):
    """Who comes to a visit; of a vehicle, how many ride."""

    resource_id = WholeNumberField(lazy_pgettext("duty", "Who"), is_required=True, least=1, most=ROW)
    headcount = HeadcountField(_l("How many ride"))
    starts_at = MomentField(_l("Begin"))
    ends_at = MomentField(_l("End"), validators=[after("starts_at")])


class AssignDayForm(RoomForm):
    """Who is with the delegation, or a part of it, from when to when."""

    resource_id = WholeNumberField(lazy_pgettext("duty", "Who"), is_required=True, least=1, most=ROW)
    starts_at = MomentField(_l("Begin"), is_required=True)
    ends_at = MomentField(_l("End"), is_required=True, validators=[after("starts_at")])
    part_id = WholeNumberField(_l("Part"), least=1, most=ROW)
    headcount = HeadcountField(_l("How many ride"))


class DayForm(AskedForm):
    """Which day to look at, and which hours of it."""

    on = DayField(_l("Day"))
    starts_at = MomentField(_l("Begin"))
    ends_at = MomentField(_l("End"))
    part_id = WholeNumberField(_l("Part"), least=1, most=ROW)


class ReleaseForm(RoomForm):
    """Which version of the assignment its reader saw."""

    version = VersionField()
