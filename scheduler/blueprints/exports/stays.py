"""Delegations as tables: the list of them as a search found it, and the programme of one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import pgettext

from scheduler.blueprints.programmes.sheet import Row, Sheet
from scheduler.blueprints.typed import city_zone
from scheduler.papers.table import Cell, Table, wall_time
from scheduler.records.delegations import Delegation
from scheduler.records.site_facts import zone_named
from scheduler.words.code_names import DELEGATION_STATES
from scheduler.words.instants import moment_in_words
from scheduler.words.lists import listed
from scheduler.words.names import KINDS, NEEDS, TABLES, TOPICS, country_name, languages_of, name_of, names_of
from scheduler.words.own_names import in_order


def table_of_delegations(found: Sequence[Delegation], number: int, at: datetime) -> Table:
    """Delegations with what their list and their facts show; nobody's address or telephone number. `number`
    is how many there are in all."""
    zone = city_zone().key
    notes = [
        _("As it stood at %(when)s.", when=moment_in_words(at, zone)),
        _("Times are those of %(zone)s.", zone=zone),
    ]
    if number > len(found):
        notes.append(
            _(
                "These are the first %(shown)s of %(number)s. Search for less.",
                shown=len(found),
                number=number,
            )
        )
    headings = [
        _("Number"),
        _("Delegation"),
        _("Name in their own language"),
        _("Country"),
        _("Partner city"),
        _("Kind"),
        _("Head of delegation"),
        _("Headcount"),
        _("Arrival (%(zone)s)", zone=zone),
        _("Departure (%(zone)s)", zone=zone),
        _("State"),
        _("Languages"),
        _("Own interpreter"),
        _("Needs"),
        _("Topics"),
        _("Officer"),
    ]
    return Table(title=_("Delegations"), headings=headings, rows=[_delegation(d) for d in found], notes=notes)


def table_of_programme(content: Mapping[str, Any], sheet: Sheet, at: datetime) -> Table:
    """A stay stop by stop. Each stop's hours are those of its own place, whose zone is named beside them."""
    stops = {stop["key"]: stop for stop in content["stops"]}
    headings = [
        _("Day"),
        _("Begin"),
        _("End"),
        _("Time zone"),
        _("What"),
        _("What, in its second name"),
        pgettext("stop", "Kind"),
        _("Where"),
        _("Address"),
        _("Goes to"),
        pgettext("division", "Part"),
        _("Headcount"),
        _("Host"),
        _("Language"),
        _("State"),
        _("Comes along"),
        _("Minutes on the way"),
        _("Minutes to spare"),
    ]
    name = content["delegation"]["name"]
    notes = [
        _("Programme of %(name)s", name=name),
        _("As it stood at %(when)s.", when=moment_in_words(at, city_zone().key)),
    ]
    rows = [_stop(row, stops[row.key]) for _day, _duties, rows in sheet.days for row in rows]
    return Table(title=_("Programme"), headings=headings, rows=rows, notes=notes)


def _delegation(each: Delegation) -> list[Cell]:
    zone = city_zone()
    return [
        each.id,
        each.name,
        each.name_native,
        country_name(each.country or (each.partner.country if each.partner else None)),
        each.partner.name if each.partner else None,
        name_of(KINDS, each.kind),
        each.head_post,
        each.headcount,
        wall_time(each.arrives_at.astimezone(zone)),
        wall_time(each.departs_at.astimezone(zone)),
        name_of(DELEGATION_STATES, each.state),
        listed(languages_of(each.languages)),
        _("yes") if each.has_interpreter else _("no"),
        listed(names_of(NEEDS, each.needs)),
        listed(names_of(TOPICS, each.topics)),
        each.officer.name if each.officer else None,
    ]


def _stop(row: Row, stop: Mapping[str, Any]) -> list[Cell]:
    zone = stop.get("zone") or city_zone().key
    span = (datetime.fromisoformat(stop[name]) for name in ("starts_at", "ends_at"))
    starts_at, ends_at = (wall_time(each.astimezone(zone_named(zone))) for each in span)
    way = row.ways[0] if row.ways else None
    return [
        starts_at.date(),
        starts_at.time(),
        ends_at.time(),
        zone,
        row.title,
        row.title_native,
        name_of(TABLES["stop_kinds"], row.kind),
        _place(row.place),
        row.place["address"] if row.place else None,
        _place(row.destination),
        row.part,
        row.headcount,
        row.host,
        row.language,
        name_of(TABLES["stop_states"], row.state),
        listed(row.people),
        way.minutes if way else None,
        way.slack if way else None,
    ]


def _place(place: Mapping[str, Any] | None) -> str | None:
    return in_order(place["name"], place["name_native"])[0] if place else None
