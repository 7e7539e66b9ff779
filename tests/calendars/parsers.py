"""The independent readers of calendar files, behind one interface: bytes in, the same plain value out."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.calendars.ical_js_parser import IcalJsReader
from tests.calendars.libical_parser import LibicalReader
from tests.calendars.python_parsers import read_with_icalendar, read_with_vobject
from tests.calendars.read_file import Reader, ReadFile


@contextmanager
def all_parsers() -> Iterator[dict[str, Reader]]:
    """Every reader by its name. Starts a browser: take it once for a module, not once for a test."""
    ical_js = IcalJsReader()
    try:
        yield {**quick_parsers(), "ical.js": ical_js}
    finally:
        ical_js.close()


def quick_parsers() -> dict[str, Reader]:
    """The readers that need no browser."""
    return {"icalendar": read_with_icalendar, "vobject": read_with_vobject, "libical": LibicalReader()}


def read_alike(parsers: dict[str, Reader], data: bytes) -> ReadFile:
    """What all `parsers` read in `data`; fails when one reads something else than the others."""
    found = {name: read(data) for name, read in parsers.items()}
    first = next(iter(found.values()))
    assert found == dict.fromkeys(found, first)
    return first
