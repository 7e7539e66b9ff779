"""The stops of a programme's paper in words: what, where, who is with the guests, what they need to know."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.blueprints.papers.source import Content, Source
from scheduler.blueprints.typed import city_zone
from scheduler.core.duties import DutyState
from scheduler.core.lifecycle import VisitState
from scheduler.papers.programme import Pairs, ProgrammeStop
from scheduler.records.sites import Site
from scheduler.words.code_names import RESOURCE_KINDS, language_name
from scheduler.words.home_zones import hours_at_home
from scheduler.words.instants import hour
from scheduler.words.lists import listed
from scheduler.words.names import name_of
from scheduler.words.own_names import in_order, own_name
from scheduler.words.paper_words import paper_hours
from scheduler.words.picture_words import way_in_words
from scheduler.words.programme_words import CHANGES, ENGAGEMENT_KINDS


def stop_in_words(
    source: Source, stop: Content, number: int, before: Content | None, *, is_beside: bool
) -> ProgrammeStop:
    """One stop. `before` is the stop above it; beside another language second names stand there already."""
    starts_at, ends_at = instants(stop)
    zone = stop.get("zone") or city_zone().key
    title, second_title = in_order(_title(stop), stop["title_native"])
    place, other_name = _names(stop["place"])
    address = stop["place"]["address"] if stop["place"] else ""
    second_names = ("", "") if is_beside else (second_title, other_name)
    return ProgrammeStop(
        number=str(number),
        time=paper_hours(starts_at, ends_at, zone),
        at_home=hours_at_home(starts_at, ends_at, country=source.delegation.country, zone=zone),
        title=title,
        second_title="" if second_names[0] == title else second_names[0],
        place=place,
        address=listed(filter(None, (second_names[1], address))),
        facts=_told(_facts(source, stop)),
        people=tuple(accompanying(source, stop["people"])),
        remarks=_told(_remarks(source, stop, starts_at)),
        mark=_mark(source, stop),
        way=_way(source.content["legs"], before, stop),
    )


def instants(stop: Content) -> tuple[datetime, datetime]:
    """When it begins and ends."""
    return datetime.fromisoformat(stop["starts_at"]), datetime.fromisoformat(stop["ends_at"])


def accompanying(source: Source, people: Iterable[Content]) -> Iterator[tuple[str, str]]:
    """Who said that they come along, kind by kind: by name alone, never by telephone."""
    names: dict[str, list[str]] = {}
    for person in people:
        resource = source.named.resources.get(person["resource_id"])
        if resource is not None and person["state"] == DutyState.ACCEPTED.value:
            names.setdefault(person["kind"], []).append(own_name(resource))
    for kind, told in names.items():
        yield name_of(RESOURCE_KINDS, kind), listed(told)


def _title(stop: Content) -> str:
    return str(stop["title"] or name_of(ENGAGEMENT_KINDS, stop["kind"]))


def _names(place: Content | None) -> tuple[str, str]:
    """Both names of a place, the reader's first; the second only where it is another."""
    if place is None:
        return "", ""
    name, other = in_order(place["name"], place["name_native"])
    return name, "" if other == name else other


def _facts(source: Source, stop: Content) -> Iterator[tuple[str, str]]:
    yield _("Host"), stop["host"]
    yield _("Language"), language_name(stop["language"]) if stop["language"] else ""
    if stop["part"]:
        yield _("Part"), stop["part"]["name"]
    if stop["headcount"] != source.content["delegation"]["headcount"]:
        yield _("Headcount"), ngettext("%(num)s person", "%(num)s people", stop["headcount"])


def _remarks(source: Source, stop: Content, starts_at: datetime) -> Iterator[tuple[str, str]]:
    if stop["leaves_from"]:
        yield _("Destination"), _names(stop["leaves_from"])[0]
    if stop["kind"] != "visit":
        return
    site = source.named.sites.get(stop["place"]["code"])
    yield _("Please be there"), _early(starts_at, site) if site else ""
    yield _("Meeting point"), stop["place"].get("meeting_point", "")
    yield _("Wear and bring"), site.safety_gear if site else ""
    yield _("Photographs"), site.photo_rule if site else ""


def _early(starts_at: datetime, site: Site) -> str:
    minutes = site.arrive_early_minutes
    if not minutes:
        return ""
    early = hour(starts_at - timedelta(minutes=minutes), site.zone)
    return ngettext(
        "at %(hour)s, %(num)s minute early", "at %(hour)s, %(num)s minutes early", minutes, hour=early
    )


def _mark(source: Source, stop: Content) -> str:
    if stop["state"] == VisitState.REQUESTED.value:
        return _("Not yet confirmed")
    change = source.marks.get(stop["key"])
    return name_of(CHANGES, change) if change else ""


def _way(legs: Iterable[Content], before: Content | None, stop: Content) -> str:
    if before is None:
        return ""
    ways = [leg for leg in legs if leg["before"] == before["key"] and leg["after"] == stop["key"]]
    return way_in_words(ways[0]["minutes"], None) if ways and ways[0]["minutes"] else ""


def _told(pairs: Iterable[tuple[str, str]]) -> Pairs:
    return tuple((label, value) for label, value in pairs if value)
