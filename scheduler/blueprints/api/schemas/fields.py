"""Fields of numbers, choices and lists, as strict as JSON allows; texts and times have files of their own."""

import re
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields

from scheduler.blueprints.api.schemas.base import Said, words


class Whole(Said, fields.Integer):
    """A whole number between two others, both allowed."""

    default_error_messages = words(
        invalid=_l("Give a whole number."), range=_l("Must be between %(least)s and %(most)s.")
    )

    def __init__(self, least: int, most: int, **more: Any) -> None:
        super().__init__(strict=True, **more, metadata={"minimum": least, "maximum": most})
        self.least, self.most = least, most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        # JSON knows no difference between 12 and 12.0.
        if isinstance(value, float) and value.is_integer():
            value = int(value)
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

    default_error_messages = words(invalid=_l("Give true or false."))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class OneOf(Said, fields.Enum[StrEnum]):
    """One code of an enum."""

    default_error_messages = words(unknown=_l("Give one of: %(choices)s."))

    def __init__(self, codes: Any, **more: Any) -> None:
        super().__init__(codes, by_value=fields.String(), **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        known = [code.value for code in self.enum]
        if not isinstance(value, str) or value not in known:
            raise ValidationError(str(self.error_messages["unknown"]) % {"choices": ", ".join(known)})
        return self.enum(value)


class Several(Said, fields.List[Any]):
    """A list of so many values."""

    default_error_messages = words(
        invalid=_l("Give a list."), many=_l("Too many: %(most)s at most."), few=_l("Give at least one.")
    )

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
