"""A site's day sheet in words: the rows of the roster as they go on paper, for a door or a letter alike."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.actions.prints import LineChange, SinceLastPrint
from scheduler.core.lifecycle import VisitState
from scheduler.papers.day_sheet import DaySheet, DaySheetRow, day_sheet_pdf
from scheduler.records.rosters import Roster
from scheduler.records.sites import SiteClosure
from scheduler.records.tours import OtherBooking
from scheduler.records.visits import Visit
from scheduler.words.code_names import VISIT_STATES, language_name
from scheduler.words.instants import moment_in_words
from scheduler.words.lists import listed
from scheduler.words.names import NEEDS, names_of
from scheduler.words.own_names import own_name, second_name
from scheduler.words.paper_words import city_in_words, language_of_paper, paper_day, paper_hours, paper_span
from scheduler.words.print_words import change_in_words

# Who can still come, and is counted when they do.
CAN_COME = (VisitState.REQUESTED, VisitState.CONFIRMED, VisitState.HELD)


def day_sheet_of(
    roster: Roster,
    *,
    at: datetime,
    closures: Sequence[SiteClosure] = (),
    since: SinceLastPrint | None = None,
) -> bytes:
    """The sheet of a site's day as a PDF, in the language of the moment: `force_locale` for somebody else's.

    `since` marks what differs from the sheet printed before. Needs an application, no request."""
    changes = {} if since is None else since.changes
    warnings = [_closure(each, roster.site.zone) for each in closures]
    warnings += [_gone(each, roster.site.zone) for each in (since.gone if since else ())]
    return day_sheet_pdf(_sheet(roster, at, tuple(warnings), changes), made_at=at)


def _sheet(
    roster: Roster, at: datetime, warnings: tuple[str, ...], changes: Mapping[str, LineChange]
) -> DaySheet:
    site, day = roster.site, paper_day(roster.on)
    return DaySheet(
        language=language_of_paper(),
        title=_("Roster of %(site)s, %(day)s", site=own_name(site), day=day),
        city=city_in_words(),
        site=own_name(site),
        second_name=second_name(site),
        day=day,
        totals=_totals(roster),
        columns=_columns(),
        nobody=_("No delegation and no other booking on this day."),
        stood_at=_("As it stood at %(when)s.", when=moment_in_words(at, site.zone)),
        warnings=warnings,
        facts=tuple((label, value) for label, value in _facts(roster) if value),
        rows=tuple(_rows(roster, changes)),
    )


def _gone(change: LineChange, zone: str) -> str:
    """A line that stood on the sheet before and does not on this one."""
    return _("%(name)s: %(change)s", name=change.line["name"], change=change_in_words(change, zone)[0])


def _columns() -> tuple[str, str, str, str, str, str, str, str, str]:
    return (
        _("Hour"),
        _("Delegation"),
        _("Headcount"),
        _("Head of delegation"),
        _("Language"),
        _("Needs"),
        _("Contact on the day"),
        _("State"),
        _("Arrived"),
    )


def _totals(roster: Roster) -> str:
    visits = sum(visit.state.occupies for visit in roster.visits)
    told = [ngettext("%(num)s visit", "%(num)s visits", visits)]
    if others := len(roster.other_bookings):
        told.append(ngettext("%(num)s other booking", "%(num)s other bookings", others))
    told.append(ngettext("%(num)s person in all", "%(num)s people in all", roster.expected))
    return " · ".join(told)


def _closure(closure: SiteClosure, zone: str) -> str:
    when = paper_span(closure.starts_at, closure.ends_at, zone)
    if not closure.reason:
        return _("Closed %(when)s", when=when)
    return _("Closed %(when)s: %(reason)s", when=when, reason=closure.reason)


def _facts(roster: Roster) -> Iterator[tuple[str, str]]:
    """What whoever receives the guests wants at hand; one tour is named here, several in their rows."""
    site, tours = roster.site, _tours(roster)
    early = site.arrive_early_minutes
    yield _("Tour"), tours[0] if len(tours) == 1 else ""
    yield _("Meeting point"), site.meeting_point
    yield _("Arrive early by"), ngettext("%(num)s minute", "%(num)s minutes", early) if early else ""
    yield _("Photographs"), site.photo_rule
    yield _("Safety gear"), site.safety_gear


def _tours(roster: Roster) -> list[str]:
    found = [visit.tour_session.tour for visit in roster.visits]
    found += [booking.tour_session.tour for booking in roster.other_bookings]
    return sorted({own_name(tour) for tour in found})


def _rows(roster: Roster, changes: Mapping[str, LineChange]) -> list[DaySheetRow]:
    has_several = len(_tours(roster)) > 1
    rows = [(v.starts_at, f"visit-{v.id}", _visit(v, roster, has_several=has_several)) for v in roster.visits]
    for booking in roster.other_bookings:
        row = _other(booking, roster, has_several=has_several)
        rows.append((booking.tour_session.starts_at, f"other-{booking.id}", row))
    in_order = sorted(rows, key=lambda each: each[0])
    return [_marked(row, changes.get(key), roster.site.zone) for _starts_at, key, row in in_order]


def _marked(row: DaySheetRow, change: LineChange | None, zone: str) -> DaySheetRow:
    """The row with what has changed about it since the sheet before."""
    if change is None:
        return row
    mark, *fields = change_in_words(change, zone)
    return replace(row, mark=mark, notes=(*row.notes, *fields))


def _visit(visit: Visit, roster: Roster, *, has_several: bool) -> DaySheetRow:
    who, along = visit.delegation, roster.along.get(visit.id, ())
    notes = [own_name(visit.tour_session.tour)] if has_several else []
    if visit.part is not None:
        notes.append(_("Part: %(part)s", part=visit.part.name))
    if along:
        notes.append(_("With them: %(names)s", names=listed(along)))
    if visit.is_clashing:
        notes.append(_("Something stands against this: please look at it."))
    return DaySheetRow(
        time=paper_hours(visit.starts_at, visit.ends_at, roster.site.zone),
        name=who.name,
        second_name=who.name_native,
        notes=tuple(notes),
        headcount=str(visit.headcount),
        head_post=who.head_post,
        language=_language(visit),
        needs=listed(names_of(NEEDS, who.needs)),
        contact=" ".join(filter(None, (who.contact_name, who.contact_phone))),
        state=str(VISIT_STATES[visit.state.value]),
        arrived="" if visit.arrived_count is None else str(visit.arrived_count),
        can_arrive=visit.state in CAN_COME,
    )


def _other(booking: OtherBooking, roster: Roster, *, has_several: bool) -> DaySheetRow:
    session = booking.tour_session
    return DaySheetRow(
        time=paper_hours(session.starts_at, session.ends_at, roster.site.zone),
        name=booking.name,
        headcount=str(booking.headcount),
        notes=(own_name(session.tour),) if has_several else (),
        state=_("Other booking"),
        can_arrive=True,
    )


def _language(visit: Visit) -> str:
    spoken = language_name(visit.language) if visit.language else "–"
    return _("%(language)s, own interpreter", language=spoken) if visit.delegation.has_interpreter else spoken
