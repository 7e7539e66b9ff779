"""The form of a division: its name, and a row for each part."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FormField

from scheduler.actions.invalid import Invalid
from scheduler.actions.parts import PartAsked
from scheduler.blueprints.changing import RowForm, RowsField
from scheduler.blueprints.engagements.forms import named
from scheduler.blueprints.fields import (
    ChoicesField,
    HeadcountField,
    LineField,
    VersionField,
    WholeNumberField,
)
from scheduler.blueprints.form import RoomForm, given
from scheduler.records.delegations import Delegate
from scheduler.records.parts import Part
from scheduler.words.wording import invalid_in_words

EMPTY_ROWS = 2


class PartRow(RowForm):
    """One part: what it is called, how many it counts, who of the named delegates is in it."""

    part_id = WholeNumberField(_l("Number"), least=1, most=2**31 - 1)
    name = LineField(_l("Name of the part"), most=100)
    headcount = HeadcountField(_l("Headcount"))
    delegate_ids = ChoicesField(_l("Delegates in it"), coerce=int)

    def is_empty(self) -> bool:
        """A row whose name and headcount are empty is no part, whoever was ticked."""
        return not self.name.data and self.headcount.data is None and not self.headcount.errors

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """An empty row is no row; one with something in it needs name and headcount."""
        is_right = bool(super().validate(extra_validators))
        if self.is_empty():
            return is_right
        for field in (self.name, self.headcount):
            if not field.data and not field.errors:
                field.errors = [_("Needed in this row. To remove the row, empty all of it.")]
        return not self.errors


class DivisionForm(RoomForm):
    version = VersionField()
    division = LineField(
        _l("Name of the division"),
        most=100,
        is_required=True,
        description=_l("Such as “Museum or plant”. Parts of one division share nobody."),
    )
    parts = RowsField(FormField(PartRow), _l("Parts"))

    def __init__(self, delegates: Sequence[Delegate], *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        for entry in self.parts:
            entry.form.delegate_ids.choices = [(each.id, named(each)) for each in delegates]

    def blame(self, wrong: Invalid) -> None:
        """What is wrong with the rows together stands above them."""
        if wrong.field == "parts":
            self.complain(invalid_in_words(wrong))
        else:
            super().blame(wrong)

    def asked(self) -> list[PartAsked]:
        """The parts as they should be."""
        return [
            PartAsked(
                row.name.data,
                given(row.headcount.data),
                tuple(row.delegate_ids.data or ()),
                row.part_id.data,
            )
            for row in self.parts.filled()
        ]


def rows_of(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """The rows of parts that are there, and some empty ones."""
    rows: list[dict[str, Any]] = [
        {
            "part_id": part.id,
            "name": part.name,
            "headcount": part.headcount,
            "delegate_ids": [each.id for each in part.members],
        }
        for part in parts
    ]
    return rows + [{} for _row in range(EMPTY_ROWS)]
