"""The form of several stops at once: a row for each, with its tour, day, session, headcount and part."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FormField
from wtforms.fields.choices import SelectChoice

from scheduler.blueprints.changing import RowForm, RowsField
from scheduler.blueprints.fields import ChoiceField, DayField, HeadcountField, IdField, LineField
from scheduler.blueprints.stop_rows import RowAnswer, RowsForm, SessionField, TicksField
from scheduler.core.facts import VisitRequest

MOST_STOPS = 8


class StopRow(RowForm):
    """One stop."""

    tour = ChoiceField(_l("Site and tour"))
    on = DayField(_l("Day"))
    session = SessionField(_l("Session"), choices=[("", _l("Choose tour and day, then press “Show”"))])
    headcount = HeadcountField(_l("Headcount"))
    part_id = IdField(_l("Part"))
    acknowledge = TicksField(_l("Points to confirm"))
    answer = RowAnswer()

    def is_empty(self) -> bool:
        return not self.tour.data and not self.session.data


class BatchForm(RowsForm):
    """Up to eight stops of one delegation, and why the points to confirm are right."""

    stops = RowsField(FormField(StopRow), _l("Stops"), max_entries=MOST_STOPS)
    acknowledge_reason = LineField(_l("Why it is right all the same"), most=500)

    def __init__(
        self, tours: Sequence[SelectChoice], parts: Sequence[SelectChoice], *told: Any, **more: Any
    ) -> None:
        super().__init__(*told, **more)
        for entry in self.stops:
            entry.form.tour.choices = [SelectChoice("", "–"), *tours]
            entry.form.part_id.choices = [SelectChoice("", _("All of them")), *parts]

    def rows(self) -> list[Any]:
        return self.stops.filled()

    def must_be_chosen(self) -> bool:
        """Whether every stop has its session; says so beside those that have none."""
        if not self.rows():
            self.complain(_("Choose at least one tour."))
        missing = [row.session for row in self.rows() if not row.session.data]
        for field in missing:
            field.errors = [*field.errors, _("Choose a session.")]
        return bool(self.rows()) and not missing

    def requests(self, delegation_id: int, headcounts: dict[int | None, int]) -> list[VisitRequest]:
        """What is asked for; a headcount left out is that of the part, or of the delegation."""
        return [self._request(row, delegation_id, headcounts) for row in self.rows()]

    def _request(self, row: Any, delegation_id: int, headcounts: dict[int | None, int]) -> VisitRequest:
        tour_code, starts_at = row.session.session()
        return VisitRequest(
            delegation_id=delegation_id,
            tour_code=tour_code,
            starts_at=starts_at,
            headcount=row.headcount.data or headcounts.get(row.part_id.data, headcounts[None]),
            part_id=row.part_id.data,
            acknowledge=row.acknowledge.ticked(),
            acknowledge_reason=self.acknowledge_reason.data,
        )
