"""The form of a site's opening hours: the rows that are there, and a few empty ones."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FormField

from scheduler.blueprints.changing import RowForm, RowsField
from scheduler.blueprints.fields import ChoiceField, DayField, HourField
from scheduler.blueprints.sites.forms import WEEKDAYS, SourcedForm
from scheduler.core.facts import OpeningHours
from scheduler.records.sites import Site
from scheduler.words.site_words import weekday_name

EMPTY_ROWS = 3


class HoursRow(RowForm):
    """Open on one weekday between two hours, perhaps only from or until some day."""

    weekday = ChoiceField(_l("Weekday"))
    opens = HourField(_l("Opens"))
    closes = HourField(_l("Closes"))
    valid_from = DayField(_l("From"))
    valid_to = DayField(_l("Until"))

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        self.weekday.choices = [("", "–"), *((day, weekday_name(int(day))) for day in WEEKDAYS)]

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """An empty row is no row; one with something in it needs its day and both hours, in order."""
        is_right = bool(super().validate(extra_validators))
        if self.is_empty():
            return is_right
        for field in (self.weekday, self.opens, self.closes):
            if field.data is None and not field.errors:
                field.errors = [_("Needed in this row. To remove the row, empty all of it.")]
        if self.opens.data and self.closes.data and self.closes.data <= self.opens.data:
            self.closes.errors = [_("Must be after the opening.")]
        if self.valid_from.data and self.valid_to.data and self.valid_to.data < self.valid_from.data:
            self.valid_to.errors = [_("Must not be before the first day.")]
        return not self.errors


class HoursForm(SourcedForm):
    """All opening hours of a site, row by row."""

    hours = RowsField(FormField(HoursRow), _l("Opening hours"))

    def opening_hours(self) -> tuple[OpeningHours, ...]:
        return tuple(
            OpeningHours(
                weekday=int(row.weekday.data),
                opens=row.opens.data,
                closes=row.closes.data,
                valid_from=row.valid_from.data,
                valid_to=row.valid_to.data,
            )
            for row in self.hours.filled()
        )

    def changes(self, site: Site) -> dict[str, Any]:
        return {"hours": self.opening_hours(), "facts": self.sourced("hours")}
