"""Which of its two names a thing of the city is called by: readers of its language meet its own first."""

from typing import Protocol

from flask import current_app
from flask_babel import get_locale

from scheduler.records.places import Place
from scheduler.records.resources import Resource
from scheduler.records.sites import Site
from scheduler.records.tours import Tour

# What has a name in English and one in the city's language. A delegation's second name is in its own.
OF_THE_CITY = (Site, Tour, Place, Resource)


class Named(Protocol):
    """A thing with two names."""

    @property
    def name(self) -> str: ...
    @property
    def name_native(self) -> str: ...


def own_name(thing: Named) -> str:
    """What a reader of this language calls it. Anything that is not the city's keeps its name."""
    return _in_order(thing)[0]


def second_name(thing: Named) -> str:
    """The other name; empty where it has none or both are one."""
    first, second = _in_order(thing)
    return "" if second == first else second


def in_order(name: str, name_native: str) -> tuple[str, str]:
    """Both names of a thing of the city, the reader's first."""
    reads_native = str(get_locale() or "").split("_")[0] == current_app.config["CITY_LANGUAGE"]
    return (name_native, name) if reads_native and name_native else (name, name_native)


def _in_order(thing: Named) -> tuple[str, str]:
    names = thing.name, thing.name_native
    return in_order(*names) if isinstance(thing, OF_THE_CITY) else names
