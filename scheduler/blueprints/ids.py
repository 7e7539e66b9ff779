"""Ids in addresses: numbers that a row can have, and codes. Whatever else stands there is not here: 404."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, UnicodeConverter


class RowNumber(IntegerConverter):
    """A number that a row can have: below two thousand million, well within what the database counts to.

    The pattern alone decides. A refusal after it would make a wrong number answer 405, not 404, wherever the
    same address has a door for another method.
    """

    regex = "(?:[1-9][0-9]{0,8}|1[0-9]{9})"


class Code(UnicodeConverter):
    """A code or any other word: a database would not even look for one with control characters in it."""

    def __init__(self, url_map: Any, **limits: Any) -> None:
        super().__init__(url_map, **limits)
        self.regex = r"[^/\x00-\x1f\x7f-\x9f\u2028\u2029]+"


def set_up(app: Flask) -> None:
    """Every `<…>` and `<int:…>` of every room means such a word or number."""
    app.url_map.converters.update(int=RowNumber, id=RowNumber, default=Code, string=Code)
