"""Places and the travel table in words: what is wrong with a line, where the minutes of a way come from."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from scheduler.actions.places import PlaceInUse
from scheduler.actions.travel_files import LineFault
from scheduler.core.travel import EVERY_HOUR

# What an action finds wrong with one field; laid beside those of `invalid_words.py`.
FAULTS = {
    "place_code_form": _l("Use capital letters, digits and single hyphens, such as HOTEL-PLAZA."),
    "place_code_taken": _l("There is a place or a site with the code %(value)s already."),
    "place_needs_name": _l("Give the place a name."),
    "half_a_position": _l("Give both latitude and longitude, or neither."),
    "same_delegation": _l("Choose another delegation than this one."),
}
LINE_FAULTS = {
    "not_utf8": _l("This is not UTF-8. Save the file as “CSV UTF-8”."),
    "header": _l("The first line must be %(wanted)s; it is “%(found)s”."),
    "header:none": _l("The file is empty. The first line must be %(wanted)s."),
    "too_many_lines": _l("Too many lines: %(most)s at most. Send the table in parts, added one by one."),
    "broken": _l("The quotation marks of this line do not match."),
    "cells": _l("This line has %(cells)s cells; wanted are four: %(wanted)s."),
    "unknown_place": _l("There is no place with the code “%(value)s”. Enter it as a place first."),
    "unknown_place:nearest": _l("There is no place with the code “%(value)s”. Is %(nearest)s meant?"),
    "unknown_place:none": _l("A code is missing: say both where from and where to."),
    "same_place": _l("From %(value)s to itself takes no time. Leave this line out."),
    "no_hour": _l("“%(value)s” is no hour. Give 0 to 23, several as 7~9, or nothing for any hour."),
    "hour_range": _l("“%(value)s” is out of range: hours run from 0 to 23."),
    "hours_backwards": _l("Hours run forward within a day: give %(first)s~23 and 0~%(last)s on two lines."),
    "minutes_negative": _l("%(value)s minutes are less than none. Give 0 to %(most)s."),
    "minutes_range": _l("%(value)s minutes are more than a day. Give 0 to %(most)s."),
    "minutes_fraction": _l("%(value)s is no whole number. Give whole minutes, rounded up."),
    "no_minutes": _l("“%(value)s” is no number of minutes. Give 0 to %(most)s."),
    "no_minutes:none": _l("The minutes are missing. Give 0 to %(most)s."),
    "twice": _l("The same way at %(hour)s o'clock stands on line %(first)s already. Keep one of the two."),
    "twice:any": _l("The same way at any hour stands on line %(first)s already. Keep one of the two."),
}
SOURCES = {
    "table": _l("Table"),
    "way_back": _l("Way back in the table"),
    "model": _l("Model"),
    "same_place": _l("The same place"),
    "unknown": _l("Nobody knows"),
}
ACTS = {
    "add_place": _l("entered the place"),
    "change_place": _l("changed the place"),
    "remove_place": _l("removed the place"),
    "import_travel_times": _l("imported travel times"),
    "set_travel_time": _l("set a travel time"),
    "clear_travel_time": _l("cleared a travel time"),
    "keep_apart": _l("noted that they should not meet"),
    "let_meet": _l("noted that they may meet"),
}
SUBJECTS = {
    "place": _l("Place"),
    "travel_time": _l("Travel time"),
    "travel_table": _l("Travel table"),
}
COLUMNS = {
    "address": _l("Address"),
    "latitude": _l("Latitude"),
    "longitude": _l("Longitude"),
    "kept_apart_from": _l("Should not meet"),
    "why_apart": lazy_pgettext("apart", "Why not"),
}


def line_fault_in_words(fault: LineFault) -> str:
    """What is wrong with a line of the table, and what would be right."""
    facts = dict(fault.facts)
    return str(LINE_FAULTS[_sentence(fault.code, facts)]) % facts


def hours_in_words(first: int, last: int | None = None) -> str:
    """An hour of the day as it is typed and read, or several: 07:00 to 09:59."""
    if first == EVERY_HOUR:
        return _("any hour")
    return _("%(first)s to %(last)s", first=f"{first:02}:00", last=f"{first if last is None else last:02}:59")


def in_use_in_words(used: PlaceInUse) -> str:
    """Why a place stays, and what to do first."""
    return _(
        "It is still in use: bases of guides, interpreters and vehicles "
        "%(resources)s, engagements %(engagements)s. Give those another place first.",
        resources=used.resources,
        engagements=used.engagements,
    )


def _sentence(code: str, facts: dict[str, Any]) -> str:
    """The sentence that fits: some faults are told in several ways."""
    if code == "header" and not facts["found"]:
        return "header:none"
    if code == "unknown_place" and not facts["value"]:
        return "unknown_place:none"
    if code == "unknown_place" and facts["nearest"]:
        return "unknown_place:nearest"
    if code == "no_minutes" and not facts["value"]:
        return "no_minutes:none"
    return "twice:any" if code == "twice" and facts["hour"] is None else code
