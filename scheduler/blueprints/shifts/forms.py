"""The forms of a day that moves: from when and by how much, then a choice for every stop."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FormField
from wtforms.fields.choices import SelectChoice

from scheduler.actions.invalid import Invalid
from scheduler.actions.shift_proposals import MOST_MINUTES
from scheduler.actions.shifts import EngagementMove, ShiftAsked
from scheduler.blueprints.changing import RowForm, RowsField
from scheduler.blueprints.fields import ChoiceField, LineField, MomentField, WholeNumberField
from scheduler.blueprints.form import AskedForm, given
from scheduler.blueprints.stop_rows import RowAnswer, RowsForm, SessionField, TicksField
from scheduler.blueprints.visits.forms import LARGEST_ID
from scheduler.core.facts import VisitRequest
from scheduler.records.visits import Visit

KEEP, POSTPONE, MOVE = "keep", "postpone", "move"
MOST_STOPS = 50


class ShiftAskedForm(AskedForm):
    """From when the day moves, and by how many minutes."""

    from_ = MomentField(_l("What begins from"), name="from", is_required=True)
    minutes = WholeNumberField(
        _l("Moves by so many minutes"),
        is_required=True,
        least=-MOST_MINUTES,
        most=MOST_MINUTES,
        description=_l("240 is four hours later; -30 is half an hour earlier."),
    )


class WhatField(SessionField):
    """What becomes of a visit: another session, or it stays, or it is put off."""

    def pre_validate(self, form: Any) -> None:
        if self.data not in (KEEP, POSTPONE):
            super().pre_validate(form)


class VisitRow(RowForm):
    """One visit of that day."""

    visit_id = WholeNumberField(_l("Number"), least=1, most=LARGEST_ID)
    version = WholeNumberField(_l("Version you read"), least=1, most=2**31)
    what = WhatField(_l("What becomes of it"))
    acknowledge = TicksField(_l("Points to confirm"))
    answer = RowAnswer()
    stop: Any = None

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Every visit has its choice."""
        super().validate(extra_validators)
        if not self.what.data and not self.what.errors:
            self.what.errors = [_("Choose a session, or say that it stays or is put off.")]
        return not self.errors


class EngagementRow(RowForm):
    """One engagement of that day."""

    engagement_id = WholeNumberField(_l("Number"), least=1, most=LARGEST_ID)
    version = WholeNumberField(_l("Version you read"), least=1, most=2**31)
    what = ChoiceField(
        _l("What becomes of it"), choices=[(MOVE, _l("It moves")), (KEEP, _l("It stays as it is"))]
    )
    starts_at = MomentField(_l("It begins at"))
    acknowledge = TicksField(_l("Points to confirm"))
    answer = RowAnswer()
    stop: Any = None

    def is_empty(self) -> bool:
        return self.engagement_id.data is None

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """An engagement that moves has its hour."""
        super().validate(extra_validators)
        if self.what.data == MOVE and self.starts_at.data is None and not self.starts_at.errors:
            self.starts_at.errors = [_("Say when it begins.")]
        return not self.errors


class ShiftForm(RowsForm):
    """A choice for every stop, and one reason for all."""

    visits = RowsField(FormField(VisitRow), _l("Visits"), max_entries=MOST_STOPS)
    engagements = RowsField(FormField(EngagementRow), _l("Engagements"), max_entries=MOST_STOPS)
    reason = LineField(
        _l("Why the day moves"), most=500, description=_l("Kept in the journal with your name.")
    )

    def visit_rows(self) -> list[Any]:
        return [entry.form for entry in self.visits if entry.form.visit_id.data is not None]

    def engagement_rows(self) -> list[Any]:
        return self.engagements.filled()

    def rows(self) -> list[Any]:
        """The visits that move, as the act counts them."""
        return [row for row in self.visit_rows() if row.what.data not in (KEEP, POSTPONE)]

    def blame(self, wrong: Invalid) -> None:
        """One reason serves for all ticks."""
        is_reason = wrong.field.endswith("acknowledge_reason")
        super().blame(Invalid("reason", wrong.code, **wrong.facts) if is_reason else wrong)

    def asked(self, visits: dict[int, Visit]) -> ShiftAsked:
        """What was chosen; `visits` are those named, by their ids."""
        ticked = {code for row in self.engagement_rows() for code in row.acknowledge.ticked()}
        return ShiftAsked(
            visits=tuple(self._request(row, visits[row.visit_id.data]) for row in self.rows()),
            seen=tuple(row.version.data for row in self.rows()),
            engagements=tuple(
                EngagementMove(
                    engagement_id=row.engagement_id.data,
                    starts_at=given(row.starts_at.data),
                    seen=row.version.data,
                )
                for row in self.engagement_rows()
                if row.what.data == MOVE
            ),
            postpone=tuple(r.visit_id.data for r in self.visit_rows() if r.what.data == POSTPONE),
            reason=self.reason.data,
            acknowledge=tuple(sorted(ticked)),
        )

    def _request(self, row: Any, visit: Visit) -> VisitRequest:
        tour_code, starts_at = given(row.what.session())
        return VisitRequest(
            delegation_id=visit.delegation_id,
            visit_id=visit.id,
            tour_code=tour_code,
            starts_at=starts_at,
            headcount=visit.headcount,
            part_id=visit.part_id,
            language=visit.language,
            acknowledge=row.acknowledge.ticked(),
            acknowledge_reason=self.reason.data,
        )


def other_choices() -> list[SelectChoice]:
    """What can become of a visit besides another session."""
    return [
        SelectChoice(KEEP, _("It stays as it is")),
        SelectChoice(POSTPONE, _("It is put off: the place is free again")),
    ]
