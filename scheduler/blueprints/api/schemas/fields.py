"""Fields of JSON bodies and queries: shape is checked here, once, strictly; truth is for the actions."""

import re
from typing import Any, ClassVar

from babel import Locale
from flask_babel import lazy_gettext as _l
from marshmallow import Schema, ValidationError, fields

from scheduler.blueprints.typed import is_email, is_one_line

Messages = dict[str, Any]

# No control characters and no line breaks, as a pattern that every JSON Schema reader knows.
ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
COUNTRIES = frozenset(code for code in Locale("en").territories if re.fullmatch("[A-Z]{2}", code))


class Shape(Schema):
    """A body or query of known fields alone."""

    error_messages: ClassVar[Messages] = {
        "unknown": _l("There is no such field here."),
        "type": _l("Give a JSON object."),
        "invalid": _l("Give a JSON object."),
    }


class Said:
    """The sentences that every field of ours shares."""

    default_error_messages: ClassVar[Messages] = {
        "required": _l("This is needed."),
        "null": _l("This may not be null."),
        "validator_failed": _l("This is not right."),
    }


class Line(Said, fields.String):
    """One line of text, spaces around it taken off: no line breaks, no control characters."""

    default_error_messages: ClassVar[Messages] = {
        "invalid": _l("Give a text."),
        "control": _l("Write this on one line, without control characters."),
        "short": _l("This must not be empty."),
        "long": _l("Too long: %(most)s characters at most."),
    }
    pattern = ONE_LINE

    def __init__(self, most: int = 200, *, least: int = 0, **more: Any) -> None:
        shape = {"maxLength": most, "pattern": self.pattern} | ({"minLength": least} if least else {})
        super().__init__(**more | {"metadata": shape | more.get("metadata", {})})
        self.most, self.least = most, least

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = self.cleaned(super()._deserialize(value, attr, data, **kwargs))
        if len(text) > self.most:
            raise ValidationError(str(self.error_messages["long"]) % {"most": self.most})
        if len(text) < self.least:
            raise self.make_error("short")
        self.check(text)
        return text

    def cleaned(self, text: str) -> str:
        if not is_one_line(text):
            raise self.make_error("control")
        return text.strip()

    def check(self, text: str) -> None:
        """What else the text must be."""


class Paragraphs(Line):
    """Text of several lines, without other control characters."""

    default_error_messages: ClassVar[Messages] = {"control": _l("Leave out control characters.")}
    pattern = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]*$"

    def __init__(self, most: int = 2000, **more: Any) -> None:
        super().__init__(most, **more)

    def cleaned(self, text: str) -> str:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not is_one_line(text.replace("\n", " ").replace("\t", " ")):
            raise self.make_error("control")
        return text.strip()


class Code(Line):
    """A short code of a known form, such as a topic."""

    default_error_messages: ClassVar[Messages] = {
        "form": _l("Give a code of lower-case letters, digits, - and _.")
    }
    pattern = r"^[a-z0-9][a-z0-9_-]*$"

    def __init__(self, most: int = 50, **more: Any) -> None:
        super().__init__(most, **({"least": 1} | more))

    def check(self, text: str) -> None:
        if text and not re.fullmatch(self.pattern.strip("^$"), text):
            raise self.make_error("form")


class Language(Code):
    """A language by its ISO 639 code."""

    default_error_messages: ClassVar[Messages] = {
        "form": _l("Give a language by its code of two or three letters, such as en.")
    }
    pattern = r"^[a-z]{2,3}$"

    def __init__(self, **more: Any) -> None:
        super().__init__(3, **more)


class SiteCode(Code):
    """A site or tour by its code."""

    default_error_messages: ClassVar[Messages] = {
        "form": _l("Give a code of letters, digits, - and _, such as TOPIS.")
    }
    pattern = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"


class Country(Code):
    """A country by its ISO 3166-1 code."""

    default_error_messages: ClassVar[Messages] = {
        "form": _l("Give a country by its code of two capital letters, such as VN.")
    }
    pattern = r"^[A-Z]{2}$"

    def __init__(self, **more: Any) -> None:
        super().__init__(2, **more)

    def check(self, text: str) -> None:
        if text not in COUNTRIES:
            raise self.make_error("form")


class Email(Line):
    """One e-mail address, or an empty text for none."""

    default_error_messages: ClassVar[Messages] = {
        "form": _l("Give one e-mail address, such as name@city.example.")
    }

    def __init__(self, **more: Any) -> None:
        super().__init__(254, **more)

    def check(self, text: str) -> None:
        if text and not is_email(text):
            raise self.make_error("form")


class Whole(Said, fields.Integer):
    """A whole number between two others, both allowed."""

    default_error_messages: ClassVar[Messages] = {
        "invalid": _l("Give a whole number."),
        "range": _l("Must be between %(least)s and %(most)s."),
    }

    def __init__(self, least: int, most: int, **more: Any) -> None:
        super().__init__(strict=True, **more, metadata={"minimum": least, "maximum": most})
        self.least, self.most = least, most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        number = super()._deserialize(value, attr, data, **kwargs)
        if not self.least <= number <= self.most:
            raise ValidationError(
                str(self.error_messages["range"]) % {"least": self.least, "most": self.most}
            )
        return number


class QueryWhole(Whole):
    """The same out of a query, where everything is text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if not isinstance(value, str) or not re.fullmatch("[0-9]{1,12}", value):
            raise self.make_error("invalid")
        return super()._deserialize(int(value), attr, data, **kwargs)


class Headcount(Whole):
    """How many bodies need a place."""

    def __init__(self, **more: Any) -> None:
        super().__init__(1, 5000, **more)


class RowId(Whole):
    """Something in the archive by its number."""

    def __init__(self, **more: Any) -> None:
        super().__init__(1, 2**31 - 1, **more)


class Flag(Said, fields.Boolean):
    """True or false, and no word for it."""

    default_error_messages: ClassVar[Messages] = {"invalid": _l("Give true or false.")}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class OneOf(Said, fields.Enum):
    """One code of an enum."""

    default_error_messages: ClassVar[Messages] = {"unknown": _l("Give one of: {choices}.")}

    def __init__(self, codes: Any, **more: Any) -> None:
        super().__init__(codes, by_value=fields.String(), **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        try:
            return self.enum(value) if isinstance(value, str) else self.enum(None)
        except ValueError:
            known = ", ".join(code.value for code in self.enum)
            raise ValidationError(str(self.error_messages["unknown"]).format(choices=known)) from None


class Several(Said, fields.List):
    """A list of so many values."""

    default_error_messages: ClassVar[Messages] = {
        "invalid": _l("Give a list."),
        "many": _l("Too many: %(most)s at most."),
        "few": _l("Give at least one."),
    }

    def __init__(self, inner: Any, most: int = 20, *, least: int = 0, **more: Any) -> None:
        shape = {"maxItems": most} | ({"minItems": least} if least else {})
        super().__init__(inner, **more, metadata=shape)
        self.most, self.least = most, least

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        if not isinstance(value, list):
            raise self.make_error("invalid")
        if len(value) > self.most:
            raise ValidationError(str(self.error_messages["many"]) % {"most": self.most})
        if len(value) < self.least:
            raise self.make_error("few")
        return super()._deserialize(value, attr, data, **kwargs)


class Codes(Several):
    """A set of codes; told in order."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> list[str] | None:
        return None if value is None else sorted(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return frozenset(super()._deserialize(value, attr, data, **kwargs))


class Inside(Said, fields.Nested):
    """An object within the object."""
