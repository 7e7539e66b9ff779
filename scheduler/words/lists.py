"""Several things in one line, parted as the reader's language parts them."""

from collections.abc import Iterable

from flask_babel import pgettext


def listed(things: Iterable[object]) -> str:
    """Japan, Korea, Viet Nam"""
    return pgettext("between the things of a list", ", ").join(str(thing) for thing in things)


def listed_apart(things: Iterable[object]) -> str:
    """Monday, 10:00; Tuesday, 14:00: for things that have commas of their own."""
    return pgettext("between longer things of a list", "; ").join(str(thing) for thing in things)
