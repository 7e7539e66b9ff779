"""The lines of a roster in order of hour, each with the acts that this person may do to it now."""

from dataclasses import replace
from datetime import datetime

from flask_babel import ngettext

from scheduler.actions.prints import SinceLastPrint
from scheduler.blueprints.reply_lines import tallies
from scheduler.blueprints.rosters.acts import FORMS, Returned, forms_of, record_url
from scheduler.blueprints.rosters.rows import Row, gone_row, language_of, other_row, session_url, telephone
from scheduler.blueprints.ways import visit_url
from scheduler.core.lifecycle import AWAITED, VisitState
from scheduler.records.rosters import Roster
from scheduler.records.visits import Visit
from scheduler.words.clash_words import clash_in_words
from scheduler.words.gate_words import count_in_words
from scheduler.words.instants import hours, local_day
from scheduler.words.names import NEEDS, names_of
from scheduler.words.own_names import own_name
from scheduler.words.print_words import change_in_words

__all__ = ["FORMS", "Returned", "Row", "roster_rows", "still_to_come", "totals_in_words", "tour_names"]
EXPECTED = frozenset({VisitState.REQUESTED, VisitState.CONFIRMED})


def roster_rows(
    roster: Roster, at: datetime, returned: Returned | None = None, *, since: SinceLastPrint | None = None
) -> list[Row]:
    """Visits and other bookings in order of hour. `returned` are forms that came back with faults; `since`
    marks what is not as it was last printed, and brings back what was printed and is gone."""
    returned, since = returned or {}, since or SinceLastPrint()
    zone, expected, replies = roster.site.zone, next_expected(roster, at), tallies(roster.visits)
    rows = []
    for visit in roster.visits:
        row = _row_of(visit, roster, at, returned, is_next=visit is expected)
        changes = _changes(since, f"visit-{visit.id}", zone)
        told = replace(row, replies=replies.get(f"visit-{visit.id}"), changes=changes)
        rows.append((visit.starts_at, told))
    for booking in roster.other_bookings:
        changes = _changes(since, f"other-{booking.id}", zone)
        rows.append((booking.tour_session.starts_at, replace(other_row(booking, zone), changes=changes)))
    rows += [(datetime.fromisoformat(gone.line["starts_at"]), gone_row(gone, zone)) for gone in since.gone]
    in_order = [row for _starts_at, row in sorted(rows, key=lambda pair: pair[0])]
    return in_order if len(tour_names(roster)) > 1 else [replace(row, note="") for row in in_order]


def _row_of(visit: Visit, roster: Roster, at: datetime, returned: Returned, *, is_next: bool) -> Row:
    row = visit_row(visit, roster.site.zone, at, returned=returned, is_next=is_next)
    return replace(row, along=roster.along.get(visit.id, ()))


def tour_names(roster: Roster) -> list[str]:
    """What is shown that day. One tour is named above the rows, several in them."""
    sessions = [visit.tour_session for visit in roster.visits]
    sessions += [booking.tour_session for booking in roster.other_bookings]
    return sorted({own_name(tour_session.tour) for tour_session in sessions})


def next_expected(roster: Roster, at: datetime) -> Visit | None:
    """Who comes next today: the first whose hour is not over and who has not arrived."""
    if roster.on != local_day(at, roster.site.zone):
        return None
    return next((v for v in roster.visits if v.state in EXPECTED and v.ends_at > at), None)


def still_to_come(roster: Roster, at: datetime) -> tuple[list[Row], list[Row]]:
    """The visits and other bookings of a day that are not over, without anything to press."""
    zone = roster.site.zone
    awaited = [v for v in roster.visits if v.state in AWAITED and v.ends_at > at]
    others = [b for b in roster.other_bookings if b.tour_session.ends_at > at]
    return [visit_row(v, zone, at, is_for_reading=True) for v in awaited], [
        other_row(b, zone) for b in others
    ]


def totals_in_words(roster: Roster) -> str:
    """How many visits and people the day brings."""
    visits = sum(visit.state.occupies for visit in roster.visits)
    told = [
        ngettext("%(num)s visit", "%(num)s visits", visits),
        ngettext("%(num)s other booking", "%(num)s other bookings", len(roster.other_bookings))
        if roster.other_bookings
        else "",
        ngettext("%(num)s person in all", "%(num)s people in all", roster.expected),
    ]
    return " · ".join(words for words in told if words)


def visit_row(
    visit: Visit,
    zone: str,
    at: datetime,
    *,
    returned: Returned | None = None,
    is_next: bool = False,
    is_for_reading: bool = False,
) -> Row:
    """A visit's row."""
    who, forms = visit.delegation, {} if is_for_reading else forms_of(visit, at, returned or {})
    return Row(
        time=hours(visit.starts_at, visit.ends_at, zone),
        name=who.name,
        second_name=visit.part.name if visit.part is not None else who.name_native,
        url=visit_url(visit.id),
        session_url=session_url(visit.tour_session),
        visit_id=visit.id,
        headcount=visit.headcount,
        head_post=who.head_post or "–",
        language=language_of(visit),
        needs=names_of(NEEDS, who.needs),
        contact=who.contact_name,
        phone=who.contact_phone,
        phone_url=telephone(who.contact_phone),
        state=visit.state,
        arrived=visit.arrived_count,
        is_clashing=visit.is_clashing,
        is_next=is_next,
        note=own_name(visit.tour_session.tour),
        reasons=clash_in_words(visit.clash),
        forms=forms,
        record_url=record_url(visit, at),
        photographs=visit.photographs,
        gate_note=visit.gate_note,
        came=count_in_words(visit.arrived_count, visit.headcount) if visit.arrived_count else "",
        starts_at=visit.starts_at,
    )


def _changes(since: SinceLastPrint, key: str, zone: str) -> list[str]:
    """What happened to one line since the last print, in words."""
    return change_in_words(since.changes[key], zone) if key in since.changes else []
