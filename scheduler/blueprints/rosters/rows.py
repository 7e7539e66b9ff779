"""One line of a roster as its page shows it: a visit, another booking, one that was printed and is gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from scheduler.actions.prints import LineChange
from scheduler.blueprints.reply_lines import Tally
from scheduler.blueprints.rosters.forms import ActForm
from scheduler.core.gate import Photographs
from scheduler.core.lifecycle import VisitState
from scheduler.records.tours import OtherBooking, TourSession
from scheduler.records.visits import Visit
from scheduler.words.code_names import language_name
from scheduler.words.instants import hours
from scheduler.words.own_names import own_name
from scheduler.words.print_words import change_in_words


@dataclass(frozen=True, kw_only=True)
class Row:
    """One visit, or one other booking (then without a state), as the roster shows it."""

    time: str
    name: str
    headcount: int
    second_name: str = ""
    url: str | None = None
    session_url: str | None = None
    visit_id: int | None = None
    head_post: str = "–"
    language: str = ""
    needs: list[str] = field(default_factory=list)
    contact: str = ""
    phone: str = ""
    phone_url: str | None = None
    state: VisitState | None = None
    arrived: int | None = None
    is_clashing: bool = False
    is_next: bool = False
    note: str = ""
    along: Sequence[str] = ()
    replies: Tally | None = None
    reasons: list[str] = field(default_factory=list)
    forms: Mapping[str, ActForm] = field(default_factory=dict)
    record_url: str | None = None
    photographs: Photographs | None = None
    gate_note: str = ""
    came: str = ""
    starts_at: datetime | None = None
    changes: list[str] = field(default_factory=list)
    is_gone: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether this line is not as it was last printed; `changes` says how."""
        return bool(self.changes)

    @property
    def is_over(self) -> bool:
        """They are here, or gone, or do not come: on a phone such a line lies below the others."""
        return self.is_gone or self.state in (VisitState.CARRIED_OUT, VisitState.CLOSED, VisitState.NO_SHOW)


def other_row(booking: OtherBooking, zone: str) -> Row:
    s = booking.tour_session
    return Row(
        time=hours(s.starts_at, s.ends_at, zone),
        name=booking.name,
        headcount=booking.headcount,
        session_url=session_url(s),
        note=own_name(s.tour),
    )


def gone_row(gone: LineChange, zone: str) -> Row:
    """A line that was printed and is not on the roster any more."""
    starts_at, ends_at = (datetime.fromisoformat(gone.line[name]) for name in ("starts_at", "ends_at"))
    return Row(
        time=hours(starts_at, ends_at, zone),
        name=gone.line["name"],
        second_name=gone.line["part"],
        headcount=gone.line["headcount"],
        state=gone.state,
        changes=change_in_words(gone, zone),
        is_gone=True,
    )


def session_url(tour_session: TourSession) -> str | None:
    return url_for("sessions.session", tour_session_id=tour_session.id)


def language_of(visit: Visit) -> str:
    spoken = language_name(visit.language) if visit.language else "–"
    if visit.delegation.has_interpreter:
        return _("%(language)s, own interpreter", language=spoken)
    return spoken


def telephone(number: str) -> str | None:
    plain = "".join(sign for sign in number if sign.isascii() and (sign.isdigit() or sign == "+"))
    return f"tel:{plain}" if plain else None
