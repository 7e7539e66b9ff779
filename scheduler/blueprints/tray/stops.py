"""A stop, or a duty, as the tray names it: what, where, when, and where its own page is."""

from dataclasses import dataclass

from flask import url_for

from scheduler.blueprints.typed import city_zone
from scheduler.records.assignments import Assignment
from scheduler.records.letter_entries import LetterEntry
from scheduler.records.visits import Visit
from scheduler.words.code_names import RESOURCE_KINDS
from scheduler.words.instants import span_in_words
from scheduler.words.names import name_of
from scheduler.words.own_names import own_name
from scheduler.words.programme_words import ENGAGEMENT_KINDS


@dataclass(frozen=True, kw_only=True)
class About:
    """What something is about, in words; `delegation_url` leads to whose it is."""

    title: str
    second: str
    delegation: str
    when: str
    zone: str
    url: str
    delegation_url: str


def about(entry: LetterEntry) -> About:
    """A visit, engagement or duty in words, on its own clock."""
    zone = entry.tour_session.tour.site.zone if isinstance(entry, Visit) else str(city_zone())
    title, second, url = _named(entry)
    return About(
        title=title,
        second=second,
        delegation=entry.delegation.name,
        when=span_in_words(entry.starts_at, entry.ends_at, zone),
        zone=zone,
        url=url,
        delegation_url=url_for("delegations.delegation", delegation_id=entry.delegation_id),
    )


def _named(entry: LetterEntry) -> tuple[str, str, str]:
    if isinstance(entry, Visit):
        tour = entry.tour_session.tour
        return own_name(tour.site), own_name(tour), url_for("visits.visit", visit_id=entry.id)
    if isinstance(entry, Assignment):
        kind = name_of(RESOURCE_KINDS, entry.resource.kind)
        return own_name(entry.resource), kind, url_for("resources.resource", resource_id=entry.resource_id)
    kind = name_of(ENGAGEMENT_KINDS, entry.kind)
    place = own_name(entry.place) if entry.place is not None else ""
    return entry.title or kind, place, url_for("engagements.engagement", engagement_id=entry.id)
