"""What we know of a site, as people read it: its facts by name, its hours by weekday, its rules."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import format_date, gettext, ngettext
from flask_babel import lazy_gettext as _l

from scheduler.core.facts import Dating
from scheduler.records.sites import Site, SiteHours
from scheduler.records.tours import Tour
from scheduler.words.instants import TO, date_in_words
from scheduler.words.lists import listed
from scheduler.words.names import languages_of
from scheduler.words.own_names import own_name

FACT_NAMES: Mapping[str, Any] = {
    "names": _l("Names"),
    "owner_unit": _l("Who answers for it"),
    "contact": _l("Whom letters go to"),
    "address": _l("Address"),
    "coordinates": _l("Coordinates"),
    "hours": _l("Opening hours"),
    "closures": _l("Closed on"),
    "notice": _l("Notice"),
    "languages": _l("Languages of the guides"),
    "people_at_once": _l("People and groups at once"),
    "turnaround": _l("Turnaround"),
    "reception": _l("Reception on the day"),
    "operation": _l("In operation"),
    "tour_length": _l("Length of the tours"),
    "group_size": _l("Size of groups"),
    "smallest_group": _l("Smallest group"),
    "rounds": _l("Rounds"),
    "route": _l("Route"),
}
# Which columns of a site each fact is about. Hours have rows of their own; tours keep the rest.
FACT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "names": ("name", "name_native"),
    "owner_unit": ("owner_unit",),
    "contact": ("contact_name", "contact_email"),
    "address": ("address",),
    "coordinates": ("latitude", "longitude"),
    "closures": (
        "closed_weekdays",
        "closed_on_public_holidays",
        "closed_on_main_holidays",
        "closure_moves_after_holiday",
    ),
    "notice": ("notice_days",),
    "languages": ("languages",),
    "people_at_once": ("people_at_once", "groups_at_once"),
    "turnaround": ("turnaround_minutes",),
    "reception": ("meeting_point", "arrive_early_minutes", "photo_rule", "safety_gear"),
    "operation": ("active_from", "active_to"),
}


def fact_name(name: str) -> str:
    """What a fact is called; its own code where it has no name."""
    return str(FACT_NAMES.get(name, name.replace("_", " ")))


def facts_about(columns: Iterable[str]) -> set[str]:
    """The facts that changed columns belong to."""
    changed = set(columns)
    return {name for name, about in FACT_COLUMNS.items() if changed.intersection(about)}


def weekday_name(weekday: int, width: str = "EEEE") -> str:
    """Monday for 0. 5 January 1970 was one: any Monday serves to name the days."""
    return str(format_date(date(1970, 1, 5 + weekday), width))


def weekdays_in_words(codes: Iterable[str | int]) -> str:
    """Mon, Wed–Sun: three and more in a row are told by the first and the last."""
    told, days = [], sorted(int(code) for code in codes)
    while days:
        row = [day for number, day in enumerate(days) if day == days[0] + number]
        names = [weekday_name(day, "EEE") for day in row]
        told += [f"{names[0]}{TO}{names[-1]}"] if len(row) > 2 else names
        days = days[len(row) :]
    return listed(told)


def fact_value(site: Site, name: str, tours: Iterable[Tour] = ()) -> list[str]:
    """What a fact says, line by line: from the site itself, or from its tours."""
    if name in VALUES:
        return [line for line in VALUES[name](site) if line]
    told = TOUR_VALUES.get(name)
    return [f"{own_name(tour)}: {told(tour)}" for tour in tours] if told else []


def hours_in_words(hours: Iterable[SiteHours]) -> list[str]:
    """Monday 10:00–17:00; days with the same hours and dates share a line."""
    shared: dict[str, list[int]] = {}
    for row in hours:
        told = f"{row.opens:%H:%M}{TO}{row.closes:%H:%M}{_validity(row.valid_from, row.valid_to)}"
        shared.setdefault(told, []).append(row.weekday)
    return [f"{weekdays_in_words(days)}: {told}" for told, days in shared.items()]


def dates_in_words(tour: Tour) -> str:
    """How a tour comes by its dates."""
    is_rounds = tour.dating is Dating.ROUNDS
    return gettext("fixed rounds") if is_rounds else gettext("windows on request")


def validity_in_words(first: date | None, last: date | None) -> str:
    """From when to when something holds; nothing when it always does."""
    if first and last:
        return gettext("from %(first)s to %(last)s", first=_day(first), last=_day(last))
    if first:
        return gettext("from %(first)s on", first=_day(first))
    return gettext("until %(last)s", last=_day(last)) if last else ""


def _validity(first: date | None, last: date | None) -> str:
    words = validity_in_words(first, last)
    return f" ({words})" if words else ""


def _day(on: date) -> str:
    return date_in_words(on)


def _letters_go_to(site: Site) -> list[str]:
    """Whoever has an account is written to; only where nobody has one, the contact is."""
    if site.managers:
        return [gettext("The site managers, who have accounts")]
    return [site.contact_name, site.contact_email]


def _closures(site: Site) -> list[str]:
    days = weekdays_in_words(site.closed_weekdays)
    told = [
        gettext("Every %(days)s", days=days) if days else "",
        gettext("All public holidays") if site.closed_on_public_holidays else "",
        gettext("1 January, Seollal day, Chuseok day") if site.closed_on_main_holidays else "",
        gettext("A closing day that falls on a holiday moves to the next working day")
        if site.closure_moves_after_holiday
        else "",
    ]
    return told if any(told) else [gettext("Never by rule")]


def _at_once(site: Site) -> list[str]:
    return [
        ngettext("%(num)s person at most", "%(num)s people at most", site.people_at_once)
        if site.people_at_once
        else gettext("Any number of people"),
        ngettext("%(num)s group at most", "%(num)s groups at most", site.groups_at_once)
        if site.groups_at_once
        else gettext("Any number of groups"),
    ]


def _reception(site: Site) -> list[str]:
    return [
        site.meeting_point,
        ngettext(
            "%(num)s minute before the hour", "%(num)s minutes before the hour", site.arrive_early_minutes
        ),
        site.photo_rule,
        site.safety_gear,
    ]


def _minutes(number: int) -> list[str]:
    return [ngettext("%(num)s minute", "%(num)s minutes", number)]


VALUES: Mapping[str, Callable[[Site], list[str]]] = {
    "names": lambda site: [site.name, site.name_native],
    "owner_unit": lambda site: [site.owner_unit],
    "contact": _letters_go_to,
    "address": lambda site: [site.address],
    "coordinates": lambda site: (
        [f"{site.latitude:.4f}, {site.longitude:.4f}"] if site.latitude is not None else []
    ),
    "hours": lambda site: hours_in_words(site.hours),
    "closures": _closures,
    "notice": lambda site: [ngettext("%(num)s day", "%(num)s days", site.notice_days)],
    "languages": lambda site: [listed(languages_of(site.languages))],
    "people_at_once": _at_once,
    "turnaround": lambda site: _minutes(site.turnaround_minutes),
    "reception": _reception,
    "operation": lambda site: [
        validity_in_words(site.active_from, site.active_to) or gettext("without an end in sight")
    ],
}
TOUR_VALUES: Mapping[str, Callable[[Tour], str]] = {
    "tour_length": lambda tour: ngettext("%(num)s minute", "%(num)s minutes", tour.minutes),
    "group_size": lambda tour: gettext(
        "%(smallest)s to %(largest)s people", smallest=tour.smallest_group, largest=tour.largest_group
    ),
    "smallest_group": lambda tour: ngettext("%(num)s person", "%(num)s people", tour.smallest_group),
    "rounds": dates_in_words,
}
