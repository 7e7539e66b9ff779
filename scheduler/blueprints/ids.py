"""Ids in addresses: whole numbers that a row can have. Whatever else stands there is nothing we have: 404."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """A number that a row can have."""

    regex = "[1-9][0-9]{0,9}"

    def __init__(self, url_map: Any) -> None:
        super().__init__(url_map, min=1, max=LARGEST)


def set_up(app: Flask) -> None:
    """Every `<int:…>` and `<id:…>` of every room means such a number."""
    app.url_map.converters.update(int=RowNumber, id=RowNumber)
