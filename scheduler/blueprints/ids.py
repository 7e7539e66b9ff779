"""Ids in addresses: numbers that a row can have, and codes. Whatever else stands there is not here: 404."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, UnicodeConverter, ValidationError

LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """A number that a row can have."""

    regex = "[1-9][0-9]{0,9}"

    def __init__(self, url_map: Any) -> None:
        super().__init__(url_map, min=1, max=LARGEST)


class Code(UnicodeConverter):
    """A code or any other word: a database would not even look for one with control characters in it."""

    def to_python(self, value: str) -> str:
        if not value.isprintable():
            raise ValidationError
        return value


def set_up(app: Flask) -> None:
    """Every `<…>` and `<int:…>` of every room means such a word or number."""
    app.url_map.converters.update(int=RowNumber, id=RowNumber, default=Code, string=Code)
