"""A verdict as the pages show it: the reasons in words, and what would work instead at one click."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from scheduler.access import Permission
from scheduler.blueprints.visits.errands import Errand, Which
from scheduler.blueprints.visits.picker import Words, cautions_in_words, refusals_in_words
from scheduler.core.verdicts import OVERRIDES, Alternative, OverrideNeeds, Verdict
from scheduler.identity import actor
from scheduler.records.tour_lookup import tours_with_codes
from scheduler.records.tours import Tour
from scheduler.words.instants import day_and_hours, hours, local_day, short_day
from scheduler.words.own_names import own_name


@dataclass(frozen=True)
class AlternativeWords:
    """A session that would work instead."""

    label: str
    places_left: int
    url_or_form: Any


@dataclass(frozen=True)
class Answer:
    """The rules' answer in words. `overridable` are the refusals this reader may pass with a reason."""

    refusals: list[Words] = field(default_factory=list)
    cautions: list[Words] = field(default_factory=list)
    alternatives: list[AlternativeWords] = field(default_factory=list)
    overridable: list[Words] = field(default_factory=list)
    needs_owner: bool = False


def answer_in_words(verdict: Verdict | None, errand: Errand | None = None) -> Answer:
    """A verdict in words; with an errand, also the ways out of a no."""
    if verdict is None:
        return Answer()
    refusals = refusals_in_words(verdict.refusals)
    passable = errand is not None and _may_be_passed(verdict)
    needs = {OVERRIDES.get(refusal.code) for refusal in verdict.refusals}
    return Answer(
        refusals=refusals,
        cautions=cautions_in_words(verdict.cautions),
        alternatives=alternatives_in_words(verdict.alternatives, errand) if errand else [],
        overridable=refusals if passable else [],
        needs_owner=OverrideNeeds.OWNER_AGREEMENT in needs,
    )


def alternatives_in_words(found: Iterable[Alternative], errand: Errand) -> list[AlternativeWords]:
    """Where and when it would work. What raises a question is looked at first; the rest is one click."""
    found = list(found)
    tours = tours_with_codes({alternative.tour_code for alternative in found})
    return [_alternative(each, tours[each.tour_code], errand) for each in found]


def _alternative(found: Alternative, tour: Tour, errand: Errand) -> AlternativeWords:
    which = Which(tour_session_id=found.tour_session_id, tour_code=found.tour_code, starts_at=found.starts_at)
    zone = tour.site.zone
    on = short_day(local_day(found.starts_at, zone))
    when = day_and_hours(on, hours(found.starts_at, found.ends_at, zone))
    one_click = {"action": errand.action, "hidden": errand.hidden(which)}
    url_or_form = errand.look_url(which) if found.cautions else one_click
    return AlternativeWords(
        f"{when} · {own_name(tour.site)}: {own_name(tour)}", found.places_left, url_or_form
    )


def _may_be_passed(verdict: Verdict) -> bool:
    codes = [refusal.code for refusal in verdict.refusals]
    return bool(codes) and actor().may(Permission.OVERRIDE) and all(code in OVERRIDES for code in codes)
