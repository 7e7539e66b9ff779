"""The rows that the pages of the room `sites` show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from flask_babel import ngettext

from scheduler.blueprints.ways import roster_url
from scheduler.core.opening import FACTS_STAY_FRESH
from scheduler.records.sites import Site
from scheduler.records.tours import Tour
from scheduler.words.instants import date_in_words, local_day
from scheduler.words.names import TOPICS, names_of
from scheduler.words.own_names import own_name, second_name
from scheduler.words.site_words import (
    FACT_COLUMNS,
    FACT_NAMES,
    dates_in_words,
    fact_name,
    fact_value,
    hours_in_words,
)

# Where a fact is changed: those not named here stand in the form of plain facts.
DOORS = {"hours": "sites.hours", "closures": "sites.rules", "people_at_once": "sites.limits"}
OF_TOURS = frozenset({"tour_length", "group_size", "smallest_group", "rounds", "route"})


@dataclass(frozen=True)
class FactRow:
    """One fact: what it says, where it comes from, how old and how sure."""

    name: str
    words: str
    value: list[str]
    source: str
    checked_on: str
    is_assumption: bool
    is_old: bool
    change_url: str


@dataclass(frozen=True)
class SiteRow:
    """One site in the list."""

    code: str
    name: str
    name_native: str
    url: str
    owner_unit: str
    hours: list[str]
    assumptions: int
    oldest: str
    is_old: bool
    roster_url: str


def fact_rows(site: Site, tours: Sequence[Tour], today: date) -> list[FactRow]:
    """Every fact of a site: first those we give words to, in their order, then whatever else is noted."""
    kept = {fact.name: fact for fact in site.facts}
    ours = [name for name in FACT_NAMES if name in kept or name == "hours" or name in FACT_COLUMNS]
    rows = []
    for name in (*ours, *(name for name in kept if name not in FACT_NAMES)):
        fact = kept.get(name)
        rows.append(
            FactRow(
                name=name,
                words=fact_name(name),
                value=fact_value(site, name, tours),
                source=fact.source if fact else "",
                checked_on=date_in_words(fact.checked_on) if fact else "",
                is_assumption=fact is not None and fact.is_assumption,
                is_old=fact is not None and today - fact.checked_on > FACTS_STAY_FRESH,
                change_url=_change_url(site.code, name),
            )
        )
    return rows


def site_rows(sites: Iterable[Site], at: datetime) -> list[SiteRow]:
    """The list of sites."""
    rows = []
    for site in sites:
        today = local_day(at, site.zone)
        checked = [fact.checked_on for fact in site.facts]
        rows.append(
            SiteRow(
                code=site.code,
                name=own_name(site),
                name_native=second_name(site),
                url=url_for("sites.site", code=site.code),
                owner_unit=site.owner_unit,
                hours=hours_in_words(site.hours),
                assumptions=sum(fact.is_assumption for fact in site.facts),
                oldest=date_in_words(min(checked)) if checked else "",
                is_old=bool(checked) and today - min(checked) > FACTS_STAY_FRESH,
                roster_url=roster_url(site.code, today),
            )
        )
    return rows


def tour_rows(tours: Sequence[Tour]) -> list[dict[str, object]]:
    """The tours of a site in a few words each."""
    return [
        {
            "name": own_name(tour),
            "name_native": second_name(tour),
            "url": url_for("tours.tour", code=tour.site.code, tour_code=tour.code),
            "topics": names_of(TOPICS, tour.topics),
            "minutes": ngettext("%(num)s minute", "%(num)s minutes", tour.minutes),
            "smallest": tour.smallest_group,
            "largest": tour.largest_group,
            "places": tour.places,
            "dates": dates_in_words(tour),
            "needs_agreement": tour.needs_agreement,
        }
        for tour in tours
    ]


def _change_url(code: str, name: str) -> str:
    if name in OF_TOURS:
        return url_for("tours.index", code=code)
    if name in DOORS:
        return url_for(DOORS[name], code=code)
    if name in FACT_COLUMNS:
        return url_for("sites.edit", code=code)
    return url_for("sites.fact", code=code, name=name)
