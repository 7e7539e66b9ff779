"""The form of a stay to be planned: one row a tour or topic to tick, and the frame of the days."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import FormField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import HiddenInput

from scheduler.actions.stay_frames import LEAST_MINUTES, MOST_A_DAY, MOST_BREAKS, MOST_MINUTES
from scheduler.blueprints.changing import RowForm, RowsField
from scheduler.blueprints.fields import (
    ChoiceField,
    ChoicesField,
    HeadcountField,
    HourField,
    IdField,
    LineField,
    TickField,
    WholeNumberField,
)
from scheduler.blueprints.form import RoomForm, given
from scheduler.core.wishes import ANY_DAY, Break, BreakKind, StayFrame
from scheduler.words.plan_page_words import BREAK_KINDS, PRIORITIES, weekday_choices


class WishRow(RowForm):
    """One tour or topic: wished or not, how much, and what else is asked of it. `shown` comes back from a row
    that stood on the page: a wish that somebody else noted meanwhile is not taken off for want of a tick."""

    shown = LineField(_l("Shown"), widget=HiddenInput(), most=1, default="y")
    ticked = TickField(_l("Wished"))
    priority = ChoiceField(_l("Priority"), default="3", choices=list(PRIORITIES.items()))
    is_must = TickField(lazy_pgettext("wish", "Must"))
    either = LineField(_l("Either this or others of the same mark"), most=50)
    after = ChoiceField(_l("Only after"))
    not_first_day = TickField(_l("Not on the first day"))
    not_last_day = TickField(_l("Not on the last day"))
    headcount = HeadcountField(_l("How many of them"))
    fallback = IdField(_l("If it does not fit, rather"))

    def is_empty(self) -> bool:
        return not self.ticked.data

    def columns(self) -> dict[str, Any]:
        """What was told, column by column, without which wish comes first: that may be new itself."""
        return {
            "priority": int(self.priority.data or 3),
            "is_must": self.is_must.data,
            "either": self.either.data,
            "not_first_day": self.not_first_day.data,
            "not_last_day": self.not_last_day.data,
            "headcount": self.headcount.data,
            "fallback_tour_id": self.fallback.data,
        }

    def has_more(self) -> bool:
        """Whether anything stands in the part that is folded away."""
        more = (self.either, self.after, self.not_first_day, self.not_last_day, self.headcount, self.fallback)
        return any(field.data or field.errors for field in more)


class BreakRow(RowForm):
    """One stretch that stays free somewhere within a window."""

    kind = ChoiceField(_l("What for"), choices=list(BREAK_KINDS.items()))
    earliest = HourField(_l("Not before"))
    latest = HourField(_l("Not after"))
    minutes = WholeNumberField(lazy_pgettext("of a break", "Minutes"), least=LEAST_MINUTES, most=MOST_MINUTES)
    weekdays = ChoicesField(_l("Only on"))

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        self.weekdays.choices = weekday_choices()

    def is_empty(self) -> bool:
        return self.earliest.data is None and self.latest.data is None and not self.minutes.data

    def validate(self, extra_validators: Any = None) -> bool:
        """A window has both ends, the right way round, and room for its minutes."""
        super().validate(extra_validators)
        if self.is_empty() and not self.errors:
            return True
        for field in (self.kind, self.earliest, self.latest, self.minutes):
            if field.data is None and not field.errors:
                field.errors = [_("Needed in this line. To remove the line, press “Remove”.")]
        if not self.errors and self.room() < given(self.minutes.data):
            self.latest.errors = [_("The minutes do not fit between these two hours.")]
        return not self.errors

    def room(self) -> int:
        """How many minutes the window holds."""
        first, last = given(self.earliest.data), given(self.latest.data)
        return (last.hour - first.hour) * 60 + last.minute - first.minute

    def told(self) -> Break:
        return Break(
            kind=BreakKind(self.kind.data),
            earliest=given(self.earliest.data),
            latest=given(self.latest.data),
            minutes=given(self.minutes.data),
            weekdays=frozenset(int(day) for day in self.weekdays.data or ()) or ANY_DAY,
        )


class FrameForm(RoomForm):
    """The frame of the days: from when to when, where they sleep, how many visits, what stays free."""

    day_starts = HourField(_l("The day begins"), is_required=True)
    day_ends = HourField(_l("The day ends"), is_required=True)
    most_a_day = WholeNumberField(_l("Visits a day, at most"), least=1, most=MOST_A_DAY, is_required=True)
    base = ChoiceField(_l("Where they sleep"), description=_l("Each day begins and ends there."))
    breaks = RowsField(FormField(BreakRow), _l("Meals and prayers"), max_entries=MOST_BREAKS)

    def __init__(self, places: Sequence[SelectChoice], *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        self.base.choices = [SelectChoice("", _("Not said")), *places]

    def check(self) -> None:
        starts, ends = self.day_starts.data, self.day_ends.data
        if starts is not None and ends is not None and ends <= starts:
            self.complain(_("Must be after “%(other)s”.", other=self.day_starts.label.text), "day_ends")

    def frame(self) -> StayFrame:
        """The frame as it was told."""
        return StayFrame(
            day_starts=given(self.day_starts.data),
            day_ends=given(self.day_ends.data),
            most_a_day=given(self.most_a_day.data),
            base=self.base.data,
            breaks=tuple(row.told() for row in self.breaks.filled()),
        )


def frame_data(frame: StayFrame) -> dict[str, Any]:
    """A frame as the form shows it."""
    breaks = [
        {
            "kind": each.kind.value,
            "earliest": each.earliest,
            "latest": each.latest,
            "minutes": each.minutes,
            "weekdays": [] if each.weekdays == ANY_DAY else [str(day) for day in sorted(each.weekdays)],
        }
        for each in frame.breaks
    ]
    return {
        "day_starts": frame.day_starts,
        "day_ends": frame.day_ends,
        "most_a_day": frame.most_a_day,
        "base": frame.base,
        "breaks": breaks,
    }
