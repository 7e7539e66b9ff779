"""What a reader of a letter can open, and whom they can ask."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _

from scheduler.actions.letter_links import Leads, Mark

MAP = "https://www.openstreetmap.org/"


@dataclass(frozen=True, slots=True)
class Way:
    """Something a reader can open: what it is called, and its address or the mark for it."""

    words: str
    address: str


def ways_of_marks(marks: Iterable[Mark], *, is_duty: bool) -> Iterator[Way]:
    """The secret addresses of a letter, by what can be done there."""
    names = {
        Leads.GUESTS_PAGE: _("Your programme: answer, ask for a change, see the way"),
        Leads.DAY: _("All your duties"),
        Leads.ANSWER: _("Accept or refuse") if is_duty else _("Agree, decline or offer other times"),
    }
    for mark in marks:
        yield Way(names[mark.leads], str(mark))


def map_address(latitude: float, longitude: float) -> str:
    """A map of a place, on the web: it is told nothing of who looks."""
    return f"{MAP}?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"


def office() -> dict[str, str]:
    """Who writes, and whom to ask: as letters and the pages that they lead to show it."""
    names = {"office": "ORGANIZER_NAME", "office_email": "ORGANIZER_EMAIL", "office_phone": "OFFICE_PHONE"}
    return {name: current_app.config[setting] for name, setting in names.items()}
