"""The form of working hours: one row for all weekdays with the same hours and dates, and a few empty rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FormField

from scheduler.actions.invalid import Invalid
from scheduler.blueprints.changing import RowForm, RowsField
from scheduler.blueprints.fields import ChoicesField, DayField, HourField, VersionField
from scheduler.blueprints.form import RoomForm
from scheduler.core.duties import WorkingHours
from scheduler.records.resources import ResourceHours
from scheduler.words.site_words import weekday_name
from scheduler.words.wording import invalid_in_words

EMPTY_ROWS = 2
SAME = ("starts", "ends", "valid_from", "valid_to")
WEEKDAYS = [str(number) for number in range(7)]


class WorkRow(RowForm):
    """At work on some weekdays between two hours, perhaps only from or until some day."""

    weekdays = ChoicesField(_l("Weekdays"))
    starts = HourField(_l("Begins"))
    ends = HourField(_l("Ends"))
    valid_from = DayField(_l("From"))
    valid_to = DayField(_l("Until"))

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        self.weekdays.choices = [(day, weekday_name(int(day), "EEE")) for day in WEEKDAYS]

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """An empty row is no row; one with something in it needs its weekdays and both hours, in order."""
        is_right = bool(super().validate(extra_validators))
        if self.is_empty():
            return is_right
        for field in (self.weekdays, self.starts, self.ends):
            if not field.data and not field.errors:
                field.errors = [_("Needed in this row. To remove the row, empty all of it.")]
        if self.starts.data and self.ends.data and self.ends.data <= self.starts.data:
            self.ends.errors = [_("Must be after the beginning.")]
        if self.valid_from.data and self.valid_to.data and self.valid_to.data < self.valid_from.data:
            self.valid_to.errors = [_("Must not be before the first day.")]
        return not self.errors


class WorkingHoursForm(RoomForm):
    """All working hours of one resource."""

    version = VersionField()
    hours = RowsField(FormField(WorkRow), _l("Working hours"))

    def blame(self, wrong: Invalid) -> None:
        """What two rows say together is no single row's fault: it stands above the form."""
        self.complain(invalid_in_words(wrong))

    def working_hours(self) -> list[WorkingHours]:
        return [
            WorkingHours(weekday=int(day), **{name: row[name].data for name in SAME})
            for row in self.hours.filled()
            for day in row.weekdays.data
        ]


def rows_of(hours: Iterable[ResourceHours]) -> list[dict[str, Any]]:
    """Working hours as the rows of the form: days with the same hours and dates share one."""
    shared: dict[tuple[Any, ...], list[str]] = {}
    for row in hours:
        shared.setdefault(tuple(getattr(row, name) for name in SAME), []).append(str(row.weekday))
    return [dict(zip(SAME, same, strict=True)) | {"weekdays": days} for same, days in shared.items()]
