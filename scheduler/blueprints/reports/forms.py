"""Which days a report is about: a year, or any stretch of days."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from scheduler.blueprints.fields import DayField, WholeNumberField
from scheduler.blueprints.form import AskedForm
from scheduler.records.statistics import Days

MOST_YEARS = 10
LAST_YEAR = 9990


class ReportForm(AskedForm):
    """A year, or from one day to another; this year where nothing is asked for."""

    year = WholeNumberField(_l("Year"), least=1900 + MOST_YEARS, most=LAST_YEAR)
    first = DayField(_l("From"), name="from")
    last = DayField(_l("To, this day included"), name="to")

    def validate(self, extra_validators: object = None) -> bool:
        """Each field alone, then what they say together."""
        super().validate()
        if not self.errors:
            self._must_be_a_stretch()
        return not self.errors

    def days(self, today: date) -> Days:
        """What was asked for; this year where that is at fault."""
        if not self.errors and self.first.data is not None and self.last.data is not None:
            return Days(self.first.data, self.last.data)
        year = today.year if self.errors else self.year.data or today.year
        return Days(date(year, 1, 1), date(year, 12, 31))

    def _must_be_a_stretch(self) -> None:
        first, last = self.first.data, self.last.data
        if (first is None) != (last is None):
            missing = self.last if last is None else self.first
            missing.errors = [_("Give both days, or a year.")]
        elif first is not None and last is not None:
            if last < first:
                self.last.errors = [_("Must not be before “%(other)s”.", other=self.first.label.text)]
            elif (last - first).days > 366 * MOST_YEARS or first.year <= 1900 + MOST_YEARS:
                self.last.errors = [_("Give a stretch of %(most)s years at most.", most=MOST_YEARS)]
