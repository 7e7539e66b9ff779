"""One visit as a line of a page: who, where, when, why it is there, and what one click would do."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from scheduler.blueprints.reply_lines import Tally
from scheduler.records.visits import Visit
from scheduler.words.clash_words import clash_in_words
from scheduler.words.instants import moment_in_words


@dataclass(frozen=True)
class Button:
    """A form of one button."""

    label: str
    action: str
    hidden: dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One visit with the words around it. `alarm` is what cannot wait."""

    visit: Visit
    note: str = ""
    alarm: str = ""
    reasons: list[str] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)
    replies: Tally | None = None

    @property
    def url(self) -> str:
        return url_for("visits.visit", visit_id=self.visit.id)

    @property
    def zone(self) -> str:
        return self.visit.tour_session.tour.site.zone


def line(visit: Visit, note: str = "", alarm: str = "") -> Line:
    """A visit with a note."""
    return Line(visit, note, alarm)


def clash_line(visit: Visit) -> Line:
    """A visit that runs against a later closure or limit, with the reasons."""
    return Line(visit, reasons=clash_in_words(visit.clash))


def offer_line(visit: Visit, at: datetime) -> Line:
    """A declined visit with the other times that its site offered: one click takes one."""
    return Line(visit, note=visit.ended_reason, buttons=[_take(visit, when) for when in offers(visit, at)])


def offers(visit: Visit, at: datetime) -> list[datetime]:
    """The times a site offered instead that still lie ahead."""
    return [when for when in map(datetime.fromisoformat, visit.offered_times) if when > at]


def _take(visit: Visit, when: datetime) -> Button:
    tour = visit.tour_session.tour
    hidden = {
        "tour_code": tour.code,
        "starts_at": when.isoformat(),
        "headcount": visit.headcount,
        "language": visit.language or "",
        "version": visit.version,
    }
    words = _("Take %(when)s", when=moment_in_words(when, tour.site.zone))
    return Button(words, url_for("visits.move", visit_id=visit.id), hidden)
