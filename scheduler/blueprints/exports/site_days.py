"""A site's day as a table: what its page shows of each visit, and the other bookings."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import pgettext

from scheduler.core.gate import Photographs
from scheduler.papers.table import Cell, Table, wall_time
from scheduler.records.rosters import Roster
from scheduler.records.site_facts import zone_named
from scheduler.records.tours import OtherBooking
from scheduler.records.visits import Visit
from scheduler.words.code_names import VISIT_STATES, language_name
from scheduler.words.gate_words import PHOTOGRAPHS
from scheduler.words.instants import day_in_words, moment_in_words
from scheduler.words.lists import listed
from scheduler.words.names import NEEDS, name_of, names_of
from scheduler.words.own_names import own_name


def table_of_day(roster: Roster, at: datetime) -> Table:
    """The visits and other bookings of a day in order of hour."""
    zone = roster.site.zone
    rows = [(visit.starts_at, _visit(visit, roster)) for visit in roster.visits]
    rows += [(booking.tour_session.starts_at, _other(booking, zone)) for booking in roster.other_bookings]
    return Table(
        title=_("Roster"),
        headings=_headings(zone),
        rows=[row for _starts_at, row in sorted(rows, key=lambda pair: pair[0])],
        notes=[
            _("Roster of %(site)s, %(day)s", site=own_name(roster.site), day=day_in_words(roster.on)),
            _("As it stood at %(when)s.", when=moment_in_words(at, zone)),
            _("Times are those of %(zone)s.", zone=zone),
        ],
    )


def _headings(zone: str) -> list[str]:
    return [
        _("Day"),
        _("Begin (%(zone)s)", zone=zone),
        _("End (%(zone)s)", zone=zone),
        _("Tour"),
        _("Who"),
        _("Name in their own language"),
        pgettext("division", "Part"),
        _("Headcount"),
        _("Arrived"),
        _("State"),
        _("Head of delegation"),
        _("Language"),
        _("Own interpreter"),
        _("Needs"),
        _("Contact"),
        _("Telephone"),
        _("Comes along"),
        _("Photographs"),
        _("Note at the gate"),
    ]


def _visit(visit: Visit, roster: Roster) -> list[Cell]:
    zone, who = zone_named(roster.site.zone), visit.delegation
    starts_at, ends_at = (wall_time(each.astimezone(zone)) for each in (visit.starts_at, visit.ends_at))
    return [
        starts_at.date(),
        starts_at.time(),
        ends_at.time(),
        own_name(visit.tour_session.tour),
        who.name,
        who.name_native,
        visit.part.name if visit.part is not None else None,
        visit.headcount,
        visit.arrived_count,
        name_of(VISIT_STATES, visit.state),
        who.head_post,
        language_name(visit.language) if visit.language else None,
        _("yes") if who.has_interpreter else _("no"),
        listed(names_of(NEEDS, who.needs)),
        who.contact_name,
        who.contact_phone,
        listed(roster.along.get(visit.id, ())),
        None if visit.photographs is Photographs.UNKNOWN else name_of(PHOTOGRAPHS, visit.photographs),
        visit.gate_note,
    ]


def _other(booking: OtherBooking, zone_name: str) -> list[Cell]:
    zone, there = zone_named(zone_name), booking.tour_session
    starts_at, ends_at = (wall_time(each.astimezone(zone)) for each in (there.starts_at, there.ends_at))
    told: list[Cell] = [starts_at.date(), starts_at.time(), ends_at.time(), own_name(there.tour)]
    told += [booking.name, None, None, booking.headcount, None, _("Other booking")]
    return told + [None] * 9
