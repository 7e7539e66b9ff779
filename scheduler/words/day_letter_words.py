"""Letters about a whole day in words: reminders, and a site's roster for the day to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import current_app, render_template, url_for
from flask_babel import force_locale, get_locale, ngettext
from flask_babel import gettext as _

from scheduler.actions.calendar_files import Phrased
from scheduler.actions.letter_office import DayDraft, Written
from scheduler.actions.prints import lines_changed_since
from scheduler.calendars.wording import line
from scheduler.core.lifecycle import VisitState
from scheduler.records.assignments import Assignment
from scheduler.records.letter_entries import LetterEntry
from scheduler.records.letters import LetterKind, Side
from scheduler.records.rosters import Roster
from scheduler.records.site_lookup import closures_on
from scheduler.records.visits import Visit
from scheduler.words import calendar_texts, duty_texts
from scheduler.words.code_names import language_name
from scheduler.words.day_sheets import day_sheet_of
from scheduler.words.home_zones import hours_at_home
from scheduler.words.instants import day_in_words, hours
from scheduler.words.letter_ways import Way, office, ways_of_marks
from scheduler.words.lists import listed
from scheduler.words.names import NEEDS, names_of
from scheduler.words.own_names import own_name


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a day: its hours, what it is, what else is to be known."""

    hours: str
    what: str
    lines: tuple[str, ...] = ()


def write_day(draft: DayDraft, *, at: datetime) -> Written:
    """The whole letter in its reader's language."""
    with force_locale(draft.language):
        day = day_in_words(draft.on)
        is_roster = draft.kind is LetterKind.ROSTER and draft.roster is not None
        items = list(_roster_items(draft.roster) if draft.roster else _items(draft))
        what = _roster_title(draft.roster, day) if draft.roster else _("Reminder: %(day)s", day=day)
        told = {
            "opening": _opening(draft, is_roster=is_roster),
            "what": what,
            "items": items,
            "ways": list(_ways(draft)),
            "language": str(get_locale()),
            **office(),
        }
        return Written(
            subject=what,
            text=render_template("mails/day.txt", **told),
            html=render_template("mails/day.html", **told),
            paper_name=f"{draft.roster.site.code}-{draft.on}.pdf" if draft.roster else "",
            paper=_sheet(draft.roster, at) if draft.roster else None,
        )


def _sheet(roster: Roster, at: datetime) -> bytes:
    """The day's sheet, ready for the printer, with what changed if one was printed before."""
    closures, since = closures_on(roster.site, roster.on), lines_changed_since(roster)
    return day_sheet_of(roster, at=at, closures=closures, since=since)


def _roster_title(roster: Roster, day: str) -> str:
    return _("Who comes to %(site)s on %(day)s", site=own_name(roster.site), day=day)


def _opening(draft: DayDraft, *, is_roster: bool) -> str:
    if draft.roster is not None and is_roster:
        return ngettext(
            "%(num)s person is expected, as it stands now.",
            "%(num)s people are expected, as it stands now.",
            draft.roster.expected,
        )
    if draft.recipient.side is Side.GUEST:
        return _("We look forward to seeing you. This is your day, as it stands now.")
    if draft.recipient.side is Side.DUTY:
        return _("These are your duties of that day, as they stand now.")
    return _("This is planned for that day, as it stands now.")


def _items(draft: DayDraft) -> Iterator[Item]:
    for row in draft.rows:
        words = _phrase(row, draft.recipient.side)
        lines = [words.location, *words.description.splitlines()]
        yield Item(_hours(row, draft), line(words.summary), tuple(line(each) for each in lines if each))


def _hours(row: LetterEntry, draft: DayDraft) -> str:
    zone = _zone(row)
    here = hours(row.starts_at, row.ends_at, zone)
    if draft.recipient.side is not Side.GUEST:
        return here
    home = hours_at_home(row.starts_at, row.ends_at, country=row.delegation.country, zone=zone)
    return _("%(hours)s (%(home)s)", hours=here, home=home) if home else here


def _phrase(row: LetterEntry, side: Side) -> Phrased:
    if isinstance(row, Assignment):
        return duty_texts.for_resource(row)
    if side is Side.OFFICE:
        return calendar_texts.for_office(row)
    if side is Side.SITE and isinstance(row, Visit):
        return calendar_texts.for_site(row)
    return calendar_texts.for_guests(row)


def _zone(row: LetterEntry) -> str:
    if isinstance(row, Visit):
        return row.tour_session.tour.site.zone
    if isinstance(row, Assignment):
        return row.resource.zone
    return str(current_app.config["CITY_ZONE"])


def _roster_items(roster: Roster) -> Iterator[Item]:
    zone = roster.site.zone
    items = []
    for visit in roster.visits:
        known = tuple(_known(visit, roster))
        items.append(
            (visit.starts_at, Item(hours(visit.starts_at, visit.ends_at, zone), _guests(visit), known))
        )
    for booking in roster.other_bookings:
        session = booking.tour_session
        count = ngettext("%(num)s person", "%(num)s people", booking.headcount)
        item = Item(hours(session.starts_at, session.ends_at, zone), _("Others: %(count)s", count=count))
        items.append((session.starts_at, item))
    return (item for _starts_at, item in sorted(items, key=lambda pair: pair[0]))


def _guests(visit: Visit) -> str:
    who = visit.delegation
    name = who.name
    if who.name_native:
        name = _("%(name)s / %(native)s", name=who.name, native=who.name_native)
    return _("%(delegation)s (%(headcount)s)", delegation=name, headcount=visit.headcount)


def _known(visit: Visit, roster: Roster) -> Iterator[str]:
    """What the gate needs: never a telephone number or a list of names."""
    yield own_name(visit.tour_session.tour)
    if visit.part is not None:
        yield _("Part: %(part)s", part=visit.part.name)
    if visit.language:
        yield _("Language: %(language)s", language=language_name(visit.language))
    if visit.delegation.needs:
        yield _("Needs: %(needs)s", needs=listed(names_of(NEEDS, visit.delegation.needs)))
    if along := roster.along.get(visit.id):
        yield _("With them: %(names)s", names=listed(along))
    if visit.state is VisitState.REQUESTED:
        yield _("You have not agreed to this yet.")
    if visit.is_clashing:
        yield _("Something stands against this: please look at it.")


def _ways(draft: DayDraft) -> Iterator[Way]:
    yield from ways_of_marks(draft.marks, is_duty=draft.recipient.side is Side.DUTY)
    if draft.roster is not None and draft.recipient.has_account:
        code, on = draft.roster.site.code, draft.on.isoformat()
        yield Way(_("Open the roster"), url_for("rosters.roster", code=code, on=on, _external=True))
