"""The fields of every form: shape is checked here, once, for all rooms; truth is for the actions.

What is typed is never lost: a field that is at fault keeps its raw text. Use these, not WTForms' own:
`LineField` (one line), `SearchField`, `PhoneField`, `EmailField`, `SecretField` (a password),
`ParagraphField`, `WholeNumberField`, `HeadcountField`, `DegreesField`, `DayField` (a date), `HourField` (a
time of day), `MomentField` (a wall time in the city's zone, given as an aware datetime), `ChoiceField` (one
code; empty gives None), `EitherField` (the same, all choices in sight), `IdField` (one row, as an integer),
`ChoicesField` (many codes, as ticks), `TickField`, `VersionField` (hidden: which version was read). All but
the last two take `is_required=True`, lines and paragraphs `most=` (characters), numbers `least=` and
`most=`. `after("other_field")` is the validator for ends. What a form can do: `form.py`.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    Field,
    FloatField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from scheduler.blueprints.text_fields import (
    Asking,
    EmailField,
    LineField,
    ParagraphField,
    PhoneField,
    SearchField,
    SecretField,
)
from scheduler.blueprints.typed import city_zone, day_in, hour_in, moment_in

__all__ = [
    "ChoiceField",
    "ChoicesField",
    "DayField",
    "DegreesField",
    "EitherField",
    "EmailField",
    "HeadcountField",
    "HourField",
    "IdField",
    "LineField",
    "MomentField",
    "ParagraphField",
    "PhoneField",
    "SearchField",
    "SecretField",
    "TickField",
    "VersionField",
    "WholeNumberField",
    "after",
]


def after(other: str) -> Callable[[Form, Field], None]:
    """A validator: this moment or day lies after that of the other field."""

    def check(form: Form, field: Field) -> None:
        earlier = form[other].data
        if earlier is not None and field.data is not None and field.data <= earlier:
            raise ValidationError(_("Must be after “%(other)s”.", other=form[other].label.text))

    return check


class WholeNumberField(Asking, IntegerField):
    """A whole number between two others, both allowed."""

    def __init__(self, *told: Any, least: int = 0, most: int = 1_000_000, **more: Any) -> None:
        self.least, self.most = least, most
        super().__init__(*told, **more)
        self.flags.min, self.flags.max = least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data, typed = None, self.typed(valuelist)
        if not typed:
            return
        if not re.fullmatch(r"[+-]?[0-9]{1,10}", typed):
            raise ValueError(
                _("Give a whole number between %(least)s and %(most)s.", least=self.least, most=self.most)
            )
        self.data = int(typed)

    def pre_validate(self, form: Form) -> None:
        if self.data is not None and not self.least <= self.data <= self.most:
            raise ValidationError(
                _("Must be between %(least)s and %(most)s.", least=self.least, most=self.most)
            )


class HeadcountField(WholeNumberField):
    """How many bodies need a place."""

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **{"least": 1, "most": 5000} | more)


class VersionField(WholeNumberField):
    """Which version of a thing its reader saw; hidden."""

    widget = HiddenInput()

    def __init__(self, **more: Any) -> None:
        super().__init__(_l("Version you read"), **{"is_required": True, "most": 2**32} | more)


class DegreesField(Asking, FloatField):
    """Degrees with a decimal point, between two limits."""

    def __init__(self, *told: Any, most: int = 180, **more: Any) -> None:
        self.most = most
        super().__init__(*told, **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data, typed = None, self.typed(valuelist)
        if not typed:
            return
        try:
            self.data = float(typed) if len(typed) < 20 else None
        except ValueError:
            self.data = None
        if self.data is None or not -self.most <= self.data <= self.most:
            raise ValueError(
                _("Give degrees between -%(most)s and %(most)s, such as 37.5665.", most=self.most)
            )


class DayField(Asking, DateField):
    """A date of the years 1900 to 9998."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = self.typed(valuelist)
        self.data = day_in(typed) if typed else None


class HourField(Asking, TimeField):
    """A time of day, to the minute."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = self.typed(valuelist)
        self.data = hour_in(typed) if typed else None


class MomentField(Asking, DateTimeLocalField):
    """A wall time in the city's zone. In Python an aware datetime; times that the clock skips are refused."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = self.typed(valuelist)
        self.data = moment_in(typed) if typed else None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data.astimezone(city_zone()):%Y-%m-%dT%H:%M}" if self.data else ""


class Choosing(Asking):
    """A choice of some: pairs of a code and its words, in order."""

    def __init__(self, *told: Any, choices: Iterable[Any] = (), **more: Any) -> None:
        super().__init__(*told, choices=_offered(choices), **more)

    @property
    def choices(self) -> list[SelectChoice]:
        return self._choices

    @choices.setter
    def choices(self, choices: Iterable[Any]) -> None:
        self._choices = _offered(choices)


class ChoiceField(Choosing, SelectField):
    """One code of some. An empty choice gives None."""

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **{"coerce": _code_or_none} | more)


class IdField(ChoiceField):
    """One row of those offered, as its id. An empty choice gives None."""

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(
            *told, **{"coerce": _id_or_none, "invalid_value_message": _l("Not a valid choice.")} | more
        )


class EitherField(Choosing, RadioField):
    """One code of a few, all of them in sight."""

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **{"coerce": _code_or_none} | more)


class ChoicesField(Choosing, SelectMultipleField):
    """Several codes of some, each with its tick."""

    needed = DataRequired
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **{"default": ()} | more)


class TickField(BooleanField):
    """Yes, or not ticked."""


def _offered(choices: Iterable[Any]) -> list[SelectChoice]:
    return [each if isinstance(each, SelectChoice) else SelectChoice(*each) for each in choices]


def _code_or_none(value: Any) -> str | None:
    return None if value in (None, "") else str(getattr(value, "value", value))


def _id_or_none(value: Any) -> int | None:
    if value in (None, ""):
        return None
    if not re.fullmatch(r"[0-9]{1,9}", str(value)):
        raise ValueError("no id")
    return int(value)
