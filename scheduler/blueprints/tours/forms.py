"""What can be written about a tour: what it shows and to how many, and when its rounds run."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FormField
from wtforms.validators import Regexp, ValidationError

from scheduler.blueprints.changing import ChangingForm, RowForm, RowsField
from scheduler.blueprints.fields import (
    ChoiceField,
    ChoicesField,
    DayField,
    HeadcountField,
    HourField,
    LineField,
    MomentField,
    ParagraphField,
    TickField,
    VersionField,
    WholeNumberField,
)
from scheduler.blueprints.form import RoomForm
from scheduler.blueprints.sessions.forms import OtherBookingForm
from scheduler.core.facts import Dating
from scheduler.records.site_lookup import topics_shown
from scheduler.records.tours import RoundPattern
from scheduler.words.names import TOPICS
from scheduler.words.site_words import weekday_name

EMPTY_ROWS = 3
WEEKDAYS = [str(number) for number in range(7)]
CODE = r"^[A-Z0-9](-?[A-Z0-9])*$"


FACTS = (
    "name",
    "name_native",
    "shows",
    "topics",
    "minutes",
    "smallest_group",
    "largest_group",
    "places",
    "needs_agreement",
    "needs_guide",
    "people_at_once",
    "groups_at_once",
    "active_from",
    "active_to",
)


class TourFields(ChangingForm):
    """A tour as it is shown to those who book it."""

    name = LineField(_l("Name in English"), is_required=True)
    name_native = LineField(_l("Name in Korean"))
    shows = ParagraphField(_l("What is shown"))
    topics = ChoicesField(_l("Topics"))
    minutes = WholeNumberField(
        _l("Length in minutes"),
        least=5,
        most=720,
        is_required=True,
        description=_l("Holds for sessions made from now on."),
    )
    smallest_group = HeadcountField(_l("Smallest group"), is_required=True)
    largest_group = HeadcountField(_l("Largest group"), is_required=True)
    places = HeadcountField(
        _l("Places per session"),
        is_required=True,
        description=_l("A new number reaches every session to come."),
    )
    needs_agreement = TickField(_l("The site must agree to each visit"), default=True)
    needs_guide = TickField(_l("A guide of the site must lead it"))
    people_at_once = HeadcountField(
        _l("People at once in this tour"),
        description=_l("Over all its sessions that overlap. Empty: no limit."),
    )
    groups_at_once = HeadcountField(_l("Groups at once in this tour"), description=_l("Empty: no limit."))
    active_from = DayField(_l("Runs from"), description=_l("Empty: it always did."))
    active_to = DayField(_l("Runs until"), description=_l("Empty: no end in sight."))

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        others = [code for code in topics_shown() if code not in TOPICS]
        self.topics.choices = [*TOPICS.items(), *((code, code) for code in others)]

    def validate_largest_group(self, field: HeadcountField) -> None:
        smallest = self.smallest_group.data
        if smallest and field.data and field.data < smallest:
            raise ValidationError(_("Must not be below the smallest group."))

    def validate_active_to(self, field: DayField) -> None:
        if self.active_from.data and field.data and field.data < self.active_from.data:
            raise ValidationError(_("Must not be before the first day."))

    def facts(self) -> dict[str, Any]:
        typed = {name: self[name].data for name in FACTS}
        return typed | {"topics": frozenset(typed["topics"])}


class TourForm(TourFields):
    """A tour that is there."""

    version = VersionField()

    def changes(self, tour: Any) -> dict[str, Any]:
        """What differs from the tour as it is."""
        return {name: value for name, value in self.facts().items() if value != getattr(tour, name)}


class NewTourForm(TourFields):
    """A tour that the site did not show so far."""

    code = LineField(
        _l("Code"),
        [Regexp(CODE, message=_l("Use capital letters, digits and single hyphens, such as TOPIS-CONTROL."))],
        most=30,
        is_required=True,
        description=_l("Programs know the tour by it; it never changes."),
    )
    dating = ChoiceField(_l("How it comes by its dates"), is_required=True)

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        self.dating.choices = [
            (Dating.ROUNDS.value, _("Fixed rounds, dated ahead")),
            (Dating.WINDOWS.value, _("Windows on request, at any quarter hour")),
        ]

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"code": self.code.data, "dating": Dating(self.dating.data)}


class RoundRow(RowForm):
    """A round at one time of day on some weekdays, perhaps only from or until some day."""

    starts = HourField(_l("Starts"))
    weekdays = ChoicesField(_l("Weekdays"))
    valid_from = DayField(_l("From"))
    valid_to = DayField(_l("Until"))

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        self.weekdays.choices = [(day, weekday_name(int(day), "EEE")) for day in WEEKDAYS]

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """An empty row is no row; one with something in it needs its hour and a weekday."""
        is_right = bool(super().validate(extra_validators))
        if self.is_empty():
            return is_right
        for field in (self.starts, self.weekdays):
            if not field.data and field.data != 0 and not field.errors:
                field.errors = [_("Needed in this row. To remove the row, empty all of it.")]
        if self.valid_from.data and self.valid_to.data and self.valid_to.data < self.valid_from.data:
            self.valid_to.errors = [_("Must not be before the first day.")]
        return not self.errors


class RoundsForm(RoomForm):
    """All rounds of a tour, row by row."""

    version = VersionField()
    patterns = RowsField(FormField(RoundRow), _l("Rounds"))

    def rounds(self) -> list[RoundPattern]:
        return [
            RoundPattern(
                weekdays=frozenset(row.weekdays.data),
                starts=row.starts.data,
                valid_from=row.valid_from.data,
                valid_to=row.valid_to.data,
            )
            for row in self.patterns.filled()
        ]


class SeasonForm(RoomForm):
    """For which days to date the rounds."""

    first = DayField(_l("First day"), is_required=True)
    last = DayField(_l("Last day"), is_required=True)


class WindowBookingForm(OtherBookingForm):
    """Places at a window, which may not be a session yet, for somebody who is no delegation."""

    starts_at = MomentField(_l("Starts at"), is_required=True, description=_l("On a whole quarter hour."))
