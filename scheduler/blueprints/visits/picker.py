"""Sessions to choose from on one day: each with its places, whether it would work, and why not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from scheduler.access import Permission
from scheduler.blueprints.visits.errands import Errand, Which
from scheduler.core.facts import Dating
from scheduler.core.spans import day_span
from scheduler.core.verdicts import OVERRIDES
from scheduler.identity import actor
from scheduler.records.availability import Offer, offers
from scheduler.records.site_facts import zone_named
from scheduler.records.sites import Site
from scheduler.records.tour_lookup import tours_of
from scheduler.words.instants import hour, hours
from scheduler.words.lists import listed
from scheduler.words.own_names import own_name, second_name
from scheduler.words.verdict_words import caution_in_words, refusal_in_words


@dataclass(frozen=True)
class Words:
    """A reason as a page shows it."""

    code: str
    text: str


@dataclass(frozen=True)
class Choice:
    """One session. `url_or_form` is one click when nothing is to be said, else the way to say it."""

    time: str
    tour_name: str
    places: int
    places_taken: int
    would_work: bool
    refusals: list[Words]
    cautions: list[Words]
    url_or_form: Any
    look_url: str | None
    starts_at: datetime


@dataclass(frozen=True)
class Hour:
    """The windows that start within one hour, and why some of them do not work."""

    name: str
    windows: list[Choice]
    reasons: list[tuple[str, str]]


@dataclass(frozen=True)
class TourChoices:
    """The sessions of one tour on the day: rounds one below the other, windows hour by hour. `common` are the
    reasons that stand against every window alike: said once."""

    name: str
    name_native: str
    minutes: int
    rounds: list[Choice] = field(default_factory=list)
    hours: list[Hour] = field(default_factory=list)
    common: list[str] = field(default_factory=list)
    working: int = 0
    tour_code: str = ""

    @property
    def windows(self) -> list[Choice]:
        return [window for hour in self.hours for window in hour.windows]


def choices_at(site: Site, on: date, errand: Errand, at: datetime) -> list[TourChoices]:
    """Every session of a site that starts on a local day, tour by tour."""
    day = day_span(on, zone_named(site.zone))
    found = offers([site.id], errand.asking(), day.starts_at, day.ends_at, at=at)
    by_tour = {
        tour_id: list(group)
        for tour_id, group in groupby(sorted(found, key=lambda o: o.tour.id), key=lambda o: o.tour.id)
    }
    return [
        _tour_choices(own_name(tour), second_name(tour), by_tour[tour.id], errand)
        for tour in tours_of(site.id)
        if tour.id in by_tour
    ]


def refusals_in_words(refusals: Iterable[Any]) -> list[Words]:
    return [Words(refusal.code.value, refusal_in_words(refusal)) for refusal in refusals]


def cautions_in_words(cautions: Iterable[Any]) -> list[Words]:
    return [Words(caution.code.value, caution_in_words(caution)) for caution in cautions]


def _tour_choices(name: str, name_native: str, found: Sequence[Offer], errand: Errand) -> TourChoices:
    choices = [_choice(offer, name, errand) for offer in found]
    tour = found[0].tour
    is_windows = tour.dating is Dating.WINDOWS
    common = _common(choices) if is_windows else []
    return TourChoices(
        name=name,
        name_native=name_native,
        minutes=tour.minutes,
        rounds=[] if is_windows else choices,
        hours=_by_hour(choices, found, common) if is_windows else [],
        common=common,
        working=sum(choice.would_work for choice in choices),
        tour_code=tour.code,
    )


def _choice(offer: Offer, tour_name: str, errand: Errand) -> Choice:
    running, zone = offer.running, offer.site.zone.key
    which = Which(tour_session_id=running.id, tour_code=offer.tour.code, starts_at=running.starts_at)
    is_windows = offer.tour.dating is Dating.WINDOWS
    one_click = {"action": errand.action, "hidden": errand.hidden(which)}
    return Choice(
        time=hour(running.starts_at, zone) if is_windows else hours(running.starts_at, running.ends_at, zone),
        tour_name=tour_name,
        places=running.places,
        places_taken=running.places_taken,
        would_work=offer.would_work,
        refusals=refusals_in_words(offer.refusals),
        cautions=cautions_in_words(offer.cautions),
        url_or_form=errand.look_url(which) if offer.cautions else one_click,
        look_url=errand.look_url(which) if offer.would_work or _can_override(offer) else None,
        starts_at=running.starts_at,
    )


def _can_override(offer: Offer) -> bool:
    """Whether the head of division is asking, and everything against it may be passed."""
    return actor().may(Permission.OVERRIDE) and all(r.code in OVERRIDES for r in offer.refusals)


def _common(choices: Sequence[Choice]) -> list[str]:
    """What is said of every window of the day, in the order of the first."""
    said = [[words.text for words in (*choice.refusals, *choice.cautions)] for choice in choices]
    return [text for text in said[0] if len(said) > 1 and all(text in texts for texts in said)]


def _by_hour(choices: Sequence[Choice], found: Sequence[Offer], common: Sequence[str]) -> list[Hour]:
    zone = found[0].site.zone.key
    grouped = groupby(choices, key=lambda choice: hour(choice.starts_at, zone)[:2])
    return [_hour(name, list(windows), common) for name, windows in grouped]


def _hour(name: str, windows: list[Choice], common: Sequence[str]) -> Hour:
    """Windows refused or questioned for the same reason share its line; what all share stands above."""
    times: dict[str, list[str]] = {}
    for window in windows:
        for words in (*window.refusals, *window.cautions):
            if words.text not in common:
                times.setdefault(words.text, []).append(window.time)
    return Hour(name, windows, [(listed(of), text) for text, of in times.items()])
