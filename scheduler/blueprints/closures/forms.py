"""What is said of a closure: from when to when, and why."""

from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from scheduler.blueprints.changing import ChangingForm
from scheduler.blueprints.fields import EitherField, LineField, MomentField, after
from scheduler.blueprints.form import given
from scheduler.core.spans import Span, day_span
from scheduler.records.site_facts import zone_named
from scheduler.records.sites import Site
from scheduler.words.instants import local_day


class ClosureForm(ChangingForm):
    """A closure from one instant to another."""

    starts_at = MomentField(_l("Closed from"), is_required=True)
    ends_at = MomentField(_l("Closed until"), [after("starts_at")], is_required=True)
    reason = LineField(_l("Reason"), most=300, is_required=True)

    def span(self) -> Span:
        return Span(given(self.starts_at.data), given(self.ends_at.data))


class CloseNowForm(ChangingForm):
    """A closure from this minute on."""

    until = EitherField(
        _l("Closed until"),
        choices=[("end_of_day", _l("the end of today")), ("moment", _l("the time given here"))],
        default="end_of_day",
    )
    ends_at = MomentField(_l("Date and time"), description=_l("Only for “the time given here”."))
    reason = LineField(
        _l("Reason"), most=300, is_required=True, description=_l("Guests and officers will read it.")
    )

    def __init__(self, site: Site, at: datetime, **more: Any) -> None:
        super().__init__(**more)
        self._zone, self._at = site.zone, at

    def validate_until(self, field: EitherField) -> None:
        if field.data == "moment" and self.ends_at.data is None and not self.ends_at.errors:
            raise ValidationError(_("Give the date and time, or choose the end of today."))

    def validate_ends_at(self, field: MomentField) -> None:
        if self.until.data == "moment" and field.data is not None and field.data <= self._at:
            raise ValidationError(_("Must lie in the future."))

    def span(self) -> Span:
        """From this minute to the chosen one."""
        zone = zone_named(self._zone)
        end_of_day = day_span(local_day(self._at, self._zone), zone).ends_at
        ends_at = given(self.ends_at.data) if self.until.data == "moment" else end_of_day
        starts_at = self._at.replace(second=0)
        return Span(starts_at, max(ends_at, starts_at + timedelta(minutes=1)))
