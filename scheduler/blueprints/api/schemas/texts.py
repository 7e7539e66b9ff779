"""Fields of text: lines, paragraphs, codes, addresses. Shape is checked here; truth is for the actions."""

import re
from typing import Any

from babel import Locale
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields

from scheduler.blueprints.api.schemas.base import Said, words
from scheduler.core.lines import is_email, is_one_line

# No control characters and no line breaks, as a pattern that every JSON Schema reader knows.
ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"
COUNTRIES = frozenset(code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code))


class Line(Said, fields.String):
    """One line of text, spaces around it taken off: no line breaks, no control characters."""

    default_error_messages = words(
        invalid=_l("Give a text."),
        control=_l("Write this on one line, without control characters."),
        short=_l("This must not be empty."),
        long=_l("Too long: %(most)s characters at most."),
    )
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

    default_error_messages = words(control=_l("Leave out control characters."))
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

    default_error_messages = words(form=_l("Give a code of lower-case letters, digits, - and _."))
    pattern = r"^[a-z0-9][a-z0-9_-]*$"

    def __init__(self, most: int = 50, **more: Any) -> None:
        super().__init__(most, **({"least": 1} | more))

    def check(self, text: str) -> None:
        if text and not re.fullmatch(self.pattern.strip("^$"), text):
            raise self.make_error("form")


class Language(Code):
    """A language by its ISO 639 code."""

    default_error_messages = words(
        form=_l("Give a language by its code of two or three letters, such as en.")
    )
    pattern = r"^[a-z]{2,3}$"

    def __init__(self, **more: Any) -> None:
        super().__init__(3, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        code = str(super()._deserialize(value, attr, data, **kwargs))
        if code not in Locale("en").languages:
            raise self.make_error("form")
        return code


class SiteCode(Code):
    """A site or tour by its code."""

    default_error_messages = words(form=_l("Give a code of letters, digits, - and _, such as TOPIS."))
    pattern = r"^[A-Za-z0-9][A-Za-z0-9_.-]*$"


class Country(Code):
    """A country by its ISO 3166-1 code."""

    default_error_messages = words(form=_l("Give a country by its code of two capital letters, such as VN."))
    pattern = r"^[A-Z]{2}$"

    def __init__(self, **more: Any) -> None:
        super().__init__(2, **more)

    def check(self, text: str) -> None:
        if text not in COUNTRIES:
            raise self.make_error("form")


class Email(Line):
    """One e-mail address, or an empty text for none."""

    default_error_messages = words(
        form=_l("Give one e-mail address, such as name@city.example."),
        plain=_l(
            "Give an address of plain Latin letters, without accents: invitations to others do not arrive "
            "everywhere."
        ),
    )

    def __init__(self, **more: Any) -> None:
        forms = [{"format": "email"}, {"maxLength": 0}]
        super().__init__(254, **more, metadata={"anyOf": forms})

    def check(self, text: str) -> None:
        if text and not is_email(text):
            raise self.make_error("form" if text.isascii() else "plain")
