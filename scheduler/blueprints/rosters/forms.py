"""What is said at a site's own desk: yes, no with other times, they are here, they never came."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from scheduler.actions.lifecycle import Told
from scheduler.blueprints.fields import DayField, HeadcountField, LineField, MomentField, VersionField
from scheduler.blueprints.form import AskedForm, RoomForm


class ActForm(RoomForm):
    """An act upon a visit, by somebody who saw this version of it."""

    version = VersionField()

    def told(self) -> Told:
        return Told()


class ConfirmForm(ActForm):
    """Yes, they may come."""


class DeclineForm(ActForm):
    """No, and when they may come instead."""

    reason = LineField(_l("Why not"), most=300, is_required=True)
    first_time = MomentField(_l("Another time"))
    second_time = MomentField(_l("Or then"))
    third_time = MomentField(_l("Or then"))

    def told(self) -> Told:
        fields = (self.first_time, self.second_time, self.third_time)
        offered: set[datetime] = {field.data for field in fields if field.data is not None}
        return Told(reason=self.reason.data, offered_times=tuple(sorted(offered)))


class ArriveForm(ActForm):
    """They are here: so many."""

    count = HeadcountField(_l("How many came"), is_required=True)

    def told(self) -> Told:
        return Told(count=self.count.data)


class NoShowForm(ActForm):
    """They never came."""

    reason = LineField(_l("What is known"), most=300)

    def told(self) -> Told:
        return Told(reason=self.reason.data)


class DayForm(AskedForm):
    """Which day to look at."""

    date = DayField(_l("Day"), is_required=True)
