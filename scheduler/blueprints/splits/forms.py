"""The forms of splitting a party: which session is too small, and the shares with their sessions."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FormField
from wtforms.widgets import HiddenInput

from scheduler.actions.splits import MOST_PIECES
from scheduler.blueprints.changing import RowForm, RowsField
from scheduler.blueprints.fields import ChoiceField, HeadcountField, LineField, WholeNumberField
from scheduler.blueprints.form import AskedForm, given
from scheduler.blueprints.stop_rows import RowAnswer, RowsForm, SessionField, TicksField
from scheduler.blueprints.visits.forms import SessionFields
from scheduler.core.facts import VisitRequest
from scheduler.words.code_names import LANGUAGE_NAMES
from scheduler.words.names import choices_of


class SplitAskedForm(AskedForm, SessionFields):
    """A session that does not take all of them, in the address; into how many shares, if more than needed."""

    headcount = HeadcountField(_l("Headcount"))
    language = ChoiceField(_l("Language"), choices=choices_of(LANGUAGE_NAMES, _l("Theirs")))
    into = WholeNumberField(_l("Into how many shares"), least=2, most=MOST_PIECES)
    next = LineField(_l("And then"), widget=HiddenInput(), most=500)


class PieceRow(RowForm):
    """One share."""

    name = LineField(_l("Name of the part"), most=100)
    headcount = HeadcountField(_l("Headcount"))
    session = SessionField(_l("Session"), choices=[("", "–")])
    acknowledge = TicksField(_l("Points to confirm"))
    answer = RowAnswer()

    def is_empty(self) -> bool:
        return not self.name.data and self.headcount.data is None and not self.session.data

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """A share has a name, people and a session."""
        super().validate(extra_validators)
        for field in (self.name, self.headcount, self.session) if not self.is_empty() else ():
            if not field.data and not field.errors:
                field.errors = [_("Needed in this row. To remove the row, empty all of it.")]
        return not self.errors


class SplitForm(RowsForm):
    """The shares of a party. What was asked for travels along, to offer the same sessions again."""

    division = LineField(_l("Name of the division"), most=100, is_required=True)
    language = LineField(_l("Language"), widget=HiddenInput(), most=8)
    wanted = LineField(_l("Session"), widget=HiddenInput())
    next = LineField(_l("And then"), widget=HiddenInput(), most=500)
    pieces = RowsField(FormField(PieceRow), _l("Shares"), max_entries=MOST_PIECES)
    acknowledge_reason = LineField(_l("Why it is right all the same"), most=500)

    def rows(self) -> list[Any]:
        return self.pieces.filled()

    def requests(self, delegation_id: int) -> list[tuple[str, VisitRequest]]:
        """The shares' names and what is asked for each."""
        return [(row.name.data, self._request(row, delegation_id)) for row in self.rows()]

    def _request(self, row: Any, delegation_id: int) -> VisitRequest:
        tour_code, starts_at = given(row.session.session())
        return VisitRequest(
            delegation_id=delegation_id,
            tour_code=tour_code,
            starts_at=starts_at,
            headcount=given(row.headcount.data),
            language=self.language.data or None,
            acknowledge=row.acknowledge.ticked(),
            acknowledge_reason=self.acknowledge_reason.data,
        )
